/** UTF-16, big-endian, as PDF writes it; half a character at the end does not count. */
export const utf16Swapped = (bytes: Buffer): string =>
  Buffer.from(bytes.subarray(0, bytes.length & ~1))
    .swap16()
    .toString('utf16le');
