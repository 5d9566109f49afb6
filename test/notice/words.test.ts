import { languages } from '../../src/model/route.ts';
import { ruleIds } from '../../src/model/verdict.ts';
import { fill, ruleWords, wordsOf } from '../../src/notice/words.ts';
import { isCritical } from '../../src/policy/reading/critical.ts';
import { rules } from '../../src/policy/rules/index.ts';

/** Every sentence of a language, by the path to it. */
function sentences(node: unknown, path: string): readonly (readonly [path: string, sentence: string])[] {
  if (typeof node === 'string') return [[path, node]];
  return Object.entries(node as object).flatMap(([key, inner]) => sentences(inner, path === '' ? key : `${path}.${key}`));
}

const english = sentences(wordsOf.en, '');

test('the rules are those that the policy registers, in its order', () => {
  expect(rules.map(({ id }) => id)).toEqual(ruleIds);
});

describe.each(languages)('%s', (language) => {
  const all = sentences(wordsOf[language], '');

  test('has a name, a reason and a remedy for every rule', () => {
    for (const rule of [...ruleIds, 'other'] as const)
      for (const said of Object.values(wordsOf[language].rules[rule]))
        expect({ rule, said }).toEqual({ rule, said: expect.stringMatching(/\S{2}/u) });
    expect(all.map(([path]) => path)).toEqual(english.map(([path]) => path));
  });

  test('no two rules share a sentence', () => {
    const said = Object.values(wordsOf[language].rules).flatMap((rule) => Object.values(rule));
    expect(said).toHaveLength(new Set(said).size);
    expect(said).toHaveLength(3 * (ruleIds.length + 3));
  });

  test('takes nothing from another language, and has the same places for values', () => {
    const others = new Set(
      languages.filter((it) => it !== language).flatMap((it) => sentences(wordsOf[it].rules, '').map(([, said]) => said)),
    );
    expect(sentences(wordsOf[language].rules, '').filter(([path, said]) => path.endsWith('what') && others.has(said))).toEqual([]);
    const places = (list: typeof all) => list.map(([path, said]) => [path, (said.match(/\{[^}]*\}/g) ?? []).toSorted()]);
    expect(places(all)).toEqual(places(english));
  });

  test('the tag it tells of makes a message critical', () => {
    expect(isCritical(`Re: ${wordsOf[language].tag} x`, null)).toBe(true);
  });

  test('sentences end as sentences, and none runs on for ever', () => {
    const rules = sentences(wordsOf[language].rules, '').filter(([path]) => !path.endsWith('name'));
    for (const [path, said] of rules) {
      expect({ path, end: said.at(-1) }).toEqual({ path, end: language === 'zh' ? '。' : '.' });
      expect(said.length).toBeLessThan(350);
    }
  });

  test('no address, no jargon, no stray blanks', () => {
    for (const [path, said] of all) {
      expect({ path, said }).toEqual({ path, said: expect.not.stringMatching(/@|Postern|SMTP|MIME|policy|alias/i) });
      expect({ path, said }).toEqual({ path, said: expect.not.stringMatching(/ {2}|\s\n/) });
    }
  });
});

test('a rule that nobody knows gets the general words', () => {
  for (const id of ['', 'new-rule', 'constructor', '__proto__']) expect(ruleWords(wordsOf.en, id)).toBe(wordsOf.en.rules.other);
  expect(ruleWords(wordsOf.en, 'marketing')).toBe(wordsOf.en.rules.marketing);
});

test('values are put in in one go', () => {
  expect(fill('{a} and {b}', { a: '{b}', b: '$&' })).toBe('{b} and $&');
});
