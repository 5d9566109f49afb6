/** How parties keep the rules, in Redis. A ledger is sealed, so it is changed here, and written only where nobody has written since. */
import type { Ledger } from '../../model/standing.ts';
import type { StoreSetup } from '../codec.ts';
import { fresh, readLedger, sealLedger } from '../ledger.ts';
import type { Standings } from '../store.ts';
import { bytes, type Commands, key } from './commands.ts';

/** Somebody else changes it at the same time: so often it is tried again, after a few milliseconds. One of them gets through each time. */
const MAX_TRIES = 60;
const PAUSE = 8;

export function createStandings(redis: Commands, { vault, now }: Required<StoreSetup>): Standings {
  const read = (party: string, sealed: Buffer | undefined): Ledger => fresh(readLedger(vault, party, sealed), now());
  const stored = async (party: string): Promise<Buffer | undefined> => bytes(await redis.call('get', key.partyLedger(party)));
  return {
    ledger: async (party) => read(party, await stored(party)),
    async change(party, change) {
      for (let tries = 0; tries < MAX_TRIES; tries += 1) {
        const there = await stored(party);
        const before = read(party, there);
        const { ledger, result } = change(before);
        if (ledger === before) return result;
        const time = now();
        const { sealed, until } = sealLedger(vault, party, { ledger, now: time });
        const keys = [key.party(party), key.partyLedger(party)];
        if ((await redis.run('putLedger', keys, there ?? '', sealed, until - time)) === 1) return result;
        await new Promise((resolve) => setTimeout(resolve, Math.random() * PAUSE));
      }
      throw new Error('a ledger changes too often to be changed');
    },
  };
}
