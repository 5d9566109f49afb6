/** What every store must do with messages: claims, Message-IDs, the journal; and what a thief of the store may learn. */
import { createHash } from 'node:crypto';
import type { Store } from '../../src/store/store.ts';
import { buyer, type Engine, entry, holdCase, item, mailbox, message, newId, seller } from './fixtures.ts';

export function messageContract(stores: () => readonly [Store, Store], engine: () => Engine): void {
  describe('a message handed over once', () => {
    test('is claimed by one of many', async () => {
      const [store, other] = stores();
      const print = newId('f');
      const claims = await Promise.all(Array.from({ length: 50 }, (_, at) => (at % 2 ? store : other).once.claim(print, `t${at}`, 60)));
      const kinds = claims.map(({ kind }) => kind);
      expect(kinds.filter((kind) => kind === 'claimed')).toHaveLength(1);
      expect(kinds.filter((kind) => kind === 'busy')).toHaveLength(49);
      expect(await other.once.claim(print, `t${kinds.indexOf('claimed')}`, 60)).toEqual({ kind: 'busy' });
    });

    test('stays done, with the trace of the first, whatever comes after', async () => {
      const [store, other] = stores();
      const print = newId('f');
      await store.once.claim(print, 'one', 60);
      await store.once.settle(print, 'one');
      expect(await other.once.claim(print, 'two', 60)).toEqual({ kind: 'done', trace: 'one' });
      await other.once.settle(print, 'two');
      await other.once.release(print, 'one');
      expect(await store.once.claim(print, 'three', 60)).toEqual({ kind: 'done', trace: 'one' });
    });

    test('is free again when the holder of the claim gives it back, and nobody else', async () => {
      const [store, other] = stores();
      const print = newId('f');
      await store.once.claim(print, 'one', 60);
      await other.once.release(print, 'two');
      expect(await other.once.claim(print, 'two', 60)).toEqual({ kind: 'busy' });
      await store.once.release(print, 'one');
      expect(await other.once.claim(print, 'two', 60)).toEqual({ kind: 'claimed' });
    });

    test('is free again by itself when the lease ends; a late settling counts all the same', async () => {
      const [store, other] = stores();
      const print = newId('f');
      expect(await store.once.claim(print, 'one', 0.2)).toEqual({ kind: 'claimed' });
      expect(await other.once.claim(print, 'two', 60)).toEqual({ kind: 'busy' });
      await new Promise((resolve) => setTimeout(resolve, 250));
      expect(await other.once.claim(print, 'two', 60)).toEqual({ kind: 'claimed' });
      await store.once.settle(print, 'one');
      expect(await other.once.claim(print, 'three', 60)).toEqual({ kind: 'done', trace: 'one' });
    });
  });

  describe('a Message-ID', () => {
    test('is translated for each side, within its conversation', async () => {
      const [store, other] = stores();
      const [here, there] = [newId('c'), newId('c')];
      await store.threads.pair(here, 'buyer', 'b1@mail.example', 'o1@relay.example');
      await store.threads.pair(here, 'seller', 's1@shop.example', 'o2@relay.example');
      const { threads } = other;
      expect(await threads.translate(here, 'buyer', ['b1@mail.example', 'o2@relay.example', 'o1@relay.example'])).toEqual([
        'o1@relay.example',
        's1@shop.example',
        undefined,
      ]);
      expect(await threads.translate(here, 'seller', ['o1@relay.example', 's1@shop.example', 'x', ''])).toEqual([
        'b1@mail.example',
        'o2@relay.example',
        undefined,
        undefined,
      ]);
      expect(await threads.translate(there, 'buyer', ['b1@mail.example'])).toEqual([undefined]);
      expect(await threads.translate(here, 'buyer', [])).toEqual([]);
    });

    test('paired twice stands for the last; hundreds are answered in their order', async () => {
      const [store] = stores();
      const here = newId('c');
      await store.threads.pair(here, 'buyer', 'b0', 'first');
      await Promise.all(Array.from({ length: 100 }, (_, at) => store.threads.pair(here, 'buyer', `b${at}`, `o${at}`)));
      const ids = Array.from({ length: 150 }, (_, at) => `b${at}`);
      const expected = ids.map((_, at) => (at < 100 ? `o${at}` : undefined));
      expect(await store.threads.translate(here, 'buyer', ids)).toEqual(expected);
    });
  });

  describe('the journal', () => {
    test('keeps an entry as it was added, and notes a bounce', async () => {
      const [store, other] = stores();
      const [one, alone] = [entry(newId('c'), 1_700_000_000_000), entry(undefined, 1_700_000_000_000)];
      await store.journal.add(one);
      await store.journal.add(alone);
      expect(await other.journal.entry(one.trace)).toEqual(one);
      expect(await other.journal.entry(alone.trace)).toEqual(alone);
      expect(await other.journal.entry(newId('t'))).toBeUndefined();
      expect(await other.journal.bounced(one.trace, 1_700_000_009_000, 'full')).toBe(true);
      expect(await store.journal.entry(one.trace)).toEqual({ ...one, bouncedAt: 1_700_000_009_000, bounceReason: 'full' });
      expect(await other.journal.bounced(newId('t'), 1, 'other')).toBe(false);
      await store.journal.add(one);
      expect(await store.journal.entry(one.trace)).toEqual({ ...one, bouncedAt: 1_700_000_009_000, bounceReason: 'full' });
    });

    test('keeps how far the author was proven', async () => {
      const [store, other] = stores();
      const authentication = { spf: 'softfail', dkim: 'pass', arc: 'none', aligned: true } as const;
      const proven = { ...entry(newId('c'), 1_700_000_000_000), authentication };
      await store.journal.add(proven);
      expect(await other.journal.entry(proven.trace)).toEqual(proven);
    });

    test('is read page by page, newest first, while more is added', async () => {
      const [store, other] = stores();
      const conversation = newId('c');
      // Five at a time carry the same time.
      const added = Array.from({ length: 25 }, (_, at) => entry(conversation, 1_700_000_000_000 + Math.floor(at / 5)));
      await Promise.all(added.map((it) => store.journal.add(it)));
      await store.journal.add(entry(newId('c'), 1_700_000_000_000));
      const seen: string[] = [];
      const times: number[] = [];
      let next: string | undefined;
      do {
        const page = await other.journal.page(conversation, 7, next);
        seen.push(...page.entries.map(({ trace }) => trace));
        times.push(...page.entries.map(({ at }) => at));
        await store.journal.add(entry(conversation, 1_700_000_001_000 + seen.length));
        next = page.next;
      } while (next !== undefined);
      expect([...seen].sort()).toEqual(added.map(({ trace }) => trace).sort());
      expect(times).toEqual([...times].sort((a, b) => b - a));
    });

    test('has an end, an empty page, and none for a cursor that is not ours', async () => {
      const [store] = stores();
      const conversation = newId('c');
      expect(await store.journal.page(conversation, 10)).toEqual({ entries: [] });
      const one = entry(conversation, 1_700_000_000_000);
      await store.journal.add(one);
      expect(await store.journal.page(conversation, 1)).toEqual({ entries: [one] });
      expect(await store.journal.page(conversation, 0)).toEqual({ entries: [one] });
      for (const cursor of ['', 'x', '\0', '+', 'x'.repeat(9999)]) {
        expect(await store.journal.page(conversation, 10, cursor)).toEqual({ entries: [] });
      }
    });
  });

  test('a dump of the store names nobody', async () => {
    const [store] = stores();
    const planted = [
      'hildegard.planted@secret-mail.example',
      'Hildegard Plantedname',
      'plantedshop@secret-shop.example',
      'Plantedshop Ltd',
    ];
    const [address, name, shop, shopName] = planted as [string, string, string, string];
    const said = [
      'planted-message-id@secret-mail.example',
      'planted-ours@relay.example',
      'planted content of the message',
      'planted away text',
      'planted fingerprint',
      'planted notice',
      'planted objection',
    ] as const;
    const [id, ours, content, away, print, notified, objected] = said;
    const [b, s] = [
      { ...buyer(mailbox(address)), name, away },
      { ...seller(mailbox(shop)), name: shopName },
    ];
    for (const party of [b, s]) await store.directory.putParty(party);
    const conversation = await store.directory.open(b.id, s.id);
    await store.directory.putOrder({ id: newId('o'), buyer: b.id, seller: s.id, kind: 'wine' });
    await store.threads.pair(conversation.id, 'buyer', id, ours);
    await store.threads.translate(conversation.id, 'buyer', [id]);
    await store.directory.buyerAt(mailbox(address));
    const received = message(newId('t'), content);
    const held = { ...received, envelope: { ...received.envelope, reversePath: address } };
    await store.holds.keep(held, holdCase(conversation.id, b.id, 'planted reason'));
    const notice = { ...item(mailbox(shop)), reversePath: address, bytes: Buffer.from(notified) };
    await store.outbox.put(notice, Date.now());
    await store.outbox.put({ ...notice, id: newId('i') }, Date.now() + 60_000);
    await store.outbox.lend(1, 60);
    await store.reviews.add({
      kind: 'objection',
      trace: newId('t'),
      at: Date.now(),
      conversation: conversation.id,
      party: b.id,
      text: objected,
    });
    await store.journal.add({ ...entry(conversation.id, Date.now()), reason: 'planted reason' });
    await store.once.claim(print, 'trace', 60);
    await store.once.settle(print, 'trace');

    const dump = await engine().dump();
    // Proves that the dump has what was just written, in clear where it may be.
    expect(dump.includes(conversation.buyerLocal)).toBe(true);
    expect(dump.includes(s.id)).toBe(true);
    const words = [...planted, ...said, 'planted', 'Planted', 'secret-mail', 'Hildegard', 'planted reason'];
    expect(words.flatMap(disguises).filter((it) => dump.includes(it))).toEqual([]);
  });
}

/** The word itself, and what is made of it without a key. */
const disguises = (word: string): readonly (string | Buffer)[] => [
  word,
  word.toUpperCase(),
  Buffer.from(word).toString('hex'),
  Buffer.from(word).toString('base64').slice(0, -4),
  Buffer.from(word, 'utf8').toString('utf16le'),
  ...['md5', 'sha1', 'sha256'].flatMap((kind) => {
    const digest = createHash(kind).update(word).digest();
    return [digest, digest.toString('hex'), digest.toString('base64url').slice(0, 20), digest.toString('base64').slice(0, 20)];
  }),
];
