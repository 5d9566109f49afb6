/** What every store must do so that operators find a message of which they have no trace id. */
import type { Conversation } from '../../src/model/route.ts';
import type { Noted } from '../../src/store/lookups.ts';
import type { Store } from '../../src/store/store.ts';
import { buyer, entry, item, newId, seller } from './fixtures.ts';

const start = Date.now();

/** An entry of the journal, noted as the relay notes it. */
async function passed(store: Store, noted: Partial<Noted> & { readonly conversation?: string }, at = start): Promise<string> {
  const { conversation, messageIds = [], parties = [] } = noted;
  const one = entry(conversation, at);
  await store.journal.add(one);
  await store.lookups.note({ trace: one.trace, at, messageIds, parties, ...(conversation !== undefined && { conversation }) });
  return one.trace;
}

export function lookupContract(stores: () => readonly [Store, Store]): void {
  const opened = async (): Promise<Conversation> => {
    const [store] = stores();
    const [b, s] = [buyer(), seller()];
    await store.directory.putParty(b);
    await store.directory.putParty(s);
    return store.directory.open(b.id, s.id);
  };

  describe('a message is found', () => {
    test('by the Message-ID that its author gave it and the one under which it left, newest first', async () => {
      const [store, other] = stores();
      const { id: conversation } = await opened();
      const [theirs, ours] = [`${newId('m')}@mail.example`, `${newId('M')}@relay.example`];
      const first = await passed(store, { conversation, messageIds: [theirs, ours] });
      const again = await passed(other, { conversation, messageIds: [theirs] }, start + 1);
      expect(await other.lookups.withMessageId(theirs)).toEqual([again, first]);
      expect(await other.lookups.withMessageId(ours)).toEqual([first]);
      expect(await store.lookups.withMessageId(`${theirs}.`)).toEqual([]);
      expect(await store.lookups.withMessageId(ours.toLowerCase())).toEqual([]);
    });

    test('by no more than 20 of one Message-ID, and by 4 of one message', async () => {
      const [store] = stores();
      const id = newId('m');
      for (let at = 0; at < 23; at += 1) await passed(store, { messageIds: [id] }, start + at);
      expect(await store.lookups.withMessageId(id)).toHaveLength(20);
      const ids = Array.from({ length: 6 }, () => newId('m'));
      await passed(store, { messageIds: ids });
      const found = await Promise.all(ids.map((one) => store.lookups.withMessageId(one)));
      expect(found.map(({ length }) => length)).toEqual([1, 1, 1, 1, 0, 0]);
    });

    test('by its parties, page by page', async () => {
      const [store, other] = stores();
      const { id: conversation, buyer: b, seller: s } = await opened();
      const traces: string[] = [];
      for (let at = 0; at < 7; at += 1)
        traces.unshift(await passed(at % 2 ? store : other, { conversation, parties: [b, s] }, start + Math.floor(at / 2) * 9));
      const seen: string[] = [];
      let next: string | undefined;
      do {
        const page = await other.lookups.page({ kind: 'party', id: s }, 3, next);
        expect(page.entries.length).toBeLessThanOrEqual(3);
        seen.push(...page.entries.map(({ trace }) => trace));
        next = page.next;
      } while (next !== undefined);
      expect(seen.toSorted()).toEqual(traces.toSorted());
      expect((await store.lookups.page({ kind: 'party', id: newId('b') }, 3)).entries).toEqual([]);
      for (const cursor of ['', 'x', '\0', '+', 'x'.repeat(9999)]) {
        expect(await store.lookups.page({ kind: 'party', id: s }, 10, cursor)).toEqual({ entries: [] });
      }
    });

    test('by its conversation, also where it got no further than to its alias, or was never noted', async () => {
      const [store, other] = stores();
      const { id, buyer: b, seller: s } = await opened();
      const old = entry(id, start - 1000);
      await store.journal.add(old);
      const known = await passed(store, { conversation: id, parties: [b, s] }, start);
      const refused = entry(undefined, start + 1000);
      await store.journal.add(refused);
      await store.lookups.note({ trace: refused.trace, at: refused.at, messageIds: [], conversation: id, stray: true, parties: [b, s] });
      const first = await other.lookups.page({ kind: 'conversation', id }, 2);
      expect(first.entries).toEqual([refused, await store.journal.entry(known)]);
      const second = await store.lookups.page({ kind: 'conversation', id }, 2, first.next);
      expect(second).toEqual({ entries: [old] });
    });

    test('no more by Message-ID, alias or party, once the party is forgotten; the other one’s stay', async () => {
      const [store, other] = stores();
      const gone = await opened();
      const stays = await opened();
      const id = newId('m');
      await passed(store, { conversation: gone.id, messageIds: [id], parties: [gone.buyer, gone.seller] });
      const kept = await passed(store, { conversation: stays.id, messageIds: [id], parties: [stays.buyer, stays.seller] }, start + 1);
      await other.directory.forget(gone.buyer);
      expect(await store.lookups.withMessageId(id)).toEqual([kept]);
      expect((await store.lookups.page({ kind: 'party', id: gone.buyer }, 10)).entries).toEqual([]);
      expect((await store.lookups.page({ kind: 'party', id: stays.buyer }, 10)).entries).toHaveLength(1);
    });
  });

  describe('an operator is told', () => {
    test('whether a mail waits, how often it was tried, and that it left', async () => {
      const [store, other] = stores();
      const mail = item();
      expect(await store.lookups.mail(mail.id)).toBeUndefined();
      const due = Date.now() + 3_600_000;
      await store.outbox.put(mail, due);
      const waiting = await other.lookups.mail(mail.id);
      expect(waiting).toMatchObject({ kind: 'waiting', at: mail.at, attempts: 0 });
      expect(Math.abs((waiting?.kind === 'waiting' ? waiting.due : 0) - due)).toBeLessThan(2000);
      await store.outbox.done(mail.id);
      expect(await other.lookups.mail(mail.id)).toEqual({ kind: 'sent' });
    });

    test('that a party objected or reported, and what was found of it; not what it said', async () => {
      const [store, other] = stores();
      const name = { kind: 'report', trace: newId('t'), party: newId('b') } as const;
      expect(await store.lookups.said(name)).toBeUndefined();
      await store.reviews.add({ ...name, at: start, conversation: newId('c'), text: 'He asked for my number.' });
      expect(await other.lookups.said(name)).toEqual({ at: start });
      expect(await other.lookups.said({ ...name, kind: 'objection' })).toBeUndefined();
      await store.reviews.find(name, { outcome: 'upheld', at: start + 5, note: 'Right.' });
      expect(await other.lookups.said(name)).toEqual({ at: start, found: { outcome: 'upheld', at: start + 5, note: 'Right.' } });
    });
  });
}
