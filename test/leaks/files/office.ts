/** Word files: docx (ECMA-376, a ZIP of XML) and doc (OLE2 compound file), with the properties that Word writes unasked. */
import { crc32, deflateRawSync } from 'node:zlib';

export interface Entry {
  readonly name: string;
  readonly content: string | Buffer;
  readonly extra?: Buffer;
}

export function zip(entries: readonly Entry[], comment = ''): Buffer {
  const locals: Buffer[] = [];
  const centrals: Buffer[] = [];
  let at = 0;
  for (const { name, content, extra = Buffer.alloc(0) } of entries) {
    const plain = Buffer.from(content);
    const packed = deflateRawSync(plain);
    const file = Buffer.from(name);
    const shared = Buffer.alloc(26);
    [20, 0x800, 8, 0x6a2b, 0x5a6b].forEach((value, index) => {
      shared.writeUInt16LE(value, index * 2);
    });
    [crc32(plain), packed.length, plain.length].forEach((value, index) => {
      shared.writeUInt32LE(value, 10 + index * 4);
    });
    shared.writeUInt16LE(file.length, 22);
    shared.writeUInt16LE(extra.length, 24);
    const local = Buffer.concat([Buffer.from('PK\x03\x04', 'latin1'), shared, file, extra, packed]);
    const tail = Buffer.alloc(14);
    tail.writeUInt32LE(at, 10);
    centrals.push(Buffer.concat([Buffer.from('PK\x01\x02\x14\x03', 'latin1'), shared, tail, file, extra]));
    locals.push(local);
    at += local.length;
  }
  const directory = Buffer.concat(centrals);
  const end = Buffer.alloc(22);
  end.write('PK\x05\x06', 'latin1');
  end.writeUInt16LE(entries.length, 8);
  end.writeUInt16LE(entries.length, 10);
  end.writeUInt32LE(directory.length, 12);
  end.writeUInt32LE(at, 16);
  end.writeUInt16LE(Buffer.byteLength(comment), 20);
  return Buffer.concat([...locals, directory, end, Buffer.from(comment)]);
}

export const docxWords = 'The drawing shows the ring at 34 centimetres';

const xml = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n';
const W =
  'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main" xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships"';
const office = 'http://schemas.openxmlformats.org/officeDocument/2006/relationships';
const relation = ([id, type, target]: Relation): string =>
  `<Relationship Id="${id}" Type="${type.startsWith('http') ? type : `${office}/${type}`}" Target="${target}"${/^(?:https?|file|mailto):/.test(target) ? ' TargetMode="External"' : ''}/>`;

type Relation = readonly [id: string, type: string, target: string];

export interface Docx {
  /** Inside w:body, after the paragraph that must arrive. */
  readonly body?: string;
  readonly root?: readonly Relation[];
  readonly document?: readonly Relation[];
  readonly parts?: readonly Entry[];
  readonly comment?: string;
  readonly extra?: Buffer;
}

const kinds: readonly (readonly [RegExp, string])[] = [
  [/document\.xml$/, 'application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml'],
  [/core\.xml$/, 'application/vnd.openxmlformats-package.core-properties+xml'],
  [/app\.xml$/, 'application/vnd.openxmlformats-officedocument.extended-properties+xml'],
  [/custom\.xml$/, 'application/vnd.openxmlformats-officedocument.custom-properties+xml'],
  [/comments\.xml$/, 'application/vnd.openxmlformats-officedocument.wordprocessingml.comments+xml'],
  [/settings\.xml$/, 'application/vnd.openxmlformats-officedocument.wordprocessingml.settings+xml'],
  [/people\.xml$/, 'application/vnd.openxmlformats-officedocument.wordprocessingml.people+xml'],
  [/footer\d\.xml$/, 'application/vnd.openxmlformats-officedocument.wordprocessingml.footer+xml'],
];

export function docx({ body = '', root = [], document = [], parts = [], comment = '', extra }: Docx): Buffer {
  const rels = (list: readonly Relation[]): string =>
    `${xml}<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">${list.map(relation).join('')}</Relationships>`;
  const overrides = ['word/document.xml', ...parts.map(({ name }) => name)]
    .flatMap((name) =>
      kinds.filter(([pattern]) => pattern.test(name)).map(([, type]) => `<Override PartName="/${name}" ContentType="${type}"/>`),
    )
    .join('');
  const types = `${xml}<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types"><Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/><Default Extension="xml" ContentType="application/xml"/><Default Extension="jpeg" ContentType="image/jpeg"/><Default Extension="bin" ContentType="application/octet-stream"/>${overrides}</Types>`;
  const text = `${xml}<w:document ${W}><w:body><w:p w:rsidR="00417A77"><w:r><w:t>${docxWords}</w:t></w:r></w:p>${body}</w:body></w:document>`;
  const all: Entry[] = [
    { name: '[Content_Types].xml', content: types, ...(extra ? { extra } : {}) },
    { name: '_rels/.rels', content: rels([['rId1', 'officeDocument', 'word/document.xml'], ...root]) },
    { name: 'word/document.xml', content: text },
    ...(document.length > 0 ? [{ name: 'word/_rels/document.xml.rels', content: rels(document) }] : []),
    ...parts,
  ];
  return zip(all, comment);
}

