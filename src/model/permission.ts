/** What the seller of an order may send its buyer now, and what stands against it. Values only. */
import type { RuleId } from './verdict.ts';
import type { OrderKind } from './route.ts';

/**
 * `answer`: to what the buyer wrote lately; `message`: any other, without a tag; `critical`: the same with the tag in its subject;
 * `review-request`: a message that asks for a review.
 */
export const messageKinds = ['answer', 'message', 'critical', 'review-request'] as const;
export type MessageKind = (typeof messageKinds)[number];

/** Why not, beside the rules of the policy; in words of ours. */
export const hindrances = {
  'nothing-to-answer': 'The buyer wrote nothing in the last 30 days.',
  ended: 'The aliases of the conversation have ended; opening it or a new order revives them.',
  blocked: 'The buyer takes no messages from this seller, but what a current order cannot do without.',
  'through-block': 'The buyer takes no messages from this seller, and this week critical ones came through often enough.',
  'answers-only': 'The seller takes no messages, and so starts none, but what a current order cannot do without.',
  'starting-blocked': 'The seller may answer, and start nothing.',
  'all-blocked': 'The seller may send nothing.',
  'tag-used-up': 'The tag counts no more this month.',
  'tag-reported': 'Reports of buyers have taken the tag away.',
  'too-many-starts': 'The seller has started as much as a day allows.',
} as const;
export type Hindrance = keyof typeof hindrances;

export interface Obstruction {
  readonly reason: Hindrance | RuleId;
  /** Milliseconds since 1970; not set where nobody knows. */
  readonly until?: number;
}

/** Allowed where nothing stands against it. */
export interface Permission {
  readonly kind: MessageKind;
  readonly why: readonly Obstruction[];
}

export interface Permissions {
  /** The order that counts between the two: the one that was asked for, or another. */
  readonly judgedBy: { readonly id: string; readonly kind: OrderKind; readonly completedDaysAgo: number };
  /** Not set where it was not opened yet. */
  readonly conversation?: string;
  /** Whatever the seller writes now starts the contact. */
  readonly initiates: boolean;
  /** Messages that may still pass by the tag alone. */
  readonly critical: { readonly budget: number; readonly left: number };
  readonly permissions: readonly Permission[];
}
