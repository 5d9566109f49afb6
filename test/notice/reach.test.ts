/** What an author is told of a message that its recipient does not take now, and of an address that ends: in every language. */
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { simpleParser } from 'mailparser';
import { aliasAt, parseMailbox } from '../../src/model/address.ts';
import { type Language, languages, type Route, type Side } from '../../src/model/route.ts';
import { type Closed, closedItem, linesOf } from '../../src/notice/closed.ts';
import { closedWordsOf } from '../../src/notice/closed-words.ts';
import { endingItem } from '../../src/notice/ending.ts';
import { endingWordsOf } from '../../src/notice/ending-words.ts';
import { partsOf, readText } from './reading.ts';

const domain = 'relay.market.example';
const office = { domain, commandAddressFor: (trace: string) => `c-${trace}@${domain}` };
const trace = '7x2k9mfp3q8w5tzh';
const at = Date.UTC(2026, 2, 9, 14, 5);
const mailbox = parseMailbox('lara@mail.example') ?? fail();

function fail(): never {
  throw new Error('no mailbox');
}

const side = (role: Side['role'], name: string, local: string, language: Language): Side => ({
  party: `${role}-1`,
  role,
  name: `${name}ongname`,
  mailboxes: [],
  language,
  face: { name, alias: aliasAt(local, domain) },
});
const letterIn = (language: Language) => {
  const route: Route = {
    conversation: 'k1',
    direction: 'buyer_to_seller',
    author: side('buyer', 'Lara W.', 'l4r4', language),
    recipient: side('seller', 'Hanna O.', 'h4nn', 'en'),
  };
  const client = { ip: '192.0.2.1', helo: 'mail.example', tls: false };
  const envelope = { reversePath: mailbox, forwardPath: `h4nn@${domain}`, client };
  const header = { fields: [], author: mailbox, addressees: [], messageId: 'CAF+1@mail.example', inReplyTo: [], references: [], bodyAt: 0 };
  return { received: { trace, envelope, raw: new Uint8Array(), at }, header, route };
};

const kinds: readonly Closed[] = [
  {
    why: 'away',
    subject: 'The shelf',
    criticalPasses: false,
    absence: { away: 'Closed for summer.\nOrders go on.', awayUntil: Date.UTC(2026, 7, 1) },
  },
  { why: 'disabled', subject: '', criticalPasses: false },
  { why: 'answers-only', subject: 'Your order', criticalPasses: true },
  { why: 'undeliverable', subject: 'Your order', criticalPasses: true },
];
const closedIn = (language: Language, closed: Closed): string =>
  Buffer.from(closedItem(closed, letterIn(language), office).bytes).toString('latin1');
const endingIn = (language: Language, until?: number): string => {
  const { author, recipient } = letterIn(language).route;
  const ending = { language, trace, at, own: author.face, other: recipient.face, answers: 'CAF+1@mail.example' };
  const item = endingItem({ ...ending, ...(until !== undefined && { until }) }, 'id', mailbox, office);
  return Buffer.from(item.bytes).toString('latin1');
};
const allIn = (language: Language): readonly string[] => [
  ...kinds.map((closed) => closedIn(language, closed)),
  endingIn(language, Date.UTC(2026, 2, 23)),
  endingIn(language),
];

/** All that people read, in one file. */
test('the words of each, in each language', async () => {
  const said: string[] = [];
  for (const language of languages) {
    for (const message of allIn(language)) {
      const { subject = '' } = await simpleParser(Buffer.from(message, 'latin1'));
      said.push(`${language}: ${subject}\n\n${readText(message)}`);
    }
  }
  const out = join(import.meta.dirname, 'reach.out.txt');
  const all = said.join('\n----\n\n');
  if (process.env.UPDATE_MAIL) writeFileSync(out, all);
  expect(all).toBe(readFileSync(out, 'utf8'));
  expect(all).not.toMatch(/\{[a-z]+\}|undefined/);
});

test.each(languages)('%s: nothing is left in another language, no jargon, no address, and no word of a block', (language) => {
  const flatten = (node: unknown): readonly string[] =>
    typeof node === 'string' ? [node] : Object.values(node as object).flatMap(flatten);
  const wordsIn = (it: Language) => flatten([closedWordsOf[it], endingWordsOf[it]]);
  const others = new Set(languages.filter((it) => it !== language).flatMap(wordsIn));
  expect(wordsIn(language).filter((said) => others.has(said))).toEqual([]);
  expect(new Set(wordsIn(language)).size).toBe(wordsIn(language).length);
  for (const said of wordsIn(language)) {
    expect(said).not.toMatch(/@|Postern|SMTP|MIME|policy|alias| {2}|block|blockier|bloqu|blocc|spärr|blokir|屏蔽|拉黑/i);
  }
});

test('a closed door is a report: to people first, then to programs, with a reason of ours and the alias alone', async () => {
  const message = closedIn('en', kinds[0] ?? fail());
  const mail = await simpleParser(Buffer.from(message, 'latin1'));
  expect(mail.subject).toBe('Hanna O. is away');
  expect(mail.inReplyTo).toBe('<CAF+1@mail.example>');
  expect(mail.headers.get('auto-submitted')).toBe('auto-replied');
  expect(mail.headers.get('postern-notice')).toBe('away');
  const [, status] = partsOf(message);
  expect(status?.type).toBe('message/delivery-status');
  expect(status?.body).toContain(`Final-Recipient: rfc822; h4nn@${domain}`);
  expect(status?.body).toContain('Diagnostic-Code: smtp; 550 5.7.1 away');
  expect(message).not.toContain(mailbox);
  expect(closedIn('en', kinds[3] ?? fail())).not.toMatch(/block/i);
});

test('what the marketplace says of an absence acts on nobody', () => {
  expect(linesOf('a\r\n\u202eb\u0007 <c@d.example>\n\n\n e ')).toEqual(['a', 'b <c＠d.example>', 'e']);
  expect(linesOf('x'.repeat(100_000)).join('')).toHaveLength(500);
  expect(linesOf('')).toEqual([]);
});
