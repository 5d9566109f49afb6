/** What we use of libmime, which brings no types. */
declare module 'libmime' {
  const libmime: {
    /** Decodes one encoded word's content; charset by name, encoding `Q` or `B`. */
    decodeWord(charset: string, encoding: string, content: string): string;
  };
  export default libmime;
}