export const part = (name: string, content: string): Entry => ({ name, content: xml + content });
export const wordSpaces = W;

/** OLE2: 512-octet sectors, one FAT sector, two directory sectors, streams of whole sectors of at least 4096 octets. */
export function ole(streams: Readonly<Record<string, Buffer>>): Buffer {
  const names = Object.keys(streams);
  const bodies = names.map((name) => {
    const body = streams[name] ?? Buffer.alloc(0);
    return Buffer.concat([body, Buffer.alloc(Math.max(4096, Math.ceil(body.length / 512) * 512) - body.length)]);
  });
  const fat = new Uint32Array(128).fill(0xffffffff);
  fat[0] = 0xfffffffd;
  fat[1] = 2;
  fat[2] = 0xfffffffe;
  let next = 3;
  const starts = bodies.map((body) => {
    const start = next;
    const count = body.length / 512;
    for (let index = 0; index < count; index++) fat[next + index] = index === count - 1 ? 0xfffffffe : next + index + 1;
    next += count;
    return start;
  });
  const header = Buffer.alloc(512, 0);
  Buffer.from('d0cf11e0a1b11ae1', 'hex').copy(header);
  [0x3e, 3, 0xfffe, 9, 6].forEach((value, index) => {
    header.writeUInt16LE(value, 24 + index * 2);
  });
  [1, 1, 0, 4096, 0xfffffffe, 0, 0xfffffffe, 0, 0].forEach((value, index) => {
    header.writeUInt32LE(value >>> 0, 44 + index * 4);
  });
  header.fill(0xff, 80);
  const table = [
    dirEntry('Root Entry', 5, { child: names.length > 0 ? 1 : -1 }),
    ...names.map((name, index) =>
      dirEntry(name, 2, { start: starts[index] ?? 0, size: bodies[index]?.length ?? 0, right: index + 1 < names.length ? index + 2 : -1 }),
    ),
  ];
  const directory = Buffer.concat([...table, Buffer.alloc(1024 - table.length * 128)]);
  return Buffer.concat([header, Buffer.from(fat.buffer), directory, ...bodies]);
}

interface Place {
  readonly start?: number;
  readonly size?: number;
  readonly right?: number;
  readonly child?: number;
}

function dirEntry(name: string, type: number, { start = 0xfffffffe, size = 0, right = -1, child = -1 }: Place): Buffer {
  const entry = Buffer.alloc(128);
  entry.write(name, 'utf16le');
  entry.writeUInt16LE(name.length * 2 + 2, 64);
  entry[66] = type;
  entry[67] = 1;
  entry.writeInt32LE(-1, 68);
  entry.writeInt32LE(right, 72);
  entry.writeInt32LE(child, 76);
  entry.writeUInt32LE(start, 116);
  entry.writeUInt32LE(size, 120);
  return entry;
}

/** A property set as Word keeps it: title, author, last saved by, company. */
export const summary = (texts: readonly string[]): Buffer =>
  Buffer.concat([
    Buffer.from('feff000006000200', 'hex'),
    Buffer.alloc(40),
    ...texts.flatMap((text) => [Buffer.from([0x1e, 0, 0, 0, text.length + 1, 0, 0, 0]), Buffer.from(`${text}\0\0\0`, 'utf8')]),
  ]);

export const doc = (properties: readonly string[]): Buffer =>
  ole({
    WordDocument: Buffer.concat([
      Buffer.from('eca5c100', 'hex'),
      Buffer.alloc(508),
      Buffer.from('The drawing shows the ring at 34 centimetres'),
    ]),
    '\x05SummaryInformation': summary(properties),
    '\x05DocumentSummaryInformation': summary(properties.toReversed()),
  });

/** Outlook's TNEF: signature, key, and one attribute with the sender's name and address. */
export function tnef(texts: readonly string[]): Buffer {
  const attribute = (id: number, text: string): Buffer => {
    const body = Buffer.from(`${text}\0`);
    const head = Buffer.alloc(9);
    head[0] = 1;
    head.writeUInt32LE(id, 1);
    head.writeUInt32LE(body.length, 5);
    const sum = Buffer.alloc(2);
    sum.writeUInt16LE(body.reduce((total, byte) => (total + byte) & 0xffff, 0));
    return Buffer.concat([head, body, sum]);
  };
  return Buffer.concat([Buffer.from('789f3e220100', 'hex'), ...texts.map((text) => attribute(0x00018004, text))]);
}
