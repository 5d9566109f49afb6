/** What a Redis with replicas acknowledged lies on two machines; nothing that it may lose in a fail-over counts (traps 3.7). */
import { store as doctor } from '../../src/cli/doctor/store.ts';
import type { Conversation, Party } from '../../src/model/route.ts';
import { openRedis } from '../../src/store/redis.ts';
import { key } from '../../src/store/redis/commands.ts';
import type { Store } from '../../src/store/store.ts';
import { makeFolder } from '../cli/doctor/deployment.ts';
import { durable, eventually, type RedisServer, startCluster, startRedis, startReplicated } from '../support/redis.ts';
import { digestEntry } from './contract-digests.ts';
import { buyer, holdCase, item, message, newId, setupWith } from './fixtures.ts';
import { anyOf } from '../support/machine.ts';

/** Opens conversations all the time; gives those that were acknowledged, and how often one failed. */
function opening(store: Store) {
  const acknowledged: { readonly buyer: string; readonly alias: string }[] = [];
  const failed: string[] = [];
  let over = false;
  const one = async (): Promise<void> => {
    while (!over) {
      const id = newId('b');
      await store.directory
        .open(id, 's')
        .then(({ sellerLocal }) => acknowledged.push({ buyer: id, alias: sellerLocal }))
        .catch((error: Error) => failed.push(error.message));
      await new Promise((resolve) => setTimeout(resolve, 5));
    }
  };
  const running = Promise.all([one(), one(), one(), one()]);
  const end = async () => {
    over = true;
    await running;
    return { acknowledged, failed };
  };
  return { acknowledged, end };
}

async function missing(store: Store, acknowledged: readonly { readonly buyer: string; readonly alias: string }[]): Promise<number> {
  const found = await Promise.all(acknowledged.map(({ alias }) => store.directory.find(alias)));
  return found.filter((it, at) => it?.kind !== 'conversation' || it.conversation.buyer !== acknowledged[at]?.buyer).length;
}

