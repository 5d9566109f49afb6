/** What the marketplace is told of, in the words of its webhooks: a closed list. Ids of ours and of the marketplace's, classes, numbers; no mailbox, no name, no content. */
import type { Entry, Outcome } from './entry.ts';
import type { BounceReason, Direction, OptOutChoice } from './route.ts';
import type { Level } from './standing.ts';

export const eventTypes = [
  /** A message was handed over as it was. */
  'relayed',
  /** It was handed over, and something was taken out of it. */
  'redacted',
  /** It waits for a word of its author, its party or an operator. */
  'held',
  /** It waited, and was handed over. */
  'released',
  /** It was refused, by the reply or by a notice. */
  'rejected',
  /** One that was handed over came back for good. */
  'bounced',
  /** A buyer said which messages of sellers are not wanted. */
  'opted-out',
  /** A recipient reported a message. */
  'reported',
  /** A party may write no more, or start nothing; or for another time than before. */
  'suspended',
] as const;
export type EventType = (typeof eventTypes)[number];

/** What a subscriber may be told beside type, time and trace. */
export const eventScopes = [
  /** Of conversation and parties. */
  'ids',
  /** Both aliases of the conversation. */
  'alias',
  /** Disposition and direction; class of a bounce; choice of an opt-out; level of a suspension, and until when. */
  'disposition',
  /** Ids of the rules that found something. */
  'rules',
] as const;
export type EventScope = (typeof eventScopes)[number];

/** Times are milliseconds since 1970. */
export interface Event {
  readonly type: EventType;
  readonly at: number;
  /** Of the message that it is about. */
  readonly trace?: string;
  /** Id of the conversation. */
  readonly conversation?: string;
  /** Id of the party that said something, or that is suspended. */
  readonly party?: string;
  readonly disposition?: Outcome;
  readonly direction?: Direction;
  readonly reason?: BounceReason;
  readonly choice?: OptOutChoice;
  readonly level?: Level;
  readonly until?: number;
  readonly rules?: readonly string[];
}

/** What keeps in order what happens to a party beside its conversations; theirs is their id. */
export const partyLane = (party: string): string => `party/${party}`;

/** Nobody waits for it, and it never throws. */
export type Tell = (event: Event) => void;

/** Undefined of a message of which nobody is told: put off, repeated, dropped, or stopped before it was known whose it was. */
export function eventOf({ trace, at, conversation, direction, disposition, findings }: Entry): Event | undefined {
  if (conversation === undefined) return undefined;
  const changed = findings.some(({ action }) => action === 'redact');
  const types: Readonly<Partial<Record<Outcome, EventType>>> = {
    relay: changed ? 'redacted' : 'relayed',
    hold: 'held',
    reject: 'rejected',
  };
  const type = types[disposition];
  const rules = [...new Set(findings.map(({ rule }) => rule))];
  return type && { type, at, trace, conversation, disposition, rules, ...(direction && { direction }) };
}

/** Of a message that waited. */
export const asReleased = (event: Event): Event =>
  event.type === 'relayed' || event.type === 'redacted' ? { ...event, type: 'released' } : event;
