import fc from 'fast-check';
import { createSieve } from '../../../src/rewrite/gate/sieve.ts';

const word = fc.string({ minLength: 2, maxLength: 9, unit: fc.constantFrom('a', 'b', 'c', '@', '\0', 'é', 'z') });

test('it finds what looking for each word finds, in any case, and nothing else', () => {
  const bytes = fc.oneof(
    fc.string({ maxLength: 60, unit: fc.constantFrom('a', 'B', 'c', '@', '\0', 'É', 'Z') }).map((text) => Buffer.from(text, 'latin1')),
    fc.uint8Array({ maxLength: 60 }).map((array) => Buffer.from(array)),
  );
  fc.assert(
    fc.property(fc.array(word, { maxLength: 6 }), bytes, (words, all) => {
      const text = all.toString('latin1').toLowerCase();
      expect(createSieve(words)(all)).toBe(words.some((it) => text.includes(it)));
    }),
    { numRuns: 3_000 },
  );
});

test.each([0, 1, 500, 995])('a word at %i of a thousand bytes', (at) => {
  const bytes = Buffer.alloc(1_000, 'x');
  bytes.write('Jane@', at, 'latin1');
  expect(createSieve(['jane@', 'somebody else'])(bytes)).toBe(true);
  expect(createSieve(['jane@m', 'somebody else'])(bytes)).toBe(false);
});