describe('a Redis whose replica does not answer', () => {
  let master: RedisServer;
  let replica: RedisServer;
  let store: Store;

  beforeAll(async () => {
    master = await startRedis([...durable, 'repl-diskless-sync-delay 0']);
    replica = await startRedis([...durable, `replicaof 127.0.0.1 ${master.port}`]);
    await eventually('the replica follows', async () => (await replica.command('INFO', 'replication')).includes('link_status:up'));
    store = await openRedis(master.url, setupWith());
  });
  afterEach(async () => {
    replica.resume();
    await eventually('a copy is there again', async () => (await store.directory.putParty(buyer())).role === 'buyer');
  });
  afterAll(async () => {
    await store[Symbol.asyncDispose]();
    await Promise.all([master.stop(), replica.stop()]);
  });

  test('takes nothing that must last, and what is asked again goes on where it stood', async () => {
    const [party, id] = [buyer(), newId('b')];
    replica.pause();
    const refused = [store.directory.putParty(party), store.directory.open(id, 's'), store.once.settle(newId('f'), 'trace'), store.ping()];
    for (const { status, reason } of (await Promise.allSettled(refused)) as PromiseRejectedResult[]) {
      expect(status).toBe('rejected');
      expect(`${reason}`).toContain('no replica has the write');
    }
    const began = await master.command('GET', `postern:pair:${id}/s`);
    replica.resume();
    let conversation: Conversation | undefined;
    await eventually('the replica follows again', async () => {
      conversation = await store.directory.open(id, 's').catch(() => undefined);
      return conversation !== undefined;
    });
    expect([conversation?.id, conversation?.buyerLocal, conversation?.sellerLocal].join('/')).toBe(began);
  });

  test('goes on with all that is looked up, claimed and counted, without a wait', async () => {
    const { sellerLocal } = await store.directory.open(newId('b'), 's');
    replica.pause();
    const beforeTheWrites = async (): Promise<boolean> => {
      let ended = 0;
      const writing = Array.from({ length: 20 }, () => store.directory.putParty(buyer()).finally(() => (ended += 1)));
      const settled = Promise.allSettled(writing);
      expect(await store.directory.find(sellerLocal)).toBeDefined();
      expect(await store.once.claim(newId('f'), 'trace', 60)).toEqual({ kind: 'claimed' });
      expect(await store.quota.spend([{ key: newId('q'), limit: 1, seconds: 60 }])).toBeUndefined();
      const before = ended === 0;
      expect((await settled).every(({ status }) => status === 'rejected')).toBe(true);
      return before;
    };
    expect(await anyOf(5, beforeTheWrites)).toBe(true);
  });

  test('takes back what it could not keep: a notice, a held message, a line of a digest would come twice', async () => {
    const [notice, trace, party] = [item(), newId('t'), newId('p')];
    const entry = digestEntry(party);
    replica.pause();
    await expect(store.outbox.put(notice, 0)).rejects.toThrow('no replica');
    await expect(store.holds.keep(message(trace), holdCase(newId('c'), party))).rejects.toThrow('no replica');
    await expect(store.digests.add(entry, '2001-01-01')).rejects.toThrow('no replica');
    await eventually('all is gone', async () => (await store.outbox.depth()).count === 0 && (await store.holds.read(trace)) === undefined);
    expect(await store.outbox.lend(5, 60)).toEqual([]);
    expect(await store.digests.lend('2001-01-02', 60)).toBeUndefined();
    replica.resume();
    await store.outbox.put(notice, 0);
    await store.digests.add(entry, '2001-01-01');
    expect(await store.outbox.lend(5, 60)).toMatchObject([{ id: notice.id }]);
    expect(await store.digests.lend('2001-01-02', 60)).toMatchObject({ entries: [{ trace: entry.trace }] });
    await store.outbox.done(notice.id);
  });

  test('keeps what was there before it was put again', async () => {
    const notice = item();
    await store.outbox.put(notice, 0);
    replica.pause();
    await expect(store.outbox.put(notice, 0)).rejects.toThrow('no replica');
    await new Promise((resolve) => setTimeout(resolve, 50));
    expect(await store.outbox.lend(5, 60)).toMatchObject([{ id: notice.id }]);
  });

  test('is not waited for where whoever runs it says that mail may get lost', async () => {
    await using volatile = await openRedis(master.url, { ...setupWith(), allowVolatile: true });
    replica.pause();
    expect(await volatile.directory.open(newId('b'), 's')).toMatchObject({ seller: 's' });
  });

  test('that joins later is waited for too', async () => {
    const alone = await startRedis();
    await using late = await openRedis(alone.url, setupWith());
    await late.directory.putParty(buyer());
    const follower = await startRedis([...durable, `replicaof 127.0.0.1 ${alone.port}`]);
    try {
      await eventually('it follows', async () => (await follower.command('INFO', 'replication')).includes('link_status:up'));
      follower.pause();
      await eventually('writes wait', () =>
        late.directory.putParty(buyer()).then(
          () => false,
          ({ message }: Error) => message.includes('no replica'),
        ),
      );
    } finally {
      await Promise.all([follower.stop(), alone.stop()]);
    }
  });
});

describe('Sentinel', () => {
  test('loses nothing that was acknowledged, though its replicas were cut off before their master died', async () => {
    await using set = await startReplicated(2, 3);
    const said: string[] = [];
    await using store = await openRedis(set.url, { ...setupWith(), warn: (sentence) => said.push(sentence) });
    expect(said).toEqual([]);
    using folder = makeFolder();
    const well = /^ok Redis at .*: keeps all it acknowledges; 2 replicas, of which one has what must last before it counts/;
    expect(await folder.says(doctor, { STORE_URL: set.url })).toEqual([expect.stringMatching(well)]);
    const { acknowledged, end } = opening(store);
    await eventually('some are open', () => acknowledged.length > 20);
    await Promise.all(set.replicas.map((replica) => replica.command('REPLICAOF', '127.0.0.1', '1')));
    await new Promise((resolve) => setTimeout(resolve, 1000));
    await set.master.kill();
    const then = acknowledged.length;
    await eventually('it goes on', () => acknowledged.length > then + 20);
    const { failed } = await end();
    expect(failed.filter((it) => it.includes('no replica has the write')).length).toBeGreaterThan(0);
    await eventually('none is missing', async () => (await missing(store, acknowledged)) === 0);
  }, 40_000);
});

