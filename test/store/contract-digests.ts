/** What every store must do with what the daily mails are written from. The list is one for all: each test takes away what it added. */
import { aliasAt } from '../../src/model/address.ts';
import type { DigestDay, DigestEntry, Store } from '../../src/store/store.ts';
import { openVault } from '../../src/store/vault.ts';
import { buyer, type Engine, newId, secrets } from './fixtures.ts';

const wait = (milliseconds: number): Promise<void> => new Promise((resolve) => setTimeout(resolve, milliseconds));

export const digestEntry = (party: string, at = 1_700_000_000_000): DigestEntry => ({
  party,
  trace: newId('t'),
  at,
  kind: 'refused',
  subject: 'Häufige Fragen an Ada Lovelace',
  rules: ['contact-phone', 'marketing'],
  own: { name: 'Bo B.', alias: aliasAt('b0b0', 'relay.example') },
  other: 'Ada L.',
});

/** All that is finished, the loans kept. */
async function lendDays(store: Store, before: string): Promise<readonly DigestDay[]> {
  const days: DigestDay[] = [];
  for (let rounds = 0; rounds < 500; rounds += 1) {
    const day = await store.digests.lend(before, 60);
    if (!day) return days;
    days.push(day);
  }
  throw new Error('a day is lent that is lent');
}

