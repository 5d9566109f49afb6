/**
 * The critical budget (requirement C5): how often a seller's tag in the subject counts where the message would not pass without it, and
 * what takes the tag away. Exact, from the uses and reports that are kept.
 *
 * Reports: who can report got the message, and one buyer counts once, however often. It takes two buyers, or one report that a person of
 * the marketplace upheld; one that was dismissed counts no more. Nothing but the tag goes by reports that nobody looked at.
 */
import type { Complaint, CriticalFigures, Ledger, TagAway, TagUse } from '../model/standing.ts';

const day = 86_400_000;
const month = 30 * day;
/** However many orders: each use is kept, and so many fit into a ledger. */
const most = 1000;

/** Messages in 30 days. `orders`: of the last 30 days. */
export const budgetFor = (orders: number, { per100Orders, atLeast }: CriticalFigures): number =>
  Math.min(most, Math.max(atLeast, Math.floor((orders * per100Orders) / 100)));

export interface Budget {
  readonly figures: CriticalFigures;
  /** Messages in 30 days. */
  readonly budget: number;
  /** Milliseconds since 1970. */
  readonly at: number;
}

const usesAt = ({ tagUses }: Ledger, at: number): readonly TagUse[] => tagUses.filter((use) => use.at > at - month);

/** How often the tag still counts. */
export const leftAt = (ledger: Ledger, { budget, at }: Budget): number => Math.max(0, budget - usesAt(ledger, at).length);

/** Why the tag does not count now; undefined where it does. */
export function tagAwayAt(ledger: Ledger, about: Budget): TagAway | undefined {
  const { figures, budget, at } = about;
  const until = reportedUntil(ledger.complaints, figures);
  if (until > at) return { why: 'reported', until, budget };
  const uses = usesAt(ledger, at);
  if (uses.length < budget) return undefined;
  const leaves = uses.map((use) => use.at).toSorted((a, b) => a - b)[uses.length - budget] ?? at;
  return { why: 'used-up', until: leaves + month, budget };
}

/** Whether the tag counts for this message, and the ledger with its use; the same message again is no further use. */
export function useTag(ledger: Ledger, mark: string, about: Budget): { readonly ledger: Ledger; readonly away?: TagAway } {
  const away = tagAwayAt(ledger, about);
  if (away?.why === 'reported') return { ledger, away };
  if (ledger.tagUses.some((use) => use.mark === mark)) return { ledger };
  return away ? { ledger, away } : { ledger: { ...ledger, tagUses: [...ledger.tagUses, { mark, at: about.at }] } };
}

/** Notes a recipient's report of a tagged message; the same once more changes nothing, whatever a person found of it. */
export const withComplaint = (ledger: Ledger, complaint: Complaint): Ledger =>
  ledger.complaints.some((it) => isSame(it, complaint)) ? ledger : { ...ledger, complaints: [...ledger.complaints, complaint] };

/** The same report with what a person found of it. */
export const withVerdict = (ledger: Ledger, complaint: Complaint): Ledger => ({
  ...ledger,
  complaints: [...ledger.complaints.filter((it) => !isSame(it, complaint)), complaint],
});

const isSame = (a: Complaint, b: Complaint): boolean => a.trace === b.trace && a.by === b.by;

/** Until when reports take the tag away; 0 where they never did. */
function reportedUntil(complaints: readonly Complaint[], { reports, awayDays }: CriticalFigures): number {
  const away = awayDays * day;
  const counting = complaints.filter(({ judged }) => judged?.outcome !== 'dismissed');
  const ends = counting.map(({ at, judged }) => {
    if (judged?.outcome === 'upheld') return judged.at + away;
    const buyers = new Set(counting.filter((it) => it.at <= at && it.at > at - away).map(({ by }) => by));
    return buyers.size >= reports ? at + away : 0;
  });
  return Math.max(0, ...ends);
}
