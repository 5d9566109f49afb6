/** The real clamd, and one that answers as it likes. */
import fc from 'fast-check';
import { openClamd } from '../../src/scanner/clamd.ts';
import { Unscanned } from '../../src/scanner/scanner.ts';
import { type ClamdDouble, harmful, openClamdDouble, signature, startClamd } from '../support/clamd.ts';
import { testWith } from '../support/programs.ts';

const clean = Buffer.from('a shelf, oiled twice');
const bad = Buffer.from(`a shelf with ${harmful} in it`);

testWith('clamd')(
  'clamd finds a signature of ours in any of the files, also in large ones, and says which',
  async () => {
    await using clamd = await startClamd(['StreamMaxLength 2M']);
    const scanner = openClamd({ address: { kind: 'unix', path: clamd.path } });
    await scanner.ping();
    expect(await scanner.scan([])).toBeUndefined();
    expect(await scanner.scan([clean, Buffer.alloc(0), clean])).toBeUndefined();
    expect(await scanner.scan([clean, Buffer.alloc(0), bad, bad])).toEqual({ file: 2, name: expect.stringContaining(signature) });
    const large = Buffer.alloc(1_900_000, 'x');
    expect(await scanner.scan([large])).toBeUndefined();
    bad.copy(large, 1_500_000);
    expect(await scanner.scan([large])).toMatchObject({ file: 0 });
    const many = await Promise.all(Array.from({ length: 40 }, (_, at) => scanner.scan([at % 2 ? bad : clean])));
    expect(many.map((found) => found !== undefined)).toEqual(many.map((_, at) => at % 2 === 1));
    // What clamd refuses to look at is not clean: by its word, or where it hung up before the word was read.
    await expect(scanner.scan([Buffer.alloc(9_000_000)])).rejects.toMatchObject({
      trouble: expect.stringMatching(/^(a file is too large for it|the connection broke)$/),
    });
    await clamd.kill();
    await expect(scanner.scan([clean])).rejects.toMatchObject({ trouble: 'it cannot be reached' });
    await expect(scanner.ping()).rejects.toMatchObject({ trouble: 'it cannot be reached' });
  },
  30_000,
);

describe('a scanner that is not well', () => {
  let double: ClamdDouble;
  beforeAll(async () => {
    double = await openClamdDouble({ says: [], and: 'hang up' });
  });
  afterAll(() => double[Symbol.asyncDispose]());
  const scan = (patience = 2_000) => openClamd({ address: { kind: 'tcp', host: '127.0.0.1', port: double.port }, patience }).scan([clean]);

  test.each([
    ['nothing', [], 'the connection broke'],
    ['half an answer', ['stream: O'], 'the connection broke'],
    ['the word for clean without its end', ['stream: OK'], 'the connection broke'],
    ['another word', ['stream: OKAY\0'], 'its answer is none'],
    ['the word for clean with more before it', ['1: stream: OK\0'], 'its answer is none'],
    ['an empty line', ['\0'], 'its answer is none'],
    ['that it failed', ["stream: Can't allocate memory ERROR\0"], 'its answer is none'],
    ['that the file is too large', ['INSTREAM size limit exceeded. ERROR\0'], 'a file is too large for it'],
    ['more and more', [Buffer.alloc(100_000, 'stream: ')], 'its answer is none'],
  ])('says %s: that is no "clean"', async (_, says, trouble) => {
    double.script = { says, and: 'hang up' };
    await expect(scan()).rejects.toMatchObject({ trouble });
  });

  test('says no word: given up in time, also for those that wait for their turn, and the line is closed', async () => {
    double.script = { says: [], and: 'hold' };
    const scanner = openClamd({ address: { kind: 'tcp', host: '127.0.0.1', port: double.port }, patience: 300, atOnce: 3 });
    const before = double.opened();
    const ends = await Promise.allSettled(Array.from({ length: 10 }, () => scanner.scan([clean])));
    // Time was up for the seven others before they had a turn.
    expect(double.opened() - before).toBe(3);
    expect(ends).toEqual(ends.map(() => ({ status: 'rejected', reason: expect.objectContaining({ trouble: 'no answer in time' }) })));
    expect(double.most()).toBeLessThanOrEqual(3);
    double.script = { says: ['stre', 'am: ', 'OK\0'], and: 'hold' };
    expect(await scanner.scan([clean])).toBeUndefined();
  });

  test('names what it found with anything: printable and short', async () => {
    double.script = { says: ['stream: Jane\u001b[31m\r\nX <jane@mail.example> ', 'y'.repeat(300), ' FOUND\0'], and: 'hold' };
    const found = await scan();
    expect(found?.name).toMatch(/^Jane\?\?31m\?\?X\?\?jane\?mail\.example\?\?y+$/);
    expect(found?.name).toHaveLength(100);
  });

  test('whatever bytes it says, only the one word is clean', async () => {
    await fc.assert(
      fc.asyncProperty(fc.uint8Array({ maxLength: 40 }), fc.constantFrom('', 'stream: ', 'stream: OK'), async (bytes, before) => {
        const says = Buffer.concat([Buffer.from(before), bytes]);
        fc.pre(!says.toString('latin1').startsWith('stream: OK\0'));
        double.script = { says: [says], and: 'hang up' };
        const came = await scan().catch((error: unknown) => error);
        expect(came).toEqual(expect.objectContaining(came instanceof Unscanned ? { name: 'Unscanned' } : { file: 0 }));
      }),
      { numRuns: 40 },
    );
  });
});
