/**
 * Word 97 files ([MS-DOC]) without what they tell about their author. Nothing moves: what is kept is copied to where it stood, all else is
 * zeros: properties, embedded objects, deleted sectors, what fills the last sector of a stream. Lists of authors are masked.
 */
import { bufferOf, type Cleaned, type Obstacle } from '../cleaned.ts';
import { type Compound, type Entry, type Run, readCompound, topEntries } from './compound.ts';
import { maskFields, maskLinks } from './fields.ts';
import { maskPictures } from './pictures.ts';
import { maskWords } from './words.ts';

/** Streams that text, looks and pictures stand in. */
const kept = new Set(['WordDocument', '0Table', '1Table', 'Data', '\u0001CompObj']);
const properties = /^\u0005/;
const programs = new Set(['Macros', '_VBA_PROJECT_CUR', 'VBA', '_VBA_PROJECT']);

/** A file information block begins so ([MS-DOC] section 2.5.2). */
const wordMark = 0xa5ec;
const encrypted = 0x100;
const secondTable = 0x200;

export function cleanDoc(content: Uint8Array): Cleaned {
  const bytes = bufferOf(content);
  const file = readCompound(bytes);
  if (file === undefined) return withoutFrame(bytes);
  if (file.entries.some((entry) => entry && programs.has(entry.name))) return 'scripted';
  const source = sourceOf(bytes, file);
  if (typeof source === 'string') return source;
  const out = Buffer.alloc(bytes.length);
  for (const { from, to } of file.frame) bytes.copy(out, from, from, to);
  for (const entry of file.entries) if (entry) out.fill(0, entry.at + 100, entry.at + 116);
  return topEntries(file).every((entry) => put(out, entry, source)) ? out : 'damaged';
}

/** What is needed to find the words in a file: the text, and the table that says where is what. */
function sourceOf(bytes: Buffer, file: Compound): Source | Obstacle {
  const top = topEntries(file);
  const contentOf = (name: string): Buffer | undefined => {
    const entry = top.find((one) => one.name === name);
    const runs = entry && file.runsOf(entry);
    return runs && joined(bytes, runs);
  };
  const information = contentOf('WordDocument');
  if (information === undefined) return 'damaged';
  const isWord = information.length >= 34 && information.readUInt16LE(0) === wordMark;
  const flags = isWord ? information.readUInt16LE(10) : 0;
  if (flags & encrypted) return 'encrypted';
  const table = flags & secondTable ? '1Table' : '0Table';
  return { bytes, file, information, table, tableContent: contentOf(table) ?? Buffer.alloc(0) };
}

interface Source {
  readonly bytes: Buffer;
  readonly file: Compound;
  /** Of the stream that begins with the file information block. */
  readonly information: Buffer;
  /** The name of the table that is in use. */
  readonly table: string;
  readonly tableContent: Buffer;
}

/** Writes what stays of a stream to where it stood. False where it is broken. */
function put(out: Buffer, entry: Entry, source: Source): boolean {
  const { bytes, file } = source;
  if (entry.kind !== 'stream') return true;
  const runs = file.runsOf(entry);
  if (runs === undefined) return !kept.has(entry.name);
  const content = cleaned(entry.name, joined(bytes, runs), source);
  let at = 0;
  for (const { from, to } of runs) {
    content.copy(out, from, at, at + to - from);
    at += to - from;
  }
  return true;
}

/** Changes the content in place. */
function cleaned(name: string, content: Buffer, { information, table, tableContent }: Source): Buffer {
  if (properties.test(name)) emptyProperties(content);
  else if (!kept.has(name) || (/^[01]Table$/.test(name) && name !== table)) content.fill(0);
  else {
    if (name === table) maskWords(information, content);
    if (name === 'WordDocument') maskFields(content, tableContent);
    maskPictures(content);
    maskLinks(content);
  }
  return content;
}

const joined = (bytes: Buffer, runs: readonly Run[]): Buffer => Buffer.concat(runs.map(({ from, to }) => bytes.subarray(from, to)));

/** A set of properties that has none ([MS-OLEPS] section 2.21), with zeros behind it. */
function emptyProperties(content: Buffer): void {
  const format = Buffer.from(content.subarray(28, 44));
  content.fill(0);
  if (content.length < 56) return;
  content.writeUInt16LE(0xfffe);
  content.writeUInt32LE(1, 24);
  format.copy(content, 28);
  content.writeUInt32LE(48, 44);
  content.writeUInt32LE(8, 48);
}

/** Bytes that begin as such a file and have no directory: nothing in them can be read, so they may go on if no properties are among them. */
function withoutFrame(bytes: Buffer): Cleaned {
  const hasProperties =
    bytes.includes(Buffer.from('SummaryInformation', 'utf16le')) || bytes.includes(Buffer.from('e0859ff2f94f6810', 'hex'));
  return hasProperties ? 'damaged' : bytes;
}
