/** Several patterns side by side find what one pattern of all of them finds. */
import fc from 'fast-check';
import { leftmostIn } from '../../src/model/matches.ts';

const sources = ['a', 'ab', 'b+', '(?<=a)c', 'c(?!a)', 'abc', '[bc]a', 'c{2}'];
const text = fc.array(fc.constantFrom(...'abc '), { maxLength: 40 }).map((some) => some.join(''));

test('the leftmost, then the one named first', () => {
  fc.assert(
    fc.property(fc.shuffledSubarray(sources, { minLength: 1 }), text, (some, it) => {
      const patterns = Object.fromEntries(some.map((source, at) => [`p${at}`, new RegExp(source, 'g')]));
      const whole = new RegExp(some.map((source, at) => `(?<p${at}>${source})`).join('|'), 'g');
      const found = [...leftmostIn(it, patterns)].map(({ kind, match }) => [kind, match.index, match[0]]);
      const wanted = [...it.matchAll(whole)].map(({ 0: source, index, groups = {} }) => [
        Object.keys(groups).find((kind) => groups[kind] !== undefined),
        index,
        source,
      ]);
      expect(found).toEqual(wanted);
    }),
    { numRuns: 2_000 },
  );
});
