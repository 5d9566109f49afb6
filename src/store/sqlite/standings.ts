/** How parties keep the rules, in SQLite. */
import type { Ledger } from '../../model/standing.ts';
import type { StoreSetup } from '../codec.ts';
import { fresh, readLedger, sealLedger } from '../ledger.ts';
import type { Standings } from '../store.ts';
import { blob, type Database, type Write } from './rows.ts';

export function createStandings(db: Database, write: Write, { vault, now }: Required<StoreSetup>): Standings {
  const select = db.prepare('SELECT sealed FROM standing WHERE party = ?');
  const upsert = db.prepare('INSERT OR REPLACE INTO standing (party, sealed, until) VALUES (?, ?, ?)');
  const known = db.prepare('SELECT 1 FROM party WHERE id = ?');

  const read = (party: string): Ledger => {
    const row = select.get(party);
    return fresh(readLedger(vault, party, row && blob(row, 'sealed')), now());
  };
  return {
    ledger: async (party) => read(party),
    change: (party, change) =>
      write(() => {
        const before = read(party);
        const { ledger, result } = change(before);
        if (ledger === before || !known.get(party)) return result;
        const { sealed, until } = sealLedger(vault, party, { ledger, now: now() });
        upsert.run(party, sealed, until);
        return result;
      }),
  };
}
