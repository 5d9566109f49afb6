import fc from 'fast-check';
import { unwrap } from '../../src/mime/enclosed.ts';
import { plainOfEnriched } from '../../src/mime/enriched.ts';
import { leastCpu } from '../support/machine.ts';

const data = Array(3).fill('hQEMA9gXk2Zp0Qm4AQf9Eo3k7qWc1vT5xY8zB2nM6aR4sD0fG7hJ9kL1pO3iU5yT').join('\n');
const block = (label: string): string => `-----BEGIN ${label}-----\nComment: x@y.example\n\n${data}\n=mA7b\n-----END ${label}-----`;
const quoted = (text: string): string => text.replace(/^/gm, '> ');
const filesIn = (text: string) =>
  unwrap(text).files.map(({ filename, declaredType, content }) => [filename, declaredType, content.toString()]);

test('a text without any such block comes back as it is', () => {
  for (const text of ['', 'begin\nend', '-----BEGIN\n', 'She wrote begin 644 times\nor so', '=y'])
    expect(unwrap(text)).toEqual({ text, files: [], sealed: false });
});

test('a signature goes, and what was signed stays as it was typed', () => {
  const signed = `above\n-----BEGIN PGP SIGNED MESSAGE-----\nHash: SHA256\nHash: SHA512\n\n- - item\n- -----BEGIN PGP lines\n\nNote: text\n${block('PGP SIGNATURE')}\n- below`;
  expect(unwrap(signed)).toEqual({ text: 'above\n- item\n-----BEGIN PGP lines\n\nNote: text\n- below', files: [], sealed: false });
  expect(unwrap(quoted(signed)).text).toBe('> above\n> - item\n> -----BEGIN PGP lines\n> \n> Note: text\n> - below');
});

test('signed text within signed text', () => {
  const sign = (text: string) =>
    `-----BEGIN PGP SIGNED MESSAGE-----\nHash: SHA1\n\n${text.replace(/^-/gm, '- -')}\n${block('PGP SIGNATURE')}`;
  expect(unwrap(sign(sign('text\n- item')))).toEqual({ text: 'text\n- item', files: [], sealed: false });
});

test('a signature that breaks off takes no text with it', () => {
  expect(unwrap(`a\n-----BEGIN PGP SIGNATURE-----\n\n${data}\n\nYours\nAnton`).text).toBe('a\n\nYours\nAnton');
});

test('a sealed message is told as such, but not in a quote, and not where somebody writes about it', () => {
  expect(unwrap(`a\n${block('PGP MESSAGE')}`).sealed).toBe(true);
  expect(unwrap(`a\n${block('PGP MESSAGE, PART 1/2')}`).sealed).toBe(true);
  expect(unwrap(`a\n-----BEGIN PGP MESSAGE-----\n\n${data}`).sealed).toBe(true);
  expect(unwrap(`a\n${quoted(block('PGP MESSAGE'))}\nb`)).toEqual({ text: 'a\nb', files: [], sealed: false });
  const about = 'It begins with\n-----BEGIN PGP MESSAGE-----\nand then?';
  expect(unwrap(about)).toEqual({ text: about, files: [], sealed: false });
});

test.each([
  ['PGP PUBLIC KEY BLOCK', 'application/pgp-keys'],
  ['PGP PRIVATE KEY BLOCK', 'application/pgp-keys'],
  ['CERTIFICATE', 'application/x-pem-file'],
])('%s comes out as a file', (label, type) => {
  expect(filesIn(`a\n${block(label)}\nb`)).toEqual([['', type, block(label)]]);
  expect(unwrap(`a\n${block(label)}\nb`).text).toBe('a\nb');
});

test.each([
  ['begin 644 a b.txt\n#86)C\n`\nend', 'a b.txt', 'abc'],
  ['begin 644 x\n#86)C\n\nend', 'x', 'abc'],
  ['begin 644 x\nM86)C86)C86)C86)C86)C86)C86)C86)C86)C86)C86)C86)C86)C86)C86)C\n#86)C\n \nend', 'x', 'abc'.repeat(16)],
  ['begin 644 x\n#86)C\nend', 'x', 'abc'],
  ['begin 600 x\n#86)C\n#9&5F', 'x', 'abcdef'],
  ['begin-base64 644 x.txt\nYWJj\nZGVm\n====', 'x.txt', 'abcdef'],
])('uuencode %j', (source, name, content) => {
  expect(filesIn(`a\n${source}\nz`)).toEqual([[name, 'application/octet-stream', content]]);
  expect(unwrap(`a\n${source}\nz`).text).toBe('a\nz');
  expect(unwrap(`a\n${quoted(source)}\nz`)).toEqual({ text: 'a\nz', files: [], sealed: false });
});

