/** Which messages of a conversation a page is to hold. */
import type { Entry } from '../model/entry.ts';
import type { FieldError, Schema } from './operation.ts';
import { direction, outcome, pageQuery } from './schemas.ts';
import { notATime, timeOf } from './time.ts';

const when: Schema = { type: 'string', maxLength: 40 };
/** A page that leaves some out may be short. */
export const messageQuery: Schema = {
  ...pageQuery,
  properties: {
    ...(pageQuery.properties as object),
    disposition: outcome,
    direction,
    rule: { type: 'string', maxLength: 64, description: 'Those of which this rule found something.' },
    from: { ...when, description: 'ISO 8601: not before it.' },
    to: { ...when, description: 'ISO 8601: before it.' },
  },
};

/** Which messages; each that is left out lets all pass. */
interface MessageFilter {
  readonly disposition?: string;
  readonly direction?: string;
  readonly rule?: string;
  readonly from?: string;
  readonly to?: string;
}

export interface MessageQuery extends MessageFilter {
  readonly limit?: number;
  readonly cursor?: string;
}

export function wantedOf({ disposition, direction, rule, from, to }: MessageFilter) {
  const first = from === undefined ? undefined : timeOf(from);
  const end = to === undefined ? undefined : timeOf(to);
  const isPast = ({ at }: Entry): boolean => first !== undefined && at < first;
  const fits = (entry: Entry): boolean =>
    (disposition === undefined || entry.disposition === disposition) &&
    (direction === undefined || entry.direction === direction) &&
    (rule === undefined || entry.findings.some((finding) => finding.rule === rule)) &&
    (end === undefined || entry.at < end) &&
    !isPast(entry);
  return { fits, isPast };
}

export const timeErrors = (query: Readonly<Record<string, unknown>>): readonly FieldError[] =>
  ['from', 'to'].flatMap((name) => {
    const value = query[name];
    return typeof value === 'string' && timeOf(value) === undefined ? [{ field: `?${name}`, message: notATime }] : [];
  });
