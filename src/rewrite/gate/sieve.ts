/**
 * Whether any of many words stands in some bytes, in one pass that skips most of them (Wu and Manber, A fast algorithm for multi-pattern
 * searching, 1994): a file of megabytes hardly ever holds a secret, and looking for each of them by itself takes twenty passes.
 */

/** Bytes as `toLowerCase` folds them where each is a character. */
const lower = Uint8Array.from({ length: 256 }, (_, byte) => String.fromCharCode(byte).toLowerCase().charCodeAt(0));

/**
 * @param words in lower case, a character a byte, each of at least two
 * @returns true where one of them stands in the bytes, in any case
 */
export function createSieve(words: readonly string[]): (bytes: Uint8Array) => boolean {
  if (words.length === 0) return () => false;
  const patterns = words.map((word) => Buffer.from(word, 'latin1'));
  const length = Math.min(...patterns.map((pattern) => pattern.length));
  const skips = skipsOf(patterns, length);
  const standsAt = (bytes: Uint8Array, at: number): boolean =>
    patterns.some(
      (pattern) => pattern.every((byte, index) => lower[bytes[at + index] ?? 0] === byte) && at + pattern.length <= bytes.length,
    );
  return (bytes) => {
    for (let at = length - 1; at < bytes.length; ) {
      const skip = skips[((bytes[at - 1] ?? 0) << 8) | (bytes[at] ?? 0)] ?? 1;
      if (skip > 0) at += skip;
      else if (standsAt(bytes, at - length + 1)) return true;
      else at += 1;
    }
    return false;
  };
}

/** For each byte in lower case those that are the same but for their case. */
const cases = Map.groupBy(lower.keys(), (byte) => lower[byte]);

/** By the last two bytes of a window as long as the shortest word: how far the window can move without missing one. */
function skipsOf(patterns: readonly Buffer[], length: number): Uint8Array {
  const skips = new Uint8Array(65_536).fill(Math.min(length - 1, 255));
  for (const pattern of patterns) {
    for (let at = 1; at < length; at += 1) {
      for (const first of cases.get(pattern[at - 1]) ?? []) {
        for (const second of cases.get(pattern[at]) ?? []) {
          const block = (first << 8) | second;
          skips[block] = Math.min(skips[block] ?? 0, length - 1 - at);
        }
      }
    }
  }
  return skips;
}
