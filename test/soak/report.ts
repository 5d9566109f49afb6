/** What a soak found, in words, and whether that may be. */
import type { ArchiveAudit } from './archive-books.ts';
import type { Audit, Excuse } from './ledger.ts';
import type { Life } from './relay.ts';
import type { SoakResult } from './run.ts';

/** What none may be: name and what was found. */
export function faultsOf({
  audit,
  archive,
  lives,
  leftBehind,
}: Pick<SoakResult, 'audit' | 'archive' | 'lives' | 'leftBehind'>): readonly (readonly [string, readonly string[]])[] {
  return [
    ['lost (250, but neither delivered nor stopped)', audit.lost],
    ['ghosts (5xx, but delivered)', audit.ghosts],
    ['stopped, but delivered', audit.passed],
    [
      'doubled without a reason',
      audit.doubled.filter(({ excuse }) => excuse === undefined).map(({ token, notice }) => `${token} ${notice}`),
    ],
    ['leaks', audit.leaks],
    ['damaged', audit.damaged],
    ['at the wrong mailbox', audit.misrouted],
    ['answer that does not fit', audit.unfit],
    ['author not told', audit.untold],
    ['never answered', audit.open],
    ['cut off by SIGTERM', audit.cutOff],
    ...archiveFaults(archive),
    ['ends that nobody asked for', lives.filter((life) => life.asked === undefined && life.ended !== undefined).map(shownEnd)],
    ['workers that outlived their primary', leftBehind],
    ['SIGTERM without exit 0 in 60 s', lives.filter(isBadEnd).map(shownEnd)],
  ];
}

const archiveFaults = (archive: ArchiveAudit | undefined): readonly (readonly [string, readonly string[]])[] =>
  archive
    ? [
        ['not in the archive, and nobody said so', archive.missing],
        ['in the archive, and not what it should be', archive.foreign],
        ['copies that no record names', archive.uncounted],
      ]
    : [];

const isBadEnd = ({ asked, exit, told = 0, ended = 0 }: Life): boolean => asked === 'term' && (exit !== 0 || ended - told > 60_000);
const shownEnd = ({ exit, began, ended = 0 }: Life): string => `exit ${exit} after ${((ended - began) / 1_000).toFixed(1)} s`;

/** Several lines. */
export function reportOf(result: SoakResult): string {
  const { audit, happenings, story, errors, seconds } = result;
  const rate = (audit.offered / seconds).toFixed(0);
  const lines = [
    `${audit.offered} mails in ${seconds.toFixed(0)} s (${rate} a second): ${audit.taken} answered 250, ${audit.refused} refused, ` +
      `${audit.delivered} delivered, ${audit.notices} notices`,
    ...faultsOf(result).flatMap(([name, found]) => [
      `${found.length === 0 ? '  ok  ' : 'FAULT '} ${name}: ${found.length}${examples(found)}`,
      ...found.slice(0, 3).flatMap((one) => story(one.split(' ', 1)[0] ?? '').map((line) => `         ${line}`)),
    ]),
    ...doublesOf(audit),
    ...(result.archive ? [copiesOf(result.archive)] : []),
    `250 after: p50 ${quantile(audit.latencies, 0.5)} ms, p99 ${quantile(audit.latencies, 0.99)} ms, longest ${quantile(audit.latencies, 1)} ms`,
    ...restarts(result.lives),
    memory(result),
    `faults: ${
      [...Map.groupBy(happenings, ({ what }) => what)]
        .map(([what, same]) => `${same.length} x ${what}`)
        .toSorted()
        .join('; ') || 'none'
    }`,
    ...result.missing,
    `attempts without an answer: ${audit.unanswered}; answers:`,
    ...[...audit.answers].toSorted(([, a], [, b]) => b - a).map(([answer, count]) => `  ${String(count).padStart(7)} x ${answer}`),
    ...[...errors].map(([event, { count, first }]) => `in the log: ${count} x ${event}, the first: ${first}`),
  ];
  return lines.join('\n');
}

const examples = (found: readonly string[]): string => (found.length === 0 ? '' : ` (${found.slice(0, 8).join('; ')})`);

const copiesOf = ({ messages, copies, gaps, waiting, drafts }: ArchiveAudit): string =>
  `archive: ${copies} copies of ${messages} mails that were answered 250, each opened and compared; not archived: ${gaps.said} by the log, ` +
  `${gaps.killed} for the relay was killed before (at most ${gaps.longest.toFixed(0)} ms after the answer); ${waiting} files still wait in the store; ${drafts} drafts were left by kill -9`;

function doublesOf({ doubled }: Audit): string[] {
  const why = (excuse: Excuse, ofNotices: boolean): number =>
    doubled.filter((one) => one.excuse === excuse && (one.notice !== '') === ofNotices).length;
  const words: Readonly<Record<Excuse, string>> = {
    'answer lost': "the next hop's answer was lost",
    killed: 'the relay was killed between its answer and ours',
    'store away': 'the store was away between its answer and ours',
  };
  return (Object.keys(words) as Excuse[]).map(
    (excuse) => `       doubled with the same Message-ID, ${words[excuse]}: ${why(excuse, false)} messages, ${why(excuse, true)} notices`,
  );
}

function restarts(lives: readonly Life[]): string[] {
  const again = lives.slice(1);
  const starts = again.flatMap(({ began, listening }) => (listening === undefined ? [] : [listening - began])).sort(ascending);
  const gaps = again
    .flatMap(({ listening, first }) => (listening === undefined || first === undefined ? [] : [first - listening]))
    .sort(ascending);
  const drains = lives.flatMap(({ asked, told, ended }) => (asked === 'term' && told && ended ? [ended - told] : [])).sort(ascending);
  const line = (what: string, times: readonly number[]): string =>
    `${what}: p50 ${quantile(times, 0.5)} ms, p99 ${quantile(times, 0.99)} ms, longest ${quantile(times, 1)} ms (${times.length})`;
  return [line('start to listening', starts), line('listening to the first 250', gaps), line('SIGTERM to exit', drains)];
}

const ascending = (a: number, b: number): number => a - b;

const quantile = (sorted: readonly number[], share: number): string =>
  (sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))] ?? 0).toFixed(0);

function memory({ samples }: SoakResult): string {
  const shown = (name: string, at: number): string => {
    const sample = samples[at];
    return sample ? `${name} ${sample.megabytes.toFixed(0)} MB (${sample.ofLife} of this process)` : '';
  };
  const most = samples.reduce((best, { megabytes }, at) => (megabytes > (samples[best]?.megabytes ?? 0) ? at : best), 0);
  const at10000 = samples.findIndex(({ mails }) => mails === 10_000);
  return `memory: ${[shown('after 10,000 mails', at10000), shown('at the end', samples.length - 1), shown('most', most)].filter((one) => one !== '').join(', ')}`;
}