export function digestContract(stores: () => readonly [Store, Store], engine: () => Engine): void {
  describe('a digest', () => {
    test('is given what was added to its day, by time, when the day is over', async () => {
      const [store, other] = stores();
      const party = newId('a:b');
      const entries = [5, 3, 4].map((at) => digestEntry(party, at));
      await Promise.all(entries.map((it, at) => (at % 2 ? store : other).digests.add(it, '2001-02-03')));
      expect(await store.digests.lend('2001-02-03', 60)).toBeUndefined();
      const lent = await other.digests.lend('2001-02-04', 60);
      expect(lent).toEqual({ party, day: '2001-02-03', entries: [entries[1], entries[2], entries[0]] });
      if (lent) await other.digests.done(lent);
      expect(await store.digests.lend('2001-02-04', 60)).toBeUndefined();
    });

    test('of each party and day is lent to one of many, the oldest day first', async () => {
      const [store, other] = stores();
      const parties = Array.from({ length: 20 }, () => newId('s'));
      const days = ['2001-02-28', '2001-03-01'];
      await Promise.all(days.flatMap((day) => parties.map((party) => store.digests.add(digestEntry(party), day))));
      const lent = await Promise.all(Array.from({ length: 60 }, (_, at) => (at % 2 ? store : other).digests.lend('2001-03-02', 60)));
      const found = lent.filter((it) => it !== undefined);
      expect(found.map(({ party, day }) => `${day} ${party}`).toSorted()).toEqual(
        days.flatMap((day) => parties.map((party) => `${day} ${party}`)).toSorted(),
      );
      await Promise.all(found.map((it) => store.digests.done(it)));
      await Promise.all([...days].reverse().map((day) => store.digests.add(digestEntry('s-1'), day)));
      const inTurn = await lendDays(store, '2001-03-02');
      expect(inTurn.map(({ day }) => day)).toEqual(days);
      await Promise.all(inTurn.map((it) => store.digests.done(it)));
    });

    test('gets its loan back by the end of its lease', async () => {
      const [store, other] = stores();
      const entry = digestEntry(newId('s'));
      await store.digests.add(entry, '2001-02-03');
      expect(await store.digests.lend('2001-02-04', 0.2)).toMatchObject({ entries: [entry] });
      expect(await other.digests.lend('2001-02-04', 60)).toBeUndefined();
      await wait(250);
      const again = await other.digests.lend('2001-02-04', 60);
      expect(again).toMatchObject({ entries: [entry] });
      if (again) await other.digests.done(again);
    });

    test('says the same of a message once, and all kinds of it', async () => {
      const [store, other] = stores();
      const entry = digestEntry(newId('s'));
      await store.digests.add(entry, '2001-02-03');
      await other.digests.add({ ...entry, subject: 'twin' }, '2001-02-03');
      await other.digests.add({ ...entry, kind: 'held', at: entry.at + 1 }, '2001-02-03');
      const lent = await store.digests.lend('2001-02-04', 60);
      expect(lent?.entries).toEqual([entry, { ...entry, kind: 'held', at: entry.at + 1 }]);
      if (lent) await store.digests.done(lent);
    });

    test('loses nothing that comes while it is written', async () => {
      const [store, other] = stores();
      const party = newId('s');
      const [first, late] = [digestEntry(party, 2), digestEntry(party, 1)];
      await store.digests.add(first, '2001-02-03');
      const lent = await store.digests.lend('2001-02-04', 60);
      await other.digests.add(late, '2001-02-03');
      expect(await other.digests.lend('2001-02-04', 60)).toBeUndefined();
      if (lent) await store.digests.done(lent);
      const rest = await other.digests.lend('2001-02-04', 60);
      expect(rest?.entries).toEqual([late]);
      if (rest) await other.digests.done(rest);
    });

    test('of very many is lent in stretches', async () => {
      const [store] = stores();
      const party = newId('s');
      const entries = Array.from({ length: 1100 }, (_, at) => digestEntry(party, at));
      await Promise.all(entries.map((it) => store.digests.add(it, '2001-02-03')));
      const first = await store.digests.lend('2001-02-04', 60);
      expect(first?.entries).toEqual(entries.slice(0, 1000));
      expect(await store.digests.lend('2001-02-04', 60)).toBeUndefined();
      if (first) await store.digests.done(first);
      const rest = await store.digests.lend('2001-02-04', 60);
      expect(rest?.entries).toEqual(entries.slice(1000));
      if (rest) await store.digests.done(rest);
    });

    test('does not stop at what it cannot read, and leaves it to who can', async () => {
      const [store] = stores();
      await using stranger = await engine().open({ vault: openVault([secrets.b]) });
      const [strange, own] = [digestEntry('a'), digestEntry('b')];
      await stranger.digests.add(strange, '2001-02-03');
      await store.digests.add(own, '2001-02-04');
      const lent = [await store.digests.lend('2001-02-05', 0.2), await store.digests.lend('2001-02-05', 60)];
      expect(lent.map((it) => it?.entries)).toEqual([[], [own]]);
      await wait(250);
      const found = await stranger.digests.lend('2001-02-04', 60);
      expect(found?.entries).toEqual([strange]);
      for (const it of [found, lent[1]]) if (it) await stranger.digests.done(it);
    });

    test('goes with a party that is forgotten, and with no other', async () => {
      const [store, other] = stores();
      const [party, stays] = [buyer(), newId('s')];
      await store.directory.putParty(party);
      const many = Array.from({ length: 600 }, () => digestEntry(party.id));
      await Promise.all(many.map((it, at) => store.digests.add(it, `2001-02-${10 + (at % 3)}`)));
      await store.digests.add(digestEntry(stays), '2001-02-10');
      const lent = await store.digests.lend('2001-02-11', 0.1);
      await other.directory.forget(party.id);
      await wait(150);
      // Who was about to send it finds nothing more to do.
      if (lent?.party === party.id) await store.digests.done(lent);
      const left = await lendDays(store, '2001-03-01');
      expect(left.map((it) => it.party)).toEqual([stays]);
      await Promise.all(left.map((it) => store.digests.done(it)));
      // Who comes back under the same id is told of nothing that was before.
      const again = [10, 11, 12].map((date) => ({ day: `2001-02-${date}`, entry: digestEntry(party.id) }));
      for (const { day, entry } of again) await store.digests.add(entry, day);
      const found = await lendDays(store, '2001-03-01');
      expect(found).toEqual(again.map(({ day, entry }) => ({ party: party.id, day, entries: [entry] })));
      await Promise.all(found.map((it) => store.digests.done(it)));
    });

    test('says nothing of anybody to who reads the disk', async () => {
      const [store] = stores();
      const entry = { ...digestEntry(newId('s')), subject: 'subject of a secret kind' };
      await store.digests.add(entry, '2001-02-03');
      const bytes = await engine().dump();
      for (const word of ['subject of a secret', 'Bo B.', 'Ada L.', 'b0b0@']) expect(bytes.includes(word)).toBe(false);
      expect(bytes.includes(entry.trace)).toBe(true);
      const lent = await store.digests.lend('2001-02-04', 60);
      if (lent) await store.digests.done(lent);
    });
  });
}
