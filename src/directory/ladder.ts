/**
 * The ladder (requirement G4): strikes that fade lead to a warning, then to a block of what a seller starts. Pure: nothing here runs by a
 * timer, all is computed from what is kept. Only a new strike leads up; only time, a person or an operator leads down.
 */
import type { Role } from '../model/route.ts';
import { type Ladder, type Ledger, type Level, levels, type Measure, type Strike } from '../model/standing.ts';

const day = 86_400_000;

/** Mildest first. */
export const rank = (level: Level): number => levels.indexOf(level);

/** Strikes up to that time (ms since 1970), each faded by its age, those of one day (UTC) cut to what a day may weigh; to the hundredth. */
export function pointsAt({ strikes }: Ledger, { halfLifeDays, perDay }: Ladder, at: number): number {
  const counting = strikes.filter((strike) => strike.lifted !== true && strike.at <= at);
  const byDay = new Map<number, number>();
  for (const { at: when, weight } of counting) byDay.set(dayOf(when), (byDay.get(dayOf(when)) ?? 0) + weight);
  const points = counting.reduce((sum, { at: when, weight }) => {
    const share = Math.min(1, perDay / Math.max(byDay.get(dayOf(when)) ?? 0, Number.MIN_VALUE));
    return sum + weight * share * 0.5 ** ((at - when) / day / halfLifeDays);
  }, 0);
  return Math.round(points * 100) / 100;
}

const dayOf = (at: number): number => Math.floor(at / day);

const holds = ({ from, until }: Measure, at: number): boolean => from <= at && (until === undefined || until > at);

/** The operator's word alone while it holds; else the severest of those that came by themselves; `good` where there is none. */
export function measureAt(ledger: Ledger, at: number): Measure {
  const { override } = ledger;
  if (override && holds(override, at)) return override;
  return automaticAt(ledger, at) ?? { level: 'good', from: 0, source: 'automatic' };
}

const automaticAt = ({ measures }: Ledger, at: number): Measure | undefined =>
  measures
    .filter((measure) => holds(measure, at))
    .toSorted((a, b) => rank(a.level) - rank(b.level) || (a.until ?? Infinity) - (b.until ?? Infinity))
    .at(-1);

/** The message's strike, once: the same message again changes nothing. */
export const withStrike = (ledger: Ledger, strike: Strike): Ledger =>
  ledger.strikes.some(({ mark }) => mark === strike.mark) ? ledger : { ...ledger, strikes: [...ledger.strikes, strike] };

/** Takes away the strikes of a message, or gives them back. */
export function withLifted(ledger: Ledger, is: (strike: Strike) => boolean, lifted: boolean): Ledger {
  if (!ledger.strikes.some((strike) => is(strike) && (strike.lifted ?? false) !== lifted)) return ledger;
  return { ...ledger, strikes: ledger.strikes.map((strike) => (is(strike) ? { ...strike, lifted } : strike)) };
}

/** Relays add strikes in any order: what is decided is decided at the time of the last one, at least. */
export const latestAt = ({ strikes }: Ledger, at: number): number => strikes.reduce((latest, one) => Math.max(latest, one.at), at);

export interface Climb {
  readonly role: Role;
  readonly ladder: Ladder;
  /** Milliseconds since 1970. */
  readonly at: number;
}

/** A step up where the points ask for one and nothing as severe holds; while an operator's word holds, nothing happens by itself. */
export function climb(ledger: Ledger, { role, ladder, at }: Climb): Ledger {
  const when = latestAt(ledger, at);
  if (!ladder.automatic || (ledger.override && holds(ledger.override, when))) return ledger;
  const points = pointsAt(ledger, ladder, when);
  const reached = stepsOf(role, ladder).find(({ points: needed }) => points >= needed);
  const now = automaticAt(ledger, when)?.level ?? 'good';
  if (!reached || rank(now) >= rank(reached.level)) return ledger;
  const measure: Measure = { level: reached.level, from: when, until: when + reached.days * day, source: 'automatic' };
  return { ...ledger, measures: [...ledger.measures, measure] };
}

/** What came by itself and would not have come without the strikes that were taken away ends now. */
export function settle(ledger: Ledger, { role, ladder, at }: Climb): Ledger {
  const needed = new Map(stepsOf(role, ladder).map((step) => [step.level, step.points]));
  const stands = (measure: Measure): boolean =>
    !holds(measure, at) || pointsAt(ledger, ladder, measure.from) >= (needed.get(measure.level) ?? 0);
  if (ledger.measures.every(stands)) return ledger;
  return { ...ledger, measures: ledger.measures.map((measure) => (stands(measure) ? measure : { ...measure, until: at })) };
}

interface Reached {
  readonly level: Level;
  readonly points: number;
  readonly days: number;
}

/** Severest first. A buyer is warned and no more: buyers are blocked by operators. */
function stepsOf(role: Role, { warning, startingBlocked, allBlocked }: Ladder): readonly Reached[] {
  const warned: Reached = { level: 'warned', points: warning.at, days: warning.days };
  if (role === 'buyer') return [warned];
  const blocked: Reached = { level: 'starting-blocked', points: startingBlocked.at, days: startingBlocked.days };
  return [...(allBlocked ? [{ level: 'all-blocked' as const, points: allBlocked.at, days: allBlocked.days }] : []), blocked, warned];
}

/** What stops a message of the party's now. `initiates`: the author starts the contact. Answers pass a block of starting. */
export function blockAt(ledger: Ledger, initiates: boolean, at: number): Measure | undefined {
  const measure = measureAt(ledger, at);
  return measure.level === 'all-blocked' || (measure.level === 'starting-blocked' && initiates) ? measure : undefined;
}
