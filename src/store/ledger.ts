/** Ledgers of parties as sealed bytes and back, and how long they are kept. Same for every engine. */
import { emptyLedger, type Ledger } from '../model/standing.ts';
import { FOR_EVER } from '../model/retention.ts';
import { keep } from './codec.ts';
import { contextOf } from './contexts.ts';
import type { Vault } from './vault.ts';

/** Of each list so many of the last; more says no more of a party. */
const MAX_STRIKES = 200;
const MAX_COMPLAINTS = 200;
const MAX_MEASURES = 20;
const MAX_TAG_USES = 1000;
const MONTH = 30 * 86_400_000;

/** What is kept of it, and until when: milliseconds since 1970. */
export interface KeptLedger {
  readonly sealed: Buffer;
  readonly until: number;
}

export function sealLedger(vault: Vault, party: string, { ledger, now }: { readonly ledger: Ledger; readonly now: number }): KeptLedger {
  const sealed = vault.seal(JSON.stringify(fresh(ledger, now)), contextOf.ledger(party));
  const { override } = ledger;
  return { sealed, until: override ? Math.max(override.until ?? FOR_EVER, now + keep.standings) : now + keep.standings };
}

/** Empty where nothing is kept. */
export function readLedger(vault: Vault, party: string, sealed: Uint8Array | undefined): Ledger {
  return sealed ? JSON.parse(vault.open(sealed, contextOf.ledger(party)).toString()) : emptyLedger;
}

/** What is too old counts no more, whether somebody wrote in the meantime or not. */
export function fresh({ strikes, complaints, tagUses, measures, override, owed }: Ledger, now: number): Ledger {
  const since = now - keep.standings;
  return {
    strikes: strikes.filter(({ at }) => at > since).slice(-MAX_STRIKES),
    complaints: complaints.filter(({ at }) => at > since).slice(-MAX_COMPLAINTS),
    tagUses: tagUses.filter(({ at }) => at > now - MONTH).slice(-MAX_TAG_USES),
    measures: measures.filter(({ from }) => from > since).slice(-MAX_MEASURES),
    ...(override && (override.until ?? FOR_EVER) > now && { override }),
    ...(owed && owed.at > since && { owed }),
  };
}
