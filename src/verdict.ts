/**
 * THE WAY of a word of the marketplace about a party: an operator sets its standing or takes that back, and a person finds an objection or a
 * report right or wrong (requirements G3, G4, G5, D8). The party learns what changes for it.
 *
 * An objection that is upheld takes the message's strike away, and with it what would not have come without; it does not undo what an
 * operator said.
 * A report that is upheld is a strike for the author, and takes the tag away from one who tagged the message. Each word may be changed.
 */
import { type Budget, budgetFor, leftAt, tagAwayAt, withVerdict } from './directory/critical-budget.ts';
import { ordersOf } from './directory/allowance.ts';
import { climb, measureAt, pointsAt, settle, withLifted, withStrike } from './directory/ladder.ts';
import { sentMessage } from './directory/sent.ts';
import type { HttpPorts, Standing } from './http/operation.ts';
import type { Party } from './model/route.ts';
import { type Ledger, type ReviewFinding, upheldReport } from './model/standing.ts';
import { changeStanding, type StandingPorts } from './standing.ts';
import type { ReviewName } from './store/store.ts';

export type Standings = HttpPorts['standing'];

/** What the API asks of a party's standing. `now`: milliseconds since 1970. */
export function createStandings(ports: StandingPorts, now: () => number): Standings {
  const { directory, standings } = ports.store;
  const changed = async (id: string, change: (party: Party, at: number) => Promise<Ledger>): Promise<Standing | undefined> => {
    const party = await directory.party(id);
    const at = now();
    return party && shownOf(party, { ledger: await change(party, at), at }, ports);
  };
  return {
    read: (id) => changed(id, () => standings.ledger(id)),
    set: (id, word) => changed(id, (party, at) => override(party, { ...word, at }, ports)),
    unset: (id) => changed(id, (party, at) => takeBack(party, at, ports)),
    async find(review, { outcome, note }) {
      const finding = { outcome, at: now(), ...(note !== undefined && { note }) };
      return (await findOf(review, finding, ports)) ? finding : undefined;
    },
  };
}

interface Now {
  readonly ledger: Ledger;
  /** Milliseconds since 1970. */
  readonly at: number;
}

async function shownOf({ id, role }: Party, { ledger, at }: Now, { store, policy }: StandingPorts): Promise<Standing> {
  const strikes = ledger.strikes.toReversed();
  const known = { measure: measureAt(ledger, at), points: pointsAt(ledger, policy.ladder, at), strikes };
  if (role === 'buyer') return known;
  const budget = budgetFor(await store.quota.used(ordersOf(id)), policy.critical);
  const about: Budget = { figures: policy.critical, budget, at };
  const away = tagAwayAt(ledger, about);
  return { ...known, critical: { budget, left: leftAt(ledger, about), ...(away && { away }) } };
}

/** An operator's word. `until`: milliseconds since 1970; not set: until it is taken back. */
type Word = Parameters<Standings['set']>[1];

/** Durable when it resolves; the party has its statement of reasons on the way. */
function override(party: Party, { level, until, reason, at }: Word & { readonly at: number }, ports: StandingPorts): Promise<Ledger> {
  const measure = {
    level,
    from: at,
    source: 'operator' as const,
    ...(until !== undefined && { until }),
    ...(reason !== undefined && { reason }),
  };
  // The same word once more begins no new time.
  const change = (ledger: Ledger): Ledger => {
    const { override: before } = ledger;
    const same = before?.level === level && before.until === until && before.reason === reason;
    return same ? ledger : { ...ledger, override: measure };
  };
  return changeStanding(party, { at, change }, ports);
}

/** What came by itself counts again. */
const takeBack = (party: Party, at: number, ports: StandingPorts): Promise<Ledger> =>
  changeStanding(party, { at, change: (ledger) => (ledger.override ? withoutOverride(ledger) : ledger) }, ports);

const withoutOverride = ({ override: _, ...ledger }: Ledger): Ledger => ledger;

/** Durable when it resolves. False: there is no such review. */
async function findOf(review: ReviewName, finding: ReviewFinding, ports: StandingPorts): Promise<boolean> {
  const { store, recorder } = ports;
  if (!(await store.reviews.find(review, finding))) return false;
  recorder.note('review-found', { of: review.trace, reason: `${review.kind} ${finding.outcome}` });
  const sent = await sentMessage(review.trace, store);
  const author = sent?.author;
  if (!author) return true;
  const upheld = finding.outcome === 'upheld';
  const climbing = { role: author.role, ladder: ports.policy.ladder, at: finding.at };
  const ofReport = (ledger: Ledger): Ledger => {
    const { trace, party: by } = review;
    const mark = `${upheldReport}:${trace}`;
    const one = { trace, mark, at: sent.entry.at, conversation: sent.conversation.id, rule: upheldReport, weight: weightOf(ports) };
    const complaint = { trace, by, at: reportedAt(ledger, review) ?? finding.at, judged: { outcome: finding.outcome, at: finding.at } };
    const judged = sent.entry.tag ? withVerdict(ledger, complaint) : ledger;
    const struck = withLifted(upheld ? withStrike(judged, one) : judged, (strike) => strike.mark === mark, !upheld);
    return upheld ? climb(struck, climbing) : settle(struck, climbing);
  };
  const ofObjection = (ledger: Ledger): Ledger =>
    settle(
      withLifted(ledger, ({ trace, rule }) => trace === review.trace && (upheld || rule !== upheldReport), upheld),
      climbing,
    );
  await changeStanding(author, { at: finding.at, change: review.kind === 'report' ? ofReport : ofObjection }, ports);
  return true;
}

const weightOf = ({ policy }: StandingPorts): number => policy.ladder.weights[upheldReport] ?? 0;

const reportedAt = ({ complaints }: Ledger, { trace, party }: ReviewName): number | undefined =>
  complaints.find((it) => it.trace === trace && it.by === party)?.at;
