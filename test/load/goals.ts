/** A goal beside what was measured, and whether it is met; and how all that is measured is written down. */

export interface Goal {
  readonly what: string;
  readonly limit: '<=' | '>=';
  readonly goal: number;
  /** Better still. */
  readonly stretch?: number;
  readonly unit: string;
  /** Not set, or not a number: not measured, for the reason in `note`. */
  readonly measured?: number | undefined;
  readonly note?: string;
}

export function verdictOf({ limit, goal, stretch, unit, measured = Number.NaN, note = 'left out of this run' }: Goal): string {
  if (Number.isNaN(measured)) return `not measured: ${note}`;
  const keeps = (bound: number): boolean => (limit === '<=' ? measured <= bound : measured >= bound);
  if (keeps(goal)) return stretch !== undefined && keeps(stretch) ? 'met, the stretch too' : 'met';
  const away = `missed by ${shown(Math.abs(measured - goal))}${unit === 'times' ? '' : ` ${unit}`}`;
  const times = limit === '<=' ? measured / goal : goal / measured;
  if (!Number.isFinite(times)) return away;
  return `${away}: ${limit === '<=' ? `${times.toFixed(1)} times the goal` : `the goal is ${times.toFixed(1)} times that`}`;
}

const shown = (value: number | undefined): string => {
  if (value === undefined || Number.isNaN(value)) return '';
  return value.toFixed(Math.abs(value) >= 100 ? 0 : Math.abs(value) >= 1 ? 1 : 3);
};

export const goalTable = (goals: readonly Goal[]): string =>
  columns(
    ['what', 'goal', 'stretch', 'measured', 'unit', 'verdict'],
    goals.map((one) => [
      one.what,
      `${one.limit} ${one.goal}`,
      one.stretch === undefined ? '' : String(one.stretch),
      shown(one.measured),
      one.unit,
      verdictOf(one),
    ]),
    ['what', 'unit', 'verdict'],
  );

/** Text in columns as wide as they must be; numbers stand at the right. `texts`: the heads of those that are none. */
export function columns(head: readonly string[], lines: readonly (readonly string[])[], texts: readonly string[]): string {
  const widths = head.map((title, at) => Math.max(title.length, ...lines.map((line) => line[at]?.length ?? 0)));
  const written = (cells: readonly string[]): string =>
    cells
      .map((cell, at) => (texts.includes(head[at] ?? '') ? cell.padEnd(widths[at] ?? 0) : cell.padStart(widths[at] ?? 0)))
      .join('  ')
      .trimEnd();
  return `${[head, ...lines].map(written).join('\n')}\n`;
}
