import { openRedis } from '../../src/store/redis.ts';
import type { Store } from '../../src/store/store.ts';
import { bytesBelow, freePort, type RedisServer, startRedis } from '../support/redis.ts';
import { storeContract } from './contract.ts';
import { digestEntry } from './contract-digests.ts';
import { buyer, entry, holdCase, item, message, newId, seller, setupWith } from './fixtures.ts';
import { anyOf } from '../support/machine.ts';

const DAY = 86_400_000;

const outcomeOf = (call: Promise<unknown>): Promise<string> =>
  call.then(
    () => 'resolved',
    (error: unknown) => (error instanceof Error ? error.message : 'odd'),
  );

/** Until the store answers again; gives up after 20 s. */
async function answersAgain(store: Store): Promise<void> {
  for (let tries = 0; tries < 400; tries += 1) {
    if ((await outcomeOf(store.ping())) === 'resolved') return;
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
  throw new Error('the store does not answer');
}

describe('Redis', () => {
  let server: RedisServer;

  beforeAll(async () => {
    server = await startRedis();
  });

  afterAll(() => server.stop());

  storeContract(() => ({ open: (setup) => openRedis(server.url, setupWith(setup)), dump: async () => bytesBelow(server.directory) }));

  test('keeps each class for its time, parties and aliases for ever', async () => {
    await using store = await openRedis(server.url, setupWith());
    const [b, s, trace] = [buyer(), seller(), newId('t')];
    await store.directory.putParty(b);
    const { publicLocal } = await store.directory.putParty(s);
    const { id, buyerLocal } = await store.directory.open(b.id, s.id);
    await store.threads.pair(id, 'buyer', 'theirs', 'ours');
    await store.holds.keep(message(trace), holdCase(id, b.id));
    await store.journal.add(entry(id, Date.now(), trace));
    await store.reviews.add({ kind: 'objection', trace, at: Date.now(), conversation: id, party: b.id, text: 'No!' });
    await store.digests.add(digestEntry(b.id), '2001-02-03');
    const notice = item();
    for (const it of [notice, item()]) await store.outbox.put(it, Date.now() + DAY);
    await store.outbox.done(notice.id);
    const left = async (key: string): Promise<number> => Number(await server.command('PTTL', key)) / DAY;
    for (const forever of [`{p:${b.id}}`, `{c:${id}}`, `a:${buyerLocal}`, `a:${publicLocal}`, `pair:${b.id}/${s.id}`]) {
      expect([forever, await left(`postern:${forever}`)]).toEqual([forever, -1 / DAY]);
    }
    expect(await left(`postern:hold:${trace}`)).toBeCloseTo(3, 2);
    expect(await left(`postern:{c:${id}}:holds`)).toBeCloseTo(3, 2);
    expect(await left(`postern:{p:${b.id}}:holds`)).toBeCloseTo(3, 2);
    expect(await left(`postern:{objections}:${trace}/${b.id}`)).toBeCloseTo(400, 2);
    expect(await left(`postern:{p:${b.id}}:objections`)).toBeCloseTo(400, 2);
    for (const what of [`2001-02-03/${b.id}`, `2001-02-03/${b.id}:entries`, `of:${b.id}`]) {
      expect(await left(`postern:{digests}:${what}`)).toBeCloseTo(30, 2);
    }
    expect(await left('postern:{digests}:days')).toBe(-1 / DAY);
    expect(await left(`postern:{outbox}:sent:${notice.id}`)).toBeCloseTo(5, 2);
    expect(await left('postern:{outbox}:items')).toBe(-1 / DAY);
    expect(await left(`postern:entry:${trace}`)).toBeCloseTo(400, 2);
    expect(await left(`postern:{c:${id}}:journal`)).toBeCloseTo(400, 2);
    expect(await left(`postern:{c:${id}}:threads:${Math.floor(Date.now() / (50 * DAY))}`)).toBeCloseTo(450, 2);
  });

  test('finds Message-IDs for 400 days, across the periods in which they are kept', async () => {
    let time = Date.now();
    await using store = await openRedis(server.url, setupWith({ now: () => time }));
    const conversation = newId('c');
    await store.threads.pair(conversation, 'buyer', 'theirs', 'ours');
    for (const days of [1, 49, 50, 150, 150 - 1]) {
      time += days * DAY;
      expect(await store.threads.translate(conversation, 'seller', ['ours'])).toEqual(['theirs']);
    }
    time += 52 * DAY;
    expect(await store.threads.translate(conversation, 'seller', ['ours'])).toEqual([undefined]);
  });

  test('mends a conversation whose opening was cut off by a crash', async () => {
    await using store = await openRedis(server.url, setupWith());
    const [b, s, id] = [newId('b'), newId('s'), newId('c')];
    await server.command('SET', `postern:pair:${b}/${s}`, `${id}/aliasofbuyer${id.slice(2)}/aliasofseller${id.slice(2)}`);
    const conversation = await store.directory.open(b, s);
    expect(conversation.id).toBe(id);
    expect(await store.directory.find(conversation.buyerLocal)).toEqual({ kind: 'conversation', conversation, stands: 'buyer' });
    await server.command('DEL', `postern:a:${conversation.sellerLocal}`, `postern:{c:${id}}`);
    expect(await store.directory.open(b, s)).toEqual(conversation);
    expect(await store.directory.find(conversation.sellerLocal)).toEqual({ kind: 'conversation', conversation, stands: 'seller' });
    expect(await store.directory.conversation(id)).toEqual(conversation);
  });

  test('leaves nothing of a mailbox that was given up', async () => {
    await using store = await openRedis(server.url, setupWith());
    const party = buyer();
    await store.directory.putParty(party);
    const [hash] = (await server.command('SMEMBERS', `postern:{p:${party.id}}:mailboxes`)).split('\n');
    expect(await server.command('EXISTS', `postern:mailbox:${hash}`)).toBe('1');
    await store.directory.putParty({ ...buyer(), id: party.id });
    expect(await server.command('EXISTS', `postern:mailbox:${hash}`)).toBe('0');
    expect(await server.command('SCARD', `postern:{p:${party.id}}:mailboxes`)).toBe('1');
    await store.directory.forget(party.id);
    expect(await server.command('KEYS', `*${party.id}*`)).toBe('');
  });

  test('writes nothing outside its own keys', async () => {
    const keys = (await server.command('KEYS', '*')).split('\n');
    expect(keys.length).toBeGreaterThan(20);
    expect(keys.filter((key) => !key.startsWith('postern:'))).toEqual([]);
  });

  test.each<NodeJS.Signals>(['SIGKILL', 'SIGTERM'])(
    'keeps all when it is ended by %s and started again, and works on by itself',
    async (signal) => {
      await using store = await openRedis(server.url, setupWith());
      const [b, s, print] = [buyer(), seller(), newId('f')];
      await store.directory.putParty(b);
      const conversation = await store.directory.open(b.id, s.id);
      await store.once.settle(print, 'trace');
      await server.restart(signal);
      await answersAgain(store);
      expect(await store.directory.party(b.id)).toEqual(b);
      expect(await store.directory.find(conversation.buyerLocal)).toMatchObject({ conversation });
      expect(await store.once.claim(print, 'other', 60)).toEqual({ kind: 'done', trace: 'trace' });
    },
  );

  test('forgets no script: works on after SCRIPT FLUSH', async () => {
    await using store = await openRedis(server.url, setupWith());
    const party = buyer();
    await store.directory.putParty(party);
    await server.command('SCRIPT', 'FLUSH');
    await Promise.all([store.directory.putParty(party), store.directory.putParty(buyer()), store.directory.heard('c', 'buyer', 1)]);
    expect(await store.directory.party(party.id)).toEqual(party);
  });
});

describe('a Redis in trouble', () => {
  test.each([
    ['its memory is full', 'maxmemory', '1mb', '0'],
    ['too few replicas follow', 'min-replicas-to-write', '1', '0'],
  ])('that takes no writes, for %s, is not ready; then it is again', async (_what, parameter, wrong, right) => {
    const server = await startRedis();
    const store = await openRedis(server.url, setupWith());
    try {
      await store.ping();
      expect(Number(await server.command('PTTL', 'postern:ready'))).toBeGreaterThan(0);
      await server.command('CONFIG', 'SET', parameter, wrong);
      await expect(store.ping()).rejects.toThrow(/^Redis: /);
      await server.command('CONFIG', 'SET', parameter, right);
      await store.ping();
    } finally {
      await store[Symbol.asyncDispose]();
      await server.stop();
    }
  });

  test('that hangs: every call rejects in time, and all works again when it goes on', async () => {
    const server = await startRedis();
    const store = await openRedis(server.url, setupWith());
    try {
      const [b, s] = [buyer(), seller()];
      await store.directory.putParty(b);
      server.pause();
      const round = () => [
        store.ping(),
        store.directory.putParty(b),
        store.directory.party(b.id),
        store.directory.forget(b.id),
        store.directory.open(b.id, s.id),
        store.directory.find('x'),
        store.directory.orderBetween(b.id, s.id),
        store.once.claim('print', 'trace', 60),
        store.threads.translate('c', 'buyer', ['id']),
        store.holds.keep(message('t', Buffer.alloc(5_000_000)), holdCase('c')),
        store.holds.take('t'),
        store.outbox.put(item(), 0),
        store.outbox.lend(1, 60),
        store.outbox.done('i'),
        store.reviews.page('objection', 10),
        store.directory.state('c'),
        store.journal.page('c', 10),
      ];
      const began = performance.now();
      const first = await Promise.all(round().map(outcomeOf));
      // A call takes two seconds at most.
      expect(performance.now() - began).toBeLessThan(10_000);
      const second = Promise.all(round().map(outcomeOf));
      await new Promise((resolve) => setTimeout(resolve, 300));
      const third = [...(await second), ...(await Promise.all(round().map(outcomeOf)))];
      for (const outcome of [...first, ...third]) expect(outcome).toMatch(/^Redis: /);
      server.resume();
      await answersAgain(store);
      const conversation = await store.directory.open(b.id, s.id);
      expect(await store.directory.find(conversation.buyerLocal)).toMatchObject({ conversation });
      expect(await store.directory.party(b.id)).toEqual(b);
    } finally {
      await store[Symbol.asyncDispose]();
      await server.stop();
    }
  });

  test('that is away: calls reject at once, closing does not wait', async () => {
    const server = await startRedis();
    const store = await openRedis(server.url, setupWith());
    await server.kill();
    await outcomeOf(store.ping());
    // Long enough for it to wait between two tries.
    await new Promise((resolve) => setTimeout(resolve, 900));
    const atOnce = async (): Promise<boolean> => {
      const start = performance.now();
      expect(await outcomeOf(store.directory.find('x'))).toMatch(/^Redis: /);
      return performance.now() - start < 100;
    };
    expect(await anyOf(5, atOnce)).toBe(true);
    await store[Symbol.asyncDispose]();
    await server.stop();
  });

  test('that is full refuses writes, and loses none that it took', async () => {
    const server = await startRedis();
    await using store = await openRedis(server.url, setupWith());
    const conversation = await store.directory.open('b', 's');
    await server.command('CONFIG', 'SET', 'maxmemory', '1mb');
    await expect(store.directory.open('b2', 's')).rejects.toThrow('OOM');
    expect(await store.directory.find(conversation.buyerLocal)).toMatchObject({ conversation });
    await server.command('CONFIG', 'SET', 'maxmemory', '0');
    expect(await store.directory.open('b2', 's')).toMatchObject({ buyer: 'b2' });
    await store[Symbol.asyncDispose]();
    await server.stop();
  });

  test('tells its callers nothing of what they wrote', async () => {
    const server = await startRedis();
    await using store = await openRedis(server.url, setupWith());
    await server.command('SET', 'postern:{p:odd}', 'text');
    const error: unknown = await store.directory.party('odd').catch((it: unknown) => it);
    expect(error).toMatchObject({ message: expect.stringContaining('WRONGTYPE') });
    expect(error).not.toHaveProperty('command');
    await store[Symbol.asyncDispose]();
    await server.stop();
  });
});

describe('the start', () => {
  const on = async (
    lines: readonly string[],
    look: (server: RedisServer) => Promise<void>,
    args: readonly string[] = [],
  ): Promise<void> => {
    const server = await startRedis(lines, args);
    try {
      await look(server);
    } finally {
      await server.stop();
    }
  };
  const good = ['appendonly yes', 'maxmemory-policy noeviction'];
  const take = async (url: string, allowVolatile = false): Promise<void> => {
    await (await openRedis(url, { ...setupWith(), allowVolatile }))[Symbol.asyncDispose]();
  };

  test('refuses a Redis that evicts, unless told otherwise', () =>
    on(['appendonly yes', 'maxmemory-policy allkeys-lru'], async ({ url }) => {
      await expect(take(url)).rejects.toThrow(/set maxmemory-policy noeviction.*ALLOW_VOLATILE_REDIS/);
      await take(url, true);
    }));

  test('refuses a Redis that keeps nothing on disk, unless told otherwise', () =>
    on(['appendonly no', 'maxmemory-policy noeviction'], async ({ url }) => {
      await expect(take(url)).rejects.toThrow(/set appendonly yes.*ALLOW_VOLATILE_REDIS/);
      await take(url, true);
    }));

  test('goes by INFO where CONFIG is forbidden', async () => {
    const forbidden = 'rename-command CONFIG ""';
    await on([...good, forbidden], ({ url }) => take(url));
    await on(['appendonly no', forbidden], ({ url }) => expect(take(url)).rejects.toThrow('set appendonly yes'));
    await on(['appendonly yes', 'maxmemory-policy volatile-ttl', forbidden], ({ url }) =>
      expect(take(url)).rejects.toThrow('set maxmemory-policy'),
    );
  });

  test('refuses where neither tells', () =>
    on([...good, 'rename-command CONFIG ""', 'user mute on >pw ~* +@all -info'], async ({ port }) => {
      await expect(take(`redis://mute:pw@127.0.0.1:${port}`)).rejects.toThrow(/does not tell its settings.*ALLOW_VOLATILE_REDIS/);
    }));

  test('signs in with user and password, percent-encoded, and takes another database', () =>
    on([...good, 'user po on >s3cr@t/: ~* +@all', 'user default off'], async ({ port }) => {
      await take(`redis://po:s3cr%40t%2F%3A@127.0.0.1:${port}/3`);
      const wrong: unknown = await take(`redis://po:wrong-pw@127.0.0.1:${port}`).catch((error: unknown) => error);
      expect(String(wrong)).toContain('WRONGPASS');
      expect(String(wrong)).not.toContain('wrong-pw');
    }));

  test('says where it looked when there is no Redis', async () => {
    const port = await freePort();
    const outcome = await outcomeOf(openRedis(`redis://user:hidden@127.0.0.1:${port}`, setupWith()));
    expect(outcome).toContain(`127.0.0.1:${port}`);
    expect(outcome).toContain('ECONNREFUSED');
    expect(outcome).not.toContain('hidden');
  });
});
