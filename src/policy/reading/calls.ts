/** Links that write or call instead of leading somewhere: `mailto:` (RFC 6068), `tel:` (RFC 3966), `sms:`, messengers. */
import type { Message } from '../../model/message.ts';
import type { Finding } from '../../model/verdict.ts';
import type { Regions } from './regions.ts';

/** A link of such a scheme. */
export interface Call {
  /** Lower case, without colon. */
  readonly scheme: string;
  /** Address or number, decoded, without parameters. */
  readonly target: string;
  readonly finding: Finding;
}

const calling =
  /^(mailto|tel|callto|sms|smsto|mms|facetime|facetime-audio|skype|whatsapp|viber|tg|weixin|wechat|line|sgnl|signal|zalo|mqqwpa|tencent|msnim|kakaotalk):(?:\/\/)?/i;

/** In the order of the HTML; those without a target are left out. */
export function callsOf({ html }: Message, regions: Regions): readonly Call[] {
  return (html?.tokens ?? []).flatMap((token, index): Call[] => {
    if (token.kind !== 'open') return [];
    const { href, action } = token.attributes;
    if (href === undefined && action === undefined) return [];
    const url = (href ?? action ?? '').trim();
    const scheme = calling.exec(url);
    if (scheme === null) return [];
    const target = decoded(url.slice(scheme[0].length, 512).split(/[?;]/, 1)[0] ?? '').trim();
    if (target === '' && !url.includes('?')) return [];
    return [
      {
        scheme: (scheme[1] ?? '').toLowerCase(),
        target,
        finding: { part: 'html', region: regions.ofToken(index), span: url, token: index },
      },
    ];
  });
}

function decoded(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}
