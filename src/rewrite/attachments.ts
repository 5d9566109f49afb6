/** Files as they may leave: under neutral names, with the type found in them, pictures without metadata; and a line for each that stays behind. */
import { isUtf8 } from 'node:buffer';
import type { File } from '../model/message.ts';
import type { Language } from '../model/route.ts';
import { cleanJpeg } from './metadata/jpeg.ts';
import { cleanPng } from './metadata/png.ts';
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

/** What frees a picture of its metadata. */
const cleaners: Readonly<Record<string, (content: Uint8Array) => Uint8Array | undefined>> = { jpeg: cleanJpeg, png: cleanPng };

/** @param removed files that broke a rule, by their index */
export function attachmentsOf(files: readonly File[], removed: ReadonlyMap<number, string>, language: Language): Attachments {
  const kept: Attachment[] = [];
  const notes: string[] = [];
  const names = namer();
  files.forEach((file, index) => {
    const name = names(file);
    const content = cleaned(file);
    const rule = removed.get(index) ?? (content === undefined ? 'damaged' : undefined);
    if (rule !== undefined || content === undefined) notes.push(fileNoteFor(rule ?? 'damaged', name, language));
    else kept.push({ name, type: mediaTypeOf(file), content, ...(file.contentId !== undefined && { contentId: file.contentId }) });
  });
  return { kept, notes };
}

const cleaned = ({ type, content }: File): Uint8Array | undefined => {
  const clean = Object.hasOwn(cleaners, type) ? cleaners[type] : undefined;
  return clean ? clean(content) : content;
};

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
