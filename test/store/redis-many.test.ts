/** Redis on many machines: the whole contract over a real Cluster of three masters; a real failover by Sentinel. */
import type { Conversation } from '../../src/model/route.ts';
import { openRedis } from '../../src/store/redis.ts';
import { bytesBelow, durable, eventually, type RedisServer, startRedis, startReplicated } from '../support/redis.ts';
import { storeContract } from './contract.ts';
import { buyer, setupWith } from './fixtures.ts';

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
      await eventually('cluster is whole', async () => {
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
    const began = performance.now();
    await Promise.allSettled(opened.map(({ buyerLocal }) => store.directory.find(buyerLocal)));
    // A call takes two seconds at most.
    expect(performance.now() - began).toBeLessThan(10_000);
    third?.resume();
    for (const conversation of opened) {
      await eventually('alias is found again', async () => (await store.directory.find(conversation.buyerLocal)) !== undefined);
    }
  }, 30_000);
});

describe('Sentinel', () => {
  test('leads to the new master when the old one is gone', async () => {
    await using set = await startReplicated(2, 1);
    await using store = await openRedis(set.url, setupWith());
    const party = buyer();
    // Where a replica has a write late, the machine being busy, it is asked for again, as by a relay's clients.
    const isPut = async () => (await store.directory.putParty(party)).id === party.id;
    const opened: Conversation[] = [];
    const isOpen = async () => opened.push(await store.directory.open(party.id, 's')) > 0;
    await eventually('it is put', isPut);
    await eventually('a conversation is open', isOpen);
    await set.master.kill();
    await eventually('writes work again', isPut);
    await eventually('the conversation is open', isOpen);
    expect(opened[1]).toEqual(opened[0]);
  }, 30_000);
});
