/** RESOLVE: an alias and a proven author make a Route, or there is none. The address alone routes, never a header field. */
import { domainOf, localPart, type Mailbox } from '../model/address.ts';
import { isSharedDomain } from '../model/shared-domains.ts';
import type { Header } from '../model/message.ts';
import { Refusal, replies } from '../model/reply.ts';
import { type Conversation, languageOf, type NoticeChoice, type Party, type Role, type Route, type Side } from '../model/route.ts';
import type { Binding, Directory } from '../store/store.ts';
import { checkHolds } from './alias.ts';
import { type DisplayNames, faceIn } from './face.ts';
import { hasEnded, lifeOf } from './life.ts';
import { receivingMailboxes } from './receiving.ts';
import type { Led, RecentAliases } from './recent.ts';
import { ask, type AskedStore, type Surroundings, surroundingsOf } from './surroundings.ts';

export interface AliasSetup {
  /** The first one is current; aliases at the others stay valid. */
  readonly domains: readonly string[];
  readonly displayNames: DisplayNames;
  /** Keyed hashes of a text, by each secret: for the check digits of aliases. */
  readonly checks: (text: string) => readonly string[];
  /** An alias ends so many days after it was used last; not set: never. */
  readonly days?: number | undefined;
}

export interface ResolveSetup extends AliasSetup {
  /** Whose a domain is: the domain that was registered; undefined for a public suffix, which is nobody's own. */
  readonly organisationOf: (domain: string) => string | undefined;
  readonly recent: RecentAliases;
}

/** Who writes to whom, and to which mailboxes it goes. */
export interface Resolved {
  readonly kind: 'party';
  readonly route: Route;
  /** The first one that takes the message takes it while the author's server waits; the others get copies. */
  readonly recipients: readonly [Mailbox, ...Mailbox[]];
  /** The author's mailbox is marked as unreachable, and somebody has just written from it. */
  readonly revived: boolean;
  /** To or Cc names others, who got the message past us: neither aliases nor mailboxes of the author's party. */
  readonly namesOthers: boolean;
  readonly buyer: Party;
  readonly seller: Party;
  /** How the author wants to be told. */
  readonly notices: NoticeChoice;
  readonly surroundings: Surroundings;
}

/** What it takes to find out. */
export interface Addressed {
  readonly forwardPath: string;
  readonly header: Header;
  /** Milliseconds since 1970, when DATA ended. */
  readonly at: number;
}

/** Somebody who is none of the party's mailboxes writes as the party would: its own people may have another mailbox. */
export interface Stranger {
  readonly kind: 'stranger';
  /** In whose name. */
  readonly party: Party;
  readonly other: Party;
  readonly conversation: Conversation;
  /** At a domain of the party's own; else only the thread can tell that the mail is no mistake. */
  readonly atOwnDomain: boolean;
}

/** `own`: the author wrote to the alias that stands for the author, beside the other one (reply-all): nothing to pass on. */
export type Resolution = Resolved | Stranger | 'own';

/**
 * Is there such an alias? `lost`: its check digits are ours and it has no row, so the store has lost it: never to be answered with 5xx.
 * `ended`: there was; to be answered as `no`. Asked at RCPT, before anybody is believed to be anybody: so the same is looked up and worked out
 * for every alias, whatever becomes of it, and no time tells one that never was from one that ended or was forgotten (requirement A4).
 */
export async function knowsAlias(
  { forwardPath, at }: Pick<Addressed, 'forwardPath' | 'at'>,
  directory: Directory,
  setup: AliasSetup & Pick<ResolveSetup, 'recent'>,
): Promise<'yes' | 'no' | 'lost' | 'ended'> {
  if (!setup.domains.includes(domainOf(forwardPath))) return 'no';
  const isOurs = checkHolds(localOf(forwardPath), setup.checks);
  const binding = await bindingOf(forwardPath, directory, setup);
  setup.recent.note(localOf(forwardPath), binding);
  const conversation = binding?.kind === 'conversation' ? binding.conversation : nobodys;
  const over = hasEnded(await lifeOf(conversation, directory), { at, days: setup.days });
  if (binding === undefined) return isOurs ? 'lost' : 'no';
  if (binding.kind === 'forgotten') return 'no';
  return over ? 'ended' : 'yes';
}

/** Looked up where there is no conversation. Ids of parties have other characters. */
const nobodys: Pick<Conversation, 'id' | 'buyer' | 'seller'> = { id: '-', buyer: '/', seller: '/' };

async function bindingOf(forwardPath: string, directory: Directory, { domains }: AliasSetup): Promise<Binding | undefined> {
  if (!domains.includes(domainOf(forwardPath))) return undefined;
  return directory.find(localOf(forwardPath));
}

const localOf = (forwardPath: string): string => localPart(forwardPath).toLowerCase();

/**
 * Throws a `Refusal`: 550 5.1.1 where nobody is behind the alias (any more), 550 5.7.1 where the author is none of the party's
 * sending mailboxes, and where mail to every mailbox of the recipient's comes back. A buyer's first mail to a seller's public alias opens the conversation.
 */
