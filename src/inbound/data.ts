/**
 * Reads the message behind DATA: finds its end, takes out stuffed dots, refuses bare line ends (RFC 5321 sections 2.3.8, 4.1.1.4, 4.5.2).
 * One look at each byte and one copy of it, whatever the pieces it comes in. Only CRLF.CRLF ends a message: a server that takes anything
 * else for the end can be made to see a second message in the first (SMTP smuggling, CVE-2023-51764 and others).
 *
 * QUIRK: smtp-server 3.21.6 has a reader of its own, which passes on all bytes of an oversized message, removes the dot in `LF..` too,
 * and waits a turn of the event loop for each stuffed dot (4 MB of `..CRLF`: 2.1 s of CPU).
 */
import { lineEndsIn } from '../model/line-end.ts';

const CR = 13;
const LF = 10;
const DOT = 46;

/** The smallest buffer; most messages without attachments fit. */
const FIRST_BYTES = 16 * 1024;

/** Why the message cannot be taken; reading goes on to its end, nothing more is kept. */
export type Fault = 'too large' | 'bare line end' | 'no memory';

/** At the start of a line; behind its first dot; behind dot and CR; within it; behind a CR within it. */
type State = 'line' | 'dot' | 'dot-cr' | 'text' | 'cr';

export class DataReader {
  readonly #limit: number;
  readonly #room: (bytes: number) => boolean;
  #state: State = 'line';
  #memory: ArrayBuffer;
  #bytes = 0;
  #fault: Fault | undefined;

  /**
   * `limit`: octets a message may have. `expected`: octets to make room for at once, where the client announced them.
   * `room`: asked before the buffer grows to that many octets; false stops it.
   */
  constructor(limit: number, expected: number | undefined, room: (bytes: number) => boolean) {
    this.#limit = limit;
    this.#room = room;
    this.#memory = new ArrayBuffer(Math.min(limit, expected ?? FIRST_BYTES));
  }

  /** Octets of the message so far, without stuffed dots; those not kept count too. */
  get bytes(): number {
    return this.#bytes;
  }

  get fault(): Fault | undefined {
    return this.#fault;
  }

  /** The message, unstuffed, with the CRLF of its last line; a view of the one copy. */
  message(): Uint8Array {
    return new Uint8Array(this.#memory, 0, this.#bytes);
  }

  /** Takes the next octets from the wire. Answers the index behind the end of data, undefined where it is not among them. */
  push(chunk: Uint8Array): number | undefined {
    const nextLineEnd = lineEndsIn(chunk);
    let from = 0;
    for (let at = 0; at < chunk.length; at++) {
      if (this.#state === 'text') at = nextLineEnd(at);
      if (at === chunk.length) break;
      const byte = chunk[at];
      const before = this.#state;
      if (before === 'line' && byte === DOT) {
        this.#keep(chunk.subarray(from, at));
        from = at + 1;
        this.#state = 'dot';
      } else if (before === 'dot' && byte === CR) {
        from = at + 1;
        this.#state = 'dot-cr';
      } else if (before === 'dot-cr' && byte === LF) {
        return at + 1;
      } else {
        this.#state = this.#within(before, byte);
      }
    }
    this.#keep(chunk.subarray(from));
    return undefined;
  }

  /** The state behind a byte that neither is a stuffed dot nor can end the data. */
  #within(before: State, byte: number | undefined): State {
    if (before === 'cr' && byte === LF) return 'line';
    if (before === 'cr' || before === 'dot-cr' || byte === LF) this.#fail('bare line end');
    return byte === CR ? 'cr' : 'text';
  }

  #keep(piece: Uint8Array): void {
    if (piece.length === 0) return;
    const start = this.#bytes;
    this.#bytes += piece.length;
    if (this.#bytes > this.#limit) this.#fail('too large');
    if (this.#fault !== undefined) return;
    if (this.#bytes > this.#memory.byteLength && !this.#grow()) this.#fail('no memory');
    else new Uint8Array(this.#memory).set(piece, start);
  }

  /** Doubles the buffer, in place of the old one: the two never stand beside one another for longer than the copy. */
  #grow(): boolean {
    const bytes = Math.min(this.#limit, Math.max(this.#bytes, 2 * this.#memory.byteLength, FIRST_BYTES));
    if (!this.#room(bytes)) return false;
    this.#memory = this.#memory.transfer(bytes);
    return true;
  }

  /** Too large outweighs the others: it is what the client can mend. */
  #fail(fault: Fault): void {
    if (this.#fault === undefined || fault === 'too large') this.#fault = fault;
    if (this.#memory.byteLength > 0) this.#memory = new ArrayBuffer(0);
  }
}
