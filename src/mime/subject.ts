/** The subject of a message that nobody has parsed (RFC 5322 section 3.6.5, RFC 2047). */
import type { Header } from '../model/message.ts';
import { decodeWords } from './charset.ts';
import { cleanLine } from './clean.ts';
import { fieldValue } from './header.ts';

/** Of the field as it was written; nobody reads more of it. */
const longest = 1_000;

/** Decoded, on one line; empty where there is none, and where it is in UTF-7. */
export const subjectOf = ({ fields }: Pick<Header, 'fields'>): string =>
  cleanLine(decodeWords(fieldValue(fields, 'subject').slice(0, longest)) ?? '');
