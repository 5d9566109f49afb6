/** UTF-16, as Windows writes it. */

/**
 * Little-endian; half a character at the end does not count.
 * QUIRK: in Node 24 (and before nodejs/node pull request 64697) `toString('utf16le')` of an odd number of bytes at an odd place in memory writes
 * behind the end of its own memory, and the process dies. So the number is made even first, wherever the bytes come from outside.
 */
export const utf16 = (bytes: Buffer): string => bytes.toString('utf16le', 0, bytes.length & ~1);
