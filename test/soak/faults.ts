/** What goes wrong during a soak, and when: by chance from a seed, one fault after another. Clients' haste, the next hop's moods and the archive's troubles go beside. */
import { existsSync, writeFileSync } from 'node:fs';
import type { Random } from '../support/random.ts';
import type { ArchiveUnderTest, Pause } from './archive.ts';
import type { Ledger } from './ledger.ts';
import { type Mood, moods, type NextHop } from './next-hop.ts';
import type { SupervisedRelay } from './relay.ts';
import type { StoreUnderTest } from './store.ts';
import type { Happening } from './story.ts';

/**
 * `kill`: kill -9 of the relay, or of one of its workers; `term`: SIGTERM; `store`: what its store can do; `hop`: the next hop's moods; `clock`: the
 * relay's wall clock jumps ahead or back, for some seconds; `client`: clients hang up before the answer or in the middle of a mail; `archive`: what can
 * happen where its copies lie.
 */
export const faults = ['kill', 'term', 'store', 'hop', 'clock', 'client', 'archive'] as const;
export type Fault = (typeof faults)[number];

export interface FaultPorts {
  readonly chosen: ReadonlySet<Fault>;
  readonly random: Random;
  readonly relay: SupervisedRelay;
  readonly store: StoreUnderTest;
  readonly hop: NextHop;
  readonly archive: ArchiveUnderTest | undefined;
  readonly ledger: Pick<Ledger, 'killed' | 'terminated' | 'storeAway'>;
  readonly clock: Clock | undefined;
  /** How many mails have their answer. */
  readonly answered: () => number;
}

/** A machine that is busy has fewer faults: so many mails get their answer between two of them, or half a minute goes by. */
const mailsBetween = 120;
const longestPeace = 30_000;

export interface Faults {
  /** What went wrong until now, in the order in which it ended. */
  readonly happenings: readonly Happening[];
  /** Whether clients are hasty now. */
  readonly hasty: () => boolean;
  /** Nothing new goes wrong; resolves when all is well again. */
  end(): Promise<void>;
}

export function startFaults(ports: FaultPorts): Faults {
  const { chosen, random, hop, archive, answered } = ports;
  const happenings: Happening[] = [];
  let ending = false;
  const between = (least: number, most: number) => least + random() * (most - least);
  const pause: Pause = async (milliseconds) => {
    for (const until = performance.now() + milliseconds; !ending && performance.now() < until; )
      await new Promise((resolve) => setTimeout(resolve, Math.max(1, Math.min(100, until - performance.now()))));
  };
  const peace = async (milliseconds: number): Promise<void> => {
    const [mails, until] = [answered() + mailsBetween, performance.now() + longestPeace];
    await pause(milliseconds);
    while (answered() < mails && performance.now() < until && !ending) await pause(100);
  };
  const during = async (happens: Promise<string>): Promise<void> => {
    const from = performance.now();
    const what = await happens;
    happenings.push({ what, from, to: performance.now() });
  };
  const one = <T>(all: readonly T[]): T | undefined => all[Math.floor(random() * all.length)];

  const sudden = (['kill', 'term', 'store', 'clock'] as const).filter((fault) => chosen.has(fault));
  const runSudden = async (): Promise<void> => {
    while (!ending && sudden.length > 0) {
      await peace(between(2_000, 7_000));
      const fault = one(sudden);
      if (fault && !ending) await during(happen(fault, ports, pause).then((what) => `${fault}: ${what}`));
    }
  };
  const moody = async (mood: Mood): Promise<string> => {
    await hop.turn(mood);
    await pause(between(500, 5_000));
    await hop.turn('well');
    return `hop: ${mood}`;
  };
  const runMoods = async (): Promise<void> => {
    while (!ending && chosen.has('hop')) {
      await peace(between(3_000, 9_000));
      const mood = one(moods);
      if (!mood || ending) continue;
      await during(moody(mood));
    }
  };
  const runTroubles = async (): Promise<void> => {
    while (!ending && archive && chosen.has('archive')) {
      await peace(between(3_000, 9_000));
      if (!ending) await during(archive.fault(random, pause).then((what) => `archive: ${what}`));
    }
  };
  const running = Promise.all([runSudden(), runMoods(), runTroubles()]);
  return {
    happenings,
    hasty: () => chosen.has('client') && !ending,
    async end() {
      ending = true;
      await running;
    },
  };
}

type Sudden = Exclude<Fault, 'hop' | 'client' | 'archive'>;

/** Resolves with what it was, when the relay is up again. */
async function happen(fault: Sudden, ports: FaultPorts, pause: Pause): Promise<string> {
  const { random, relay, ledger, store, clock } = ports;
  await relay.up();
  if (fault === 'store') {
    const from = performance.now();
    const what = await store.fault(random);
    ledger.storeAway(from, performance.now());
    return what;
  }
  if (fault === 'clock') {
    const seconds = random() < 0.5 ? store.jump : -store.jump;
    clock?.jump(seconds);
    await pause(3_000 + random() * 7_000);
    clock?.jump(0);
    return `${seconds} s, and back`;
  }
  if (fault === 'kill') return killed(ports);
  const at = performance.now();
  const { ended = at, exit } = await relay.terminate();
  ledger.terminated({ at, exited: ended });
  await relay.up();
  return `SIGTERM, exit ${exit}`;
}

async function killed({ random, relay, ledger }: FaultPorts): Promise<string> {
  const draw = random();
  const worker = draw < 0.4 && relay.killWorker();
  const primary = !worker && draw < 0.6 && (await relay.killPrimary());
  if (!worker && !primary) await relay.kill();
  ledger.killed(performance.now());
  await relay.up();
  if (worker) return 'kill -9 of a worker';
  return primary ? 'kill -9 of the primary' : 'kill -9';
}

/** The relay's wall clock, by libfaketime; timers stay as they are. */
export interface Clock {
  readonly env: Readonly<Record<string, string>>;
  /** From now on so many seconds ahead of the true time. */
  jump(seconds: number): void;
}

const libraries = ['x86_64-linux-gnu', 'aarch64-linux-gnu'].map((machine) => `/usr/lib/${machine}/faketime/libfaketimeMT.so.1`);

/** Undefined where the package `faketime` is not installed. */
export function openClock(file: string): Clock | undefined {
  const library = libraries.find((path) => existsSync(path));
  if (library === undefined) return undefined;
  const jump = (seconds: number): void => writeFileSync(file, `${seconds < 0 ? '' : '+'}${seconds}\n`);
  jump(0);
  const env = { LD_PRELOAD: library, FAKETIME_TIMESTAMP_FILE: file, FAKETIME_CACHE_DURATION: '1', FAKETIME_DONT_FAKE_MONOTONIC: '1' };
  return { env, jump };
}
