/**
 * What a relay does when something happens to its store (traps 3.7 and section 5): each fault so many times, under a light load, through a relay
 * process of its own; and whether what was promised was kept. Wants a machine with some time: a fault takes four to ten seconds.
 *
 *   node test/load/stores.ts [--times 20] [--only Sentinel] [--for 1500]
 */
import { commandLine } from '../support/command-line.ts';
import { openScene } from '../support/scene.ts';
import { cluster, type Ground, oneRedis, redisOnSmallDisk, sentinels, sqlite } from '../store/faults.ts';
import { type Books, underFault } from '../store/under-fault.ts';

const { values } = commandLine(import.meta.filename, {
  options: {
    times: { type: 'string', default: '20' },
    only: { type: 'string', default: '' },
    /** Milliseconds that a fault lasts. */
    for: { type: 'string', default: '1500' },
  },
});
const times = Number(values.times);
const timing = { milliseconds: Number(values.for), patience: 20_000 };

/** A ground that every fault leaves as it was is used for all of them; others are made anew for each. */
const lasting = [oneRedis, redisOnSmallDisk, sqlite];
const fresh = [sentinels, cluster];

type Open = () => Promise<Ground | undefined>;

async function* onLasting(open: Open): AsyncGenerator<Books> {
  await using ground = await open();
  const wanted = ground?.faults.filter(({ name }) => name.includes(values.only)) ?? [];
  if (!ground || wanted.length === 0) return;
  await using scene = await openScene(ground.env);
  for (const fault of wanted) for (let time = 0; time < times; time += 1) yield await underFault(scene, fault, timing);
}

async function* onFresh(open: () => Promise<Ground>): AsyncGenerator<Books> {
  let faults = 1;
  for (let at = 0; at < faults; at += 1) {
    for (let time = 0; time < times; time += 1) {
      await using ground = await open();
      faults = ground.faults.length;
      const fault = ground.faults[at];
      if (!fault?.name.includes(values.only)) break;
      await using scene = await openScene(ground.env);
      yield await underFault(scene, fault, timing);
    }
  }
}

const head = ['fault', 'times', '2xx', '4xx', '5xx', 'none', 'recovered s, median', 'worst', 'longest answer s', 'aliases'];
const counted = ['lost', 'doubled', 'ghosts', 'noticesLost', 'noticesDoubled', 'aliasesLost', 'aliasesDoubled'] as const;
const seconds = (milliseconds: number): string => (milliseconds / 1000).toFixed(2);

function row(books: readonly Books[]): readonly string[] {
  const sum = (of: (one: Books) => number): string => String(books.reduce((total, one) => total + of(one), 0));
  const sorted = books.map(({ recovered }) => recovered).sort((a, b) => a - b);
  return [
    books[0]?.fault ?? '',
    String(books.length),
    ...['2xx', '4xx', '5xx', 'none'].map((kind) => sum(({ answers }) => answers[kind] ?? 0)),
    seconds(sorted[Math.floor(sorted.length / 2)] ?? 0),
    seconds(sorted.at(-1) ?? 0),
    seconds(Math.max(...books.map(({ longest }) => longest))),
    sum(({ aliases }) => aliases),
    ...counted.map((name) => sum((one) => one[name])),
  ];
}

const all = new Map<string, Books[]>();
console.log([...head, ...counted].join(' | '));
const runs = [...lasting.map(onLasting), ...fresh.map(onFresh)];
for (const run of runs) {
  let last: Books | undefined;
  const say = (): void => {
    if (last) console.log(row(all.get(last.fault) ?? []).join(' | '));
  };
  for await (const books of run) {
    if (last && last.fault !== books.fault) say();
    all.set(books.fault, [...(all.get(books.fault) ?? []), books]);
    last = books;
  }
  say();
}
const bad = [...all.values()]
  .flat()
  .filter((one) => counted.some((name) => name !== 'noticesDoubled' && one[name] > 0) || one.answers['5xx']);
console.log(bad.length === 0 ? 'Nothing promised was lost.' : JSON.stringify(bad, undefined, 1));
process.exitCode = bad.length === 0 ? 0 : 1;
