/** What a whole walk says of the secrets, when one is lost for good, when a value is torn, and when something else keeps sealed values. */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { openSqlite } from '../../src/store/sqlite.ts';
import type { Store } from '../../src/store/store.ts';
import type { Sealed } from '../../src/store/upkeep.ts';
import { openVault } from '../../src/store/vault.ts';
import { checkSecrets, resealAll, SecretMissing } from '../../src/upkeep/reseal.ts';
import { buyer, setupWith } from '../store/fixtures.ts';

const folder = mkdtempSync(join(tmpdir(), 'postern-reseal-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const secretOf = (digit: number): Buffer => Buffer.alloc(32, digit);
const open = (file: string, ...digits: readonly number[]): Promise<Store> =>
  openSqlite(join(folder, file), setupWith({ vault: openVault(digits.map(secretOf)) }));

async function walk({ secrets }: Store, others: Readonly<Record<string, Sealed>> = {}): Promise<void> {
  await resealAll({ note: '', keep: async () => true }, { secrets, others, told: () => undefined, now: Date.now, pause: 0 });
}

test('a secret that was given up is not asked for again, though a walk finds what stands under it; nor is what is torn', async () => {
  const file = 'lost.db';
  {
    await using store = await open(file, 1);
    await store.secrets.announce();
    await store.directory.putParty(buyer());
  }
  const [lost = ''] = openVault([secretOf(1)]).ids;
  {
    await using store = await open(file, 2);
    await expect(checkSecrets(store.secrets, Date.now())).rejects.toThrow(SecretMissing);
    await store.secrets.drop(lost);
    await store.secrets.announce();
  }
  await using turned = await open(file, 3, 2);
  await walk(turned, { archive: { walk: async () => ({ changed: 0, ending: 0, standing: { unreadable: 1, [lost]: 2 } }) } });
  expect((await turned.secrets.uses()).map(({ id }) => id).toSorted()).toEqual([...turned.secrets.ids].toSorted());
  await expect(checkSecrets(turned.secrets, Date.now())).resolves.toEqual([]);
});

test('a secret stays needed as long as copies of the archive stand under it, whatever the store says', async () => {
  const file = 'copies.db';
  {
    await using store = await open(file, 1);
    await store.secrets.announce();
  }
  const [old = ''] = openVault([secretOf(1)]).ids;
  const archive = (copies: number): Sealed => ({ walk: async () => ({ changed: 0, ending: 0, standing: { [old]: copies } }) });
  const left = async ({ secrets }: Store) => (await secrets.uses()).find(({ id }) => id === old)?.left;
  await using turned = await open(file, 2, 1);
  await walk(turned, { archive: archive(3) });
  expect(await left(turned)).toBe(3);
  await using early = await open(file, 2);
  await expect(checkSecrets(early.secrets, Date.now())).rejects.toThrow(SecretMissing);
  await walk(turned, { archive: archive(0) });
  expect(await left(turned)).toBe(0);
  expect(await checkSecrets(early.secrets, Date.now())).toHaveLength(1);
});
