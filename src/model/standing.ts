/** How a party keeps the rules: its strikes, what recipients say of its messages, and what follows from both. Values only. */

/** Mildest first. `warned`: nothing is blocked; `starting-blocked`: answers pass, nothing new does; `all-blocked`: nothing passes. */
export const levels = ['good', 'warned', 'starting-blocked', 'all-blocked'] as const;
export type Level = (typeof levels)[number];

/** What a person of the marketplace finds of an objection or a report. */
export const reviewOutcomes = ['upheld', 'dismissed'] as const;
export type ReviewOutcome = (typeof reviewOutcomes)[number];

/** What a person of the marketplace found of a review. */
export interface ReviewFinding {
  readonly outcome: ReviewOutcome;
  /** Milliseconds since 1970. */
  readonly at: number;
  /** In the person's words; goes when the party is forgotten. */
  readonly note?: string;
}

/** The rule of a strike that a person's word gave. */
export const upheldReport = 'report';

/** One message that broke the rules. Times are milliseconds since 1970. */
export interface Strike {
  readonly trace: string;
  /** The same message again, with another trace, has the same. */
  readonly mark: string;
  readonly at: number;
  readonly conversation: string;
  /** The heaviest of its rules, or `report`. */
  readonly rule: string;
  readonly weight: number;
  /** A person took it away. */
  readonly lifted?: boolean;
}

/** A recipient's report of a message that carried the critical tag. */
export interface Complaint {
  readonly trace: string;
  /** Id of the recipient's party. */
  readonly by: string;
  readonly at: number;
  readonly judged?: { readonly outcome: ReviewOutcome; readonly at: number };
}

/** What was decided of a party; without `until` it holds until an operator says otherwise. */
export interface Measure {
  readonly level: Level;
  readonly from: number;
  readonly until?: number;
  readonly source: 'automatic' | 'operator';
  /** In the operator's words. */
  readonly reason?: string;
}

/** What was decided, where the party's statement of reasons is not yet on its way. */
export interface Owed {
  readonly before: Level;
  readonly after: Measure;
  /** When it was decided, milliseconds since 1970. */
  readonly at: number;
  /** Trace id of the last message that led to it. */
  readonly of?: string;
}

/** A message that passed by its tag alone. */
export interface TagUse {
  readonly mark: string;
  readonly at: number;
}

/** All that is kept of it for one party, each list in the order in which it came. */
export interface Ledger {
  readonly strikes: readonly Strike[];
  readonly complaints: readonly Complaint[];
  readonly tagUses: readonly TagUse[];
  /** Those that came by themselves. */
  readonly measures: readonly Measure[];
  /** While it holds, the operator's word alone counts. */
  readonly override?: Measure;
  readonly owed?: Owed;
}

export const emptyLedger: Ledger = { strikes: [], complaints: [], tagUses: [], measures: [] };

/** From so many points on, for so many days. */
export interface Step {
  readonly at: number;
  readonly days: number;
}

/** The figures of the ladder: what a message weighs, how fast that fades, where it leads. */
export interface Ladder {
  /** Otherwise strikes are counted, and operators decide. */
  readonly automatic: boolean;
  /** After so many days a strike weighs half. */
  readonly halfLifeDays: number;
  /** The strikes of one day (UTC) weigh no more than this together: a template gone wrong is one mistake, and the warning wants reading. */
  readonly perDay: number;
  readonly warning: Step;
  readonly startingBlocked: Step;
  /** Not set: never by itself. */
  readonly allBlocked?: Step;
  /** Points by rule id, and of a report that was upheld; a rule that is not named weighs nothing. */
  readonly weights: Readonly<Record<string, number>>;
}

/** How often a seller's tag in the subject counts. */
export interface CriticalFigures {
  /** Messages a month (30 days) for each 100 orders of that time, and at least so many. */
  readonly per100Orders: number;
  readonly atLeast: number;
  /** Reports of so many buyers within `awayDays` take the tag away for as long; one that was upheld does so alone. */
  readonly reports: number;
  readonly awayDays: number;
}

/** Why a seller's tag does not count now, and until when. */
export interface TagAway {
  readonly why: 'used-up' | 'reported';
  /** Milliseconds since 1970. */
  readonly until: number;
  /** Messages in 30 days. */
  readonly budget: number;
}
