/**
 * How long each class of what the store keeps is kept, in one place. README's table of retention is this one; the adapters of the store
 * count by it. What has no time here stays until the marketplace or its party takes it away.
 */

const DAY = 86_400_000;

/** What an operator may choose, in days; the bounds are those of the settings of these names. */
export interface Retention {
  /** Milliseconds, from the message. */
  readonly journal: number;
  /** Milliseconds, from the review. */
  readonly reviews: number;
}

/** Milliseconds. */
export const keep = {
  settled: 5 * DAY,
  threads: 400 * DAY,
  journal: 400 * DAY,
  holds: 3 * DAY,
  sent: 5 * DAY,
  reviews: 400 * DAY,
  standings: 400 * DAY,
  digests: 30 * DAY,
  archive: 400 * DAY,
  responses: 100 * DAY,
  deadEvents: 30 * DAY,
  answers: DAY,
} as const;

/** Of a held message, as people are told it. */
export const heldHours = keep.holds / 3_600_000;

/** As far into the future as a time goes: what is not to end. Milliseconds since 1970. */
export const FOR_EVER = 8_640_000_000_000_000;

export interface RetentionClass {
  readonly name: string;
  /** What is kept, for people. */
  readonly what: string;
  /** Milliseconds; undefined: until it is taken away. */
  readonly keeps: number | undefined;
  /** The setting that changes it. */
  readonly setting?: 'JOURNAL_DAYS' | 'REVIEW_DAYS' | 'ARCHIVE_DAYS';
  /** What ends it beside the time. */
  readonly ends: string;
}

/** Every class; README shows them in this order. */
export const classes: readonly RetentionClass[] = [
  { name: 'parties', what: 'mailboxes, name, absence, words on strangers', keeps: undefined, ends: '`DELETE /v1/parties/{id}`' },
  {
    name: 'aliases, conversations',
    what: 'who writes to whom, by ids',
    keeps: undefined,
    ends: 'forgotten with a party: answered as unknown',
  },
  {
    name: 'orders',
    what: 'ids, kind, completion; what was ordered, sealed',
    keeps: undefined,
    ends: 'what was ordered: with either party',
  },
  {
    name: 'journal',
    what: 'one entry a message, no content',
    keeps: keep.journal,
    setting: 'JOURNAL_DAYS',
    ends: 'its time, or later by a legal hold',
  },
  {
    name: 'archive',
    what: 'messages as received and delivered, what was decided; sealed',
    keeps: keep.archive,
    setting: 'ARCHIVE_DAYS',
    ends: 'contents and words: with either party; later by a legal hold',
  },
  {
    name: 'look-ups',
    what: 'keyed hashes of Message-IDs',
    keeps: keep.journal,
    setting: 'JOURNAL_DAYS',
    ends: 'its time; with either party',
  },
  { name: 'threads', what: 'Message-IDs of both sides', keeps: keep.threads, ends: 'its time; with either party' },
  {
    name: 'held messages',
    what: 'the message as received, sealed',
    keeps: keep.holds,
    ends: 'released; with either party; the 21st of one author',
  },
  { name: 'outbox', what: 'notices, released messages, sealed', keeps: undefined, ends: 'sent or given up; with its recipient' },
  { name: 'sent ids', what: 'that an item of the outbox was sent', keeps: keep.sent, ends: 'its time' },
  { name: 'claims', what: 'keyed hash of each message relayed', keeps: keep.settled, ends: 'its time' },
  { name: 'digests', what: 'subject and rules for the daily mail, sealed', keeps: keep.digests, ends: 'mailed; with their party' },
  {
    name: 'reviews',
    what: 'objections and reports, texts sealed',
    keeps: keep.reviews,
    setting: 'REVIEW_DAYS',
    ends: 'the text: with its party',
  },
  {
    name: 'standing',
    what: 'strikes, complaints, measures, sealed',
    keeps: keep.standings,
    ends: 'with their party; an operator’s word: when it ends',
  },
  { name: 'response times', what: 'counts by seller and day', keeps: keep.responses, ends: 'with the seller' },
  { name: 'events', what: 'what webhooks have not taken, sealed', keeps: keep.deadEvents, ends: 'taken; about a party: with it' },
  { name: 'kept answers', what: 'of calls with an `Idempotency-Key`, sealed', keeps: keep.answers, ends: 'its time' },
  { name: 'tokens, webhooks', what: 'a digest; URL and secret, sealed', keeps: undefined, ends: 'revoked, deleted' },
  { name: 'limits', what: 'counts by keyed hash', keeps: undefined, ends: 'two windows of the limit, 60 days at most' },
];
