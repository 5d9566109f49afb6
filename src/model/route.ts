/** Who writes to whom. */
import type { Alias, Mailbox } from './address.ts';

export type Role = 'buyer' | 'seller';

/** `buyer_to_seller` or `seller_to_buyer`. */
export type Direction = 'buyer_to_seller' | 'seller_to_buyer';

/** The languages in which we write lines and notices of our own. */
export const languages = ['en', 'de', 'it', 'sv', 'zh', 'id', 'es', 'fr'] as const;
export type Language = (typeof languages)[number];

/** Why a mailbox takes no mail, in our classes: a far side's own words go no further. */
export const bounceReasons = ['unknown', 'full', 'policy', 'other'] as const;
export type BounceReason = (typeof bounceReasons)[number];

/** One of a party's mailboxes; a help desk may only send, a team's group mailbox only receive. */
export interface PartyMailbox {
  readonly address: Mailbox;
  readonly receives: boolean;
  readonly sends: boolean;
  /** Mail to it came back for good; milliseconds since 1970. */
  readonly unreachable?: { readonly at: number; readonly reason: BounceReason };
}

/**
 * How an author is told that a message was refused, changed or held: with a mail for each, with one mail for each day (UTC), or not at
 * all: then a refused message is answered 550, so that the author's own mail server tells it.
 */
export const noticeChoices = ['each', 'daily', 'off'] as const;
export type NoticeChoice = (typeof noticeChoices)[number];

/** What a party says of a mailbox that it was not registered with: `approved` may send in its name, `blocked` never. */
export type Admission = 'approved' | 'blocked';

export interface Admitted {
  readonly address: Mailbox;
  readonly verdict: Admission;
  /** Of the mails that the party was asked about, the last ten: to each of these questions it may give another answer later. */
  readonly traces?: readonly string[];
}

/** Which messages of sellers a buyer does not want: those of one, of all, of none. */
export type OptOutChoice = 'seller' | 'all' | 'none';

/** A buyer or a seller, as the marketplace registered it. */
export interface Party {
  /** The marketplace's own id: letters, digits, `_ . : -`; says nothing of the person. */
  readonly id: string;
  readonly role: Role;
  readonly name: string;
  readonly mailboxes: readonly PartyMailbox[];
  /** BCP 47, `en` where the marketplace gave none. */
  readonly locale: string;
  readonly optedOut: boolean;
  /** Set while away; the text is the marketplace's own, and may be empty. */
  readonly away?: string;
  /** When the party is back: milliseconds since 1970. Not set: nobody knows. */
  readonly awayUntil?: number;
  readonly messaging: 'enabled' | 'disabled';
  readonly notices: NoticeChoice;
  /** Mailboxes that wrote in the party's name, with what was said of them; the last 50. */
  readonly admitted?: readonly Admitted[];
  /** Local part of a seller's public alias: a buyer's first mail to it opens the conversation. */
  readonly publicLocal?: string;
}

/** A (buyer, seller) pair with the local parts of its two aliases. Everything in it is fixed for ever. */
export interface Conversation {
  readonly id: string;
  readonly buyer: string;
  readonly seller: string;
  /** Stands for the buyer: the seller writes to it. */
  readonly buyerLocal: string;
  /** Stands for the seller: the buyer writes to it. */
  readonly sellerLocal: string;
}

export type OrderKind = 'standard' | 'custom' | 'handmade' | 'wine';

export interface Order {
  readonly id: string;
  readonly buyer: string;
  readonly seller: string;
  readonly kind: OrderKind;
  /** Milliseconds since 1970; undefined while the order is open. */
  readonly completedAt?: number;
  /** What was ordered, in the marketplace's words; stands above each mail about it. */
  readonly item?: string;
  /** How often its seller asked for a review of it; undefined where never. The store counts. */
  readonly reviewRequests?: number;
}

/** What the policy needs to know beside the message itself; the shape of `POST /v1/check`. */
export interface Situation {
  readonly direction: Direction;
  /** The author starts the contact: the other side wrote nothing in this conversation in the last 30 days. */
  readonly initiates: boolean;
  readonly order: {
    readonly kind: OrderKind;
    /** 0: today, or still open. */
    readonly completedDaysAgo: number;
    /** How often the seller asked for a review of it before. */
    readonly reviewRequests?: number;
  } | null;
  readonly buyerOptedOut: boolean;
  /** `false`: the seller's tag in the subject does not count now. */
  readonly tagCounts?: boolean;
}

/** What the recipient gets to see of a party. */
export interface Face {
  /** Safe to show: no address, number or link in it. */
  readonly name: string;
  readonly alias: Alias;
}

/** Who writes to whom, with all that the heavy part needs to know of them. Plain values only. */
export interface Route {
  readonly conversation: string;
  readonly direction: Direction;
  readonly author: Side;
  readonly recipient: Side;
}

export interface Side {
  readonly party: string;
  readonly role: Role;
  /** The real name, to be kept out of what the other side gets. */
  readonly name: string;
  readonly mailboxes: readonly Mailbox[];
  /** Hosts that everybody may name, though the party has a mailbox there: those of the marketplace, and what the policy allows. */
  readonly openHosts?: readonly string[];
  readonly language: Language;
  readonly face: Face;
}

/** The id of the seller of the two. */
export const sellerOf = ({ author, recipient }: Route): string => (author.role === 'seller' ? author.party : recipient.party);

/** The language of ours that is nearest to a BCP 47 tag; English where there is none. */
export function languageOf(locale: string): Language {
  const primary = locale.toLowerCase().split(/[-_]/, 1)[0];
  return languages.find((language) => language === primary) ?? 'en';
}
