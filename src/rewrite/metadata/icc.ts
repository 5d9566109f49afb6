/**
 * Colour profiles (ICC.1:2022, ISO 15076-1) without their words: what a device calls itself, who made it and when. The figures that make the
 * colours stay; the profile is built anew around them.
 */

const headerLength = 128;
const maxTags = 100;

/** Tags that colours are worked out from. */
const needed = new Set(
  [
    'rXYZ gXYZ bXYZ rTRC gTRC bTRC kTRC wtpt bkpt chad lumi cicp gamt A2B0 A2B1 A2B2 B2A0 B2A1 B2A2',
    'D2B0 D2B1 D2B2 D2B3 B2D0 B2D1 B2D2 B2D3',
  ].flatMap((row) => row.split(' ')),
);
/** Types of tags that hold figures alone. */
const figures = new Set(['XYZ ', 'curv', 'para', 'sf32', 'mft1', 'mft2', 'mAB ', 'mBA ', 'mpet', 'cicp']);

interface Tag {
  readonly name: string;
  readonly data: Buffer;
}

/** @returns undefined where it is no profile that can be read, or one without colours */
export function cleanProfile(profile: Buffer): Buffer | undefined {
  if (profile.length < headerLength + 4 || profile.toString('latin1', 36, 40) !== 'acsp') return undefined;
  const count = profile.readUInt32BE(headerLength);
  const tags: Tag[] = [];
  for (let index = 0; index < count; index++) {
    const at = headerLength + 4 + index * 12;
    if (index >= maxTags || at + 12 > profile.length) return undefined;
    const name = profile.toString('latin1', at, at + 4);
    const from = profile.readUInt32BE(at + 4);
    const data = profile.subarray(from, from + profile.readUInt32BE(at + 8));
    if (needed.has(name) && figures.has(data.toString('latin1', 0, 4))) tags.push({ name, data: exact(data) });
  }
  return tags.length === 0 ? undefined : profileOf(headerFrom(profile), tags);
}

/** The length that the figures say, where they say it. */
function exact(data: Buffer): Buffer {
  const type = data.toString('latin1', 0, 4);
  if (type === 'curv' && data.length >= 12) return data.subarray(0, 12 + 2 * data.readUInt32BE(8));
  if (type === 'XYZ ') return data.subarray(0, 20);
  if (type === 'para' && data.length >= 12) return data.subarray(0, 12 + 4 * ([1, 3, 4, 5, 7][data.readUInt16BE(8)] ?? 0));
  return type === 'sf32' ? data.subarray(0, 44) : data;
}

/** Size, version, class, colour spaces, intent and white point stay; maker, model, creator, date and fingerprint go. */
function headerFrom(profile: Buffer): Buffer {
  const header = Buffer.alloc(headerLength);
  for (const [from, to] of [
    [8, 24],
    [36, 40],
    [44, 48],
    [64, 80],
  ] as const)
    profile.copy(header, from, from, to);
  // The first of January 2000: a date must be one.
  Buffer.from([0x07, 0xd0, 0, 1, 0, 1]).copy(header, 24);
  return header;
}

/** Tags with the same figures share them, as red, green and blue mostly do. */
function profileOf(header: Buffer, figured: readonly Tag[]): Buffer {
  const tags = [...figured, ...wordsFor(header.readUInt8(8))];
  const table = Buffer.alloc(4 + tags.length * 12);
  table.writeUInt32BE(tags.length);
  const bodies: Buffer[] = [];
  const known = new Map<string, number>();
  let at = headerLength + table.length;
  for (const [index, { name, data }] of tags.entries()) {
    const key = data.toString('latin1');
    const from = known.get(key) ?? at;
    table.write(name, 4 + index * 12, 'latin1');
    table.writeUInt32BE(from, 8 + index * 12);
    table.writeUInt32BE(data.length, 12 + index * 12);
    if (known.has(key)) continue;
    known.set(key, at);
    bodies.push(data, Buffer.alloc(-data.length & 3));
    at += data.length + (-data.length & 3);
  }
  const profile = Buffer.concat([header, table, ...bodies]);
  profile.writeUInt32BE(profile.length);
  return profile;
}

/** The description and the copyright that every profile must have, saying nothing. */
function wordsFor(version: number): Tag[] {
  if (version >= 4) {
    const words = Buffer.from('mluc\0\0\0\0\0\0\0\x01\0\0\0\x0cenUS\0\0\0\x02\0\0\0\x1c\0-', 'latin1');
    return [
      { name: 'desc', data: words },
      { name: 'cprt', data: words },
    ];
  }
  const description = Buffer.alloc(92);
  description.write('desc\0\0\0\0\0\0\0\x02-\0', 'latin1');
  return [
    { name: 'desc', data: description },
    { name: 'cprt', data: Buffer.from('text\0\0\0\0-\0', 'latin1') },
  ];
}
