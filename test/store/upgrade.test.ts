/** Stores of the version before the API's tokens, webhooks, look-ups, archive and legal holds: all that was in them is there, and what is new works. */
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { openRedis } from '../../src/store/redis.ts';
import { openSqlite } from '../../src/store/sqlite.ts';
import type { Store } from '../../src/store/store.ts';
import { startRedis } from '../support/redis.ts';
import { archived } from './contract-archive.ts';
import { delivery } from './contract-webhooks.ts';
import { walkAll } from './contract-secrets.ts';
import { buyer, entry, holdCase, message, newId, seller, setupWith } from './fixtures.ts';

const directory = mkdtempSync(join(tmpdir(), 'postern-upgrade-'));
afterAll(() => rmSync(directory, { recursive: true, force: true }));

/** What came with this version, each used once. */
async function useWhatIsNew(store: Store, conversation: string, at: number): Promise<void> {
  const { webhooks, lookups, archive, answers, tokens, duties, secrets, legalHolds } = store;
  const [webhook, trace] = [newId('w'), newId('t')];
  await webhooks.change(webhook, () => ({ id: webhook, url: 'https://shop.example/', events: [], scope: [], secrets: [], createdAt: at }));
  await webhooks.put(delivery(webhook, conversation));
  expect(await webhooks.depth(webhook)).toMatchObject({ waiting: 1 });
  await store.journal.add(entry(conversation, at, trace));
  await lookups.note({ trace, at, messageIds: ['id@mail.example'], conversation, parties: ['b-1'] });
  expect(await lookups.withMessageId('id@mail.example')).toContain(trace);
  const record = archived();
  await archive.put(record);
  expect(await archive.record(record.trace)).toEqual(record);
  expect(await answers.claim({ key: newId('k'), call: 'c'.repeat(64) }, 60)).toEqual({ kind: 'claimed' });
  await tokens.add({ id: newId('tok'), name: 'erp', scopes: ['read'], madeAt: at }, 'd'.repeat(64));
  expect(await tokens.find('d'.repeat(64))).toMatchObject({ name: 'erp' });
  expect(await duties.take('reseal', 30)).toMatchObject({ note: '' });
  await secrets.announce();
  expect(await secrets.uses()).toMatchObject([{ id: secrets.ids[0] }]);
  await legalHolds.put({ conversation, since: at, by: 'Legal', note: '' });
  await expect(store.directory.forget('b-1')).rejects.toThrow('legal hold');
  await legalHolds.lift(conversation);
}

test('SQLite: a file of version 5 is brought to this version, with all that is in it', async () => {
  const path = join(directory, 'fifth.db');
  const fifth = new DatabaseSync(path);
  fifth.exec(readFileSync(join(import.meta.dirname, 'version-5.sql'), 'utf8'));
  fifth.close();
  const at = 1_700_000_000_000;
  for (const time of ['first', 'second']) {
    await using store = await openSqlite(path, setupWith({ now: () => at }));
    expect(await store.directory.party('b-1')).toMatchObject({ name: 'Ada Lovelace', role: 'buyer' });
    expect(await store.directory.party('s-1')).toMatchObject({
      notices: 'daily',
      away: 'Back soon',
      admitted: [{ address: 'desk@mail.example', verdict: 'approved' }],
    });
    const { id } = await store.directory.open('b-1', 's-1');
    expect(id).toBe('ghr897tfgj9b35cm');
    expect(await store.directory.state(id)).toMatchObject({
      heard: { seller: at },
      optedOut: true,
      noAnswerNeededAt: at,
      blockedBy: ['seller'],
      expiresAt: at + 500 * 86_400_000,
    });
    expect(await store.directory.find('em30vzebgkc3vhhw4962e5zg')).toMatchObject({ kind: 'conversation' });
    expect(await store.directory.orderBetween('b-1', 's-1')).toMatchObject({ id: 'o-1', item: 'Oak shelf', reviewRequests: 1 });
    expect(await store.threads.translate(id, 'buyer', ['theirs@mail.example'])).toEqual(['ours@relay.example']);
    expect(await store.journal.entry('trace0told')).toMatchObject({ bouncedAt: at, bounceReason: 'full' });
    expect((await store.journal.page(id, 5)).entries.map(({ trace }) => trace)).toEqual(
      expect.arrayContaining(['trace1told', 'trace0told']),
    );
    expect(await store.holds.read('trace0held')).toMatchObject({ conversation: id, party: 's-1' });
    expect((await store.reviews.page('objection', 5)).reviews).toMatchObject([{ trace: 'trace0told', party: 's-1', text: 'No!' }]);
    expect((await store.reviews.page('report', 5)).reviews).toMatchObject([
      { text: 'Spam!', found: { outcome: 'upheld', note: 'Right.' } },
    ]);
    expect((await store.standings.ledger('s-1')).tagUses).toEqual([{ mark: 'm', at }]);
    expect(await store.quota.used({ key: 'orders:s-1', seconds: 30 * 86_400 })).toBe(1);
    expect(await store.once.claim('print', 'other', 60)).toEqual({ kind: 'done', trace: 'trace0told' });
    if (time === 'first') await useWhatIsNew(store, id, at);
  }
  await using store = await openSqlite(path, setupWith({ now: () => at }));
  expect(await store.outbox.lend(1, 60)).toMatchObject([{ id: 'notice:refused:trace0told', recipient: 's-1@mail.example' }]);
  expect((await store.digests.lend('2023-11-15', 60))?.entries).toMatchObject([{ trace: 'trace1told', subject: 'Questions' }]);
  // Each sealed value is one that the rotation of secrets knows.
  const { standing } = await walkAll(store, false);
  expect(Object.keys(standing)).toEqual(store.secrets.ids);
  expect(await store.directory.forget('s-1')).toBe(true);
  expect(await store.holds.read('trace0held')).toBeUndefined();
});

test('Redis: keys without a version get this one, and all that they hold stays; keys of a newer version are not touched', async () => {
  const server = await startRedis();
  try {
    const at = Date.now();
    const [b, s, trace] = [{ ...buyer(), id: 'b-1' }, seller(), newId('t')];
    const first = await openRedis(server.url, setupWith());
    await first.directory.putParty(b);
    await first.directory.putParty(s);
    const conversation = await first.directory.open(b.id, s.id);
    await first.journal.add(entry(conversation.id, at, trace));
    await first.holds.keep(message(trace), holdCase(conversation.id, s.id));
    await first[Symbol.asyncDispose]();
    // As the version before left it.
    await server.command('DEL', 'postern:schema');
    {
      await using store = await openRedis(server.url, setupWith());
      const version = await server.command('GET', 'postern:schema');
      expect(Number(version)).toBeGreaterThan(0);
      expect(await store.directory.party(b.id)).toEqual(b);
      expect(await store.directory.open(b.id, s.id)).toEqual(conversation);
      expect(await store.journal.entry(trace)).toMatchObject({ trace });
      expect(await store.holds.read(trace)).toMatchObject({ received: { trace } });
      await useWhatIsNew(store, conversation.id, at);
    }
    await server.command('SET', 'postern:schema', '99');
    await expect(openRedis(server.url, setupWith())).rejects.toThrow('newer version');
    expect(await server.command('GET', 'postern:schema')).toBe('99');
  } finally {
    await server.stop();
  }
});