test('uuencode brings back what went in', () => {
  fc.assert(
    fc.property(fc.uint8Array({ minLength: 1, maxLength: 300 }), (bytes) => {
      expect(unwrap(`begin 644 x\n${encoded(bytes)}\`\nend`).files.map(({ content }) => [...content])).toEqual([[...bytes]]);
    }),
  );
});

function encoded(bytes: Uint8Array): string {
  let out = '';
  for (let from = 0; from < bytes.length; from += 45) {
    const line = bytes.subarray(from, from + 45);
    const char = (value: number) => String.fromCharCode(value === 0 ? 96 : value + 32);
    out += char(line.length);
    for (let at = 0; at < line.length; at += 3) {
      const bits = ((line[at] ?? 0) << 16) | ((line[at + 1] ?? 0) << 8) | (line[at + 2] ?? 0);
      out += char(bits >> 18) + char((bits >> 12) & 63) + char((bits >> 6) & 63) + char(bits & 63);
    }
    out += '\n';
  }
  return out;
}

test('whatever stands around the blocks stays, line by line', () => {
  const line = fc.oneof(
    fc.string(),
    fc.constantFrom('', '> ', 'begin', 'end', '`', '====', 'Hash: a', '-- ', 'Yours', 'AAAAAAAAAAAAAAAAAAAA'),
  );
  const prose = fc
    .array(line, { maxLength: 5 })
    .map((lines) => lines.map((one) => one.replace(/\n/g, '')).filter((one) => !one.startsWith('=yend') && !/^\s*[>|]/.test(one)));
  const blocks = fc.constantFrom(
    block('PGP SIGNATURE'),
    block('PGP PUBLIC KEY BLOCK'),
    block('CERTIFICATE'),
    'begin 644 x\n#86)C\n`\nend',
    'begin-base64 644 x\nYWJj\n====',
    '=ybegin line=1\nx\n=yend',
  );
  fc.assert(
    fc.property(fc.array(fc.tuple(prose, blocks), { minLength: 1, maxLength: 4 }), prose, (pieces, last) => {
      const source = [...pieces.flatMap(([lines, one]) => [...lines, one]), ...last].join('\n');
      expect(unwrap(source).text).toBe([...pieces.flatMap(([lines]) => lines), ...last].join('\n'));
    }),
  );
});

test('yEnc and BinHex come out as they are', () => {
  expect(filesIn('a\n=ybegin line=128 size=1 name=x\nk\n=yend size=1\nz')).toEqual([
    ['', 'application/x-yenc', '=ybegin line=128 size=1 name=x\nk\n=yend size=1'],
  ]);
  const binhex = '(This file must be converted with BinHex 4.0)\n\n:$fGd9b"3E@8!!!!\n!!!!:';
  expect(filesIn(`a\n${binhex}\nz z`)).toEqual([['', 'application/mac-binhex40', binhex]]);
});

test('at most 20 files come out, and nothing stays in', () => {
  const { text, files } = unwrap(`${'begin 644 x\n#86)C\n`\nend\n'.repeat(50)}z`);
  expect(files.length).toBe(20);
  expect(text).toBe('z');
});

test('texts made to stall their readers cost linear time', async () => {
  const work = () => {
    unwrap('-----BEGIN PGP MESSAGE-----\nA: b\n\n'.repeat(30_000));
    unwrap(`-----BEGIN PGP MESSAGE-----\n${`${'A'.repeat(60)}\n`.repeat(16_000)}`);
    unwrap('=ybegin \n=yend\n'.repeat(60_000));
    unwrap('=ybegin \n'.repeat(90_000));
    unwrap('begin 644 x\n'.repeat(80_000));
    unwrap('begin 644 x\n#86)C\n'.repeat(50_000));
    unwrap('> '.repeat(500_000));
    plainOfEnriched('<param>'.repeat(100_000));
    plainOfEnriched('<'.repeat(500_001));
  };
  expect(await leastCpu(work, 6000)).toBeLessThan(6000);
});

test('enriched text becomes plain text', () => {
  expect(plainOfEnriched('<bold>Now</bold> is <color><param>red</param>the\ntime</color>\n\nto 1 << 2.')).toBe(
    'Now is the time\nto 1 < 2.',
  );
});
