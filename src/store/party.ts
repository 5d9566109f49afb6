/** Parties as sealed bytes and back. Same for every engine. */
import type { Mailbox } from '../model/address.ts';
import type { Admitted, Party, PartyMailbox } from '../model/route.ts';
import { contextOf } from './contexts.ts';
import type { AdmissionWord, PartyToPut } from './store.ts';
import type { Vault } from './vault.ts';

/** A party as it is sealed; its id and its public alias stand beside it. */
export type StoredParty = Omit<Party, 'id' | 'publicLocal'>;

export const sealParty = (vault: Vault, { id, ...party }: PartyToPut): Buffer => {
  const { role, name, mailboxes, locale, optedOut = false, away, awayUntil, messaging, notices } = party;
  return vault.seal(JSON.stringify({ role, name, mailboxes, locale, optedOut, away, awayUntil, messaging, notices }), contextOf.party(id));
};

/** What an engine keeps of a party beside what is sealed. */
export interface PartyRow {
  readonly sealed: Uint8Array;
  readonly publicLocal?: string | undefined;
  /** Set once somebody said so after version 3: what is sealed counts no more. */
  readonly optedOut?: boolean | undefined;
  readonly admitted?: Uint8Array | undefined;
}

export function readParty(vault: Vault, id: string, { sealed, publicLocal, optedOut, admitted }: PartyRow): Party {
  // One that was stored before there was a choice gets each notice, as it did then.
  const stored: StoredParty = { notices: 'each', ...JSON.parse(vault.open(sealed, contextOf.party(id)).toString()) };
  const others = admitted ? { admitted: readAdmitted(vault, id, admitted) } : {};
  const party = { ...stored, optedOut: optedOut ?? stored.optedOut, ...others };
  return party.role === 'seller' && publicLocal ? { id, ...party, publicLocal } : { id, ...party };
}

const MAX_ADMITTED = 50;
const MAX_TRACES = 10;

const readAdmitted = (vault: Vault, id: string, sealed: Uint8Array): readonly Admitted[] =>
  JSON.parse(vault.open(sealed, contextOf.admitted(id)).toString());

/** What is said of a mailbox; without a word nothing is, any more. */
export interface AdmissionChange {
  readonly address: Mailbox;
  readonly word: AdmissionWord | undefined;
}

/** What is kept of those that the party approved or blocked, with that change; of an address the last word counts. */
export function sealAdmitted(vault: Vault, id: string, before: Uint8Array | undefined, { address, word }: AdmissionChange): Buffer {
  const known = before ? readAdmitted(vault, id, before) : [];
  const others = known.filter((one) => one.address !== address);
  const last = known.find((one) => one.address === address);
  const all = word ? [...others, admittedOf(address, word, last?.traces)].slice(-MAX_ADMITTED) : others;
  return vault.seal(JSON.stringify(all), contextOf.admitted(id));
}

function admittedOf(address: Mailbox, { verdict, trace }: AdmissionWord, before: readonly string[] = []): Admitted {
  if (trace === undefined) return { address, verdict };
  return { address, verdict, traces: [...before.filter((one) => one !== trace), trace].slice(-MAX_TRACES) };
}

/** The party with this mailbox marked; undefined where that changes nothing. */
export function withMark(party: Party, address: Mailbox, mark: PartyMailbox['unreachable']): Party | undefined {
  const marked = party.mailboxes.find((mailbox) => mailbox.address === address);
  if (!marked || (mark === undefined && marked.unreachable === undefined)) return undefined;
  const { receives, sends } = marked;
  const changed: PartyMailbox = { address, receives, sends, ...(mark && { unreachable: mark }) };
  return { ...party, mailboxes: party.mailboxes.map((mailbox) => (mailbox === marked ? changed : mailbox)) };
}

/** All mailboxes of a party that is to be forgotten; none where no secret fits: nothing that names them can be read either, then. */
export function mailboxesOf(vault: Vault, id: string, sealed: Uint8Array): readonly Mailbox[] {
  try {
    return readParty(vault, id, { sealed }).mailboxes.map(({ address }) => address);
  } catch {
    return [];
  }
}

/** Only a buyer is looked up by mailbox, and only by one that it sends from. */
export const writesFrom = ({ role, mailboxes }: Pick<Party, 'role' | 'mailboxes'>): readonly Mailbox[] =>
  role === 'buyer' ? mailboxes.filter(({ sends }) => sends).map(({ address }) => address) : [];
