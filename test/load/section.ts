/** What the parts of the bench have in common. */
import type { Goal } from './goals.ts';
import type { Load } from './measure.ts';
import type { Mix } from './mixes.ts';

export interface Bench {
  readonly rounds: number;
  /** A short look: less of everything, and nothing is installed. */
  readonly quick: boolean;
  readonly mixes: readonly Mix[];
  /** In place of as many as each mix has; not set: those. */
  readonly connections?: number;
  readonly haraka: boolean;
  /** For what is made and installed; kept. */
  readonly folder: string;
  /** Where the messages of each mix are. */
  readonly mail: Readonly<Record<Mix, string>>;
  readonly say: (line: string) => void;
}

export interface Report {
  readonly title: string;
  /** A table, or some lines. */
  readonly text: string;
  readonly goals: readonly Goal[];
  /** For the JSON. */
  readonly data: unknown;
}

/** So many messages that the clock of /proc (10 ms) is no matter, over as many connections as a busy relay has. */
const loads: Readonly<Record<Mix, Omit<Load, 'folder'>>> = {
  a: { messages: 1_500, connections: 50 },
  b: { messages: 500, connections: 50 },
  c: { messages: 60, connections: 20 },
  d: { messages: 16, connections: 8 },
};

export function loadOf(mix: Mix, { mail, quick, connections }: Bench): Load {
  const { messages, connections: usual } = loads[mix];
  return { folder: mail[mix], messages: quick ? Math.ceil(messages / 3) : messages, connections: connections ?? usual };
}
