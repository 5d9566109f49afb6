/** Why mail came back: by the enhanced status code (RFC 3463, RFC 7505, IANA registry) first, then by the words beside it. */
import type { BounceReason } from '../model/route.ts';
import { firstOf, folded } from './fold.ts';
import { reasonTexts } from './texts/reasons.ts';

/** By the part behind the class digit. Codes of Exchange among them: 5.4.1 and 5.4.310 are its words for no such recipient and no such domain. */
const byDetail: Readonly<Record<string, BounceReason>> = {
  '1.1': 'unknown',
  '1.2': 'unknown',
  '1.3': 'unknown',
  '1.6': 'unknown',
  '1.10': 'unknown',
  '2.1': 'unknown',
  '4.4': 'unknown',
  '4.310': 'unknown',
  '2.2': 'full',
  '3.1': 'full',
};

/** Says no more than the basic code does: then whatever else stands there says more. */
const isVague = (status: string): boolean => status === '' || /^\d\.(?:0\.0|5\.\d+|3\.0|1\.0|2\.0|0\.\d+)$/.test(status);

const byStatus = (status: string): BounceReason | undefined => {
  const detail = status.slice(2);
  if (status === '5.4.1') return 'unknown';
  const reason = byDetail[detail] ?? (/^7\./.test(detail) ? 'policy' : undefined);
  // Given up after days of trying: 4.2.1 is also what Gmail says of a mailbox that gets too much at once.
  return reason === 'unknown' && status.startsWith('4') ? undefined : reason;
};

/** The first enhanced code of a text, where it is one and no part of an address. */
const statusIn = (text: string): string => /(?<![\d.])([45]\.\d{1,3}\.\d{1,3})(?![\d.]\d|\d)/.exec(text)?.[1] ?? '';

/** Addresses are nobody's words: one at `spam.example` says nothing of spam. */
const addresses = /[a-z0-9._%+=-]{1,64}@[a-z0-9.-]{1,255}/g;

/** `other` where nothing is recognised. `words`: not folded. */
export function reasonOf(status: string, words: string): BounceReason {
  const text = folded(words).replace(addresses, '@');
  const said = byWords(text);
  const better = isVague(status) ? statusIn(text) || status : status;
  const coded = isVague(better) ? undefined : byStatus(better);
  if (coded === undefined) return said ?? 'other';
  // Some servers give 5.1.1 to what they take for spam, and 5.7.1 to whom they do not know; a mark on a mailbox has to be right.
  const isDisputed = (coded === 'unknown' && (said === 'full' || said === 'policy')) || (coded === 'policy' && said === 'unknown');
  return isDisputed && said !== undefined ? said : coded;
}

function byWords(text: string): BounceReason | undefined {
  const found = (['full', 'policy', 'unknown'] as const).map((reason) => ({ reason, at: firstOf(reasonTexts[reason], text) }));
  const [first] = found.filter(({ at }) => at >= 0).sort((a, b) => a.at - b.at);
  return first?.reason;
}
