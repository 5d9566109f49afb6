/** The files of `../fixtures`, made by real encoders and full of Hanna Lindqvist, and what is left of them. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { inflateRawSync } from 'node:zlib';
import { fileType } from '../../../src/mime/filetype.ts';
import { needlesOf } from '../../../src/rewrite/mask.ts';
import { type Attachments, attachmentsOf } from '../../../src/rewrite/attachments.ts';
import type { Redactions } from '../../../src/rewrite/redact.ts';
import { textsOfFile } from './words/text.ts';
import { utf16 } from '../../../src/rewrite/metadata/utf16.ts';
import { toSeller } from '../parties.ts';

export const fixture = (name: string): Buffer => readFileSync(join(import.meta.dirname, '../fixtures', name));

export const nothingToRedact: Redactions = {
  edits: { subject: [], text: [], html: [] },
  banned: [],
  bare: new Set(),
  files: new Map(),
  needles: needlesOf(toSeller),
};

/** What becomes of one file in a message from Hanna Lindqvist. */
export const relayed = (content: Uint8Array): Attachments =>
  attachmentsOf([{ filename: 'x', declaredType: 'x/x', type: fileType(content), content }], nothingToRedact, 'en');

/** The file as it leaves; a note in its stead is an error. */
export function cleaned(content: Uint8Array): Buffer {
  const { kept, notes } = relayed(content);
  if (kept[0] === undefined) throw new Error(notes[0]);
  return Buffer.from(kept[0].content);
}

/** Why it does not leave; `''` where it does. */
export const refusal = (content: Uint8Array): string => /: ([^:]*)\]$/.exec(relayed(content).notes[0] ?? '')?.[1] ?? '';

/** All that a file says of Hanna, in its bytes of whatever encoding, in whatever is packed inside, in its texts. */
export function traces(content: Buffer): string[] {
  const all = [content, ...packed(content)];
  const bytes = all.flatMap((one) => [one.toString('latin1'), utf16(one), utf16(one.subarray(1)), fromHex(one)]);
  const texts = [...textsOfFile(fileType(content), content)];
  return [...bytes, ...texts].flatMap((text) => text.match(/[^\0]{0,20}(?:hanna|lindqvist|mailer\.example|2024-05-04)/gi) ?? []);
}

const fromHex = (content: Buffer): string =>
  content
    .toString('latin1')
    .replace(/[^0-9a-f]+/gi, ' ')
    .split(' ')
    .filter((word) => word.length > 8)
    .map((word) => Buffer.from(word, 'hex').toString('latin1'))
    .join(' ')
    .replaceAll('\0', '');

/** Whatever can be inflated, wherever it begins. */
function packed(content: Buffer): Buffer[] {
  const found: Buffer[] = [];
  const heads = [Buffer.from([0x78, 0x9c]), Buffer.from([0x78, 0xda]), Buffer.from([0x78, 0x5e]), Buffer.from('PK\x03\x04', 'latin1')];
  for (const head of heads) {
    for (let at = content.indexOf(head); at >= 0; at = content.indexOf(head, at + 1)) {
      const from = head.length === 2 ? at + 2 : at + 30 + content.readUInt16LE(at + 26) + content.readUInt16LE(at + 28);
      try {
        found.push(inflateRawSync(content.subarray(from), { maxOutputLength: 10_000_000, finishFlush: 2 }));
      } catch {
        // Not packed here.
      }
    }
  }
  return found;
}
