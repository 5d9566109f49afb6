/** What every store must do, whatever its engine; `sqlite.test.ts` and `redis.test.ts` call it with their own. */
import type { Conversation } from '../../src/model/route.ts';
import type { Store } from '../../src/store/store.ts';
import { apiContract } from './contract-api.ts';
import { archiveContract } from './contract-archive.ts';
import { digestContract } from './contract-digests.ts';
import { dutyContract } from './contract-duties.ts';
import { holdContract } from './contract-holds.ts';
import { lookupContract } from './contract-lookups.ts';
import { orderContract } from './contract-orders.ts';
import { legalHoldContract } from './contract-legal-holds.ts';
import { markContract } from './contract-marks.ts';
import { messageContract } from './contract-messages.ts';
import { outboxContract } from './contract-outbox.ts';
import { quotaContract } from './contract-quota.ts';
import { reachContract } from './contract-reach.ts';
import { responseContract } from './contract-responses.ts';
import { reviewContract } from './contract-reviews.ts';
import { rotationContract } from './contract-rotation.ts';
import { secretsContract } from './contract-secrets.ts';
import { settledContract } from './contract-settled.ts';
import { standingContract } from './contract-standings.ts';
import { webhookContract } from './contract-webhooks.ts';
import { buyer, type Engine, entry, holdCase, message, newId, newMailbox, seller } from './fixtures.ts';

