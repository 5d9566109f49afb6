/**
 * Which messages are worth a turn in the thread. For the one that moves the bytes a turn costs 0.7 ms of CPU (70 kB with a file; 2.2 instead of 21 for
 * 1.5 MB, 3.7 instead of 48 for 9.6 MB), and for the message some 1 ms, beside the start of the thread; what most people write takes a few ms in all.
 */
import type { Message } from '../model/message.ts';

/** A message up to this size is read on the spot; one made to be dear, and judged there too, takes some 100 ms of CPU. */
export const lightBytes = 64 * 1024;

const lightCharacters = 64 * 1024;
const lightTokens = 2_000;
const lightPictures = 4;

/** Its words are long enough to keep others waiting while they are judged. */
export const isLong = ({ subject, text = '', html }: Message): boolean =>
  subject.length + text.length + (html?.plain.length ?? 0) + (html?.hidden.length ?? 0) > lightCharacters ||
  (html?.tokens.length ?? 0) > lightTokens;

/** 22 kB of a Word file may be 30 MB of XML; of pictures nothing is unpacked but colour profiles. */
const unpacked = new Set(['pdf', 'doc', 'docx']);

export const isHeavy = (message: Message): boolean =>
  isLong(message) || message.files.length > lightPictures || message.files.some(({ type }) => unpacked.has(type));
