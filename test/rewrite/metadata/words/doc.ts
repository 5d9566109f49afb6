/** The words of a Word 97 file ([MS-DOC] section 2.4.1), piece by piece as they follow one another. */
import { bufferOf } from '../../../../src/rewrite/metadata/cleaned.ts';
import { utf16 } from '../../../../src/rewrite/metadata/utf16.ts';
import { readCompound, topEntries } from '../../../../src/rewrite/metadata/doc/compound.ts';
import { piecesOf } from '../../../../src/rewrite/metadata/doc/fields.ts';

export function* textsOfDoc(content: Uint8Array): Generator<string> {
  const bytes = bufferOf(content);
  const file = readCompound(bytes);
  if (file === undefined) return;
  const stream = (name: string): Buffer => {
    const entry = topEntries(file).find((one) => one.name === name);
    const runs = entry && file.runsOf(entry);
    return Buffer.concat((runs ?? []).map(({ from, to }) => bytes.subarray(from, to)));
  };
  const text = stream('WordDocument');
  if (text.length < 34) return;
  const table = stream(text.readUInt16LE(10) & 0x200 ? '1Table' : '0Table');
  const pieces = piecesOf(text, table).map(({ from, to, width }) =>
    width === 1 ? text.toString('latin1', from, to) : utf16(text.subarray(from, to)),
  );
  yield pieces.join('');
}
