/** A labelled policy case (`test/cases/`) as a complete message, as `case_to_eml.py` of the policy page builds it. */
import { readFileSync } from 'node:fs';
import { readHeader } from '../../src/mime/header.ts';
import { parse } from '../../src/mime/parse.ts';
import type { Message } from '../../src/model/message.ts';
import type { Situation } from '../../src/model/route.ts';

export interface Case extends Situation {
  readonly id: string;
  readonly lang: string;
  readonly subject: string;
  readonly text: string | null;
  readonly html: string | null;
  readonly attachments: readonly {
    readonly filename: string;
    readonly contentType: string;
    readonly bytes: number;
    readonly magic: string;
  }[];
  /** Ids of all broken rules, sorted. */
  readonly rules: readonly string[];
  readonly where: Readonly<Record<string, readonly string[]>>;
  readonly note: string;
  readonly redact?: readonly string[];
}

/** One case a line. */
export const readCases = (path: string): readonly Case[] =>
  readFileSync(path, 'utf8')
    .split('\n')
    .filter((line) => line.trim() !== '')
    .map((line) => JSON.parse(line) as Case);

/** A stored ZIP archive of empty XML files: enough for a reader of names. */
function zip(names: readonly string[]): Buffer {
  const entries = names.map((name) => {
    const local = Buffer.alloc(30);
    local.write('PK\x03\x04', 'latin1');
    local.writeUInt16LE(10, 4);
    local.writeUInt32LE(4, 18);
    local.writeUInt32LE(4, 22);
    local.writeUInt16LE(name.length, 26);
    return { name, bytes: Buffer.concat([local, Buffer.from(`${name}<x/>`, 'latin1')]) };
  });
  let offset = 0;
  const directory = entries.map(({ name, bytes }) => {
    const central = Buffer.alloc(46);
    central.write('PK\x01\x02', 'latin1');
    central.writeUInt32LE(4, 20);
    central.writeUInt32LE(4, 24);
    central.writeUInt16LE(name.length, 28);
    central.writeUInt32LE(offset, 42);
    offset += bytes.length;
    return Buffer.concat([central, Buffer.from(name, 'latin1')]);
  });
  const end = Buffer.alloc(22);
  end.write('PK\x05\x06', 'latin1');
  end.writeUInt16LE(names.length, 8);
  end.writeUInt16LE(names.length, 10);
  end.writeUInt32LE(Buffer.concat(directory).length, 12);
  end.writeUInt32LE(offset, 16);
  return Buffer.concat([...entries.map(({ bytes }) => bytes), ...directory, end]);
}

const hex = (digits: string): Buffer => Buffer.from(digits, 'hex');
const latin1 = (text: string): Buffer => Buffer.from(text, 'latin1');
const png = hex(
  '89504e470d0a1a0a0000000d49484452000000010000000108060000001f15c4890000000d49444154789c6360f8cfc0f01f00050001ff5ca3c8b90000000049454e44ae426082',
);

/** How a file of each kind begins; texts consist of it. */
const magics: Readonly<Record<string, Buffer>> = {
  pdf: latin1(
    '%PDF-1.4\n1 0 obj<</Type/Catalog/Pages 2 0 R>>endobj\n2 0 obj<</Type/Pages/Kids[]/Count 0>>endobj\ntrailer<</Root 1 0 R>>\n%%EOF\n',
  ),
  png,
  jpeg: hex(`ffd8ffe000104a46494600010100000100010000ffdb004300${'08'.repeat(64)}ffc0000b080001000101011100ffda0008010100003f00fbffd9`),
  gif: latin1('GIF89a\x01\x00\x01\x00\x80\x00\x00\x00\x00\x00\xff\xff\xff,\x00\x00\x00\x00\x01\x00\x01\x00\x00\x02\x02D\x01\x00;'),
  webp: latin1('RIFF\x1a\x00\x00\x00WEBPVP8L\x0d\x00\x00\x00/\x00\x00\x00\x10\x07\x10\x11\x11\x88\x88\xfe\x07\x00'),
  heic: latin1('\x00\x00\x00\x18ftypheic\x00\x00\x00\x00mif1heic'),
  txt: latin1('Thank you for the order. All parts are listed here, one a line.\r\n'),
  doc: Buffer.concat([hex('d0cf11e0a1b11ae1'), Buffer.alloc(504), Buffer.from('WordDocument', 'utf16le')]),
  docx: zip(['[Content_Types].xml', '_rels/.rels', 'word/document.xml']),
  xlsx: zip(['[Content_Types].xml', '_rels/.rels', 'xl/workbook.xml']),
  zip: zip(['parts.txt']),
  apk: zip(['AndroidManifest.xml', 'classes.dex', 'META-INF/MANIFEST.MF']),
  rar: latin1(`Rar!\x1a\x07\x01\x00${'\x00'.repeat(32)}`),
  '7z': latin1(`7z\xbc\xaf\x27\x1c\x00\x04${'\x00'.repeat(32)}`),
  exe: latin1(`MZ\x90\x00\x03\x00\x00\x00\x04\x00\x00\x00\xff\xff\x00\x00${'\x00'.repeat(44)}\x40\x00\x00\x00PE\x00\x00\x4c\x01`),
  mp4: latin1('\x00\x00\x00\x18ftypisom\x00\x00\x02\x00isommp42'),
  mov: latin1('\x00\x00\x00\x14ftypqt  \x00\x00\x02\x00qt  '),
  m4a: latin1('\x00\x00\x00\x18ftypM4A \x00\x00\x00\x00M4A mp42'),
  webm: hex('1a45dfa39f4286810142f7810142f2810442f381084282847765626d'),
  html: latin1('<!DOCTYPE html><html><head><title>x</title></head><body><p>Label</p></body></html>\n'),
  svg: latin1('<?xml version="1.0"?><svg xmlns="http://www.w3.org/2000/svg" width="9" height="9"><circle r="4"/></svg>\n'),
  ics: latin1(
    'BEGIN:VCALENDAR\r\nVERSION:2.0\r\nPRODID:-//x//x//EN\r\nBEGIN:VEVENT\r\nUID:1\r\nDTSTAMP:20250101T000000Z\r\nEND:VEVENT\r\nEND:VCALENDAR\r\n',
  ),
  vcf: latin1('BEGIN:VCARD\r\nVERSION:3.0\r\nFN:A B\r\nEND:VCARD\r\n'),
  tnef: latin1(`\x78\x9f\x3e\x22${'\x00'.repeat(32)}`),
  dwg: latin1(`AC1032${'\x00'.repeat(64)}`),
  skp: latin1('\xff\xfe\xff\x0eS\x00k\x00e\x00t\x00c\x00h\x00U\x00p\x00'),
  step: latin1('ISO-10303-21;\nHEADER;\nENDSEC;\nEND-ISO-10303-21;\n'),
  iso: latin1(`${'\x00'.repeat(32768)}\x01CD001\x01\x00`),
};
const texts = new Set(['html', 'svg', 'ics', 'vcf', 'step']);

