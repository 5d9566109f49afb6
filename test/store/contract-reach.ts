/** What every store must do with blocks, with the ends of aliases, and with the absence of a party. */
import type { Conversation } from '../../src/model/route.ts';
import type { Store } from '../../src/store/store.ts';
import { buyer, newId, seller } from './fixtures.ts';

const at = 1_700_000_000_000;
const day = 86_400_000;

export function reachContract(stores: () => readonly [Store, Store]): void {
  const pair = async (): Promise<Conversation> => {
    const [{ directory }] = stores();
    const [b, s] = [buyer(), seller()];
    await directory.putParty(b);
    await directory.putParty(s);
    return directory.open(b.id, s.id);
  };

  describe('a block', () => {
    test('is of one side, and of that conversation alone, until it is lifted', async () => {
      const [{ directory }, other] = stores();
      const [it, beside] = [await pair(), await pair()];
      await directory.block(it.id, 'seller', true);
      await other.directory.block(it.id, 'buyer', true);
      await directory.block(it.id, 'buyer', true);
      expect(await directory.state(it.id)).toEqual({ heard: {}, optedOut: false, blockedBy: ['buyer', 'seller'] });
      expect(await directory.state(beside.id)).toEqual({ heard: {}, optedOut: false });
      await other.directory.block(it.id, 'seller', false);
      expect(await directory.state(it.id)).toMatchObject({ blockedBy: ['buyer'] });
      await directory.block(it.id, 'buyer', false);
      expect(await other.directory.state(it.id)).toEqual({ heard: {}, optedOut: false });
      await directory.block(newId('c'), 'buyer', true);
    });
  });

  describe('the end of the aliases', () => {
    const endOf = async ({ id }: Conversation) => (await stores()[1].directory.state(id)).expiresAt;

    test('is set, moved and taken back', async () => {
      const [{ directory }] = stores();
      const it = await pair();
      for (const end of [at, at + 5, undefined]) {
        await directory.expire(it.id, end);
        expect(await endOf(it)).toBe(end);
      }
      const nobody = newId('c');
      await directory.expire(nobody, at);
      expect(await directory.state(nobody)).toEqual({ heard: {}, optedOut: false });
    });

    test('that lies in the past goes when the two need their conversation; one that is to come stays', async () => {
      const [{ directory }] = stores();
      const it = await pair();
      const { buyer: b, seller: s } = it;
      await directory.expire(it.id, at + 1);
      await directory.revive(b, s, at);
      expect(await directory.state(it.id)).toMatchObject({ expiresAt: at + 1, openedAt: at });
      await directory.revive(b, s, at + 1);
      expect(await endOf(it)).toBeUndefined();
      await directory.revive(newId('b'), s, at);
      expect(await directory.conversation(it.id)).toEqual(it);
    });

    test('when it was needed is known to the day, and never goes back', async () => {
      const [{ directory }] = stores();
      const it = await pair();
      for (const [needed, known] of [
        [at, at],
        [at + day - 1, at],
        [at + day, at + day],
        [at + 5 * day, at + 5 * day],
        [at, at + 5 * day],
      ] as const) {
        await directory.revive(it.buyer, it.seller, needed);
        expect((await directory.state(it.id)).openedAt).toBe(known);
      }
      await directory.expire(it.id, at);
      await directory.revive(it.buyer, it.seller, at + 1);
      expect(await directory.state(it.id)).toEqual({ heard: {}, optedOut: false, openedAt: at + 5 * day });
    });
  });

  test('what was said of a conversation goes with either party, and the next conversation of the two knows nothing of it', async () => {
    for (const role of ['buyer', 'seller'] as const) {
      const [{ directory }, other] = stores();
      const it = await pair();
      await directory.block(it.id, 'buyer', true);
      await directory.block(it.id, 'seller', true);
      await directory.revive(it.buyer, it.seller, at);
      await directory.expire(it.id, at + day);
      await other.directory.forget(it[role]);
      expect(await directory.state(it.id)).toEqual({ heard: {}, optedOut: false });
      const again = await directory.open(it.buyer, it.seller);
      expect(await directory.state(again.id)).toEqual({ heard: {}, optedOut: false });
    }
  });

  test('an absence is kept with its end, and goes when the party is put without it', async () => {
    const [{ directory }, other] = stores();
    const party = seller();
    await directory.putParty({ ...party, away: '', awayUntil: at });
    expect(await other.directory.party(party.id)).toMatchObject({ away: '', awayUntil: at });
    const back = await directory.putParty(party);
    expect([back.away, back.awayUntil]).toEqual([undefined, undefined]);
  });
}
