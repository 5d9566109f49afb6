/** What frees pictures of what tells about their author, by the type found in them. */
import type { Cleaned } from './cleaned.ts';
import { cleanEmf } from './emf.ts';
import { cleanGif } from './gif.ts';
import { cleanHeif } from './heif.ts';
import { cleanJpeg } from './jpeg.ts';
import { cleanPng } from './png.ts';
import { cleanWebp } from './webp.ts';

const cleaners: Readonly<Record<string, (content: Uint8Array) => Cleaned>> = {
  jpeg: cleanJpeg,
  png: cleanPng,
  gif: cleanGif,
  webp: cleanWebp,
  heic: cleanHeif,
  emf: cleanEmf,
};

/** Undefined for other types. */
export const cleanPicture = (type: string, content: Uint8Array): Cleaned | undefined =>
  Object.hasOwn(cleaners, type) ? cleaners[type]?.(content) : undefined;
