/** What we use of libmime, which brings no types. */
declare module 'libmime' {
  const libmime: {
    /** Decodes the encoded words of a header value (RFC 2047). */
    decodeWords(value: string): string;
    /** Decodes one encoded word's content; charset by name, encoding `Q` or `B`. */
    decodeWord(charset: string, encoding: string, content: string): string;
  };
  export default libmime;
}
