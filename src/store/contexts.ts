/** Which record a sealed value belongs to: the context that it is sealed with, so that it opens nowhere else. Named here once, for those who seal and for those who seal anew. */
import type { Role } from '../model/route.ts';

/** One end of a pair of Message-IDs: an id as one side of a conversation knows it. */
export interface ThreadId {
  readonly conversation: string;
  readonly side: Role;
  readonly id: string;
}

export const threadText = ({ conversation, side, id }: ThreadId): string => `${conversation} ${side} ${id}`;

const reviewContext = (kind: string, trace: string, party: string): string => `${kind}:${trace}/${party}`;

export const contextOf = {
  party: (id: string) => `party:${id}`,
  admitted: (party: string) => `admitted:${party}`,
  ledger: (party: string) => `ledger:${party}`,
  order: (id: string) => `order:${id}`,
  entry: (trace: string) => `entry:${trace}`,
  hold: (trace: string) => `hold:${trace}`,
  item: (id: string) => `outbox:${id}`,
  thread: (end: ThreadId) => `thread:${threadText(end)}`,
  review: reviewContext,
  finding: (kind: string, trace: string, party: string) => `finding:${reviewContext(kind, trace, party)}`,
  /** `id`: of the entry, as `digestIdOf` makes it. */
  digest: (party: string, id: string) => `digest:${party}/${id}`,
  legalHold: (conversation: string) => `legal-hold:${conversation}`,
  webhook: (id: string) => `webhook:${id}`,
  delivery: (id: string) => `delivery:${id}`,
  /** `key`: the digest of the caller's. */
  answer: (key: string) => `answer:${key}`,
  archived: (trace: string) => `archived:${trace}`,
} as const;
