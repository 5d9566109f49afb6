/** What a newcomer is told at the start: what runs where, and what to type next. */
import type { Settings } from './settings.ts';

interface Address {
  readonly host: string;
  readonly port: number;
}

const at = (addresses: readonly Address[]): string =>
  addresses.map(({ host, port }) => (host.includes(':') ? `[${host}]:${port}` : `${host}:${port}`)).join(', ');

/** A few lines for people; goes to standard error, so that standard output stays JSON. */
export function greet(
  settings: Settings,
  { smtp, http }: { readonly smtp: readonly Address[]; readonly http: readonly Address[] },
): string {
  const { outbound, storeUrl, senderProof } = settings;
  const out = outbound.kind === 'maildir' ? `Maildir ${outbound.path}` : `${outbound.host}:${outbound.port}`;
  const lines = [
    '',
    `Postern relays mail for @${settings.relayDomains[0]}`,
    `  mail in    SMTP ${at(smtp)}`,
    `  mail out   ${out}`,
    `  API        http://${at(http)}   (token: var/api-token, or API_TOKEN; description: /openapi.json)`,
    `  store      ${storeUrl.startsWith('sqlite:') ? storeUrl : storeUrl.split('://', 1)[0]}`,
    ...(senderProof === 'off' ? ['  senders are NOT proven (SENDER_PROOF=off): for evaluation on this machine only'] : []),
    '',
    'Next, in a second shell:  npm run demo        sends a mail each way and shows what each side got',
    '                          npm run -s postern  what else there is',
    '',
  ];
  return `${lines.join('\n')}\n`;
}
