/** A look ahead at what a pattern begins with changes nothing of what it finds. */
import fc from 'fast-check';
import { withBeginnings } from '../../../src/policy/reading/beginnings.ts';

const pieces = ['a', 'b', 'ü', '薇', '\\s', '\\+', '\\p{L}*', '[ab]', '[^a]', '(?<=a)', '(?!b)', '(?:a|bc)', '(?:ab|[ü ]|b(?:a|c)?)', ' '];
const quantifiers = ['', '', '', '?', '*', '{1,3}', '{0,2}'];
const piece = fc
  .tuple(fc.constantFrom(...pieces), fc.constantFrom(...quantifiers))
  .map(([it, often]) => (/^\(\?[<!]|\*$/.test(it) ? it : it + often));
const row = fc.array(piece, { minLength: 1, maxLength: 5 }).map((some) => some.join(''));
const alternatives = fc.array(row, { minLength: 1, maxLength: 5 }).map((rows) => rows.join('|'));
const text = fc.array(fc.constantFrom(...'abcü薇 +x'), { maxLength: 30 }).map((some) => some.join(''));

const allOf = (source: string, it: string): readonly string[] =>
  [...it.matchAll(new RegExp(source, 'gu'))].map(({ 0: found, index }) => `${index} ${found}`);

test('finds what the alternatives alone find', () => {
  fc.assert(
    fc.property(alternatives, text, (source, it) => {
      expect(allOf(withBeginnings(source), it)).toEqual(allOf(`(?:${source})`, it));
    }),
    { numRuns: 800 },
  );
});

test.each([
  ['ab|ac|d', '(?=a(?:b|c)|d)(?:ab|ac|d)'],
  ['(?:the )?green|(?<=on )gram', '(?=t(?:h(?:e))|g(?:r(?:e|a)))(?:(?:the )?green|(?<=on )gram)'],
  ['x?|b', '(?:x?|b)'],
])('of %s', (source, looksAhead) => {
  expect(withBeginnings(source)).toBe(looksAhead);
});
