/** What every store must have left of a party that is forgotten: nothing that names it, also not to who has the secrets. */
import type { Store } from '../../src/store/store.ts';
import { buyer, entry, holdCase, item, mailbox, message, newId, seller } from './fixtures.ts';
import { digestEntry } from './contract-digests.ts';

/** `values`: every value that the engine holds, each as it is kept, and what it seals, opened. */
export function forgetContract(store: () => Store, values: () => Promise<readonly Buffer[]>): void {
  test('a party that went through everything, and is forgotten, is named by nothing that is kept, sealed or not', async () => {
    const { directory, threads, holds, outbox, digests, reviews, standings, journal, quota, once } = store();
    const word = newId('needle').replace('-', '');
    const address = mailbox(`${word}@mail.example`);
    const [b, s] = [{ ...buyer(address), name: `Ada ${word}`, away: `${word} is away` }, seller()];
    for (const party of [b, s]) await directory.putParty(party);
    const { id, buyerLocal } = await directory.open(b.id, s.id);
    await directory.putOrder({ id: newId('o'), buyer: b.id, seller: s.id, kind: 'custom', item: `Shelf for ${word}` });
    await directory.admit(b.id, mailbox(`${word}.work@mail.example`), { verdict: 'approved', trace: newId('t') });
    await directory.markMailbox(b.id, address, { at: 1, reason: 'full' });
    await directory.optOutOfAll(b.id, true);
    await directory.optOut(id, true);
    await directory.block(id, 'buyer', true);
    await threads.pair(id, 'buyer', `1@${word}.example`, 'ours@relay.example');
    const [held, recorded] = [newId('t'), entry(id, Date.now())];
    await holds.keep(message(held, `From: ${address}\r\n\r\nhello from ${word}\r\n`), holdCase(id, b.id));
    await outbox.put({ ...item(address), bytes: Buffer.from(`To: ${address}\r\n\r\nDear ${word}\r\n`) }, 0);
    const digested = digestEntry(b.id);
    await digests.add({ ...digested, subject: `Re: ${word}` }, '2001-02-03');
    // The other side's day tells of the party's mail.
    await digests.add({ ...digestEntry(s.id), trace: recorded.trace, kind: 'refused', other: `Ada ${word}` }, '2001-02-03');
    for (const kind of ['objection', 'report'] as const) {
      const review = { kind, trace: newId('t'), at: Date.now(), conversation: id, party: b.id, text: `I am ${word}` };
      await reviews.add(review);
      await reviews.find(review, { outcome: 'upheld', at: 5, note: `${word} is right` });
    }
    await standings.change(b.id, (ledger) => ({
      ledger: { ...ledger, override: { level: 'warned', from: 1, source: 'operator', reason: `Told ${word}` } },
      result: undefined,
    }));
    await journal.add(recorded);
    await journal.bounced(recorded.trace, Date.now(), 'full');
    await quota.spend([{ key: `mailbox:${address}`, limit: 5, seconds: 3600 }]);
    await once.settle(`print of ${word}`, recorded.trace);
    const naming = async () => (await values()).filter((value) => value.includes(word)).map(String);
    expect((await naming()).length).toBeGreaterThan(8);

    await directory.forget(b.id);
    expect(await naming()).toEqual([]);
    expect(await directory.find(buyerLocal)).toEqual({ kind: 'forgotten' });
    // What became of its mail stays, without it.
    expect(await journal.entry(recorded.trace)).toMatchObject({ bounceReason: 'full' });
    expect((await reviews.page('report', 1000)).reviews.filter(({ party }) => party === b.id)).toMatchObject([{ text: '' }]);
  });
}
