/**
 * Which conversation an alias led to when it was asked for at RCPT, a moment before its message came. Never believed: what hangs on the
 * alias is asked for beside the alias itself, instead of after it, and counts only where the answer is the same once more.
 */
import type { Binding } from '../store/store.ts';

export type Led = Extract<Binding, { kind: 'conversation' }>;

/** More than there are connections; about half a kilobyte each. */
const most = 2_000;

/** Of this process, the last ones asked for. */
export class RecentAliases {
  readonly #led = new Map<string, Led>();

  /** `local`: in lower case. */
  note(local: string, binding: Binding | undefined): void {
    this.#led.delete(local);
    if (binding?.kind !== 'conversation') return;
    this.#led.set(local, binding);
    const [oldest] = this.#led.keys();
    if (this.#led.size > most && oldest !== undefined) this.#led.delete(oldest);
  }

  of(local: string): Led | undefined {
    return this.#led.get(local);
  }
}
