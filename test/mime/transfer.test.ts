import fc from 'fast-check';
import { decodeTransfer } from '../../src/mime/transfer.ts';
import { leastCpu } from '../support/machine.ts';

const decode = (text: string, encoding: string): string | undefined =>
  decodeTransfer(Buffer.from(text, 'latin1'), encoding)?.toString('latin1');

test.each([
  ['a=20b=3Dc', 'a b=c'],
  ['soft =\r\nbreak', 'soft break'],
  ['soft = \t\r\nbreak', 'soft break'],
  ['soft=\nbreak', 'softbreak'],
  ['blanks  \t\r\nat line ends', 'blanks\r\nat line ends'],
  ['encoded=20\r\nstays', 'encoded \r\nstays'],
  ['end of text   ', 'end of text'],
  ['lower =c3=a9', 'lower \xc3\xa9'],
  ['no code: =zz = x =', 'no code: =zz = x '],
  ['=', ''],
  ['raw \xe9 byte', 'raw \xe9 byte'],
])('quoted-printable %j', (source, text) => {
  expect(decode(source, 'quoted-printable')).toBe(text);
});

test.each([
  ['aGVsbG8=', 'hello'],
  ['aGVs\r\nbG8', 'hello'],
  ['aGk=aGk=', 'hihi'],
  ['aGk=\r\naGk=', 'hihi'],
  ['a!G?V*sbG8=', 'hello'],
  ['', ''],
])('base64 %j', (source, text) => {
  expect(decode(source, 'base64')).toBe(text);
});

test('knows the names of encodings as clients write them, and no others', () => {
  for (const name of ['', '7bit', '8BIT', 'binary', ' 7-bit', '8bits']) expect(decode('a=20', name)).toBe('a=20');
  expect(decode('a=20b', 'Quoted-Printable;')).toBe('a b');
  expect(decode('x', 'x-uuencode')).toBeUndefined();
});

test('gives back what was encoded', () => {
  const encode = (bytes: Uint8Array) => [...bytes].map((byte) => `=${byte.toString(16).padStart(2, '0').toUpperCase()}`);
  fc.assert(
    fc.property(fc.uint8Array(), fc.nat(20), (bytes, width) => {
      const broken = encode(bytes).flatMap((code, at) => (at % (width + 1) === width ? [code, '=\r\n'] : [code]));
      expect(decodeTransfer(Buffer.from(broken.join('')), 'quoted-printable')).toEqual(Buffer.from(bytes));
      expect(decodeTransfer(Buffer.from(Buffer.from(bytes).toString('base64')), 'base64')).toEqual(Buffer.from(bytes));
    }),
  );
});

test.each([
  ['blanks', ' '],
  ['blanks in lines', `${' '.repeat(996)}x\r\n`],
  ['blank lines', ' \r\n'],
  ['equals signs', '='],
  ['equals signs and blanks', '=        '],
  ['padding', '='],
])('2 MB of %s are decoded in less than a second of work', async (_, part) => {
  const bytes = Buffer.from(`${part.repeat(Math.ceil(2_000_000 / part.length))}x`);
  const work = () => {
    decodeTransfer(bytes, 'quoted-printable');
    decodeTransfer(bytes, 'base64');
  };
  expect(await leastCpu(work, 1_000)).toBeLessThan(1_000);
});
