/**
 * The message as it is given to whoever verifies its signatures (RFC 6376 section 6.1 leaves it to the verifier how many it looks at): each
 * one costs a look-up, and each one with a length of its own another hash of the whole body.
 */
import { Readable } from 'node:stream';
import { setImmediate as nextTurn } from 'node:timers/promises';
import type { Header } from '../model/message.ts';

/** Nobody signs more often; forwarders and lists add one each. */
const mostSignatures = 10;

/**
 * So much is hashed without a turn for others: 6 to 18 ms. A line of 12 MB takes 90 at its end; smaller slices would make it dearer in all, since
 * the library looks at its whole beginning again with each (1 MB: 0.3 s, 64 KB: 2.7 s).
 */
const sliceBytes = 1 << 20;

/**
 * The message without signatures over a part of the body (`l=`), which count for nothing here, and of the others without all but the last
 * ten: who passes a message on signs above what is there, so the author's stands lowest.
 */
export function withoutUseless(raw: Uint8Array, { bodyAt }: Pick<Header, 'bodyAt'>): Uint8Array {
  const fields = Buffer.from(raw.buffer, raw.byteOffset, bodyAt)
    .toString('latin1')
    .split(/\n(?![ \t])/);
  const useful = fields.filter((field) => isSignature(field) && !isOverPart(field)).slice(-mostSignatures);
  const kept = fields.filter((field) => !isSignature(field) || useful.includes(field));
  if (kept.length === fields.length) return raw;
  return Buffer.concat([Buffer.from(kept.join('\n'), 'latin1'), raw.subarray(bodyAt)]);
}

const isSignature = (field: string): boolean => /^dkim-signature:/i.test(field);

const isOverPart = (field: string): boolean =>
  field
    .slice(field.indexOf(':') + 1)
    .split(';')
    .some((tag) => /^\s*l\s*=/i.test(tag));

/** In slices, so that a large message keeps nobody else waiting. */
export const inSlices = (raw: Uint8Array): Readable => Readable.from(slices(raw));

async function* slices(raw: Uint8Array): AsyncGenerator<Uint8Array> {
  for (let at = 0; at < raw.length; at += sliceBytes) {
    yield raw.subarray(at, at + sliceBytes);
    await nextTurn();
  }
}
