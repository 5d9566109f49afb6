/** All messages of the corpus: those of the tables, and the handwritten ones of mail/. */
import type { Sample } from './sample.ts';
import { composed } from './tables/clients.ts';
import { crossed } from './tables/crossed.ts';
import { disguises } from './tables/disguises.ts';
import { documents } from './tables/documents.ts';
import { enclosures } from './tables/enclosures.ts';
import { files } from './tables/files.ts';
import { handwritten } from './tables/handwritten.ts';
import { headers } from './tables/headers.ts';
import { htmls } from './tables/html.ts';
import { oddFiles } from './tables/odd-files.ts';
import { oddHeaders } from './tables/odd-headers.ts';
import { oddities } from './tables/oddities.ts';
import { papers } from './tables/papers.ts';
import { parts } from './tables/parts.ts';
import { photos } from './tables/photos.ts';
import { otherPictures } from './tables/pictures.ts';
import { quotes } from './tables/quotes.ts';
import { signatures } from './tables/signatures.ts';
import { trails } from './tables/trails.ts';

export const corpus: readonly Sample[] = [
  ...headers,
  ...trails,
  ...oddHeaders,
  ...parts,
  ...enclosures,
  ...quotes,
  ...signatures,
  ...htmls,
  ...photos,
  ...otherPictures,
  ...papers,
  ...documents,
  ...files,
  ...disguises,
  ...handwritten,
  ...oddFiles,
  ...oddities,
  ...composed,
  ...crossed,
];
