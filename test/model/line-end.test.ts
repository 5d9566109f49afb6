import fc from 'fast-check';
import { lineEndsIn } from '../../src/model/line-end.ts';

const CR = 13;
const LF = 10;

/** As one would look for them by hand. */
const byHand = (bytes: Uint8Array, from: number): number => {
  const at = bytes.findIndex((byte, index) => index >= from && (byte === CR || byte === LF));
  return at < 0 ? bytes.length : at;
};

test('every CR and LF is found, wherever the octets lie in memory and whatever stands beside them', () => {
  const octet = fc.oneof(fc.constantFrom(CR, LF, 9, 11, 12, 14, 0, 128, 141, 255), fc.integer({ min: 0, max: 255 }));
  fc.assert(
    fc.property(fc.array(octet, { maxLength: 40 }), fc.nat(9), (octets, offset) => {
      const bytes = new Uint8Array([...Array(offset).fill(LF), ...octets]).subarray(offset);
      const next = lineEndsIn(bytes);
      for (let from = 0; from <= bytes.length; from++) expect(next(from)).toBe(byHand(bytes, from));
    }),
    { numRuns: 1_000 },
  );
});

test('nothing is found behind the octets that were given', () => {
  const memory = new Uint8Array(64).fill(LF);
  const bytes = memory.subarray(3, 30).fill(0x41);
  expect(lineEndsIn(bytes)(0)).toBe(27);
});
