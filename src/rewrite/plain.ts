/**
 * Text files: mailboxes and names of the parties become what stands for them, as in the body. No one says which charset a file is in; what
 * names nobody stays byte for byte.
 */
import { isUtf8 } from 'node:buffer';
import { TextDecoder } from 'node:util';
import { applyEdits, type Edit, orderEdits } from './edits.ts';
import { bufferOf, type Cleaned } from './metadata/cleaned.ts';
import { editsFor, type Redactions } from './redact.ts';

/** Charsets in which names are not what they look like byte for byte; the strict ones first, since most bytes are something in the last. */
const charsets = [
  'iso-2022-jp',
  'euc-jp',
  'shift_jis',
  'euc-kr',
  'big5',
  'gb18030',
  'koi8-r',
  'windows-1251',
  'windows-1253',
  'windows-1250',
];
/** A file of this size is looked at in other charsets too. */
const maxGuessed = 300_000;

export function cleanPlain(content: Uint8Array, { banned, needles }: Redactions): Cleaned {
  const bytes = bufferOf(content);
  const editsIn = (text: string): readonly Edit[] => orderEdits(editsFor(text, banned, needles));
  const unicode = decodeUnicode(bytes);
  if (unicode !== undefined) {
    const edits = editsIn(unicode);
    return edits.length === 0 ? content : Buffer.from(applyEdits(unicode, edits));
  }
  const guessed = bytes.length > maxGuessed ? undefined : guess(bytes, editsIn);
  if (guessed !== undefined) return Buffer.from(applyEdits(guessed.text, guessed.edits));
  const text = bytes.toString('latin1');
  const edits = editsIn(text);
  if (edits.length === 0) return content;
  // Where what comes in has a place in every charset, the rest of the file stays in the one that it is in.
  if (edits.every(({ put }) => /^[\x00-\x7f]*$/.test(put))) return Buffer.from(applyEdits(text, edits), 'latin1');
  return Buffer.from(applyEdits(new TextDecoder('windows-1252').decode(bytes), edits));
}

function decodeUnicode(bytes: Buffer): string | undefined {
  if (bytes[0] === 0xff && bytes[1] === 0xfe) return new TextDecoder('utf-16le').decode(bytes);
  if (bytes[0] === 0xfe && bytes[1] === 0xff) return new TextDecoder('utf-16be').decode(bytes);
  return isUtf8(bytes) && !bytes.includes(27) ? bytes.toString('utf8') : undefined;
}

interface Guessed {
  readonly text: string;
  readonly edits: readonly Edit[];
}

/** The first charset in which the text holds something that no look at single bytes would find. */
function guess(bytes: Buffer, editsIn: (text: string) => readonly Edit[]): Guessed | undefined {
  for (const charset of charsets) {
    const text = decodeStrictly(bytes, charset);
    if (text === undefined) continue;
    const edits = editsIn(text);
    if (edits.some(({ from, to }) => /[^\x00-\x7f]/.test(text.slice(from, to)))) return { text, edits };
  }
  return undefined;
}

function decodeStrictly(bytes: Buffer, charset: string): string | undefined {
  try {
    return new TextDecoder(charset, { fatal: true }).decode(bytes);
  } catch {
    return undefined;
  }
}
