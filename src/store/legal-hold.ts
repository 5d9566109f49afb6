/** Legal holds as sealed bytes and back. Same for every engine. */
import { contextOf } from './contexts.ts';
import type { LegalHold } from './upkeep.ts';
import type { Vault } from './vault.ts';

export interface LegalHoldRow {
  readonly conversation: string;
  readonly since: number;
  readonly sealed: Uint8Array;
}

export const sealLegalHold = (vault: Vault, { conversation, by, note }: LegalHold): Buffer =>
  vault.seal(JSON.stringify({ by, note }), contextOf.legalHold(conversation));

export function readLegalHold(vault: Vault, { conversation, since, sealed }: LegalHoldRow): LegalHold {
  const { by, note }: Pick<LegalHold, 'by' | 'note'> = JSON.parse(vault.open(sealed, contextOf.legalHold(conversation)).toString());
  return { conversation, since, by, note };
}
