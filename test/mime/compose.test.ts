import { compose, phrase, unstructured } from '../../src/mime/compose.ts';

const built = (...args: Parameters<typeof compose>): string => compose(...args).toString('latin1');
const text = (content: string) => ({ kind: 'text', type: 'text/plain', text: content }) as const;

test('a lone text is the body; ASCII stays as it is', () => {
  expect(built([['From', 'a <a@b.example>']], text('one\n.two\n\tthree\n'), 'seed')).toBe(
    'From: a <a@b.example>\r\nMIME-Version: 1.0\r\nContent-Type: text/plain; charset=utf-8\r\nContent-Transfer-Encoding: 7bit\r\n\r\none\r\n.two\r\n\tthree\r\n',
  );
});

test.each([
  ['grün and much more of plain text', 'quoted-printable'],
  ['绿色的灯罩', 'base64'],
  ['x'.repeat(1_200), 'quoted-printable'],
])('%.20s leaves 7-bit, in lines of at most 998 octets', (content, encoding) => {
  const message = built([], text(`${content}\n`), 'seed');
  expect(message).toContain(`Content-Transfer-Encoding: ${encoding}\r\n`);
  expect(message).toMatch(/^[\r\n\x20-\x7e]*$/);
  expect(Math.max(...message.split('\r\n').map((line) => line.length))).toBeLessThanOrEqual(998);
});

test('quoted-printable keeps what stands for itself, and no blank at the end of a line', () => {
  const message = built([], text('Größe = 1 \n\ttab\t\n😀\ud83d and plain text '), 'seed');
  expect(message).toContain('\r\n\r\nGr=C3=B6=C3=9Fe =3D 1=20\r\n\ttab=09\r\n=F0=9F=98=80=EF=BF=BD and plain text=20');
});

test('parts stand between delimiters that are made of the seed and of nothing else', () => {
  const parts = [text('t'), { kind: 'multipart', type: 'multipart/alternative', parts: [text('u')] }] as const;
  const message = built([], { kind: 'multipart', type: 'multipart/mixed', parts }, 'seed');
  const boundaries = [...message.matchAll(/boundary="([^"]+)"/g)].map(([, boundary = '']) => boundary);
  expect(boundaries).toEqual(['=_1_seed', '=_2_seed']);
  for (const boundary of boundaries) expect(message).toContain(`\r\n--${boundary}--\r\n`);
  expect(built([], { kind: 'multipart', type: 'multipart/mixed', parts }, 'seed')).toBe(message);
});

test('a file keeps its bytes; shown in the HTML it has an id and is inline', () => {
  const content = Uint8Array.from({ length: 1_000 }, (_, at) => at % 256);
  const message = built(
    [],
    { kind: 'file', type: 'image/png', filename: 'picture-1.png', contentId: '1.x@relay.example', content },
    'seed',
  );
  const [head = '', body = ''] = message.split('\r\n\r\n');
  expect(head).toContain('Content-Disposition: inline;\r\n filename="picture-1.png"\r\nContent-ID: <1.x@relay.example>');
  expect(Buffer.from(body, 'base64')).toEqual(Buffer.from(content));
});

test('values that a reader would take for encoded words are encoded once more', () => {
  expect(unstructured('Re: plain [tag]')).toBe('Re: plain [tag]');
  expect(unstructured('a =?utf-8?Q?b?=')).not.toContain('?Q?b?=');
  expect(unstructured('grün')).toBe('=?UTF-8?Q?gr=C3=BCn?=');
  expect(
    unstructured('x'.repeat(900))
      .split(' ')
      .every((word) => word.length < 80),
  ).toBe(true);
  expect(phrase('Ada "the" L.')).toBe('"Ada \\"the\\" L."');
  expect(phrase('=?utf-8?Q?b?=')).not.toContain('"');
  expect(phrase('王小明')).toMatch(/^=\?UTF-8\?B\?/);
});

test('a line end in a value begins no field', () => {
  expect(built([['Subject', 'a\r\nBcc: x@y.example']], text('t'), 'seed')).toMatch(/^Subject: a Bcc: x@y\.example\r\nMIME-Version/);
});

test('a long list of ids is folded', () => {
  const ids = Array.from({ length: 20 }, (_, n) => `<${'x'.repeat(60)}${n}@relay.example>`).join(' ');
  const lines = built([['References', ids]], text('t'), 'seed').split('\r\n');
  expect(Math.max(...lines.map((line) => line.length))).toBeLessThan(120);
});
