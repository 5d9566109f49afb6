/** Port: who looks at the files of a message for malware (requirement E5). */

/** What was found first. */
export interface Malware {
  /** Index in the files that were given. */
  readonly file: number;
  /** Of the signature, in the scanner's words: printable ASCII, 100 characters at most. For journal and log, never for the wire. */
  readonly name: string;
}

/** Why nothing can be said of the files; a closed list. */
export type Trouble =
  | 'it cannot be reached'
  | 'no answer in time'
  | 'the connection broke'
  /** Larger than what it takes: `StreamMaxLength` of clamd. */
  | 'a file is too large for it'
  /** It says that it failed, or nothing that we understand. */
  | 'its answer is none';

/** The scanner could not look. */
export class Unscanned extends Error {
  override readonly name = 'Unscanned';
  readonly trouble: Trouble;
  constructor(trouble: Trouble) {
    super(`not scanned: ${trouble}`);
    this.trouble = trouble;
  }
}

export interface Scanner {
  /** Undefined: nothing was found in any of them. @throws Unscanned, within 15 s. */
  scan(files: readonly Uint8Array[]): Promise<Malware | undefined>;
  /** It answers. @throws Unscanned, within 1 s. */
  ping(): Promise<void>;
}
