/**
 * What we write, as it goes into the outbox: null reverse-path; a notice to the very mailbox that wrote, one for each message and kind;
 * a digest to a mailbox of the party's that receives, one for each day.
 */
import type { Mailbox } from '../model/address.ts';
import type { Header, Received } from '../model/message.ts';
import { heldHours } from '../model/retention.ts';
import { type Face, type Language, languageOf, type Party, type Route } from '../model/route.ts';
import type { TagAway } from '../model/standing.ts';
import type { Verdict } from '../model/verdict.ts';
import { type DigestEntry, writeDigest } from './digest.ts';
import { mentioned, type NoticeKind, type NoticeLimits } from './notice.ts';
import { writeNotice } from './write.ts';

export interface Letter {
  readonly received: Received;
  readonly header: Header;
  readonly route: Route;
}

export interface Judged {
  /** Of the author's message, decoded. */
  readonly subject: string;
  readonly verdicts: readonly Verdict[];
  /** An answer SEND delivers the message without the offending parts. */
  readonly canSend: boolean;
  readonly limits: NoticeLimits;
  /** When a block ends that stopped the message; milliseconds since 1970. */
  readonly blockedUntil?: number;
  /** The author's tag in the subject does not count now. */
  readonly tagAway?: TagAway;
}

/** What of the relay's own stands in a notice. */
export interface Office {
  readonly domain: string;
  readonly commandAddressFor: (trace: string) => string;
  /** The page that says all commands, where people can reach one. */
  readonly helpPageFor?: (language: Language) => string | undefined;
}

export interface NoticeItem {
  readonly id: string;
  readonly trace: string;
  readonly reversePath: '';
  readonly recipient: Mailbox;
  readonly bytes: Uint8Array;
  readonly at: number;
}

/** Undefined where there is nothing to tell: what went was in quotes or a signature only. */
export function noticeItem(kind: NoticeKind, { received, header, route }: Letter, judged: Judged, office: Office): NoticeItem | undefined {
  if (kind === 'redacted' && mentioned(judged.verdicts).length === 0) return undefined;
  const { trace, at } = received;
  const bytes = writeNotice({
    kind,
    language: route.author.language,
    trace,
    at,
    own: route.author.face,
    other: route.recipient.face,
    ...judged,
    ...(header.messageId !== undefined && { messageId: header.messageId }),
    ...((kind === 'held' || judged.canSend) && { keptHours: heldHours }),
    commandAddress: office.commandAddressFor(trace),
    helpPage: office.helpPageFor?.(route.author.language),
    domain: office.domain,
  });
  return { id: `notice:${kind}:${trace}`, trace, reversePath: '', recipient: header.author, bytes, at };
}

/** What is kept of a notice until the digest is written. */
export interface KeptEntry extends DigestEntry {
  /** Id of the author's party. */
  readonly party: string;
  /** The author, as the other side sees them. */
  readonly own: Face;
}

/** What a digest is to say of the message; undefined where a notice would have nothing to tell. */
export function digestEntry(kind: NoticeKind, { received, route }: Letter, judged: Pick<Judged, 'subject' | 'verdicts'>) {
  const rules = mentioned(judged.verdicts).map(({ rule }) => rule);
  if (kind === 'redacted' && rules.length === 0) return undefined;
  const { trace, at } = received;
  const { author, recipient } = route;
  const entry: KeptEntry = {
    party: author.party,
    trace,
    at,
    kind,
    subject: judged.subject,
    rules,
    own: author.face,
    other: recipient.face.name,
  };
  return entry;
}

/** One party's day, with at least one entry. */
export interface Day {
  /** `2026-03-09`, UTC. */
  readonly day: string;
  readonly entries: readonly KeptEntry[];
}

const dayMilliseconds = 86_400_000;

/**
 * The same day with the same entries has the same id, and one that got further entries another. It comes from the address of the day's
 * first message. Undefined where the party has no mailbox. `at`: milliseconds since 1970, now.
 */
export function digestItem({ day, entries }: Day, party: Party, office: Office, at: number): NoticeItem | undefined {
  const [first] = entries;
  const mailbox = party.mailboxes.find(({ receives, sends }) => receives && sends) ?? party.mailboxes.find(({ receives }) => receives);
  if (!first || !mailbox) return undefined;
  const { trace, own } = first;
  const bytes = writeDigest({
    language: languageOf(party.locale),
    trace,
    at: Date.parse(day) + dayMilliseconds - 1000,
    own,
    entries,
    commandAddress: office.commandAddressFor(trace),
    domain: office.domain,
  });
  const id = `digest:${party.id}:${day}:${trace}:${entries.length}`;
  return { id, trace, reversePath: '', recipient: mailbox.address, bytes, at };
}
