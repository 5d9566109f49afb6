/** What is taken for a command, and what is not. */
import fc from 'fast-check';
import { readCommand } from '../../src/command/read.ts';
import { type CommandKind, commandsFor, deedsFor, table } from '../../src/command/table.ts';
import { commands, courtesies, wordsFor } from '../../src/command/vocabulary.ts';
import { languages } from '../../src/model/route.ts';
import { leastCpu } from '../support/machine.ts';

const said = (text: string, subject = '') => {
  const read = readCommand(text, subject);
  return read.kind === 'command' ? read.command : read.kind === 'misspelt' ? `${read.near}?` : read.kind;
};

test('every word of every language is its command, however it is written', () => {
  for (const command of commands)
    for (const language of languages)
      for (const word of wordsFor[command][language])
        for (const text of [word, word.toUpperCase(), `“${word}”.`, `  *${word}*\n\nGreetings\nHanna`, `${word.normalize('NFD')}!`])
          expect({ text, said: said(text) }).toEqual({ text, said: command });
});

test('no word stands for two commands, and none is a mere courtesy', () => {
  const fold = (word: string) => word.normalize('NFKD').replace(/\p{M}/gu, '').toLowerCase();
  const meant = new Map<string, string>();
  for (const command of commands)
    for (const word of Object.values(wordsFor[command]).flat().map(fold)) {
      expect({ word, command: meant.get(word) ?? command }).toEqual({ word, command });
      meant.set(word, command);
    }
  expect(courtesies.map(fold).filter((word) => meant.has(word))).toEqual([]);
  for (const command of commands) for (const language of languages) expect(wordsFor[command][language].length).toBeGreaterThan(0);
});

test.each([
  ['Approve, thanks', 'approve'],
  ['Hi,\n\nSEND please\n\nHanna', 'send'],
  ['Bitte melden!', 'report'],
  ['désabonner, s’il vous plaît', 'stop'],
  ['STOP ALL', 'all'],
  ['stop, unsubscribe', 'stop'],
  ['arreter', 'stop'],
  ['Report: he wants my number', 'report'],
  ['退订，谢谢', 'stop'],
  ['Approve?', 'approve?'],
  ['Approve? I do not know him', 'words'],
  ['APPROVE or BLOCK', 'words'],
  ['Approve or block?', 'words'],
  ['Send me the rule, please.', 'words'],
  ['Do not approve', 'words'],
  ['All of this is wrong', 'words'],
  ['不同意', 'words'],
  ['Thanks', 'words'],
  ['APROVE', 'approve?'],
  ['stpo', 'stop?'],
  ['Unsubcribe', 'stop?'],
  ['Genemigen', 'approve?'],
  ['Stpo it please', 'words'],
  ['Why', 'words'],
  ['👍', 'nothing'],
  ['', 'nothing'],
])('%j is %s', (text, expected) => {
  expect(said(text)).toBe(expected);
});

test('the subject is read only where the text has no word', () => {
  expect(said('', 'unsubscribe')).toBe('stop');
  expect(said('\n\n', 'STPO')).toBe('stop?');
  expect(said('', 'Re: Is joe yours?')).toBe('nothing');
  expect(said('', 'Re: APPROVE')).toBe('nothing');
  expect(said('BLOCK', 'APPROVE')).toBe('block');
});

test('nobody is approved, and nothing is sent, by a mail that does not say so', () => {
  const word = fc.constantFrom('I', 'approve', 'block', 'send', 'not', 'him', 'please', 'or', 'never', '?');
  fc.assert(
    fc.property(fc.array(word, { minLength: 2, maxLength: 6 }), (words) => {
      const text = words.join(' ');
      const read = readCommand(text, '');
      const asked = new Set(words.filter((one) => !['please', '?'].includes(one)));
      if (read.kind === 'command') expect(asked.size).toBe(1);
    }),
  );
});

test('every address does something with every mail, and only what its party may', () => {
  for (const kind of Object.keys(table) as CommandKind[])
    for (const role of ['buyer', 'seller'] as const)
      for (const text of ['', 'x', 'Some words, and more of them than a command has.', 'stpo', ...commands]) {
        const deeds = deedsFor(kind, role, readCommand(text, ''));
        const may = [...commandsFor(table[kind].holder, role), 'help', table[kind].words, table[kind].nothing];
        expect(deeds.length).toBeGreaterThan(0);
        expect(deeds.filter((deed) => !may.includes(deed))).toEqual([]);
      }
  expect(deedsFor('approve', 'seller', readCommand('Approve?', ''))).toEqual(['help']);
  expect(deedsFor('report', 'buyer', readCommand('Stop! He has been writing to me every night for a week now.', ''))).toEqual([
    'stop',
    'report',
  ]);
});

test('megabytes take no time', async () => {
  for (const text of [
    'a'.repeat(2e6),
    'a '.repeat(1e6),
    '\n'.repeat(2e6),
    '., '.repeat(7e5),
    'é'.normalize('NFD').repeat(1e6),
    '’-'.repeat(1e6),
  ]) {
    const work = () => {
      readCommand(text, text);
    };
    expect(await leastCpu(work, 200)).toBeLessThan(200);
  }
});
