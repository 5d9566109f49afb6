/** One part of a message (RFC 2045), split off and not yet decoded. */
export interface Part {
  /** Lower case; `text/plain` where nothing valid was declared (RFC 2045 section 5.2). */
  readonly type: string;
  readonly charset: string;
  readonly flowed: boolean;
  readonly deleteSpace: boolean;
  /** Its own header says two things about how it is to be read. */
  readonly ambiguous?: true;
  readonly encoding: string;
  readonly disposition: 'attachment' | 'inline' | '';
  /** Decoded (RFC 2231, RFC 2047), not yet cleaned. */
  readonly filename: string;
  /** Without brackets; `''` where there is none. */
  readonly contentId: string;
  /** As encoded for the way. */
  readonly body: Buffer;
  readonly children: readonly Part[];
}

/** A file that stood in the text of a part, as before MIME. */
export interface EnclosedFile {
  readonly filename: string;
  readonly declaredType: string;
  readonly content: Buffer;
}
