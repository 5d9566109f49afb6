/** The words in a document as a reader sees them, however the file keeps them: so that tests can say that they all stay. */
import { partTexts } from './docx.ts';
import { textsOfDoc } from './doc.ts';
import { textsOfPdf } from './pdf.ts';

const readers: Readonly<Record<string, (content: Uint8Array) => Generator<string>>> = {
  doc: textsOfDoc,
  docx: partTexts,
  pdf: textsOfPdf,
};

/**
 * Text by text; the same words may come more than once, in other forms. Nothing for files without words, or that cannot be read.
 * @param type as `fileType` tells it
 */
export function* textsOfFile(type: string, content: Uint8Array): Generator<string> {
  const read = Object.hasOwn(readers, type) ? readers[type] : undefined;
  if (read) yield* read(content);
}