export async function resolve(letter: Addressed, store: AskedStore, setup: ResolveSetup): Promise<Resolution> {
  const { header, forwardPath } = letter;
  const expected = setup.recent.of(localOf(forwardPath));
  const ahead = expected && ask(expected, header, store);
  const binding = await bindingOf(forwardPath, store.directory, setup);
  if (!binding || binding.kind === 'forgotten') throw new Refusal(replies.unknownAlias);
  if (binding.kind === 'seller') return resolvePublic(binding.seller, letter, store, setup);
  const { conversation, stands } = binding;
  const asked = ahead && isSame(expected, binding) ? ahead : ask(binding, header, store);
  const [buyer, seller] = await asked.parties;
  if (!buyer || !seller) throw new Refusal(replies.unknownAlias);
  const parties = { buyer, seller };
  const writes: Role = stands === 'buyer' ? 'seller' : 'buyer';
  if (maySend(parties[writes], header.author)) {
    return routed({ conversation, parties, writes, surroundings: await asked.surroundings }, letter, setup);
  }
  if (maySend(parties[stands], header.author) && names(header, otherLocal(conversation, stands), setup)) return 'own';
  const [party, other] = [parties[writes], parties[stands]];
  if (isBlocked(party, header.author) || maySend(other, header.author)) throw new Refusal(replies.notAParty);
  return { kind: 'stranger', party, other, conversation, atOwnDomain: isAtOwnDomain(party, header.author, setup) };
}

const isSame = (a: Led, b: Led): boolean =>
  a.stands === b.stands &&
  (['id', 'buyer', 'seller', 'buyerLocal', 'sellerLocal'] as const).every((field) => a.conversation[field] === b.conversation[field]);

async function resolvePublic(sellerId: string, letter: Addressed, store: AskedStore, setup: AliasSetup): Promise<Resolved> {
  const { directory } = store;
  const [seller, buyer] = await Promise.all([directory.party(sellerId), directory.buyerAt(letter.header.author)]);
  if (!seller) throw new Refusal(replies.unknownAlias);
  if (!buyer) throw new Refusal(replies.notAParty);
  const conversation = await directory.open(buyer.id, seller.id);
  await directory.revive(buyer.id, seller.id, letter.at);
  const surroundings = await surroundingsOf({ kind: 'conversation', conversation, stands: 'seller' }, letter.header, store);
  return routed({ conversation, parties: { buyer, seller }, writes: 'buyer', surroundings }, letter, setup);
}

/** Whether the party writes from this mailbox: registered with it, or approved by itself. */
export const maySend = ({ mailboxes, admitted = [] }: Party, author: Mailbox): boolean =>
  mailboxes.some(({ address, sends }) => sends && address === author) ||
  admitted.some(({ address, verdict }) => verdict === 'approved' && address === author);

const isBlocked = ({ admitted = [] }: Party, author: Mailbox): boolean =>
  admitted.some(({ address, verdict }) => verdict === 'blocked' && address === author);

/** A domain that everybody may have a mailbox at, or a name below, is nobody's own. */
function isAtOwnDomain({ mailboxes }: Party, author: Mailbox, { organisationOf }: ResolveSetup): boolean {
  const ownerOf = (address: Mailbox) => (isSharedDomain(domainOf(address)) ? undefined : organisationOf(domainOf(address)));
  const owner = ownerOf(author);
  return owner !== undefined && mailboxes.some(({ address }) => ownerOf(address) === owner);
}

const otherLocal = (conversation: Conversation, stands: Role): string =>
  stands === 'buyer' ? conversation.sellerLocal : conversation.buyerLocal;

const names = ({ addressees }: Header, local: string, { domains }: AliasSetup): boolean =>
  addressees.some((address) => localPart(address).toLowerCase() === local && domains.includes(domainOf(address)));

const namesOthers = ({ addressees }: Header, { mailboxes }: Party, { domains }: AliasSetup): boolean =>
  addressees.some((address) => !domains.includes(domainOf(address)) && !mailboxes.some((mailbox) => mailbox.address === address));

interface Pair {
  readonly conversation: Conversation;
  readonly parties: Readonly<Record<Role, Party>>;
  readonly writes: Role;
  readonly surroundings: Surroundings;
}

function routed({ conversation, parties, writes, surroundings }: Pair, { header, at }: Addressed, setup: AliasSetup): Resolved {
  const reads: Role = writes === 'buyer' ? 'seller' : 'buyer';
  const recipients = receivingMailboxes(parties[reads], at);
  // A party none of whose mailboxes receives is the marketplace's mistake, and mendable: the sender's server keeps the mail.
  if (recipients === 'none') throw new Refusal(replies.tryLater, { cause: 'the recipient has no receiving mailbox' });
  if (recipients === 'unreachable') throw new Refusal(replies.recipientUnknown, { cause: 'mail to the recipient came back' });
  const side = (role: Role, reader: Role): Side => sideOf(conversation, parties[role], languageOf(parties[reader].locale), setup);
  const direction = writes === 'buyer' ? 'buyer_to_seller' : 'seller_to_buyer';
  return {
    kind: 'party',
    route: { conversation: conversation.id, direction, author: side(writes, reads), recipient: side(reads, writes) },
    recipients,
    revived: parties[writes].mailboxes.some(({ address, unreachable }) => address === header.author && unreachable !== undefined),
    namesOthers: namesOthers(header, parties[writes], setup),
    ...parties,
    notices: parties[writes].notices,
    surroundings,
  };
}

function sideOf(conversation: Conversation, party: Party, reader: Side['language'], setup: AliasSetup): Side {
  return {
    party: party.id,
    role: party.role,
    name: party.name,
    mailboxes: [...party.mailboxes, ...(party.admitted ?? [])].map(({ address }) => address),
    language: languageOf(party.locale),
    face: faceIn(conversation, party, reader, setup),
  };
}
