/** Sealing anew in a Cluster, where values lie on several masters and move. */
import { openRedis } from '../../src/store/redis.ts';
import { openVault } from '../../src/store/vault.ts';
import { walkAll } from '../store/contract-secrets.ts';
import { buyer, entry, item, newId, newMailbox, secrets, seller, setupWith } from '../store/fixtures.ts';
import { startCluster } from '../support/redis.ts';

test('a Cluster: values on every master are sealed anew, and are found by the new secret alone', async () => {
  await using cluster = await startCluster();
  const [shared, sellers] = [newMailbox(), Array.from({ length: 20 }, () => seller())];
  const [b, traces] = [buyer(shared), Array.from({ length: 20 }, () => newId('t'))];
  {
    await using store = await openRedis(cluster.url, setupWith());
    await Promise.all([b, ...sellers].map((party) => store.directory.putParty(party)));
    await Promise.all(traces.map((trace) => store.journal.add(entry(newId('c'), Date.now(), trace))));
    await store.outbox.put(item(shared), 0);
    const { id } = await store.directory.open(b.id, sellers[0]?.id ?? '');
    await store.threads.pair(id, 'buyer', 'theirs@mail.example', 'ours@relay.example');
  }
  await using turned = await openRedis(cluster.url, setupWith({ vault: openVault([secrets.b, secrets.a]) }));
  const { steps } = await walkAll(turned, true);
  expect(steps).toBeGreaterThanOrEqual(3);
  expect((await walkAll(turned, true)).standing).toEqual({ [turned.secrets.ids[0] ?? '']: 44 });
  await using alone = await openRedis(cluster.url, setupWith({ vault: openVault([secrets.b]) }));
  expect(await alone.directory.buyerAt(shared)).toEqual(b);
  for (const { id, name } of sellers) expect(await alone.directory.party(id)).toMatchObject({ name });
  for (const trace of traces) expect(await alone.journal.entry(trace)).toMatchObject({ trace });
  expect(await alone.outbox.lend(5, 60)).toHaveLength(1);
}, 40_000);
