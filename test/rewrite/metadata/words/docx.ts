/** The words of a Word file, part by part: text with its paragraphs, comments, changes, codes of fields, and what attributes say. */
import { bufferOf } from '../../../../src/rewrite/metadata/cleaned.ts';
import { partsOf } from '../../../../src/rewrite/metadata/docx/package.ts';
import { decodeXml, localName, rewriteXml } from '../../../../src/rewrite/metadata/docx/xml.ts';

/** Ends of these part words; all other elements stand inside of them. */
const breaks = new Set(['p', 'br', 'cr', 'tab', 'tc', 'v', 'pt']);

export function* partTexts(content: Uint8Array): Generator<string> {
  const parts = partsOf(bufferOf(content));
  if (typeof parts === 'string') return;
  for (const [name, bytes] of parts) {
    const xml = /\.(?:xml|rels)$/i.test(name) ? decodeXml(bytes) : undefined;
    if (xml !== undefined) yield* textsOfXml(xml);
  }
}

function* textsOfXml(xml: string): Generator<string> {
  const words: string[] = [];
  const values: string[] = [];
  rewriteXml(xml, {
    element(name, attributes) {
      if (breaks.has(localName(name))) words.push('\n');
      for (const value of attributes.values()) if (value.length > 4) values.push(value);
      return 'keep';
    },
    text(text) {
      words.push(text);
      return '';
    },
  });
  yield decoded(words.join(''));
  yield decoded(values.join('\n'));
}

const entities: Readonly<Record<string, string>> = { amp: '&', lt: '<', gt: '>', quot: '"', apos: "'" };

const decoded = (text: string): string =>
  text.replace(/&(?:#x([0-9a-f]{1,6})|#(\d{1,7})|([a-z]{2,4}));/gi, (whole, hex?: string, decimal?: string, name = '') => {
    const code = hex === undefined ? Number(decimal) : Number.parseInt(hex, 16);
    return name === '' ? (code <= 0x10ffff ? String.fromCodePoint(code) : '') : (entities[name] ?? whole);
  });
