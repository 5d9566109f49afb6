/** How far a soak is, and how much memory its relay has, after every 1,000 mails. */
import type { SupervisedRelay } from './relay.ts';

export interface Sample {
  /** Answered 250 or 5xx so far, in all and since this life of the relay began. */
  readonly mails: number;
  readonly ofLife: number;
  readonly megabytes: number;
}

export interface Progress {
  readonly samples: readonly Sample[];
  answered(): void;
  count(): number;
  sample(): void;
  line(): string;
}

export function startProgress(relay: SupervisedRelay): Progress {
  const samples: Sample[] = [];
  const began = performance.now();
  let life = relay.lives.length;
  let answered = 0;
  let before = 0;
  const sample = (): void => void samples.push({ mails: answered, ofLife: answered - before, megabytes: relay.memory() });
  return {
    samples,
    answered() {
      if (relay.lives.length !== life) [life, before] = [relay.lives.length, answered];
      answered += 1;
      if (answered % 1_000 === 0) sample();
    },
    count: () => answered,
    sample,
    line() {
      const seconds = ((performance.now() - began) / 1_000).toFixed(0);
      return `${answered} answered in ${seconds} s, life ${relay.lives.length} of the relay, ${relay.memory().toFixed(0)} MB`;
    },
  };
}
