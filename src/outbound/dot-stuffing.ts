/**
 * Dots at the beginning of lines are doubled on the way to the next hop (RFC 5321 section 4.5.2).
 *
 * QUIRK: nodemailer's own way takes 5 ms a megabyte, ten times as long as all that it does besides. Here a message whose lines end with CRLF, as all
 * of ours do, is looked at once and goes on as it is, or cut at its dots; anything else is left to nodemailer, which makes CRLF of bare CR and LF.
 */
import type { Transform, TransformCallback } from 'node:stream';
import SMTPConnection from 'nodemailer/lib/smtp-connection';
import { lineEndsIn } from '../model/line-end.ts';

const CR = 13;
const LF = 10;
const DOT = 46;

/** The stream that each message goes through, and what it keeps. */
interface DataStream extends Transform {
  inByteCount: number;
  outByteCount: number;
  /** Of the piece before; false at the beginning. */
  lastByte: number | false;
}

interface Connection {
  _createSendStream(done: (error: Error | null, reply?: string) => void): DataStream;
}

let isQuick = false;

/** Once for the process, whoever asks again: from then on each message takes this way. */
export function stuffQuickly(): void {
  if (isQuick) return;
  isQuick = true;
  const connection = SMTPConnection.prototype as unknown as Connection;
  const { _createSendStream: create } = connection;
  connection._createSendStream = function createQuickly(done) {
    const stream = create.call(this, done);
    const mend = stream._transform.bind(stream);
    stream._transform = (chunk: Buffer, encoding: BufferEncoding, next: TransformCallback): void => {
      const pieces = stuffed(chunk, stream.lastByte);
      if (pieces === undefined) {
        mend(chunk, encoding, next);
        return;
      }
      for (const piece of pieces) {
        stream.push(piece);
        stream.outByteCount += piece.length;
      }
      stream.inByteCount += chunk.length;
      stream.lastByte = chunk[chunk.length - 1] ?? stream.lastByte;
      next();
    };
    return stream;
  };
}

/**
 * The octets with dots doubled, in pieces of what was given. Undefined: a line ends with anything but CRLF, or might.
 * @param last the octet before these; false: there is none
 */
export function stuffed(bytes: Buffer, last: number | false): Buffer[] | undefined {
  if (last === CR) return undefined;
  const pieces: Buffer[] = [];
  let from = 0;
  const nextLineEnd = lineEndsIn(bytes);
  let isLineStart = last === LF || last === false;
  for (let at = 0; at < bytes.length; ) {
    if (isLineStart && bytes[at] === DOT) {
      pieces.push(bytes.subarray(from, at + 1));
      from = at;
    }
    const end = nextLineEnd(at);
    if (end === bytes.length) break;
    if (bytes[end] !== CR || bytes[end + 1] !== LF) return undefined;
    at = end + 2;
    isLineStart = true;
  }
  pieces.push(bytes.subarray(from));
  return pieces;
}
