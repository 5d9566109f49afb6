/** A PDF written object by object (ISO 32000): one page that says what must arrive, and what programs write around it. */
import { deflateSync } from 'node:zlib';

export const pdfWords = 'Ring drawing 34 cm';

export interface Pdf {
  /** Literal dictionary entries, `/Author (…)`. */
  readonly info?: string;
  readonly xmp?: string;
  readonly deflated?: boolean;
  /** Entries of the catalog and of the page. */
  readonly catalog?: string;
  readonly page?: string;
  /** Further objects, from number 10 on. */
  readonly objects?: readonly (string | Buffer)[];
  /** Info and names of an older revision, which the newest replaces. */
  readonly older?: string;
  readonly inObjectStream?: boolean;
}

export function stream(content: string | Buffer, { entries = '', deflated = false } = {}): Buffer {
  const plain = Buffer.from(content);
  const body = deflated ? deflateSync(plain) : plain;
  const head = `<<${entries}${deflated ? '/Filter/FlateDecode' : ''}/Length ${body.length}>>\nstream\n`;
  return Buffer.concat([Buffer.from(head), body, Buffer.from('\nendstream')]);
}

/** A text string as UTF-16 in hexadecimal digits, as Office writes names. */
export const hexText = (text: string): string => {
  const wide = Buffer.from(text, 'utf16le').swap16();
  return `<FEFF${wide.toString('hex').toUpperCase()}>`;
};

/** `(…)` with what is not ASCII as octal escapes of PDFDocEncoding. */
export const literal = (text: string): string =>
  /[^\x00-\xff]/.test(text)
    ? hexText(text)
    : `(${[...text].map((char) => (/[ -'*-[\]-~]/.test(char) ? char : `\\${char.charCodeAt(0).toString(8).padStart(3, '0')}`)).join('')})`;

export function pdf(given: Pdf): Buffer {
  const { info, xmp, deflated = false, catalog = '', page = '', objects = [], older } = given;
  const metadata = xmp === undefined ? '' : '/Metadata 7 0 R';
  const numbered: [number, string | Buffer][] = [
    [1, `<</Type/Catalog/Pages 2 0 R${metadata}${catalog}>>`],
    [2, '<</Type/Pages/Kids[3 0 R]/Count 1>>'],
    [3, `<</Type/Page/Parent 2 0 R/MediaBox[0 0 300 200]/Contents 4 0 R/Resources<</Font<</F1 5 0 R>>>>${page}>>`],
    [4, stream(`BT /F1 12 Tf 20 100 Td (${pdfWords}) Tj ET`, { deflated })],
    [5, '<</Type/Font/Subtype/Type1/BaseFont/Helvetica>>'],
    ...(older === undefined ? [] : [[6, `<<${older}>>`] as [number, string]]),
    ...(info === undefined || older !== undefined ? [] : [[6, `<<${info}>>`] as [number, string]]),
    ...(xmp === undefined ? [] : [[7, stream(xmp, { entries: '/Type/Metadata/Subtype/XML', deflated })] as [number, Buffer]]),
    ...objects.map((object, index): [number, string | Buffer] => [10 + index, object]),
  ];
  const first = write(Buffer.from('%PDF-1.5\n%\xe2\xe3\xcf\xd3\n', 'latin1'), numbered, {
    info: info !== undefined || older !== undefined,
  });
  return older === undefined || info === undefined ? first : write(first, [[6, `<<${info}>>`]], { info: true, prev: startOf(first) });
}

const startOf = (file: Buffer): number => Number(/startxref\n(\d+)/.exec(file.toString('latin1'))?.[1]);

function write(before: Buffer, objects: readonly [number, string | Buffer][], { info, prev }: { info: boolean; prev?: number }): Buffer {
  const pieces = [before];
  const at = new Map<number, number>();
  let size = before.length;
  for (const [number, content] of objects) {
    const piece = Buffer.concat([Buffer.from(`${number} 0 obj\n`), Buffer.from(content), Buffer.from('\nendobj\n')]);
    at.set(number, size);
    size += piece.length;
    pieces.push(piece);
  }
  const rows = [...at]
    .toSorted(([one], [other]) => one - other)
    .map(([number, offset]) => `${number} 1\n${String(offset).padStart(10, '0')} 00000 n \n`);
  const zero = prev === undefined ? '0 1\n0000000000 65535 f \n' : '';
  const trailer = `/Size 40/Root 1 0 R${info ? '/Info 6 0 R' : ''}${prev === undefined ? '' : `/Prev ${prev}`}/ID[<4b494c4e373700112233445566778899><4b494c4e373700112233445566778899>]`;
  return Buffer.concat([...pieces, Buffer.from(`xref\n${zero}${rows.join('')}trailer\n<<${trailer}>>\nstartxref\n${size}\n%%EOF\n`)]);
}

/** PDF 1.5 with a cross-reference stream; the Info dictionary stands deflated in an object stream. */
export function pdfInObjectStream(info: string): Buffer {
  const inner = [`<<${info}>>`, '<</Type/Catalog/Pages 2 0 R>>', '<</Type/Pages/Kids[3 0 R]/Count 1>>'];
  const numbers = [6, 1, 2];
  const offsets = inner.map((_, index) => inner.slice(0, index).join(' ').length + (index === 0 ? 0 : 1));
  const index = numbers.map((number, place) => `${number} ${offsets[place]}`).join(' ');
  const packed = stream(`${index} ${inner.join(' ')}`, { entries: `/Type/ObjStm/N 3/First ${index.length + 1}`, deflated: true });
  const loose: [number, string | Buffer][] = [
    [3, '<</Type/Page/Parent 2 0 R/MediaBox[0 0 300 200]/Contents 4 0 R/Resources<</Font<</F1 5 0 R>>>>>>'],
    [4, stream(`BT /F1 12 Tf 20 100 Td (${pdfWords}) Tj ET`, { deflated: true })],
    [5, '<</Type/Font/Subtype/Type1/BaseFont/Helvetica>>'],
    [8, packed],
  ];
  const head = Buffer.from('%PDF-1.5\n%\xe2\xe3\xcf\xd3\n', 'latin1');
  const pieces = [head];
  const at = new Map<number, number>();
  let size = head.length;
  for (const [number, content] of loose) {
    const piece = Buffer.concat([Buffer.from(`${number} 0 obj\n`), Buffer.from(content), Buffer.from('\nendobj\n')]);
    at.set(number, size);
    size += piece.length;
    pieces.push(piece);
  }
  at.set(9, size);
  const row = (number: number): number[] => {
    const packedAt = numbers.indexOf(number);
    if (packedAt >= 0) return [2, 0, 8, packedAt];
    const offset = at.get(number);
    return offset === undefined ? [0, 0, 0, 0] : [1, offset >> 8, offset & 255, 0];
  };
  const table = Buffer.from(Array.from({ length: 10 }, (_, number) => row(number)).flat());
  const xref = stream(table, { entries: '/Type/XRef/Size 10/W[1 2 1]/Root 1 0 R/Info 6 0 R', deflated: true });
  return Buffer.concat([...pieces, Buffer.from('9 0 obj\n'), xref, Buffer.from(`\nendobj\nstartxref\n${size}\n%%EOF\n`)]);
}
