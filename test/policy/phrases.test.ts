/** The language of phrases, the phrase files themselves (every sentence of them), and what hostile text costs. */
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { load } from 'js-yaml';
import { fold } from '../../src/policy/reading/fold.ts';
import {
  foundIn,
  judged,
  type Phrases,
  PhrasesError,
  parsePhrases,
  programOf,
  readPhrases,
  sentencesIn,
} from '../../src/policy/reading/phrases.ts';
import type { Passage } from '../../src/policy/rule.ts';
import { leastCpu } from '../support/machine.ts';

const folder = join(import.meta.dirname, '../../config/phrases');
const names = readdirSync(folder).filter((it) => it.endsWith('.yaml'));
const documents = names.map((name) => ({ name, document: load(readFileSync(join(folder, name), 'utf8')) as unknown }));
const shipped = readPhrases(documents);

const passage = (plain: string, part: Passage['part'] = 'text'): Passage => ({ part, region: 'new', plain, from: 0, folded: fold(plain) });

/** Phrases with one entry of one rule. */
const only = (any: string | readonly string[], more: object = {}, words: object = {}): Phrases =>
  readPhrases([{ name: 'own', document: { words, rules: { marketing: [{ id: 'it', any, yes: ['x'], ...more }] } } }]);

const finds = (phrases: Phrases, plain: string): boolean => foundIn(passage(plain), phrases, 'marketing').length > 0;

