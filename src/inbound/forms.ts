/** Forms of the pages behind links in mails, by client: whoever sends many in a minute is put off for a while. */
import { clientOf, Rate } from './limits.ts';

const perMinute = 60;

export class Forms {
  readonly #rate = new Rate(perMinute);
  readonly #unlimited: ReadonlySet<string>;

  /** `unlimited`: IP addresses that are not counted: they speak for everybody. */
  constructor(unlimited: readonly string[]) {
    this.#unlimited = new Set(unlimited);
  }

  /** False: it was one too many from this client. */
  hit(address: string): boolean {
    return this.#unlimited.has(address) || this.#rate.hit(clientOf(address), performance.now());
  }
}