describe('a Cluster', () => {
  test('whose slots move takes everything meanwhile, once', async () => {
    await using cluster = await startCluster();
    const [from, to] = cluster.nodes;
    if (!from || !to) throw new Error('no nodes');
    await using store = await openRedis(cluster.url, setupWith());
    const { acknowledged, end } = opening(store);
    await eventually('some are open', () => acknowledged.length > 20);
    await cluster.reshard(from, to, 600);
    const then = acknowledged.length;
    await eventually('it goes on', () => acknowledged.length > then + 100);
    const { failed } = await end();
    // A machine that is busy may be late; a slot that moves is no reason.
    expect(failed.filter((it) => !/no replica has the write|timed out/.test(it))).toEqual([]);
    await eventually('none is missing', async () => (await missing(store, acknowledged)) === 0);
    for (const { buyer: id, alias } of acknowledged.slice(0, 50)) expect((await store.directory.open(id, 's')).sellerLocal).toBe(alias);
  }, 60_000);
});

describe('a slot of a Cluster', () => {
  test('that moved, and moves on while it is written to, takes the write when it is there', async () => {
    await using cluster = await startCluster();
    const [first, second, third] = await Promise.all(
      cluster.nodes.slice(0, 3).map(async (node) => ({ node, id: await node.command('CLUSTER', 'MYID') })),
    );
    if (!first || !second || !third) throw new Error('no nodes');
    type Master = typeof first;
    await using store = await openRedis(cluster.url, setupWith());
    const slotOf = ({ id }: Party) => first.node.command('CLUSTER', 'KEYSLOT', key.party(id));
    let party = buyer();
    // The first of three masters has the first third of the slots.
    while (Number(await slotOf(party)) > 5_000) party = buyer();
    const slot = await slotOf(party);
    const set = ({ node }: Master, ...words: string[]) => node.command('CLUSTER', 'SETSLOT', slot, ...words);
    const begin = async (from: Master, to: Master): Promise<void> => {
      await set(to, 'IMPORTING', from.id);
      await set(from, 'MIGRATING', to.id);
    };
    const end = async (from: Master, to: Master): Promise<void> => {
      for (const it of [to, from]) await set(it, 'NODE', to.id);
    };
    await begin(first, second);
    await end(first, second);
    await begin(second, third);
    const failed: string[] = [];
    const isPut = () =>
      store.directory.putParty(party).then(
        () => true,
        ({ message }: Error) => failed.push(message) === 0,
      );
    const putting = eventually('it is put', isPut);
    await new Promise((resolve) => setTimeout(resolve, 300));
    await end(second, third);
    await putting;
    // A machine that is busy may be late.
    expect(failed.filter((it) => /MOVED|ASK/.test(it))).toEqual([]);
    expect(await store.directory.party(party.id)).toMatchObject({ id: party.id });
    expect(await third.node.command('EXISTS', key.party(party.id))).toBe('1');
  }, 60_000);
});

test('the start says what may get lost, and so does the doctor', async () => {
  const set = await startReplicated(0, 1, ['appendonly yes', 'maxmemory-policy noeviction']);
  try {
    const said: string[] = [];
    await using _store = await openRedis(set.url, { ...setupWith(), warn: (sentence) => said.push(sentence) });
    expect(said).toEqual([
      expect.stringContaining(`127.0.0.1:${set.master.port} has no replica in sync`),
      expect.stringContaining('appendfsync everysec'),
    ]);
    using folder = makeFolder();
    expect(await folder.says(doctor, { STORE_URL: set.url })).toEqual([
      expect.stringMatching(/^warning .* a power cut can lose the last second/),
      expect.stringMatching(/^warning .* has no replica in sync: .* -> bring its replicas back$/),
    ]);
  } finally {
    await set[Symbol.asyncDispose]();
  }
});
