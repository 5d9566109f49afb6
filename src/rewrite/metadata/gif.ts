/**
 * GIF (GIF89a) without what it tells about its author: comments, XMP and other blocks of programs, what follows its end. Frames, their times
 * and how often they repeat stay. One linear scan, nothing is decoded.
 */
import { bufferOf, type Cleaned } from './cleaned.ts';

const extension = 0x21;
const image = 0x2c;
const trailer = 0x3b;
const control = 0xf9;
const application = 0xff;

/** The picture alone; `damaged` where there is no frame. What follows a block that goes wrong is left out. */
export function cleanGif(content: Uint8Array): Cleaned {
  const bytes = bufferOf(content);
  if (!/^GIF8[79]a/.test(bytes.toString('latin1', 0, 6)) || bytes.length < 13) return 'damaged';
  const start = 13 + tableLength(bytes[10] ?? 0);
  const kept: Buffer[] = [bytes.subarray(0, start)];
  let frames = 0;
  for (let at = start, end = endOfBlock(bytes, at); end > at; at = end, end = endOfBlock(bytes, at)) {
    if (bytes[at] === image) frames++;
    const block = keep(bytes.subarray(at, end));
    if (block) kept.push(block);
  }
  return frames === 0 ? 'damaged' : Buffer.concat([...kept, Buffer.from([trailer])]);
}

/** -1 at the end of the picture, and where no block begins. Zeros between blocks count for nothing. */
function endOfBlock(bytes: Buffer, at: number): number {
  const kind = bytes[at];
  if (kind === extension) return endOfBlocks(bytes, at + 2);
  return kind === image ? endOfImage(bytes, at) : kind === 0 ? at + 1 : -1;
}

function keep(block: Buffer): Buffer | undefined {
  if (block[0] === image) return block;
  if (block[0] !== extension) return undefined;
  if (block[1] === control && block.length === 8) return block;
  const isLoop = block[1] === application && /^(?:NETSCAPE2\.0|ANIMEXTS1\.0)\x03\x01/.test(block.toString('latin1', 3, 16));
  return isLoop && block.length >= 19 ? Buffer.concat([block.subarray(0, 18), Buffer.from([0])]) : undefined;
}

/** Bytes of a colour table, by the flags of the block that it belongs to. */
const tableLength = (flags: number): number => (flags & 0x80 ? 3 * 2 ** ((flags & 7) + 1) : 0);

/** A frame: ten bytes, its colours, the size of its codes, the codes. */
const endOfImage = (bytes: Buffer, at: number): number => endOfBlocks(bytes, at + 11 + tableLength(bytes[at + 9] ?? 0));

/** Blocks that begin with their length, up to the empty one; -1 where the file ends before it. */
function endOfBlocks(bytes: Buffer, from: number): number {
  let at = from;
  while (at < bytes.length) {
    const length = bytes[at] ?? 0;
    at += length + 1;
    if (length === 0) return at;
  }
  return -1;
}
