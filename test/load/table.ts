/** What was measured, as a table for people: CPU and its ratio to the null proxy, throughput and its ratio to Haraka that parses, latency. */
import type { Measured } from './measure.ts';
import type { Mix } from './mixes.ts';

export interface Row {
  readonly name: string;
  readonly mixes: Readonly<Partial<Record<Mix, Measured>>>;
}

const floor = 'null proxy';
const rival = 'Haraka, parsing';

export function table(rows: readonly Row[], mixes: readonly Mix[]): string {
  const named = (name: string, mix: Mix): Measured | undefined => rows.find((row) => row.name === name)?.mixes[mix];
  const ratio = (one: number | undefined, other: number | undefined): string =>
    one === undefined || other === undefined ? '' : (one / other).toFixed(2);
  const lines = mixes.flatMap((mix) =>
    rows.flatMap(({ name, mixes: { [mix]: it } }) => {
      if (!it) return [];
      const { cpu, perSecond, p50, p99, failed, peak } = it;
      const figures = [
        cpu.toFixed(2),
        ratio(cpu, named(floor, mix)?.cpu),
        perSecond.toFixed(0),
        ratio(perSecond, named(rival, mix)?.perSecond),
      ];
      return [[mix, name, ...figures, p50.toFixed(0), p99.toFixed(0), peak.toFixed(0), String(failed)]];
    }),
  );
  const head = ['mix', 'program', 'CPU ms', 'x null proxy', 'msg/s', 'x Haraka', 'p50 ms', 'p99 ms', 'peak MB', 'not 250'];
  const widths = head.map((title, at) => Math.max(title.length, ...lines.map((line) => line[at]?.length ?? 0)));
  const written = (cells: readonly string[]): string =>
    cells.map((cell, at) => (at < 2 ? cell.padEnd(widths[at] ?? 0) : cell.padStart(widths[at] ?? 0))).join('  ');
  return `${[head, ...lines].map(written).join('\n')}\n`;
}
