import fc from 'fast-check';
import { decodeText, decodeWords } from '../../src/mime/charset.ts';
import { leastCpu } from '../support/machine.ts';

const hex = (digits: string): Buffer => Buffer.from(digits.replaceAll(' ', ''), 'hex');

test.each([
  // As iconv writes them.
  ['ISO-2022-KR', '1b242943 41 0a 0e 47513139 0f', 'A\n한국'],
  ['iso-2022-cn', '1b242941 0e 56504e44 0f 21', '中文!'],
  ['hz-gb-2312', '7e7b 5650 4e44 7e7d 20 7e7e', '中文 ~'],
  ['iso-2022-jp', '1b2442 4e50 1b2842 21', '緑!'],
  ['cp50220', '1b2442 4e50 1b2842 21', '緑!'],
  ['', '1b2442 4e50 1b2842 21', '緑!'],
  ['us-ascii', '1b242943 0a 0e 47513139 0f', '\n한국'],
  ['gb18030', 'd6d0cec4 95328236', '中文\u{20000}'],
  ['big5-hkscs', 'a4a4a4e5', '中文'],
  ['big5', 'a4a4 9def', '中嘅'],
  ['euc-kr', 'c7d1b1b9', '한국'],
  ['tis-620', 'a1a2', 'กข'],
  ['windows-1251', 'c7e5ebb8', 'Зелё'],
  ['mac-roman', '8e9f', 'éü'],
  ['macintosh', '8e9f', 'éü'],
  ['cp850', '8184', 'üä'],
  ['utf-32le', '30040000', 'а'],
])('%s', (charset, bytes, text) => {
  expect(decodeText(hex(bytes), charset)).toBe(text);
});

test.each([
  ['utf-7', Buffer.from('+AGE-')],
  ['x-unicode-2-0-utf-7', Buffer.from('+AGE-')],
  ['iso-2022-kr with an escape of another charset', Buffer.from('\x1b$)Aabc')],
  ['hz-gb-2312', Buffer.from('~{\x7f\x7f~}')],
])('%s cannot be decoded', (charset, bytes) => {
  expect(decodeText(bytes, charset.split(' ')[0] ?? '')).toBeUndefined();
});

test('a charset that nobody knows is refused where its bytes are more than text', () => {
  expect(decodeText(Buffer.from('plain'), 'x-nobody')).toBe('plain');
  expect(decodeText(Buffer.from('\x0eplain\x0f'), 'x-nobody')).toBeUndefined();
  expect(decodeText(Buffer.from([0xe1, 0xe2]), 'x-nobody')).toBeUndefined();
});

test.each(['iso-8859-1', 'windows-1252', 'koi8-r', 'gb2312', 'iso-2022-jp'])('UTF-8 that says it is %s', (charset) => {
  expect(decodeText(Buffer.from('für Jürgen, зелёный, 緑'), charset)).toBe('für Jürgen, зелёный, 緑');
});

test.each(['utf-16', 'utf-16le', 'utf-16be', 'ucs-2'])('ASCII that says it is %s', (charset) => {
  expect(decodeText(Buffer.from('a@b.example'), charset)).toBe('a@b.example');
});

test('what is not UTF-8 is read as declared', () => {
  expect(decodeText(Buffer.from('Gr\xfcn \xab\xbb', 'latin1'), 'iso-8859-1')).toBe('Grün «»');
});

test.each([
  ['=?iso-2022-kr?B?GyQpQw5HUTE5Dw==?=', '한국'],
  ['=?utf-8?B?w6Q=?= =?utf-8?B?w7Y=?=', 'äö'],
  ['=?utf-8?Q?=C3?= =?utf-8?Q?=A4?=', 'ä'],
  ['=?utf-8?B?w6TDt?=\t=?utf-8?B?g==?=', 'äö'],
  ['Re: =?iso-8859-1*de?q?Gr=FCn_und?= blau', 'Re: Grün und blau'],
  ['=?koi8-r?Q?=DA?= =?utf-8?Q?=C3=A4?=', 'зä'],
  ['a =?x?= b =?utf-8?X?a?= c', 'a =?x?= b =?utf-8?X?a?= c'],
  ['=?x-nobody?Q?=E1?=', '\ufffd'],
  ['=?utf-7?Q?+AGE-?=', undefined],
])('%s', (value, text) => {
  expect(decodeWords(value)).toBe(text);
});

test('decoding takes linear time and never throws', async () => {
  const work = () => {
    decodeWords('=?utf-8?q?a?= '.repeat(20_000));
    decodeWords('=?a?q?'.repeat(20_000));
    decodeText(Buffer.from('~{'.repeat(200_000)), 'hz-gb-2312');
  };
  expect(await leastCpu(work, 2000)).toBeLessThan(2000);
  fc.assert(
    fc.property(fc.uint8Array(), fc.constantFrom('iso-2022-kr', 'hz-gb-2312', 'iso-2022-cn', 'x', '', 'shift_jis'), (bytes, charset) => {
      const text = decodeText(Buffer.from(bytes), charset);
      return text === undefined || typeof text === 'string';
    }),
  );
});
