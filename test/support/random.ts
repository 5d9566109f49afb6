/** Chance that comes the same again for the same seed (xorshift, Marsaglia 2003). */

/** Below 1. */
export type Random = () => number;

export function randomFrom(seed: number): Random {
  let state = seed | 0 || 1;
  return () => {
    state ^= state << 13;
    state ^= state >>> 17;
    state ^= state << 5;
    return (state >>> 0) / 2 ** 32;
  };
}