describe('the language of phrases', () => {
  test.each([
    ['visit our shop', 'Do visit our shop!', 'Visit the shop'],
    ['offer|gift', 'A gift for you', 'Nothing'],
    ['discount*', 'discounts', 'miscount'],
    ['*konto', 'auf mein Bankkonto', 'Kontos'],
    ['*rabatt*', 'Frühlingsrabatte', 'Rabe'],
    ['(our own|my) shop', 'in my shop', 'in our shop'],
    ['call [me] now', 'call now', 'call him now'],
    ['call [me] now', 'Call me, now.', 'call, then wait'],
    ['pay .. cash', 'pay the small rest in cash', 'pay a b c d e f cash'],
    ['pay ..1 cash', 'pay in cash', 'pay it in cash'],
    ['{pay} & {cash}', 'Cash is what I pay', 'I pay. Cash is king.'],
    ['pay & !never', 'pay me', 'never pay me'],
    ['# % off', '20 % off', 'x % off'],
    ["l'avis", 'dans l’avis', 'un avis'],
    ['好评 ..4 返', '好评可以返现', '好评以后我们再来谈谈返现'],
    ['für', 'fuer mich', 'fur'],
    ['ażurowe', 'AZUROWE', 'azuro'],
  ])('%s', (pattern, yes, no) => {
    const phrases = only(pattern, {}, { pay: ['pay'], cash: ['cash', '{coin}'], coin: ['coin'] });
    expect(finds(phrases, yes)).toBe(true);
    if (pattern !== 'für') expect(finds(phrases, no)).toBe(false);
  });

  test('a word in disguise is found as well', () => {
    expect(finds(only('newsletter'), 'ｎｅｗｓ\u200bletter')).toBe(true);
  });

  test('what excuses cancels in the same sentence only', () => {
    const phrases = readPhrases([
      {
        name: 'own',
        document: {
          rules: {
            marketing: [
              { any: 'sale', unless: 'after sale', yes: ['x'] },
              { role: 'excuses', any: 'no', yes: ['x'] },
            ],
          },
        },
      },
    ]);
    expect(finds(phrases, 'There is no sale.')).toBe(false);
    expect(finds(phrases, 'No. There is a sale.')).toBe(true);
    expect(finds(phrases, 'Our after sale service')).toBe(false);
  });

  test('what refuses cancels the question before it, and nothing else', () => {
    const refuses = { role: 'refuses', any: 'afraid not', yes: ['x'] };
    const phrases = readPhrases([{ name: 'own', document: { rules: { marketing: [{ any: 'cash', yes: ['x'] }, refuses] } } }]);
    expect(finds(phrases, "You want to pay cash? I'm afraid not.")).toBe(false);
    expect(finds(phrases, "You want to pay cash. I'm afraid not.")).toBe(true);
    expect(finds(phrases, "You want to pay cash? Fine. I'm afraid not.")).toBe(true);
    expect(finds(phrases, 'You want to pay cash?')).toBe(true);
  });

  test('what follows is found only below what leads to it, in reach, and not where that is excused', () => {
    const entries = [
      { id: 'it', role: 'leads', any: 'stars', unless: 'thanks', yes: ['x'] },
      { id: 'it', role: 'follows', any: 'take them off', yes: ['x'] },
      { id: 'other', role: 'leads', any: 'label', yes: ['x'] },
      { role: 'excuses', any: 'never', yes: ['x'] },
    ];
    const phrases = readPhrases([{ name: 'own', document: { rules: { marketing: entries } } }]);
    expect(finds(phrases, 'About your stars. Could you take them off?')).toBe(true);
    expect(finds(phrases, 'About your stars. It rains. Could you take them off?')).toBe(true);
    expect(finds(phrases, 'About your stars. It rains. It snows. It hails. Could you take them off?')).toBe(false);
    expect(finds(phrases, 'Could you take them off? About your stars.')).toBe(false);
    expect(finds(phrases, 'About your label. Could you take them off?')).toBe(false);
    expect(finds(phrases, 'Thanks for your stars. Could you take them off?')).toBe(false);
    expect(finds(phrases, 'About your stars. You never take them off.')).toBe(false);
  });

  test('an offer is none where the reader asked for it', () => {
    const entries = [
      { id: 'it', role: 'offers', any: 'have it in green', yes: ['x'] },
      { role: 'answers', any: 'you asked', yes: ['x'] },
    ];
    const phrases = readPhrases([{ name: 'own', document: { rules: { marketing: entries } } }]);
    expect(finds(phrases, 'We have it in green.')).toBe(true);
    expect(finds(phrases, 'You asked for colours. We have it in green.')).toBe(false);
    expect(finds(phrases, 'We have it in green. As you asked.')).toBe(false);
    expect(finds(phrases, 'You asked for the bill. Here it is. It is paid. It is done. We have it in green.')).toBe(true);
  });

  test('a sentence that comes again is found again', () => {
    const it = passage('Visit our shop! It rains. Visit our shop! Visit our shop.');
    expect(foundIn(it, only('visit our shop'), 'marketing').map(({ from }) => from)).toEqual([0, 26, 42]);
  });

  test.each([
    ['buy now', 'Buy.', 'Buy now!'],
    ['buy [it] now', 'Now.', 'Buy now!'],
    ['buy|purchase & now|today', 'Today.', 'Today buy.'],
    ['好评返现', '好评', '好评返现'],
  ])('a phrase is not looked for in what is too short for it, but in what is just long enough: %s', (pattern, no, yes) => {
    expect(finds(only(pattern), no)).toBe(false);
    expect(finds(only(pattern), yes)).toBe(true);
  });

  test('every mistake of every file is told at once, with its place', () => {
    const document = {
      common: ['a & b'],
      words: { a: ['{b}'], b: ['{a}'], empty: [] },
      rules: {
        marketing: [
          { id: 'one', any: ['(open', '{nowhere}', 'a ..99 b', '[maybe]', 'x|'], yes: ['y'] },
          { id: 'two', any: 'a', found: 1 },
          7,
        ],
      },
      extra: 1,
    };
    const problems = ((): readonly string[] => {
      try {
        readPhrases([
          { name: 'bad', document },
          { name: 'worse', document: 3 },
        ]);
        return [];
      } catch (error) {
        return error instanceof PhrasesError ? error.problems : [];
      }
    })();
    const told = problems.join('\n');
    for (const part of [
      '(open',
      '{nowhere}',
      '20 words',
      'must be there',
      'both sides',
      'names itself',
      'words.empty',
      'extra',
      'found',
      'bad: marketing/two: no sentence',
      'worse: not a map',
      'bad: common',
    ]) {
      expect(told).toContain(part);
    }
  });

  describe('a language that a text is not written in', () => {
    const file = (name: string, common: string[]) => ({ name, document: { common, rules: { marketing: [{ any: 'gift', yes: ['x'] }] } } });
    const phrases = readPhrases([file('en', ['the', 'is', 'for', 'a']), file('de', ['das', 'ist', 'und', 'in'])]);
    const entriesIn = (it: Passage) => sentencesIn(it, phrases).flatMap(({ entries }) => entries.map(({ name }) => name));

    test('has no say in it', () => {
      expect(entriesIn(passage('das ist Gift und bleibt in der Dose'))).toEqual(['de: marketing/1']);
      expect(entriesIn(passage('gift'))).toHaveLength(2);
    });

    test('has one in another text of the same message, where the same words mean something else', () => {
      const message = {};
      expect(entriesIn({ ...passage('Das ist in der Dose und bleibt da. Gift!'), message })).toEqual(['de: marketing/1']);
      expect(entriesIn({ ...passage('The box is for a friend. Gift!'), message })).toEqual(['en: marketing/1']);
    });
  });

  test('compiled phrases travel to another thread', () => {
    const copy = structuredClone(shipped);
    expect(programOf(copy).entries.length).toBe(programOf(shipped).entries.length);
    expect(finds(copy, 'Take 15% off your next order!')).toBe(true);
  });
});

