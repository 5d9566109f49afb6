/** Which events are wanted. All that is asked for must hold; `held` and `rejected` together mean either. */
import { type Level, type LogEvent, levels } from './event.ts';

export interface Wanted {
  readonly rules: readonly string[];
  readonly held: boolean;
  readonly rejected: boolean;
  readonly conversation?: string | undefined;
  readonly party?: string | undefined;
  readonly trace?: string | undefined;
  readonly level: Level;
  /** Milliseconds since 1970. */
  readonly since?: number | undefined;
}

/** The ids of the two in a conversation. */
export type PartiesOf = (conversation: string) => Promise<readonly string[]>;

/** Whether anything but level and time is asked for: what is no line of ours is then not wanted. */
export const isNarrow = ({ rules, held, rejected, conversation, party, trace }: Wanted): boolean =>
  rules.length > 0 || held || rejected || conversation !== undefined || party !== undefined || trace !== undefined;

export async function isWanted(event: LogEvent, wanted: Wanted, partiesOf: PartiesOf): Promise<boolean> {
  const { rules, conversation, party, trace, level, since } = wanted;
  if (levels.indexOf(event.level) < levels.indexOf(level)) return false;
  if (since !== undefined && event.at < since) return false;
  if (trace !== undefined && event.trace !== trace && event.of !== trace) return false;
  if (conversation !== undefined && event.conversation !== conversation) return false;
  if (rules.length > 0 && !(Array.isArray(event.rules) && event.rules.some((rule) => rules.includes(rule)))) return false;
  if (!hasOutcome(event, wanted)) return false;
  if (party === undefined) return true;
  return typeof event.conversation === 'string' && (await partiesOf(event.conversation)).includes(party);
}

const hasOutcome = ({ disposition }: LogEvent, { held, rejected }: Wanted): boolean =>
  (!held && !rejected) || (held && disposition === 'hold') || (rejected && disposition === 'reject');

const units = { s: 1000, m: 60_000, h: 3_600_000, d: 86_400_000 } as const;

/** `2h`, `30m`, `1d`, or a date as ISO 8601 writes it; `now` and the answer: milliseconds since 1970. Undefined: neither. */
export function sinceOf(text: string, now: number): number | undefined {
  const [, count, unit] = /^(\d{1,6})([smhd])$/.exec(text) ?? [];
  if (count !== undefined && unit !== undefined) return now - Number(count) * units[unit as keyof typeof units];
  const at = /^\d{4}-/.test(text) ? Date.parse(text) : Number.NaN;
  return Number.isNaN(at) ? undefined : at;
}
