/** What keeps the store in order, in SQLite. */
import type { StoreSetup } from '../codec.ts';
import type { Upkeep } from '../upkeep.ts';
import { createDuties } from './duties.ts';
import { createLegalHolds } from './legal-holds.ts';
import type { Database, Write } from './rows.ts';
import { createSecrets } from './secrets.ts';

export const createUpkeep = (db: Database, write: Write, setup: Required<StoreSetup>): Upkeep => ({
  duties: createDuties(db, write, setup),
  secrets: createSecrets(db, write, setup),
  legalHolds: createLegalHolds(db, write, setup),
});
