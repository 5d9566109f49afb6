/** The statement of reasons, and what notices say of blocks and of the tag, in all languages (requirement G5). */
import { simpleParser } from 'mailparser';
import { aliasAt, parseMailbox } from '../../src/model/address.ts';
import { languages } from '../../src/model/route.ts';
import type { Measure } from '../../src/model/standing.ts';
import { type Statement, statementItem } from '../../src/notice/standing.ts';
import { standingWordsOf } from '../../src/notice/standing-words.ts';
import { writeNotice } from '../../src/notice/write.ts';
import { refused, verdict, whole } from './examples.ts';

const mailbox = parseMailbox('hanna@oakbench.example');
if (!mailbox) throw new Error('no mailbox');
const domain = 'relay.market.example';
const measure: Measure = {
  level: 'starting-blocked',
  from: Date.UTC(2026, 2, 9, 14, 5),
  until: Date.UTC(2026, 2, 16, 14, 5),
  source: 'automatic',
};
const statement: Statement = {
  language: 'en',
  decision: 'starting-blocked',
  measure,
  at: measure.from,
  trace: '7x2k9mfp3q8w5tzh',
  facts: [
    { at: measure.from, other: 'Lara W.', rule: 'off-platform' },
    { at: measure.from - 86_400_000, rule: 'report' },
  ],
  own: { name: 'Hanna O.', alias: aliasAt('h4nn', domain) },
  commandAddress: `c-7x2k9mfp3q8w5tzh-abcdefgh@${domain}`,
  domain,
};
const read = async (about: Partial<Statement> = {}) => {
  const item = statementItem({ ...statement, ...about }, mailbox);
  const { text = '', subject = '', headers } = await simpleParser(Buffer.from(item.bytes));
  return { item, text, subject, headers };
};

test('says what was decided, from when till when, of what, by whom, and how to object', async () => {
  const { text, subject, headers } = await read();
  expect(subject).toBe('You cannot start conversations for now');
  expect(headers.get('postern-notice')).toBe('standing');
  const parts = [
    'Answers to buyers who write to you are still delivered.',
    'This applies from 2026-03-09 14:05 UTC to 2026-03-16 14:05 UTC.',
    '* 2026-03-09 14:05 UTC, Lara W., deal outside the marketplace\n* 2026-03-08 14:05 UTC, breach of the rules, found by a person\n',
    'Ground: the rules of the marketplace for messages, here: ',
    'This decision was made automatically',
    'a person will look at it',
    'Out-of-court settlement',
    'Reference: 7x2k9mfp3q8w5tzh',
  ];
  for (const part of parts) expect(text.toLowerCase()).toContain(part.toLowerCase());
});

test('a person’s word stands on one line, and nothing in it writes an address or a header', async () => {
  const reason = 'Betrug\r\nBcc: eve@evil.example\u202e';
  const { text } = await read({
    measure: { level: 'all-blocked', from: measure.from, source: 'operator', reason },
    decision: 'all-blocked',
  });
  expect(text).toContain('Betrug Bcc: eve＠evil.example');
  expect(text).toContain('until further notice');
  expect(text).toContain('a person of the marketplace');
});

test('each decision is a mail of its own, also about the same message; without a message it says where to turn', async () => {
  const [one, two] = [await read(), await read({ at: measure.from + 1 })];
  expect(one.item.id).not.toBe(two.item.id);
  expect(one.headers.get('message-id')).not.toBe(two.headers.get('message-id'));
  const { text } = await read({ trace: undefined, facts: [] });
  expect(text).toContain('You can object to this decision at the marketplace');
  expect(text).not.toContain('Ground:');
});

/** Every sentence, by the path to it. */
const sentences = (node: unknown, path = ''): readonly (readonly [string, string])[] =>
  typeof node === 'string' ? [[path, node]] : Object.entries(node as object).flatMap(([key, inner]) => sentences(inner, `${path}.${key}`));
const places = (all: readonly (readonly [string, string])[]) =>
  all.map(([path, said]) => [path, (said.match(/\{[^}]*\}/g) ?? []).toSorted()]);

describe.each(languages)('%s', (language) => {
  const all = sentences(standingWordsOf[language]);

  test('says all, in words of its own, with the same places', () => {
    expect(places(all)).toEqual(places(sentences(standingWordsOf.en)));
    const others = languages.filter((it) => it !== language).flatMap((it) => sentences(standingWordsOf[it]).map(([, said]) => said));
    expect(all.map(([, said]) => said).filter((said) => others.includes(said))).toEqual([]);
    for (const [path, said] of all)
      expect({ path, said }).toEqual({ path, said: expect.not.stringMatching(/@|Postern|SMTP|alias| {2}|^\s|\s$/i) });
  });

  test.each(['warned', 'starting-blocked', 'all-blocked', 'lifted'] as const)(
    '%s: every place is filled, and no mailbox stands in it',
    async (decision) => {
      const { text, subject, item } = await read({ language, decision });
      expect(text).not.toMatch(/[{}]/);
      expect(subject).toBe(standingWordsOf[language].titles[decision]);
      expect(Buffer.from(item.bytes).toString()).not.toContain(mailbox);
    },
  );

  test('the notice of a message that a block stopped says until when, and does not say to change the message', async () => {
    const verdicts = [verdict('starting-blocked', 'reject', whole)];
    const blocked = { ...refused, language, verdicts };
    const { text = '' } = await simpleParser(Buffer.from(writeNotice({ ...blocked, blockedUntil: measure.until ?? 0 })));
    expect(text).toContain('2026-03-16 14:05 UTC');
    expect(text).toContain(standingWordsOf[language].blocked['starting-blocked'].mend);
    expect(text).not.toMatch(/[{}]/);
    const open = await simpleParser(Buffer.from(writeNotice(blocked)));
    expect(open.text).toContain(standingWordsOf[language].ends.open);
  });

  test('the notice of an opt-out says why the tag does not help, where it does not', async () => {
    const about = { ...refused, language, verdicts: [verdict('opted-out', 'reject', whole)] };
    const tagAway = { why: 'used-up', until: measure.from, budget: 3 } as const;
    const { text = '' } = await simpleParser(Buffer.from(writeNotice({ ...about, tagAway })));
    expect(text.match(/2026-03-09 14:05 UTC/g)?.length).toBe(2);
    expect(text).not.toMatch(/[{}]/);
  });
});
