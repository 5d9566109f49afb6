import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, readFileSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { openSqlite } from '../../src/store/sqlite.ts';
import { bytesBelow } from '../support/redis.ts';
import { storeContract } from './contract.ts';
import { digestEntry } from './contract-digests.ts';
import { buyer, entry, holdCase, item, message, newId, seller, setupWith } from './fixtures.ts';

const DAY = 86_400_000;
const directory = mkdtempSync(join(tmpdir(), 'postern-sqlite-'));
const file = join(directory, 'var', 'postern.db');

afterAll(() => rmSync(directory, { recursive: true, force: true }));

describe('SQLite', () => {
  storeContract(() => ({ open: (setup) => openSqlite(file, setupWith(setup)), dump: async () => bytesBelow(directory) }));

  test('keeps its files to itself', async () => {
    await using store = await openSqlite(file, setupWith());
    await store.directory.putParty(buyer());
    expect(statSync(join(directory, 'var')).mode & 0o777).toBe(0o700);
    for (const name of ['', '-wal', '-shm']) expect(statSync(`${file}${name}`).mode & 0o777).toBe(0o600);
  });

  test('keeps all when it is closed and opened again', async () => {
    const path = join(directory, 'again.db');
    const [b, s] = [buyer(), seller()];
    const first = await openSqlite(path, setupWith());
    const put = await first.directory.putParty(s);
    await first.directory.putParty(b);
    const conversation = await first.directory.open(b.id, s.id);
    // Not waited for: closing writes what is on its way.
    const late = first.once.settle('print', 'trace');
    await first[Symbol.asyncDispose]();
    await late;
    await expect(first.directory.putParty(b)).rejects.toThrow('closed');

    await using second = await openSqlite(path, setupWith());
    expect(await second.directory.party(s.id)).toEqual(put);
    expect(await second.directory.find(conversation.sellerLocal)).toMatchObject({ conversation });
    expect(await second.once.claim('print', 'other', 60)).toEqual({ kind: 'done', trace: 'trace' });
  });

  test('does not touch a file of a newer version', async () => {
    const path = join(directory, 'newer.db');
    const newer = new DatabaseSync(path);
    newer.exec('PRAGMA user_version = 99');
    newer.close();
    await expect(openSqlite(path, setupWith())).rejects.toThrow('newer version');
  });

  test('brings a file of version 1 to this version, with all that is in it', async () => {
    const path = join(directory, 'first.db');
    const first = new DatabaseSync(path);
    first.exec(readFileSync(join(import.meta.dirname, 'version-1.sql'), 'utf8'));
    first.close();
    const [id, trace, at] = ['q3xw7fqkwe94ftbj', 'trace0held', 1_700_000_000_000];
    for (const _time of ['first', 'second']) {
      await using store = await openSqlite(path, setupWith({ now: () => at }));
      expect(await store.directory.party('b-1')).toMatchObject({ name: 'Ada Lovelace', notices: 'each' });
      expect(await store.directory.open('b-1', 's-1')).toMatchObject({ id, buyerLocal: '48ez9015xrssw8y9fjayz7pb' });
      expect(await store.directory.state(id)).toEqual({ heard: { buyer: at }, optedOut: false });
      expect(await store.threads.translate(id, 'buyer', ['theirs@mail.example'])).toEqual(['ours@relay.example']);
      expect(await store.journal.entry(trace)).toMatchObject({ trace });
      expect(await store.holds.read(trace)).toMatchObject({ received: { trace }, conversation: id, party: '', reason: 'policy' });
      await store.directory.optOut(id, true);
      expect(await store.directory.state(id)).toMatchObject({ optedOut: true });
      await store.directory.optOut(id, false);
    }
    await using store = await openSqlite(path, setupWith({ now: () => at }));
    const notice = item();
    await store.outbox.put(notice, at);
    await store.reviews.add({ kind: 'objection', trace, at, conversation: id, party: 'b-1', text: 'No!' });
    expect(await store.outbox.lend(1, 60)).toMatchObject([{ id: notice.id }]);
    expect(await store.holds.take(trace)).toMatchObject({ conversation: id });
    await store.holds.keep(message(trace), holdCase(id, 'b-1'));
    await store.directory.forget('b-1');
    expect(await store.holds.read(trace)).toBeUndefined();
    expect((await store.reviews.page('objection', 5)).reviews).toMatchObject([{ trace, text: '' }]);
  });

  test('brings a file of version 2 to this version, with all that is in it', async () => {
    const path = join(directory, 'second.db');
    const second = new DatabaseSync(path);
    second.exec(readFileSync(join(import.meta.dirname, 'version-2.sql'), 'utf8'));
    second.close();
    const at = 1_700_000_000_000;
    await using store = await openSqlite(path, setupWith({ now: () => at }));
    expect(await store.directory.party('s-1')).toMatchObject({ name: 'Ada Lovelace', notices: 'each' });
    const { id } = await store.directory.open('b-1', 's-1');
    expect(await store.directory.state(id)).toEqual({ heard: {}, optedOut: true });
    expect(await store.outbox.lend(1, 60)).toMatchObject([{ id: 'notice:refused:trace0told' }]);
    expect(await store.holds.read('trace0held')).toMatchObject({ party: 's-1' });
    expect((await store.reviews.page('objection', 5)).reviews).toMatchObject([{ trace: 'trace0told', text: 'No!' }]);
    const entry = digestEntry('s-1', at);
    await store.digests.add(entry, '2023-11-14');
    expect(await store.digests.lend('2023-11-15', 60)).toEqual({ party: 's-1', day: '2023-11-14', entries: [entry] });
  });

  test('brings a file of version 3 to this version, with all that is in it', async () => {
    const path = join(directory, 'third.db');
    const third = new DatabaseSync(path);
    third.exec(readFileSync(join(import.meta.dirname, 'version-3.sql'), 'utf8'));
    third.close();
    const at = 1_700_000_000_000;
    for (const asked of [1, 2]) {
      await using store = await openSqlite(path, setupWith({ now: () => at }));
      const { reviews, next } = await store.reviews.page('objection', 1);
      expect(reviews).toMatchObject([{ kind: 'objection', trace: 'trace1told', party: 'b-1', text: 'Nor this!' }]);
      expect((await store.reviews.page('objection', 1, next)).reviews).toMatchObject([{ trace: 'trace0told', text: 'No!' }]);
      expect(await store.reviews.page('report', 1)).toEqual({ reviews: [] });
      expect(await store.directory.orderBetween('b-1', 's-1')).toMatchObject({ id: 'o-2', ...(asked === 2 && { reviewRequests: 1 }) });
      await store.directory.countReviewRequest('o-2');
      await store.journal.bounced('trace0told', at, 'policy');
      expect(await store.journal.entry('trace0told')).toMatchObject({ bouncedAt: at, bounceReason: 'policy' });
      const [mailbox] = (await store.directory.party('s-1'))?.mailboxes ?? [];
      if (!mailbox) throw new Error('no mailbox');
      await store.directory.markMailbox('s-1', mailbox.address, { at, reason: 'unknown' });
      expect(await store.directory.party('s-1')).toMatchObject({ notices: 'daily', mailboxes: [{ unreachable: { at } }] });
    }
    await using store = await openSqlite(path, setupWith({ now: () => at }));
    expect((await store.digests.lend('2023-11-15', 60))?.entries).toHaveLength(1);
    await store.directory.forget('s-1');
    expect((await store.reviews.page('objection', 5)).reviews).toMatchObject([{ text: 'Nor this!' }, { text: '' }]);
  });

  test('brings a file of version 4 to this version, with all that is in it', async () => {
    const path = join(directory, 'fourth.db');
    const fourth = new DatabaseSync(path);
    fourth.exec(readFileSync(join(import.meta.dirname, 'version-4.sql'), 'utf8'));
    fourth.close();
    const at = 1_700_000_000_000;
    const [objection, report] = [
      { kind: 'objection', trace: 'trace0told', party: 's-1' },
      { kind: 'report', trace: 'trace1told', party: 'b-1' },
    ] as const;
    for (const time of ['first', 'second']) {
      await using store = await openSqlite(path, setupWith({ now: () => at }));
      expect(await store.directory.party('b-1')).toMatchObject({ name: 'Ada Lovelace', optedOut: true });
      expect(await store.directory.party('s-1')).toMatchObject({ notices: 'daily', admitted: [{ verdict: 'approved' }] });
      const { id } = await store.directory.open('b-1', 's-1');
      expect(await store.directory.state(id)).toMatchObject({ heard: { seller: at }, optedOut: true });
      expect(await store.directory.orderBetween('b-1', 's-1')).toMatchObject({ id: 'o-1', item: 'Oak shelf', reviewRequests: 1 });
      expect(await store.journal.entry('trace0told')).toMatchObject({ bouncedAt: at, bounceReason: 'full' });
      expect((await store.reviews.page('objection', 5)).reviews).toMatchObject([{ ...objection, text: 'No!' }]);
      expect((await store.reviews.openPage('report', 5)).reviews).toMatchObject(time === 'first' ? [{ ...report, text: 'Spam!' }] : []);
      expect((await store.standings.ledger('s-1')).tagUses).toHaveLength(time === 'first' ? 0 : 1);
      expect(await store.reviews.find(report, { outcome: 'upheld', at, note: 'Right.' })).toBe(true);
      await store.standings.change('s-1', (ledger) => ({ ledger: { ...ledger, tagUses: [{ mark: 'm', at }] }, result: undefined }));
    }
    await using store = await openSqlite(path, setupWith({ now: () => at }));
    expect(await store.quota.used({ key: 'orders:s-1', seconds: 30 * 86_400 })).toBe(1);
    expect(await store.outbox.lend(1, 60)).toMatchObject([{ id: 'notice:refused:trace0told' }]);
    expect((await store.reviews.page('report', 5)).reviews).toMatchObject([{ found: { outcome: 'upheld', at, note: 'Right.' } }]);
    await store.directory.forget('s-1');
    expect((await store.standings.ledger('s-1')).tagUses).toEqual([]);
    expect(await store.holds.read('trace0held')).toBeUndefined();
  });

  test('lets go of each class in its time, and of aliases and claims of parties never', async () => {
    const path = join(directory, 'old.db');
    let time = Date.now();
    const now = () => time;
    const [b, s, trace, print] = [buyer(), seller(), newId('t'), newId('f')];
    const store = await openSqlite(path, setupWith({ now }));
    await store.directory.putParty(b);
    await store.directory.putParty(s);
    const { id, buyerLocal } = await store.directory.open(b.id, s.id);
    await store.threads.pair(id, 'buyer', 'theirs', 'ours');
    await store.holds.keep(message(trace), holdCase(id));
    await store.journal.add(entry(id, time, trace));
    await store.once.settle(print, trace);
    const [sent, waits] = [item(), item()];
    for (const it of [sent, waits]) await store.outbox.put(it, 0);
    await store.outbox.done(sent.id);
    await store.reviews.add({ kind: 'objection', trace, at: time, conversation: id, party: b.id, text: 'No!' });
    await store.standings.change(s.id, (ledger) => ({ ledger: { ...ledger, tagUses: [{ mark: 'm', at: time }] }, result: 0 }));
    await store.digests.add(digestEntry(s.id), '2001-02-03');
    const digested = async () => (await store.digests.lend('2001-02-04', 0.001)) !== undefined;
    const objected = async () => (await store.reviews.page('objection', 5)).reviews.length === 1;

    const kept = async () => [
      (await store.once.claim(print, 'again', 0)).kind === 'done',
      (await store.holds.read(trace)) !== undefined,
      (await store.threads.translate(id, 'buyer', ['theirs']))[0] !== undefined,
      (await store.journal.entry(trace)) !== undefined && (await store.journal.page(id, 5)).entries.length === 1 && (await objected()),
    ];
    expect(await kept()).toEqual([true, true, true, true]);
    time += 3 * DAY - 1000;
    expect(await kept()).toEqual([true, true, true, true]);
    time += 2000;
    expect(await kept()).toEqual([true, false, true, true]);
    time += 2 * DAY;
    expect(await kept()).toEqual([false, false, true, true]);
    time += 25 * DAY - 5000;
    expect(await digested()).toBe(true);
    time += 5000;
    expect(await digested()).toBe(false);
    time += 369 * DAY;
    expect(await kept()).toEqual([false, false, true, true]);
    time += 2 * DAY;
    expect(await kept()).toEqual([false, false, false, false]);
    expect(await objected()).toBe(false);
    expect(await store.outbox.lend(5, 60)).toMatchObject([{ id: waits.id }]);
    expect(await store.directory.find(buyerLocal)).toBeDefined();
    await store[Symbol.asyncDispose]();

    // The start sweeps.
    await (await openSqlite(path, setupWith({ now })))[Symbol.asyncDispose]();
    const rows = new DatabaseSync(path);
    for (const table of ['once', 'hold', 'thread', 'entry', 'outbox_done', 'review', 'digest', 'digest_day', 'standing']) {
      expect(rows.prepare(`SELECT count(*) AS left FROM ${table}`).get()).toMatchObject({ left: 0 });
    }
    rows.close();
  });

  test('waits for a lock without stopping the event loop, and gives up with an error', async () => {
    const path = join(directory, 'locked.db');
    await using store = await openSqlite(path, setupWith());
    const locker = new DatabaseSync(path);
    locker.exec('BEGIN IMMEDIATE');
    const waiting = store.directory.putParty(buyer());
    let turns = 0;
    const ticks = setInterval(() => (turns += 1), 1).unref();
    await new Promise((resolve) => setTimeout(resolve, 500));
    locker.exec('COMMIT');
    expect(await waiting).toMatchObject({ role: 'buyer' });
    locker.exec('BEGIN IMMEDIATE');
    await expect(store.directory.putParty(buyer())).rejects.toThrow('locked');
    locker.exec('COMMIT');
    clearInterval(ticks);
    locker.close();
    expect(turns).toBeGreaterThan(30);
    await store.directory.putParty(buyer());
  });

  test('one step that fails leaves the others of its transaction alone', async () => {
    const path = join(directory, 'mixed.db');
    const local = 'a'.repeat(24);
    await using store = await openSqlite(path, { ...setupWith(), mint: () => local });
    const parties = [buyer(), seller(), buyer(), seller(), buyer()];
    const put = await Promise.allSettled(parties.map((party) => store.directory.putParty(party)));
    // The second seller would get the first one's alias: it gets none, and an error.
    expect(put.map(({ status }) => status)).toEqual(['fulfilled', 'fulfilled', 'fulfilled', 'rejected', 'fulfilled']);
    const found = await Promise.all(parties.map(({ id }) => store.directory.party(id)));
    expect(found.map((it) => it !== undefined)).toEqual([true, true, true, false, true]);
  });

  test('loses nothing that it acknowledged when it is killed', async () => {
    const path = join(directory, 'killed.db');
    for (let round = 0; round < 3; round += 1) {
      const child = spawn(process.execPath, [join(import.meta.dirname, 'writer.ts'), path], { stdio: ['ignore', 'pipe', 'inherit'] });
      let acknowledged = '';
      child.stdout.on('data', (chunk) => {
        acknowledged += chunk;
        if (acknowledged.length > 20_000) child.kill('SIGKILL');
      });
      await once(child, 'close');
      const lines = acknowledged.split('\n').slice(0, -1);
      expect(lines.length).toBeGreaterThan(100);
      await using store = await openSqlite(path, setupWith());
      for (const line of lines) {
        const [pair = '', local = ''] = line.split(' ');
        expect(await store.directory.find(local)).toMatchObject({ kind: 'conversation', conversation: { buyer: pair } });
      }
    }
  });
});
