/** How long each step of a way took. */

export interface Stopwatch {
  /** Milliseconds, by step, in the order of the way. */
  readonly steps: Readonly<Record<string, number>>;
  /** The step that began last. */
  readonly current: string;
  begin(step: string): void;
  /** Notes the time since the call before under the step's name. */
  lap(step: string): void;
  /** Takes over steps that were timed elsewhere, and begins the next one now. */
  add(steps: Readonly<Record<string, number>>): void;
}

export function stopwatch(): Stopwatch {
  const steps: Record<string, number> = {};
  let last = performance.now();
  let current = '';
  return {
    steps,
    get current() {
      return current;
    },
    begin(step) {
      current = step;
    },
    lap(step) {
      const now = performance.now();
      steps[step] = Math.round((now - last) * 100) / 100;
      last = now;
    },
    add(more) {
      Object.assign(steps, more);
      last = performance.now();
    },
  };
}
