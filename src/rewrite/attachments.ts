/**
 * Files as they may leave: under neutral names, with the type found in them, pictures without metadata, texts without the mailboxes and names
 * of the parties; and a line for each that stays behind.
 */
import { isUtf8 } from 'node:buffer';
import { decodeText } from '../mime/charset.ts';
import type { File } from '../model/message.ts';
import type { Language } from '../model/route.ts';
import { applyEdits, orderEdits } from './edits.ts';
import { cleanJpeg } from './metadata/jpeg.ts';
import { cleanPng } from './metadata/png.ts';
import { editsFor, type Redactions } from './redact.ts';
import { fileNoteFor } from './words.ts';

export interface Attachment {
  readonly name: string;
  /** Media type, with its parameters. */
  readonly type: string;
  /** Content-ID as received. */
  readonly contentId?: string;
  readonly content: Uint8Array;
}

export interface Attachments {
  readonly kept: readonly Attachment[];
  /** One line for each file that stays behind. */
  readonly notes: readonly string[];
}

/** Extension and media type by the type found in the content. */
const kinds: Readonly<Record<string, readonly [extension: string, mediaType: string]>> = {
  pdf: ['pdf', 'application/pdf'],
  jpeg: ['jpg', 'image/jpeg'],
  png: ['png', 'image/png'],
  gif: ['gif', 'image/gif'],
  webp: ['webp', 'image/webp'],
  heic: ['heic', 'image/heic'],
  doc: ['doc', 'application/msword'],
  docx: ['docx', 'application/vnd.openxmlformats-officedocument.wordprocessingml.document'],
  txt: ['txt', 'text/plain'],
};

/** What frees a file of what tells about its author; undefined where it is too damaged for that. */
const cleaners: Readonly<Record<string, (content: Uint8Array, redactions: Redactions) => Uint8Array | undefined>> = {
  jpeg: cleanJpeg,
  png: cleanPng,
  txt: cleanText,
};

export function attachmentsOf(files: readonly File[], redactions: Redactions, language: Language): Attachments {
  const kept: Attachment[] = [];
  const notes: string[] = [];
  const names = namer();
  files.forEach((file, index) => {
    const name = names(file);
    const rule = redactions.files.get(index);
    const content = rule === undefined ? cleaned(file, redactions) : undefined;
    if (content === undefined) notes.push(fileNoteFor(rule ?? 'damaged', name, language));
    else
      kept.push({
        name,
        type: mediaTypeOf({ ...file, content }),
        content,
        ...(file.contentId !== undefined && { contentId: file.contentId }),
      });
  });
  return { kept, notes };
}

function cleaned({ type, content }: File, redactions: Redactions): Uint8Array | undefined {
  const clean = Object.hasOwn(cleaners, type) ? cleaners[type] : undefined;
  return clean ? clean(content, redactions) : content;
}

/** Bytes that name nobody stay as they are; in a charset that nobody tells they stay too, and the gate decides. */
function cleanText(content: Uint8Array, { banned, needles }: Redactions): Uint8Array {
  const bytes = Buffer.from(content.buffer, content.byteOffset, content.byteLength);
  const wide = (bytes[0] === 0xff && bytes[1] === 0xfe) || (bytes[0] === 0xfe && bytes[1] === 0xff);
  const text = wide || isUtf8(bytes) ? decodeText(bytes, wide ? 'utf-16' : 'utf-8') : undefined;
  const edits = text === undefined ? [] : orderEdits(editsFor(text, banned, needles));
  return text === undefined || edits.length === 0 ? content : Buffer.from(applyEdits(text, edits));
}

/** `picture-1.jpg`, `attachment-1.pdf`: nothing of the name that the author's machine gave. */
function namer(): (file: File) => string {
  const counts = { picture: 0, attachment: 0 };
  return ({ type }) => {
    const word = mediaTypeOf({ type }).startsWith('image/') ? 'picture' : 'attachment';
    const extension = Object.hasOwn(kinds, type) ? kinds[type]?.[0] : /^[a-z0-9]{1,6}$/.test(type) ? type : 'bin';
    return `${word}-${++counts[word]}.${extension}`;
  };
}

function mediaTypeOf({ type, content }: Pick<File, 'type'> & Partial<File>): string {
  const known = Object.hasOwn(kinds, type) ? kinds[type]?.[1] : undefined;
  return type === 'txt' && content && isUtf8(content) ? 'text/plain; charset=utf-8' : (known ?? 'application/octet-stream');
}
