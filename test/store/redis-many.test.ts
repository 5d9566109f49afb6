/** Redis on many machines: the whole contract over a real Cluster of three masters; a real failover by Sentinel. */
import { openRedis } from '../../src/store/redis.ts';
import { bytesBelow, durable, type RedisServer, startRedis } from '../support/redis.ts';
import { storeContract } from './contract.ts';
import { buyer, setupWith } from './fixtures.ts';

async function until(what: string, holds: () => Promise<boolean>): Promise<void> {
  for (let tries = 0; tries < 150; tries += 1) {
    if (await holds().catch(() => false)) return;
    await new Promise((resolve) => setTimeout(resolve, 100));
  }
  throw new Error(`not in time: ${what}`);
}

describe('a Cluster', () => {
  let nodes: readonly RedisServer[] = [];

  beforeAll(async () => {
    nodes = await Promise.all([0, 1, 2].map(() => startRedis([...durable, 'cluster-enabled yes', 'cluster-node-timeout 2000'])));
    const bounds = [0, 5461, 10923, 16384];
    for (const [at, node] of nodes.entries()) {
      await node.command('CLUSTER', 'ADDSLOTSRANGE', `${bounds[at]}`, `${(bounds[at + 1] ?? 0) - 1}`);
      await node.command('CLUSTER', 'SET-CONFIG-EPOCH', `${at + 1}`);
      await node.command('CLUSTER', 'MEET', '127.0.0.1', `${nodes[0]?.port}`);
    }
    for (const node of nodes) {
      await until('cluster is whole', async () => {
        const info = await node.command('CLUSTER', 'INFO');
        return info.includes('cluster_state:ok') && info.includes('cluster_known_nodes:3');
      });
    }
  }, 30_000);

  afterAll(async () => {
    await Promise.all(nodes.map((node) => node.stop()));
  });

  storeContract(() => {
    const url = `redis+cluster://${nodes.map(({ port }) => `127.0.0.1:${port}`).join(',')}`;
    return {
      open: (setup) => openRedis(url, setupWith(setup)),
      dump: async () => Buffer.concat(nodes.map(({ directory }) => bytesBelow(directory))),
    };
  });

  test('refuses where one of the masters may lose what it took', async () => {
    const [first, second] = nodes;
    await second?.command('CONFIG', 'SET', 'maxmemory-policy', 'allkeys-lru');
    await expect(openRedis(`redis+cluster://127.0.0.1:${first?.port}`, setupWith())).rejects.toThrow(`127.0.0.1:${second?.port} may evict`);
    await second?.command('CONFIG', 'SET', 'maxmemory-policy', 'noeviction');
  });

  test('a node that is gone takes its share with it, in time; back again, all works', async () => {
    const [first, , third] = nodes;
    await using store = await openRedis(`redis+cluster://127.0.0.1:${first?.port}`, setupWith());
    const opened = await Promise.all(Array.from({ length: 12 }, (_, at) => store.directory.open(`gone-${at}`, 's')));
    third?.pause();
    const start = performance.now();
    await Promise.allSettled(opened.map(({ buyerLocal }) => store.directory.find(buyerLocal)));
    expect(performance.now() - start).toBeLessThan(2300);
    third?.resume();
    for (const conversation of opened) {
      await until('alias is found again', async () => (await store.directory.find(conversation.buyerLocal)) !== undefined);
    }
  }, 30_000);
});

describe('Sentinel', () => {
  test('leads to the new master when the old one is gone', async () => {
    const master = await startRedis([...durable, 'repl-diskless-sync-delay 0']);
    const replica = await startRedis([...durable, `replicaof 127.0.0.1 ${master.port}`, 'repl-diskless-sync-delay 0']);
    const monitor = `sentinel monitor shop 127.0.0.1 ${master.port} 1`;
    const sentinel = await startRedis(
      [monitor, 'sentinel down-after-milliseconds shop 500', 'sentinel failover-timeout shop 3000'],
      ['--sentinel'],
    );
    const store = await openRedis(`redis+sentinel://127.0.0.1:${sentinel.port}/shop`, setupWith());
    try {
      const party = buyer();
      await until('replica follows', async () => (await replica.command('INFO', 'replication')).includes('master_link_status:up'));
      await until('sentinel knows the replica', async () => (await sentinel.command('INFO', 'sentinel')).includes('slaves=1'));
      await store.directory.putParty(party);
      const conversation = await store.directory.open(party.id, 's');
      await until('replica has all', async () =>
        (await replica.command('GET', `postern:a:${conversation.sellerLocal}`)).includes(conversation.id),
      );
      await master.kill();
      await until('writes work again', async () => (await store.directory.putParty(party)).id === party.id);
      expect(await store.directory.open(party.id, 's')).toEqual(conversation);
    } finally {
      await store[Symbol.asyncDispose]();
      await Promise.all([master, replica, sentinel].map((it) => it.stop()));
    }
  }, 30_000);
});
