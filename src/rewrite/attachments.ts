/**
 * Files as they may leave: under neutral names, with the type found in them, freed of what tells about their author; and a line for each that
 * stays behind.
 */
import { isUtf8 } from 'node:buffer';
import type { File } from '../model/message.ts';
import type { Language } from '../model/route.ts';
import type { Cleaned } from './metadata/cleaned.ts';
import { cleanDoc } from './metadata/doc/clean.ts';
import { cleanDocx } from './metadata/docx/clean.ts';
import { cleanPdf } from './metadata/pdf/clean.ts';
import { cleanPicture } from './metadata/pictures.ts';
import { cleanPlain } from './plain.ts';
import type { Redactions } from './redact.ts';
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

/** What frees files other than pictures of what tells about their author. */
const cleaners: Readonly<Record<string, (content: Uint8Array, redactions: Redactions) => Cleaned>> = {
  pdf: cleanPdf,
  doc: cleanDoc,
  docx: cleanDocx,
  txt: cleanPlain,
};

export function attachmentsOf(files: readonly File[], redactions: Redactions, language: Language): Attachments {
  const kept: Attachment[] = [];
  const notes: string[] = [];
  const names = namer();
  files.forEach((file, index) => {
    const name = names(file);
    const rule = redactions.files.get(index);
    const content = rule ?? cleaned(file, redactions);
    if (typeof content === 'string') notes.push(fileNoteFor(content, name, language));
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

/** Which of the files was to leave under this name; -1: none. */
export function fileNamed(name: string, files: readonly File[]): number {
  const names = namer();
  return files.map(names).indexOf(name);
}

/** A type without a cleaner is one that the policy of this marketplace lets through as it is. */
const cleaned = ({ type, content }: File, redactions: Redactions): Cleaned =>
  cleanPicture(type, content) ?? (Object.hasOwn(cleaners, type) ? cleaners[type]?.(content, redactions) : undefined) ?? content;

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
