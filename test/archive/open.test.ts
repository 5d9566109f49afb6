/** What goes with an archive: its part in the rotation of secrets, its retention, and that forgetting and legal holds count for it too. */
import { readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { openDirectory } from '../../src/archive/dir.ts';
import { sealingSecrets } from '../../src/archive/keys.ts';
import { openArchive } from '../../src/archive/open.ts';
import { createSealed } from '../../src/archive/reseal.ts';
import { createSealer } from '../../src/archive/seal.ts';
import { openSqlite } from '../../src/store/sqlite.ts';
import { OnLegalHold, type Sealed, type Walk } from '../../src/store/upkeep.ts';
import { openVault } from '../../src/store/vault.ts';
import { wordsOf } from '../../src/mime/words.ts';
import type { ToKeep } from '../../src/archive/record.ts';
import { buyer, secrets, seller, setupWith } from '../store/fixtures.ts';
import { copyIn, filesBelow, newFolder, newTrace } from './parts.ts';

const DAY = 86_400_000;
const folder = newFolder();
const copies = join(folder, 'copies');
afterAll(() => rmSync(folder, { recursive: true, force: true }));

async function open(given: readonly Buffer[]) {
  const bare = await openSqlite(join(folder, 'store.db'), setupWith({ vault: openVault(given) }));
  const opened = await openArchive({
    place: { kind: 'dir', path: copies },
    days: 400,
    secrets: given,
    store: bare,
    wordsOf,
    said: () => undefined,
    now: Date.now,
  });
  return {
    ...opened,
    async pair() {
      const [b, s] = [buyer(), seller()];
      for (const party of [b, s]) await bare.directory.putParty(party);
      return bare.directory.open(b.id, s.id);
    },
    async keep(copy: ToKeep) {
      opened.archive.keep(copy);
      await opened.archive.close(10_000);
    },
    async textOf(trace: string, of: 'received' | 'delivered' = 'received') {
      const record = await opened.archive.record(trace);
      return record && (await opened.archive.read(record, of))?.toString();
    },
    [Symbol.asyncDispose]: () => bare[Symbol.asyncDispose](),
  };
}

async function walkAll(sealed: Sealed, write: boolean): Promise<Pick<Walk, 'changed' | 'standing'>> {
  const standing: Record<string, number> = {};
  let changed = 0;
  for (let from: string | undefined = ''; from !== undefined; ) {
    const walk: Walk = await sealed.walk(from, write);
    changed += walk.changed;
    for (const [id, count] of Object.entries(walk.standing)) standing[id] = (standing[id] ?? 0) + count;
    from = walk.next;
  }
  return { changed, standing };
}

test('a new secret takes over: all copies are sealed anew, waiting ones too, and the new one alone reads them', async () => {
  const [idOfA = '', idOfB = ''] = openVault([secrets.a, secrets.b]).ids;
  const traces = Array.from({ length: 60 }, newTrace);
  const waits = newTrace();
  {
    // The one to come is known, and does not write yet.
    await using before = await open([secrets.a, secrets.b]);
    const conversation = await before.pair();
    for (const trace of traces) await before.keep(copyIn(conversation, { trace, raw: `raw of ${trace}`, delivered: `left of ${trace}` }));
    expect(filesBelow(copies)).toHaveLength(60);
    const aside = join(folder, 'aside');
    renameSync(copies, aside);
    writeFileSync(copies, '');
    await before.keep(copyIn(conversation, { trace: waits, raw: `raw of ${waits}` }));
    rmSync(copies);
    expect((await before.store.archive.queue.depth()).count).toBe(1);
    renameSync(aside, copies);
    expect(await walkAll(before.sealed, true)).toEqual({ changed: 0, standing: { [idOfA]: 61 } });
  }
  {
    await using both = await open([secrets.b, secrets.a]);
    expect(await walkAll(both.sealed, false)).toEqual({ changed: 0, standing: { [idOfA]: 61 } });
    // Cut off after a step, and gone on with.
    const { next = '', changed } = await both.sealed.walk('', true);
    expect(changed).toBe(50);
    await both.sealed.walk(next, true);
    expect(await walkAll(both.sealed, true)).toEqual({ changed: 0, standing: { [idOfB]: 61 } });
    expect((await both.store.archive.queue.depth()).count).toBe(1);
    // The store's own values are the store's.
    for (let from: string | undefined = ''; from !== undefined; ) from = (await both.store.secrets.walk(from, true)).next;
  }
  await using alone = await open([secrets.b]);
  for (const trace of traces) {
    expect(await alone.textOf(trace)).toBe(`raw of ${trace}`);
    expect(await alone.textOf(trace, 'delivered')).toBe(`left of ${trace}`);
  }
  expect(await alone.textOf(waits)).toBe(`raw of ${waits}`);

  // What no secret opens stays as it is, is counted, and is in nobody's way.
  const [broken = ''] = filesBelow(copies);
  const bytes = readFileSync(broken);
  writeFileSync(broken, 'torn');
  await using turned = await open([Buffer.alloc(32, 3), secrets.b]);
  const { standing } = await walkAll(turned.sealed, true);
  expect(standing).toEqual({ [turned.store.secrets.ids[0] ?? '']: 60, unreadable: 1 });
  writeFileSync(broken, bytes);
  await walkAll(turned.sealed, true);
  await using back = await open([secrets.b, Buffer.alloc(32, 3)]);
  await walkAll(back.sealed, true);
  for (const trace of traces) expect(await back.textOf(trace)).toBe(`raw of ${trace}`);
  for (let from: string | undefined = ''; from !== undefined; ) from = (await back.store.secrets.walk(from, true)).next;
});

test('a copy that is forgotten, or too old, while it is sealed anew does not come back', async () => {
  const others = filesBelow(copies);
  const all = [Buffer.alloc(32, 4), secrets.b];
  await using before = await open([secrets.b]);
  await using turned = await open(all);
  const place = openDirectory(copies);
  const ports = { index: turned.store.archive, sealer: createSealer(openVault(sealingSecrets(all))), ids: turned.store.secrets.ids };
  const ends = [
    async (party: string) => void (await turned.store.directory.forget(party)),
    async () => void (await turned.archive.removeOlderThan(Date.now() - 400 * DAY)),
  ];
  for (const end of ends) {
    const conversation = await before.pair();
    const trace = newTrace();
    await before.keep(copyIn(conversation, { trace, at: Date.now() - 500 * DAY }));
    const { address = '' } = (await before.archive.record(trace))?.copies.received ?? {};
    const get = async (asked: string) => {
      const sealed = await place.get(asked);
      if (asked === address) await end(conversation.buyer);
      return sealed;
    };
    await walkAll(createSealed({ ...ports, blobs: { ...place, get } }), true);
    expect(filesBelow(copies)).toEqual(others);
  }
  await using back = await open([secrets.b, Buffer.alloc(32, 4)]);
  await walkAll(back.sealed, true);
});

test('a legal hold keeps copies beyond their time and their parties from being forgotten; when it is lifted, both go', async () => {
  await using kit = await open([secrets.b]);
  const [held, loose] = [await kit.pair(), await kit.pair()];
  const [kept, old] = [newTrace(), newTrace()];
  await kit.keep(copyIn(held, { trace: kept, raw: 'Keep me.', delivered: 'left', at: Date.now() - 500 * DAY }));
  await kit.keep(copyIn(loose, { trace: old, at: Date.now() - 500 * DAY }));
  await kit.store.legalHolds.put({ conversation: held.id, since: 5, by: 'Legal', note: 'Case 5' });
  await kit.removal.work(async () => true);
  expect(await kit.textOf(old)).toBeUndefined();
  expect(await kit.textOf(kept)).toBe('Keep me.');
  const before = filesBelow(copies);
  await expect(kit.store.directory.forget(held.buyer)).rejects.toThrow(OnLegalHold);
  expect(filesBelow(copies)).toEqual(before);
  await kit.store.legalHolds.lift(held.id);
  expect(await kit.store.directory.forget(held.buyer)).toBe(true);
  expect(filesBelow(copies)).toHaveLength(before.length - 1);
  expect(await kit.store.directory.forget(held.buyer)).toBe(false);
});
