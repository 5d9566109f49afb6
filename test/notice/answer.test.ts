/** The answer to a command, in every language: what it says, and that all languages say the same. */
import { meanings } from '../../src/command/meaning.ts';
import { commands } from '../../src/command/vocabulary.ts';
import { aliasAt, type Mailbox } from '../../src/model/address.ts';
import { languages } from '../../src/model/route.ts';
import { answerItem } from '../../src/notice/answer.ts';
import { type AnswerKind, answerWords } from '../../src/notice/answer-words.ts';

const placesIn = (text: string) => (text.match(/\{[^}]*\}/g) ?? []).toSorted();

describe.each(languages)('%s', (language) => {
  const { titles, said, about, page } = answerWords[language];

  test('says everything, with the same places for values as English', () => {
    expect(Object.keys(said)).toEqual(Object.keys(answerWords.en.said));
    for (const [kind, text] of Object.entries(said))
      expect({ kind, places: placesIn(text) }).toEqual({ kind, places: placesIn(answerWords.en.said[kind as AnswerKind]) });
    for (const text of Object.values(about)) expect(placesIn(text)).toEqual(['{other}', '{time}']);
    expect(placesIn(page)).toEqual(['{page}']);
    expect(new Set([...titles, ...Object.values(said), ...Object.values(meanings[language])]).size).toBe(2 + 14 + 11);
  });

  test('the commands that undo something are written as they are understood', () => {
    const undoing: Partial<Record<AnswerKind, readonly string[]>> = {
      approve: ['BLOCK'],
      refuse: ['APPROVE'],
      readmit: ['BLOCK'],
      shut: ['APPROVE'],
      block: ['UNBLOCK'],
      unblock: ['BLOCK'],
      stop: ['START', 'ALL'],
      all: ['START'],
      start: ['STOP', 'ALL'],
      report: ['REPORT'],
    };
    for (const [kind, text] of Object.entries(said)) {
      const named = text.match(/\b[A-Z]{3,}\b/g) ?? [];
      expect({ kind, named }).toEqual({ kind, named: undoing[kind as AnswerKind] ?? [] });
      expect(named.filter((word) => !commands.some((command) => command.toUpperCase() === word))).toEqual([]);
    }
  });

  test('takes nothing from English, names no address and none of our words for things', () => {
    const all = [...titles, ...Object.values(said), ...Object.values(about), page, ...Object.values(meanings[language])];
    const english = [...Object.values(answerWords.en.said), ...Object.values(meanings.en)];
    if (language !== 'en') expect(all.filter((text) => english.includes(text))).toEqual([]);
    for (const text of all) expect(text).not.toMatch(/@|Postern|SMTP|alias|token| {2}/i);
  });
});

test('a name that looks like a place or an address stays harmless, and the subject is ours alone', () => {
  const own = { name: 'Lara {other}', alias: aliasAt('abc', 'relay.example') };
  const other = { name: 'eve@evil.example {time}\r\nBcc: x@y.example', alias: aliasAt('def', 'relay.example') };
  const at = Date.UTC(2026, 2, 9, 14, 5);
  const { bytes, id, reversePath } = answerItem(
    {
      kinds: ['stop'],
      language: 'en',
      trace: 'abcdefgh12345678',
      sent: at,
      command: { trace: 'q7f3k9x2m5t8w1zc', at, messageId: 'x@buyer.example' },
      holder: 'recipient',
      understood: ['stop'],
      own,
      other,
      answerTo: 'u-abcdefgh12345678-abcdefgh@relay.example',
      domain: 'relay.example',
    },
    'lara@buyer.example' as Mailbox,
  );
  const mail = Buffer.from(bytes).toString();
  expect([id, reversePath]).toEqual(['notice:answer:abcdefgh12345678:q7f3k9x2m5t8w1zc', '']);
  expect(mail).not.toMatch(/^Bcc:/m);
  expect(mail).not.toContain('eve@evil');
  expect(mail).toMatch(/^Subject: Done, as you asked\r$/m);
  expect(mail).toContain('{time}');
});
