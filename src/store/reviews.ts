/** Port of the store for what people of the marketplace review: objections and reports. */
import type { ReviewFinding } from '../model/standing.ts';

/** `objection`: an author against a decision of ours; `report`: a recipient against a message. */
export type ReviewKind = 'objection' | 'report';

/** What somebody says of a message, for a person to look at. */
export interface Review {
  readonly kind: ReviewKind;
  /** Of the message. */
  readonly trace: string;
  /** Milliseconds since 1970. */
  readonly at: number;
  readonly conversation: string;
  /** Who says it. */
  readonly party: string;
  /** In their words; `''` once the party is forgotten. */
  readonly text: string;
  /** Set once a person found something of it. */
  readonly found?: ReviewFinding;
}

/** What tells a review from all others. */
export type ReviewName = Pick<Review, 'kind' | 'trace' | 'party'>;

/** The lists that people of the marketplace review, one of each kind; kept for 400 days, the texts encrypted. */
export interface Reviews {
  /** One for each kind, trace and party: the last counts, and nobody has looked at it yet. */
  add(review: Omit<Review, 'found'>): Promise<void>;
  /** Keeps what a person found; the last word counts. False: there is no such review. */
  find(review: ReviewName, finding: ReviewFinding): Promise<boolean>;
  /** Newest first; `before`: the `next` of the page before. */
  page(kind: ReviewKind, limit: number, before?: string): Promise<ReviewPage>;
  /** Those that nobody has found anything of yet. A page may be short, and have a `next` all the same. */
  openPage(kind: ReviewKind, limit: number, before?: string): Promise<ReviewPage>;
}

export interface ReviewPage {
  readonly reviews: readonly Review[];
  readonly next?: string;
}
