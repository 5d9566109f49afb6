/**
 * Where lines end (RFC 5322 section 2.1.1, RFC 5321 section 2.3.8): CR and LF among octets, four octets looked at at once. A native search for
 * each of the two is called twice for each line of megabytes of base64, which takes more than twice as long.
 */

const CR = 13;
const LF = 10;

/** Tells the index of the next CR or LF at or after another one; the length where there is none. */
export function lineEndsIn(bytes: Uint8Array): (from: number) => number {
  const { buffer, byteOffset, length } = bytes;
  /** Octets before the first whole word of memory. */
  const before = -byteOffset & 3;
  const count = (length - before) >> 2;
  const words = count > 0 ? new Int32Array(buffer, byteOffset + before, count) : new Int32Array();
  return (from) => {
    for (let at = from; at < length; at += 1) {
      if (((at - before) & 3) === 0) at = before + 4 * wordWithControl(words, (at - before) >> 2);
      if (bytes[at] === CR || bytes[at] === LF) return at;
    }
    return length;
  };
}

/** The next word with an octet below 14; it may be one above it, never less than all. The number of words where there is none. */
function wordWithControl(words: Int32Array, from: number): number {
  let at = from;
  for (; at < words.length; at += 1) {
    const word = words[at] ?? 0;
    if (((word - 0x0e0e0e0e) & ~word & 0x80808080) !== 0) break;
  }
  return at;
}