describe('sentences', () => {
  const cut = (plain: string) => {
    const it = passage(plain);
    return sentencesIn(it, shipped).map(({ from, to }) => it.folded.text.slice(from, to));
  };

  test.each([
    ['One. Two! Three?', ['one', 'two', 'three']],
    ['Das ist Nr. 5, z. B. blau.', ['das ist nr. 5, z. b. blau']],
    ['It has left.It comes soon.', ['it has left', 'it comes soon']],
    ['7.50 EUR at www.market.example/x', ['7.50 eur at www.market.example/x']],
    ['Hello Ann,\nshort line\n\nnext', ['hello ann', 'short line', 'next']],
    [
      'this line was broken by the mail client in the middle of\na sentence',
      ['this line was broken by the mail client in the middle of\na sentence'],
    ],
    ['您好。请问？', ['您好', '请问']],
  ])('%s', (plain, expected) => expect(cut(plain)).toEqual(expected));

  test("the subject of an answer is the other side's", () => {
    const subjects = ['Re: paypal', 'AW: x', '回复：站外', 'SV: x', 'Great offer', 'Order 5: blue'].map((it) => passage(it, 'subject'));
    expect(judged(subjects).map(({ plain }) => plain)).toEqual(['Great offer', 'Order 5: blue']);
  });
});

describe.each([...parsePhrases(documents)].map((file) => ({ file: file.name, entries: file.entries })))('$file', ({ entries }) => {
  test.each(entries.map((entry) => ({ name: entry.name, entry })))('$name', ({ entry }) => {
    const standsIn = (plain: string) =>
      sentencesIn(passage(plain), shipped).some((it) => it.entries.some(({ name }) => name === entry.name));
    const isFound = (plain: string) =>
      ['finds', 'offers'].includes(entry.role) ? foundIn(passage(plain), shipped, entry.rule).length > 0 : standsIn(plain);
    expect(entry.yes.filter((it) => !standsIn(it))).toEqual([]);
    expect(entry.no.filter(isFound)).toEqual([]);
  });
});

describe('hostile text', () => {
  const timeOf = (plain: string, enough: number): Promise<number> => leastCpu(() => sentencesIn(passage(plain), shipped), enough);

  test.each([
    'visit our shop discount code review refund ',
    'pay .. cash ',
    '好评返现支付宝',
    'a@',
    '((((',
    '1 2 3 % ',
    'aaaaaaaaaaaaaaaaaaaaaaaa',
    'if you are happy please leave five stars and a review. ',
    'pay. cash. ',
  ])('grows with its length: %s', async (seed) => {
    const text = (length: number) => seed.repeat(Math.ceil(length / seed.length)).slice(0, length);
    const enough = 8 * 3 * Math.max(5, await timeOf(text(65_536), 0));
    expect(await timeOf(text(524_288), enough)).toBeLessThan(enough);
  });

  /** A fifth of what it costs to try every phrase on every sentence. */
  test.each(['pay. cash. ', 'Pay cash now? '])('sentences of a word or two: %s', async (seed) => {
    expect(await timeOf(seed.repeat(20_000), 400)).toBeLessThan(400);
  });
});
