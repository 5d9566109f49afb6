/** One part of a message (RFC 2045), split off and not yet decoded. */
export interface Part {
  /** Lower case; `text/plain` where nothing valid was declared (RFC 2045 section 5.2). */
  readonly type: string;
  readonly charset: string;
  readonly flowed: boolean;
  readonly deleteSpace: boolean;
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
