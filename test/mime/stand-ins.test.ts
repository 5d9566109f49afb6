/** Long bodies keep from the splitter what it need not see, and lose nothing. */
import fc from 'fast-check';
import { readHeader } from '../../src/mime/header.ts';
import { split } from '../../src/mime/parse.ts';
import { shortened } from '../../src/mime/stand-ins.ts';
import { leastCpu } from '../support/machine.ts';

const line = 'QUJDREVGR0hJSktMTU5PUFFSU1RVVldYWVphYmNkZWZnaGlqa2xtbm9wcXJzdHV2d3h5ejAxMjM0NTY3ODk=\r\n';
const long = line.repeat(60);
const dashes = (body: Buffer): readonly string[] =>
  body
    .toString('latin1')
    .split('\n')
    .filter((text) => text.startsWith('--'));

test('of a long body one line is left, and the last', () => {
  const body = Buffer.from(`--cut\r\nContent-Type: image/png\r\n\r\n${long}end\r\n--cut--\r\n`);
  const { bytes } = shortened(body);
  expect(bytes.length).toBeLessThan(160);
  expect(bytes.toString('latin1')).toMatch(/^--cut\r\nContent-Type: image\/png\r\n\r\n[^\r\n]+\r\nend\r\n--cut--\r\n$/);
});

test('whatever the body: it comes back whole, and no line that may be a delimiter was hidden', () => {
  const piece = fc.oneof(
    fc.constantFrom('--cut\r\n', '--cut--\r\n', '-- \r\n', '--\n', '\r\n', '\n', 'Content-Type: text/plain\r\n', '\n--', 'x', long),
    fc.string({ maxLength: 20 }),
  );
  fc.assert(
    fc.property(fc.array(piece, { maxLength: 30 }), (pieces) => {
      const body = Buffer.from(pieces.join(''));
      const { bytes, restored } = shortened(body);
      expect(restored(bytes).equals(body)).toBe(true);
      expect(dashes(bytes)).toEqual(dashes(body));
    }),
    { numRuns: 500 },
  );
});

test('each part gets its own bytes, also where a signature line parts them', async () => {
  const bodies = [`${long}-- \r\n\r\n${long}me`, long.toLowerCase().trimEnd(), `${long}\r\n${long}--not a delimiter\r\nend`];
  const parts = bodies.map((body) => `--cut\r\nContent-Type: application/pdf\r\n\r\n${body}\r\n`).join('');
  const raw = Buffer.from(`From: a@b.example\r\nContent-Type: multipart/mixed; boundary=cut\r\n\r\n${long}${parts}--cut--\r\n${long}`);
  const { children } = await split(raw, readHeader(raw));
  expect(children.map(({ body }) => body.toString('latin1'))).toEqual(bodies);
});

test('a million lines that may be delimiters take no longer than their number', async () => {
  const body = Buffer.from('\n--x'.repeat(1_000_000));
  expect(await leastCpu(() => shortened(body), 2_000)).toBeLessThan(2_000);
});
