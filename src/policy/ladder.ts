/** The figures of the ladder and of the critical budget: sections `ladder` and `critical` of the policy document. */
import type { CriticalFigures, Ladder, Step } from '../model/standing.ts';
import { upheldReport } from '../model/standing.ts';
import { ruleIds } from '../model/verdict.ts';

/** Mild: what was only taken out, and what a seller cannot know, weighs nothing. */
export const defaultLadder: Ladder = {
  automatic: true,
  halfLifeDays: 30,
  perDay: 4,
  warning: { at: 3, days: 30 },
  startingBlocked: { at: 6, days: 7 },
  weights: {
    'off-platform': 2,
    'review-manipulation': 2,
    marketing: 1,
    'opt-out-request': 1,
    'sensitive-info': 1,
    'contact-handle': 0.5,
    'contact-email': 0.5,
    'contact-phone': 0.5,
    'external-link': 0.25,
    [upheldReport]: 2,
  },
};

export const defaultCritical: CriticalFigures = { per100Orders: 5, atLeast: 3, reports: 2, awayDays: 30 };

type Row = Readonly<Record<string, unknown>>;

/** Notes what is wrong at a place. */
type Complain = (place: string, what: string) => void;

/** What a document does not name stays as it is by default. Unknown names and bad figures are complained about, all of them. */
export function readLadder(document: unknown, complain: Complain): Ladder {
  const names = ['automatic', 'halfLifeDays', 'perDay', 'warning', 'startingBlocked', 'allBlocked', 'weights'];
  const root = rowAt(document, 'ladder', names, complain);
  const { automatic, warning, startingBlocked, allBlocked } = root;
  const number = numbersOf(root, 'ladder', complain);
  const never = allBlocked === undefined || allBlocked === null || allBlocked === 'never';
  const weights = rowAt(root.weights, 'ladder.weights', [...ruleIds, upheldReport], complain);
  const weight = numbersOf(weights, 'ladder.weights', complain);
  const { weights: usual } = defaultLadder;
  return {
    automatic: switchAt(automatic, 'ladder.automatic', complain),
    halfLifeDays: number('halfLifeDays', defaultLadder.halfLifeDays, 0.001),
    perDay: number('perDay', defaultLadder.perDay),
    warning: stepAt(warning, 'ladder.warning', defaultLadder.warning, complain),
    startingBlocked: stepAt(startingBlocked, 'ladder.startingBlocked', defaultLadder.startingBlocked, complain),
    ...(!never && { allBlocked: stepAt(allBlocked, 'ladder.allBlocked', { at: 20, days: 30 }, complain) }),
    weights: { ...usual, ...Object.fromEntries(Object.keys(weights).map((rule) => [rule, weight(rule, 0)])) },
  };
}

/** As `readLadder`. */
export function readCritical(document: unknown, complain: Complain): CriticalFigures {
  const root = rowAt(document, 'critical', Object.keys(defaultCritical), complain);
  const number = numbersOf(root, 'critical', complain);
  return {
    per100Orders: number('per100Orders', defaultCritical.per100Orders),
    atLeast: number('atLeast', defaultCritical.atLeast),
    reports: number('reports', defaultCritical.reports, 1),
    awayDays: number('awayDays', defaultCritical.awayDays),
  };
}

function stepAt(document: unknown, place: string, usual: Step, complain: Complain): Step {
  const number = numbersOf(rowAt(document, place, ['at', 'days'], complain), place, complain);
  return { at: number('at', usual.at, 0.001), days: number('days', usual.days, 0.001) };
}

function rowAt(value: unknown, place: string, names: readonly string[], complain: Complain): Row {
  if (value === undefined || value === null) return {};
  if (typeof value !== 'object' || Array.isArray(value)) {
    complain(place, 'not a map');
    return {};
  }
  for (const name of Object.keys(value)) if (!names.includes(name)) complain(`${place}.${name}`, 'unknown name');
  return value as Row;
}

/** Days and points: more than 3,650 of either are a slip of the keys. */
const most = 3650;

const numbersOf =
  (row: Row, place: string, complain: Complain) =>
  (name: string, otherwise: number, least = 0): number => {
    const value = row[name];
    if (value === undefined) return otherwise;
    if (typeof value === 'number' && value >= least && value <= most) return value;
    complain(`${place}.${name}`, `not a number from ${least} to ${most}`);
    return otherwise;
  };

/** QUIRK: `on` and `off` are texts in YAML 1.2, and truth values in YAML 1.1. */
function switchAt(value: unknown, place: string, complain: Complain): boolean {
  if (value === undefined) return defaultLadder.automatic;
  if (value === true || value === 'on') return true;
  if (value !== false && value !== 'off') complain(place, 'not on or off');
  return false;
}
