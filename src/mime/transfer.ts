/**
 * Content-Transfer-Encoding (RFC 2045 section 6), bytes to bytes in linear time.
 * QUIRK: libqp 2.1, which mailparser brings, is quadratic on a line of blanks (100 kB of them take over ten seconds), so this is ours.
 */

const equals = 0x3d;
const lf = 0x0a;
const cr = 0x0d;

const isBlank = (byte: number | undefined): boolean => byte === 0x20 || byte === 0x09;

/** The decoded bytes; undefined where the encoding is none that RFC 2045 knows. Damaged input is read as far as it makes sense. */
export function decodeTransfer(bytes: Buffer, encoding: string): Buffer | undefined {
  const name = /^[\s"']*([a-z0-9-]*)/i.exec(encoding)?.[1]?.toLowerCase() ?? '';
  if (name === 'base64') return decodeBase64(bytes);
  if (name === 'quoted-printable') return decodeQuotedPrintable(bytes);
  return /^(?:7-?bits?|8-?bits?|binary|)$/.test(name) ? bytes : undefined;
}

/** Lines that are decoded at once. */
const linesAtOnce = 1_024;

/**
 * Node decodes strings alone, and one of megabytes is memory that only a collection of garbage gives back: so lines of one length, as nearly all
 * senders write them, are decoded some at a time, straight to their place.
 */
function decodeBase64(bytes: Buffer): Buffer {
  const line = bytes.indexOf(lf) + 1;
  const digits = line - (bytes[line - 2] === cr ? 2 : 1);
  const atOnce = linesAtOnce * line;
  if (digits < 4 || digits % 4 !== 0 || bytes.length < atOnce) return decodeBlocks(bytes);
  const decoded = Buffer.allocUnsafeSlow(Math.ceil(bytes.length / 4) * 3);
  const whole = (linesAtOnce * digits * 3) / 4;
  let from = 0;
  let to = 0;
  while (from + atOnce <= bytes.length && areLines(bytes.subarray(from, from + atOnce), line, digits)) {
    if (decoded.write(bytes.toString('latin1', from, from + atOnce), to, 'base64') !== whole) break;
    from += atOnce;
    to += whole;
  }
  const rest = decodeBlocks(bytes.subarray(from));
  return decoded.subarray(0, to + rest.copy(decoded, to));
}

/** Nothing but line ends stands behind so many octets of each line. */
function areLines(bytes: Buffer, line: number, digits: number): boolean {
  for (let at = digits; at < bytes.length; at += line) {
    if (bytes[at + line - digits - 1] !== lf || (line - digits === 2 && bytes[at] !== cr)) return false;
  }
  return true;
}

/** Some senders join encoded blocks, each with its own padding; Node stops at the first `=`. */
function decodeBlocks(bytes: Buffer): Buffer {
  const text = bytes.toString('latin1');
  const blocks: Buffer[] = [];
  let at = 0;
  while (at < text.length) {
    let end = text.indexOf('=', at);
    if (end < 0) end = text.length;
    if (end > at) blocks.push(Buffer.from(text.slice(at, end), 'base64'));
    at = end + 1;
  }
  return blocks.length === 1 ? (blocks[0] ?? Buffer.alloc(0)) : Buffer.concat(blocks);
}

interface Output {
  readonly bytes: Buffer;
  length: number;
  /** Blanks at the end of a line were added on the way (RFC 2045 section 6.7 rule 3): what stands after this is dropped there. */
  solid: number;
}

function decodeQuotedPrintable(bytes: Buffer): Buffer {
  const out: Output = { bytes: Buffer.allocUnsafe(bytes.length), length: 0, solid: 0 };
  for (let at = 0; at < bytes.length; at++) {
    if (bytes[at] === equals) at = decodeEscape(bytes, at, out);
    else copy(bytes, at, out);
  }
  return out.bytes.subarray(0, out.solid);
}

function copy(bytes: Buffer, at: number, out: Output): void {
  const byte = bytes[at] ?? 0;
  if (byte === lf || (byte === cr && bytes[at + 1] === lf)) out.length = out.solid;
  out.bytes[out.length++] = byte;
  if (!isBlank(byte)) out.solid = out.length;
}

/** What begins with `=`: an encoded byte, a soft line break, or an `=` that someone forgot to encode. Answers its last position. */
function decodeEscape(bytes: Buffer, at: number, out: Output): number {
  const value = hexAt(bytes, at + 1);
  const softEnd = value < 0 ? endOfSoftBreak(bytes, at + 1) : -1;
  if (softEnd < 0) out.bytes[out.length++] = value < 0 ? equals : value;
  out.solid = out.length;
  return value >= 0 ? at + 2 : Math.max(at, softEnd);
}

/** The byte of two hex digits, or -1. */
function hexAt(bytes: Buffer, at: number): number {
  const high = digit(bytes[at]);
  const low = digit(bytes[at + 1]);
  return high < 0 || low < 0 ? -1 : high * 16 + low;
}

function digit(byte = 0): number {
  if (byte >= 0x30 && byte <= 0x39) return byte - 0x30;
  const letter = byte | 0x20;
  return letter >= 0x61 && letter <= 0x66 ? letter - 0x57 : -1;
}

/** The last byte of a soft line break that begins after the `=`, or -1 where there is none. */
function endOfSoftBreak(bytes: Buffer, from: number): number {
  let at = from;
  while (isBlank(bytes[at])) at++;
  if (at >= bytes.length || bytes[at] === lf) return at;
  return bytes[at] === cr && bytes[at + 1] === lf ? at + 1 : -1;
}
