/** What became of one mail, line by line, and what went wrong around it: for the reader of a report that names its token. */
import type { Attempt, Take } from './ledger.ts';

/** Something that went wrong on purpose. Milliseconds of the books' clock. */
export interface Happening {
  readonly what: string;
  readonly from: number;
  readonly to: number;
}

export interface Told {
  readonly attempts: readonly Attempt[];
  readonly takes: readonly Take[];
  /** When the next hop said 250 to it. */
  readonly said: ReadonlyMap<Take, number>;
  /** Trace ids that have their line in the log. */
  readonly logged: ReadonlySet<string>;
  readonly happenings: readonly Happening[];
}

/** Milliseconds around a mail in which what goes wrong may concern it. */
const around = 2_000;

/** In the order of time, in seconds from the first attempt on. */
export function storyOf({ attempts, takes, said, logged, happenings }: Told): readonly string[] {
  const start = attempts[0]?.began ?? 0;
  const end = Math.max(...attempts.map(({ ended }) => ended), ...takes.map(({ at }) => at)) + around;
  const seconds = (at: number): string => ((at - start) / 1_000).toFixed(3);
  const answered = (take: Take): string => (said.has(take) ? seconds(said.get(take) ?? 0) : 'never answered');
  const nameOf = ({ notice, trace }: Take): string => `${notice || 'message'} ${trace}${logged.has(trace) ? ', logged' : ''}`;
  const lines = [
    ...attempts.map(({ began, ended, answer = 'no answer', hasty }) => ({
      at: began,
      line: `${seconds(began)}-${seconds(ended)} offered: ${answer}${hasty ? ', for its client hung up' : ''}`,
    })),
    ...takes.map((take) => ({ at: take.at, line: `${seconds(take.at)}-${answered(take)} taken: ${nameOf(take)}, ${take.messageId}` })),
    ...happenings
      .filter(({ from, to }) => to > start - around && from < end)
      .map(({ from, to, what }) => ({ at: from, line: `${seconds(from)}-${seconds(to)} ${what}` })),
  ];
  return lines.toSorted((a, b) => a.at - b.at).map(({ line }) => line);
}