/** `engine`: is asked for at the first test, when it runs. */
export function storeContract(engine: () => Engine): void {
  let store: Store;
  let other: Store;

  beforeAll(async () => {
    store = await engine().open();
    other = await engine().open();
  });

  afterAll(async () => {
    await store[Symbol.asyncDispose]();
    await other[Symbol.asyncDispose]();
  });

  const pair = async (): Promise<Conversation> => {
    const [b, s] = [buyer(), seller()];
    await store.directory.putParty(b);
    await store.directory.putParty(s);
    return store.directory.open(b.id, s.id);
  };

  test('answers when it is asked whether it is there', async () => {
    await store.ping();
  });

  describe('parties', () => {
    test('are kept as they were put, and changed by putting them again', async () => {
      const party = { ...buyer(), name: 'Zoë Ångström 李', away: 'Back on Monday', locale: 'sv-SE', notices: 'off' as const };
      expect(await store.directory.putParty(party)).toEqual(party);
      expect(await other.directory.party(party.id)).toEqual(party);
      const changed = { ...buyer(), id: party.id, optedOut: true, messaging: 'disabled' as const, notices: 'daily' as const };
      expect(await other.directory.putParty(changed)).toEqual(changed);
      expect(await store.directory.party(party.id)).toEqual(changed);
      expect(await store.directory.party(newId('b'))).toBeUndefined();
    });

    test('that sell get one public alias for ever, however many put them at once', async () => {
      const party = seller();
      const put = await Promise.all(Array.from({ length: 20 }, (_, at) => (at % 2 ? store : other).directory.putParty(party)));
      const locals = new Set(put.map(({ publicLocal }) => publicLocal));
      expect(locals.size).toBe(1);
      const [local = ''] = locals;
      expect(local).toMatch(/^[0-9a-z]{24}$/);
      expect(await other.directory.find(local)).toEqual({ kind: 'seller', seller: party.id });
      expect(await store.directory.putParty({ ...party, mailboxes: seller().mailboxes })).toMatchObject({ publicLocal: local });
      expect(await store.directory.putParty(buyer())).not.toHaveProperty('publicLocal');
    });
  });

  describe('a buyer is found by mailbox', () => {
    test('that the buyer sends from, and by no other', async () => {
      const [sends, receives, sells] = [newMailbox(), newMailbox(), newMailbox()];
      const party = { ...buyer(sends), mailboxes: [...buyer(sends).mailboxes, { address: receives, receives: true, sends: false }] };
      await store.directory.putParty(party);
      await store.directory.putParty(seller(sells));
      expect(await other.directory.buyerAt(sends)).toEqual(party);
      expect(await other.directory.buyerAt(receives)).toBeUndefined();
      expect(await other.directory.buyerAt(sells)).toBeUndefined();
      expect(await other.directory.buyerAt(newMailbox())).toBeUndefined();
    });

    test('as long as it is the one registered', async () => {
      const [first, second] = [newMailbox(), newMailbox()];
      const party = buyer(first);
      await store.directory.putParty(party);
      await store.directory.putParty({ ...buyer(second), id: party.id });
      expect(await store.directory.buyerAt(first)).toBeUndefined();
      expect(await store.directory.buyerAt(second)).toMatchObject({ id: party.id });
    });

    test('and of several it is the one registered last, whatever the others change', async () => {
      const [shared, another] = [newMailbox(), newMailbox()];
      const [one, two] = [buyer(shared), buyer(shared)];
      await store.directory.putParty(one);
      await store.directory.putParty(two);
      expect(await store.directory.buyerAt(shared)).toMatchObject({ id: two.id });
      await store.directory.putParty({ ...one, optedOut: true });
      expect(await store.directory.buyerAt(shared)).toMatchObject({ id: two.id });
      await store.directory.putParty({ ...buyer(another), id: one.id });
      expect(await store.directory.buyerAt(shared)).toMatchObject({ id: two.id });
      await store.directory.putParty(one);
      expect(await store.directory.buyerAt(shared)).toMatchObject({ id: one.id });
      await store.directory.putParty({ ...buyer(another), id: one.id });
      await store.directory.forget(two.id);
      expect(await store.directory.buyerAt(shared)).toBeUndefined();
    });

    test('and the one before is found again when the last gives the mailbox up', async () => {
      const shared = newMailbox();
      const [one, two] = [buyer(shared), buyer(shared)];
      await store.directory.putParty(one);
      await store.directory.putParty(two);
      await store.directory.putParty({ ...buyer(newMailbox()), id: two.id });
      expect(await store.directory.buyerAt(shared)).toMatchObject({ id: one.id });
    });
  });

  describe('a conversation', () => {
    test('is one for one pair, however many ask at once', async () => {
      const [b, s] = [newId('b'), newId('s')];
      const opened = await Promise.all(Array.from({ length: 200 }, (_, at) => (at % 2 ? store : other).directory.open(b, s)));
      const [one] = opened;
      if (!one) throw new Error('none opened');
      for (const it of opened) expect(it).toEqual(one);
      expect(one.id).toMatch(/^[0-9a-z]{16}$/);
      expect(await other.directory.open(b, s)).toEqual(one);
      expect(await other.directory.conversation(one.id)).toEqual(one);
      expect(await other.directory.find(one.buyerLocal)).toEqual({ kind: 'conversation', conversation: one, stands: 'buyer' });
      expect(await other.directory.find(one.sellerLocal)).toEqual({ kind: 'conversation', conversation: one, stands: 'seller' });
    });

    test('of other parties is another one, also where their ids run together', async () => {
      const it = newId('x');
      const opened = [
        await store.directory.open(`${it}:a`, 'b'),
        await store.directory.open(it, 'a:b'),
        await store.directory.open(it, 'a'),
        await store.directory.open('a', it),
      ];
      expect(new Set(opened.flatMap(({ id, buyerLocal, sellerLocal }) => [id, buyerLocal, sellerLocal])).size).toBe(12);
      expect(await store.directory.find(opened[1]?.buyerLocal ?? '')).toMatchObject({ conversation: { buyer: it, seller: 'a:b' } });
    });

    test('keeps its aliases when a party changes its mailbox', async () => {
      const b = buyer();
      await store.directory.putParty(b);
      const before = await store.directory.open(b.id, newId('s'));
      await store.directory.putParty({ ...buyer(), id: b.id });
      expect(await store.directory.open(b.id, before.seller)).toEqual(before);
      expect(await store.directory.find(before.buyerLocal)).toMatchObject({ conversation: before });
    });

    test('remembers when each side was heard last', async () => {
      const { id } = await pair();
      expect(await store.directory.state(id)).toEqual({ heard: {}, optedOut: false });
      await store.directory.heard(id, 'buyer', 1_700_000_000_500);
      await other.directory.heard(id, 'buyer', 1_700_000_000_400);
      expect((await other.directory.state(id)).heard).toEqual({ buyer: 1_700_000_000_500 });
      await store.directory.heard(id, 'seller', 1_700_000_000_600);
      expect((await other.directory.state(id)).heard).toEqual({ buyer: 1_700_000_000_500, seller: 1_700_000_000_600 });
    });

    test('remembers that its buyer opted out of its seller, and of no other', async () => {
      const { id, buyer: b } = await pair();
      const beside = await store.directory.open(b, newId('s'));
      await store.directory.optOut(id, true);
      await store.directory.heard(id, 'seller', 1_700_000_000_500);
      await store.directory.optOut(id, true);
      expect(await other.directory.state(id)).toEqual({ heard: { seller: 1_700_000_000_500 }, optedOut: true });
      expect(await other.directory.state(beside.id)).toEqual({ heard: {}, optedOut: false });
      await other.directory.optOut(id, false);
      await other.directory.optOut(id, false);
      expect(await store.directory.state(id)).toEqual({ heard: { seller: 1_700_000_000_500 }, optedOut: false });
    });

    test('that is not there is nobody opted out of', async () => {
      const id = newId('c');
      await store.directory.optOut(id, true);
      expect(await store.directory.state(id)).toEqual({ heard: {}, optedOut: false });
      expect(await store.directory.conversation(id)).toBeUndefined();
    });

    test.each(['', 'nobody', 'x'.repeat(5000), '{}', '*', "'; DROP TABLE alias; --", '\0', '\ud800'])('no alias: %j', async (local) => {
      expect(await store.directory.find(local)).toBeUndefined();
    });
  });

  describe('of the orders between two', () => {
    const order = (completedAt?: number, id = newId('o')) => ({
      id,
      kind: 'custom' as const,
      ...(completedAt === undefined ? {} : { completedAt }),
    });

    test('the open one put last counts, else the one completed last', async () => {
      const [b, s] = [newId('b'), newId('s')];
      expect(await store.directory.orderBetween(b, s)).toBeUndefined();
      const [late, early] = [order(1_700_000_002_000), order(1_700_000_001_000)];
      for (const it of [late, early]) await store.directory.putOrder({ ...it, buyer: b, seller: s });
      expect(await other.directory.orderBetween(b, s)).toEqual({ ...late, buyer: b, seller: s });
      const [one, two] = [order(), order()];
      for (const it of [one, two]) await store.directory.putOrder({ ...it, buyer: b, seller: s });
      expect(await other.directory.orderBetween(b, s)).toEqual({ ...two, buyer: b, seller: s });
      await store.directory.putOrder({ ...one, buyer: b, seller: s });
      expect(await other.directory.orderBetween(b, s)).toMatchObject({ id: one.id });
      await store.directory.putOrder({ ...order(1_700_000_003_000, two.id), buyer: b, seller: s });
      await store.directory.putOrder({ ...order(1_700_000_002_500, one.id), buyer: b, seller: s });
      expect(await other.directory.orderBetween(b, s)).toMatchObject({ id: two.id, completedAt: 1_700_000_003_000 });
      expect(await other.directory.orderBetween(s, b)).toBeUndefined();
    });

    test('one that is put with another pair leaves the first', async () => {
      const [b, s, t] = [newId('b'), newId('s'), newId('s')];
      const it = order();
      await store.directory.putOrder({ ...it, buyer: b, seller: s });
      await store.directory.putOrder({ ...it, kind: 'wine', buyer: b, seller: t });
      expect(await store.directory.orderBetween(b, s)).toBeUndefined();
      expect(await store.directory.orderBetween(b, t)).toEqual({ ...it, kind: 'wine', buyer: b, seller: t });
    });
  });

  describe('forgetting a party', () => {
    test('takes its mailboxes, name and messages; its aliases lead nowhere for ever', async () => {
      const [mine, b, s] = [newMailbox(), buyer(), seller()];
      const party = { ...b, mailboxes: buyer(mine).mailboxes };
      await store.directory.putParty(party);
      const { publicLocal = '' } = await store.directory.putParty(s);
      const gone = await store.directory.open(b.id, s.id);
      const stays = await store.directory.open(newId('b'), s.id);
      const [trace, kept, held] = [newId('t'), newId('t'), newId('t')];
      await store.threads.pair(gone.id, 'buyer', 'theirs@mail.example', 'ours@relay.example');
      await store.threads.pair(stays.id, 'buyer', 'theirs@mail.example', 'ours@relay.example');
      await store.holds.keep(message(trace), holdCase(gone.id));
      await store.holds.keep(message(held), holdCase(stays.id));
      await store.journal.add(entry(gone.id, Date.now(), kept));
      for (const it of [gone, stays]) {
        await store.directory.heard(it.id, 'seller', 1_700_000_000_000);
        await store.directory.optOut(it.id, true);
      }

      expect(await other.directory.forget(b.id)).toBe(true);
      expect(await store.directory.party(b.id)).toBeUndefined();
      expect(await store.directory.buyerAt(mine)).toBeUndefined();
      for (const local of [gone.buyerLocal, gone.sellerLocal]) expect(await store.directory.find(local)).toEqual({ kind: 'forgotten' });
      expect(await store.threads.translate(gone.id, 'buyer', ['theirs@mail.example'])).toEqual([undefined]);
      expect(await store.holds.read(trace)).toBeUndefined();
      expect(await store.directory.state(gone.id)).toEqual({ heard: {}, optedOut: false });
      expect(await store.directory.state(stays.id)).toEqual({ heard: { seller: 1_700_000_000_000 }, optedOut: true });
      expect(await store.journal.entry(kept)).toMatchObject({ trace: kept });
      expect((await store.journal.page(gone.id, 10)).entries).toHaveLength(1);

      expect(await store.directory.find(publicLocal)).toEqual({ kind: 'seller', seller: s.id });
      expect(await store.directory.find(stays.sellerLocal)).toMatchObject({ kind: 'conversation' });
      expect(await store.threads.translate(stays.id, 'buyer', ['theirs@mail.example'])).toEqual(['ours@relay.example']);
      expect(await store.holds.read(held)).toBeDefined();
      expect(await store.directory.forget(b.id)).toBe(false);
    });

    test('takes a public alias too; who comes back under the same id gets new aliases', async () => {
      const [b, s] = [buyer(), seller()];
      await store.directory.putParty(b);
      const { publicLocal = '' } = await store.directory.putParty(s);
      const before = await store.directory.open(b.id, s.id);
      expect(await store.directory.forget(s.id)).toBe(true);
      expect(await store.directory.find(publicLocal)).toEqual({ kind: 'forgotten' });
      const again = await store.directory.putParty(s);
      const after = await store.directory.open(b.id, s.id);
      const locals = [publicLocal, again.publicLocal, before.buyerLocal, after.buyerLocal, before.sellerLocal, after.sellerLocal];
      expect(new Set([...locals, before.id, after.id]).size).toBe(8);
      expect(await store.directory.find(publicLocal)).toEqual({ kind: 'forgotten' });
      expect(await store.directory.find(before.buyerLocal)).toEqual({ kind: 'forgotten' });
      expect(await store.directory.find(after.buyerLocal)).toMatchObject({ kind: 'conversation' });
    });

    test('reaches all of its conversations, also when there are many', async () => {
      const s = seller();
      await store.directory.putParty(s);
      const opened = await Promise.all(Array.from({ length: 180 }, (_, at) => store.directory.open(`${s.id}-b${at}`, s.id)));
      expect(await store.directory.forget(s.id)).toBe(true);
      const found = await Promise.all(
        opened.flatMap(({ buyerLocal, sellerLocal }) => [buyerLocal, sellerLocal].map((it) => other.directory.find(it))),
      );
      expect(new Set(found.map((it) => it?.kind))).toEqual(new Set(['forgotten']));
    });

    test('of whom there is none says so', async () => {
      expect(await store.directory.forget(newId('b'))).toBe(false);
    });
  });

  messageContract(() => [store, other], engine);
  holdContract(() => [store, other], engine);
  outboxContract(() => [store, other], engine);
  digestContract(() => [store, other], engine);
  orderContract(() => [store, other]);
  reviewContract(() => [store, other]);
  standingContract(() => [store, other], engine);
  markContract(() => [store, other]);
  quotaContract(() => [store, other]);
  reachContract(() => [store, other]);
  settledContract(() => [store, other]);
  webhookContract(() => [store, other], engine);
  lookupContract(() => [store, other]);
  responseContract(engine);
  apiContract(engine);
  archiveContract(() => [store, other], engine);
  rotationContract(() => store, engine);
  dutyContract(() => [store, other]);
  legalHoldContract(() => [store, other], engine);
  secretsContract(() => store, engine);
}