/** Bytes that begin as a file of that kind does, `size` long where that is larger. */
function contentOf(magic: string, size: number): Buffer {
  const head = magics[magic];
  if (head === undefined) throw new Error(`no content for ${magic}`);
  if (magic === 'txt') return Buffer.alloc(size, head);
  return Buffer.concat([head, Buffer.alloc(Math.max(0, size - head.length), texts.has(magic) ? ' ' : '\x00')]);
}

const base64 = (bytes: Buffer): string => (bytes.toString('base64').match(/.{1,76}/g) ?? []).join('\r\n');
const word = (text: string): string => `=?utf-8?B?${Buffer.from(text).toString('base64')}?=`;
const entity = (type: string, body: string, more = ''): string =>
  `Content-Type: ${type}\r\nContent-Transfer-Encoding: base64\r\n${more}\r\n${body}\r\n`;

let boundaries = 0;
function multipart(subtype: string, parts: readonly string[]): string {
  const [only] = parts;
  if (parts.length === 1 && only !== undefined) return only;
  const boundary = `=_case_${boundaries++}`;
  const body = parts.map((part) => `--${boundary}\r\n${part}`).join('\r\n');
  return `Content-Type: multipart/${subtype}; boundary="${boundary}"\r\n\r\n${body}\r\n--${boundary}--\r\n`;
}

type File = Case['attachments'][number];

const fileEntity = ({ filename, contentType, magic, bytes }: File, cid?: string): string => {
  const name = `filename*=utf-8''${encodeURIComponent(filename)}`;
  const place = cid === undefined ? `attachment; ${name}` : `inline; ${name}`;
  const id = cid === undefined ? '' : `Content-ID: <${cid}>\r\n`;
  return entity(contentType, base64(contentOf(magic, bytes)), `Content-Disposition: ${place}\r\n${id}`);
};

/** The bytes of the message, CRLF line ends; pictures that the HTML names by `cid:` stand beside it. */
export function bytesOf(it: Case, author = 'author@author.example', recipient = 'alias@relay.example'): Buffer {
  const cids = [...new Set([...(it.html ?? '').matchAll(/cid:([^"'\s)>]+)/g)].map(([, cid = '']) => cid))];
  const pictures = it.attachments.filter(({ magic }) => ['png', 'jpeg', 'gif', 'webp'].includes(magic));
  const related = new Map(pictures.slice(0, cids.length).map((file, index) => [file, cids[index]] as const));
  const small = cids
    .slice(pictures.length)
    .map((cid) => fileEntity({ filename: 'image.png', contentType: 'image/png', magic: 'png', bytes: 0 }, cid));
  const shown = [...related].map(([file, cid]) => fileEntity(file, cid));
  const alternatives = [
    ...(it.text === null ? [] : [entity('text/plain; charset=utf-8', base64(Buffer.from(`${it.text}\n`)))]),
    ...(it.html === null
      ? []
      : [multipart('related', [entity('text/html; charset=utf-8', base64(Buffer.from(it.html))), ...small, ...shown])]),
  ];
  const others = it.attachments.filter((file) => !related.has(file)).map((file) => fileEntity(file));
  const header = [
    `From: ${author}`,
    `To: ${recipient}`,
    `Subject: ${word(it.subject.split(/\s+/).join(' '))}`,
    'Date: Mon, 10 Mar 2025 10:00:00 +0000',
    `Message-ID: <${it.id}@author.example>`,
    'MIME-Version: 1.0',
  ];
  return Buffer.from(`${header.join('\r\n')}\r\n${multipart('mixed', [multipart('alternative', alternatives), ...others])}`, 'utf8');
}

/** As the relay reads it. */
export function messageOf(it: Case): Promise<Message> {
  const raw = bytesOf(it);
  return parse(raw, readHeader(raw));
}
