/** Whatever is put into a frame comes out of it, by any decoder of Zstandard, and as small as it should be. */
import { randomBytes } from 'node:crypto';
import { zstdDecompressSync } from 'node:zlib';
import { compressed, decompressed } from '../../src/archive/compressed.ts';

const frameFor = async (...contents: readonly Buffer[]): Promise<Buffer> => Buffer.concat(await compressed(contents));
const noise = (bytes: number): Buffer => Buffer.from(randomBytes(bytes).toString('base64'));
const text = (bytes: number): Buffer => Buffer.from('The shelf is of oak, oiled twice. '.repeat(bytes / 30));

test.each<readonly [string, number, readonly Buffer[]]>([
  ['nothing', 20, [Buffer.alloc(0)]],
  ['a short message', 100, [text(2_000)]],
  ['a short message and what left', 150, [text(2_000), Buffer.concat([Buffer.from('Order 4711: '), text(2_000)])]],
  ['a long text', 2_000, [text(2_000_000), text(1_900_000)]],
  ['pictures', 1_850_000, [noise(900_000), noise(900_000)]],
])('%s is as small as it should be, and comes out as it was', async (_, most, contents) => {
  const frame = await frameFor(...contents);
  expect(frame.length).toBeLessThanOrEqual(most);
  const all = Buffer.concat(contents);
  expect(zstdDecompressSync(frame).equals(all)).toBe(true);
  expect((await decompressed(frame, all.length + 1)).equals(all)).toBe(true);
  if (all.length > 0) await expect(decompressed(frame, all.length - 1)).rejects.toThrow();
});
