/** What the soak reads: messages that left, for the books; and all of it, for mailboxes that nobody may see. */
import { endOf, everybody, secretsOf, tokenPattern } from './mail.ts';
import type { Take } from './ledger.ts';
import type { Arrival } from './next-hop.ts';

/** The words of a mailbox, without the domain that all share. */
const wordsOf = (people: typeof everybody): RegExp =>
  new RegExp(
    people
      .flatMap(secretsOf)
      .map((word) => word.replace(/\.example$/, ''))
      .join('|'),
    'i',
  );

const anybody = wordsOf(everybody);
const others: ReadonlyMap<string, RegExp> = new Map(
  everybody.map((reader) => [reader.mailbox, wordsOf(everybody.filter((one) => one !== reader))]),
);

/** Whose mailbox stands in a reply or a log line; empty where nobody's does. */
export const secretIn = (text: string): string => anybody.exec(text)?.[0] ?? '';

/** Whose mailbox stands in a message, apart from its recipient's. */
export const secretInMail = ({ raw, recipient }: Arrival): string => (others.get(recipient) ?? anybody).exec(readable(raw))?.[0] ?? '';

/** The bytes as they are, and with quoted-printable and base64 undone wherever they stand. */
function readable(raw: string): string {
  const unquoted = raw.replace(/=\r\n/g, '').replace(/=([0-9A-F]{2})/g, (_, hex: string) => String.fromCharCode(Number.parseInt(hex, 16)));
  const runs = raw.match(/(?:[A-Za-z0-9+/]{16,}\r\n)*[A-Za-z0-9+/]{16,}={0,2}/g) ?? [];
  return [raw, unquoted, ...runs.map((run) => Buffer.from(run, 'base64').toString('latin1'))].join('\n');
}

/** An entry for the books. */
export function takeOf({ raw, recipient }: Arrival): Take {
  const headEnd = raw.indexOf('\r\n\r\n');
  const head = raw.slice(0, headEnd < 0 ? raw.length : headEnd).replace(/\r\n[ \t]/g, ' ');
  const field = (name: string): string => new RegExp(`^${name}: *(.*)$`, 'im').exec(head)?.[1]?.trim() ?? '';
  const token = tokenPattern.exec(raw)?.[0] ?? '';
  const notice = field('Postern-Notice');
  return {
    token,
    at: performance.now(),
    recipient,
    messageId: field('Message-ID'),
    trace: notice === '' ? field('Postern-Trace') : (/^X-Postern-Trace: *([a-z0-9]+)/im.exec(raw)?.[1] ?? ''),
    notice,
    whole: notice !== '' || isWhole(raw, token),
  };
}

/** Its first and its last word are there, and the file where it has one. */
function isWhole(raw: string, token: string): boolean {
  const text = readable(raw);
  const file = !text.includes('boundary') || !/multipart\/mixed/i.test(raw) || /image\/jpeg/i.test(raw);
  return token !== '' && text.includes(`Reference ${token}`) && text.includes(`End ${endOf(token)}`) && file;
}
