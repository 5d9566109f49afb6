/** What the journal keeps of one message: ids, rule ids, reply, times; no mailbox, no name, no content. */
import type { Authentication } from './authentication.ts';
import type { BounceReason, Direction } from './route.ts';
import type { Action, Finding, Tag } from './verdict.ts';

/** `relay`: handed over; `hold`: kept; `reject`: 5xx; `defer`: 4xx; `drop`: taken and not passed on; `repeat`: had been relayed before. */
export type Outcome = 'relay' | 'hold' | 'reject' | 'defer' | 'drop' | 'repeat';

export interface Entry {
  readonly trace: string;
  /** Milliseconds since 1970, when DATA ended. */
  readonly at: number;
  readonly conversation?: string;
  readonly direction?: Direction;
  readonly disposition: Outcome;
  /** The last line that the sender's server got: `250 2.0.0 <trace>`. */
  readonly reply: string;
  readonly findings: readonly {
    readonly rule: string;
    readonly action: Action;
    readonly part: Finding['part'];
    readonly region: Finding['region'];
  }[];
  /** Of the received message. */
  readonly bytes: number;
  /** Milliseconds each step took, in the order of the way. */
  readonly steps: Readonly<Record<string, number>>;
  /** Why the way ended early, in words of ours. */
  readonly reason?: string;
  /** How far its author was proven; not set where nobody asked, and where the way ended before. */
  readonly authentication?: Authentication;
  /** The seller who started it set the critical tag: it passed by that alone, or had it beside. */
  readonly tag?: Tag;
  /** Trace id of the message that this one repeats. */
  readonly repeats?: string;
  /** Set when the message came back for good: milliseconds since 1970. */
  readonly bouncedAt?: number;
  /** Why, where that is known. */
  readonly bounceReason?: BounceReason;
}
