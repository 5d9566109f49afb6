import { readCompound, topEntries } from '../../../src/rewrite/metadata/doc/compound.ts';
import { cleanDoc } from '../../../src/rewrite/metadata/doc/clean.ts';
import { textsOfFile } from './words/text.ts';
import { cleaned, fixture, refusal } from './fixtures.ts';
import { leastCpu } from '../../support/machine.ts';

const form = fixture('form.doc');

function streamOf(content: Buffer, name: string): Buffer {
  const file = readCompound(content);
  const entry = file && topEntries(file).find((one) => one.name === name);
  const runs = entry && file?.runsOf(entry);
  return Buffer.concat((runs ?? []).map(({ from, to }) => content.subarray(from, to)));
}

/** The file with bytes of a stream changed. */
function changed(name: string, change: (stream: Buffer) => void): Buffer {
  const content = Buffer.from(form);
  const file = readCompound(content);
  const entry = file && topEntries(file).find((one) => one.name === name);
  const stream = streamOf(content, name);
  change(stream);
  let at = 0;
  for (const { from, to } of (entry && file?.runsOf(entry)) ?? []) {
    stream.copy(content, from, at);
    at += to - from;
  }
  return content;
}

test('a Word 97 file keeps its words, its looks and its place', () => {
  const clean = cleaned(form);
  expect(clean.length).toBe(form.length);
  expect([...textsOfFile('doc', clean)].join()).toMatch(/Return form\rPlease return the [\s\S]*lamp/);
  expect([...textsOfFile('doc', form)].join()).toContain('HYPERLINK');
  expect([...textsOfFile('doc', clean)].join()).not.toContain('HYPERLINK');
  expect(streamOf(form, '\u0005SummaryInformation').toString('latin1')).toContain('Hanna');
  expect(
    streamOf(clean, '\u0005SummaryInformation')
      .subarray(48)
      .every((byte, at) => byte === 0 || at === 0),
  ).toBe(true);
});

test('what lies in sectors that no stream uses is gone', () => {
  const longer = Buffer.concat([form, Buffer.alloc(512, 'Hanna Lindqvist ')]);
  expect(cleaned(longer).includes('Hanna')).toBe(false);
});

test('a sealed file and one with a program stay behind', () => {
  const sealed = changed('WordDocument', (stream) => stream.writeUInt16LE(stream.readUInt16LE(10) | 0x100, 10));
  expect(refusal(sealed)).toBe('it is encrypted or needs a password');
  const scripted = Buffer.from(form);
  const at = scripted.indexOf(Buffer.from('Data', 'utf16le'));
  const name = Buffer.from('Macros', 'utf16le');
  name.copy(scripted, at);
  scripted.writeUInt16LE(name.length + 2, at + 64);
  expect(refusal(scripted)).toBe('it contains a program (script or macro)');
});

test.each([
  ['circles of sectors', (bytes: Buffer) => bytes.fill(Buffer.from([0, 0, 0, 0]), 512)],
  ['sectors that follow themselves', (bytes: Buffer) => bytes.fill(Buffer.from([5, 0, 0, 0]), 512)],
  ['a table that is one', (bytes: Buffer) => bytes.fill(0, 76, 512)],
])('10 MB with %s take less than a second', async (_, change) => {
  const content = Buffer.concat([form, Buffer.alloc(10_000_000, 1)]);
  change(content);
  const work = () => expect(cleanDoc(content)).toBeDefined();
  expect(await leastCpu(work, 1_000)).toBeLessThan(1_000);
});

test('a beginning alone says nothing, and one with properties stays behind', () => {
  const start = Buffer.concat([Buffer.from('d0cf11e0a1b11ae1', 'hex'), Buffer.alloc(504), Buffer.from('WordDocument', 'utf16le')]);
  expect(cleaned(start)).toEqual(start);
  expect(refusal(Buffer.concat([start, Buffer.from('SummaryInformation Hanna', 'utf16le')]))).toBe('the file is damaged');
});
