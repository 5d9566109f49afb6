/** What a killed relay leaves half written in the archive's directory. */
import { utimesSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { startArchivist } from '../../src/archive/archivist.ts';
import { copyIn, filesBelow, openKit } from './parts.ts';

test('what a killed relay left half written is removed after an hour, and nothing else; a place that is not there is no trouble', async () => {
  await using kit = await openKit();
  const told: string[] = [];
  const round = () => startArchivist({ ...kit.ports, told: (what) => told.push(what) }).close();
  await round();
  await kit.keep(copyIn(await kit.pair()));
  const [copy = ''] = filesBelow(kit.folder);
  const [old, young, foreign] = [`${copy}.4711.0123456789ab`, `${copy}.4711.ba9876543210`, `${copy}.saved`];
  for (const file of [old, young, foreign]) writeFileSync(file, 'half');
  const [long, short] = [3_700, 3_500].map((seconds) => Date.now() / 1000 - seconds) as [number, number];
  for (const file of [old, foreign, copy]) utimesSync(file, long, long);
  utimesSync(young, short, short);
  await round();
  expect(filesBelow(kit.folder)).toEqual([copy, young, foreign].sort());
  expect(told).toEqual([]);
});

test('each folder has its turn, and in each of them half written copies go', async () => {
  await using kit = await openKit();
  const { blobs } = kit.ports;
  const drafts = ['0a', '7c', 'ff'].map((start) => start.padEnd(32, '1'));
  for (const address of drafts) {
    await blobs.put(address, [Buffer.from('x')]);
    writeFileSync(join(kit.folder, address.slice(0, 2), `${address}.1.0123456789ab`), 'half');
  }
  const later = Date.now() + 60_000;
  for (const left of [5, 4, 3, 3]) {
    await blobs.tidy?.(later);
    expect(filesBelow(kit.folder)).toHaveLength(left);
  }
});
