/** Does the malware scanner answer? Asked with PING; nothing is sent to be scanned. */
import { pingClamd } from '../../scanner/clamd.ts';
import { Unscanned } from '../../scanner/scanner.ts';
import { type Check, ok, problem, skipped } from './check.ts';

export const scanner: Check = {
  name: 'scanner',
  async look({ settings: { clamd } }, signal) {
    if (!clamd) return [skipped('CLAMD_URL names no malware scanner: files are not scanned')];
    const { address, fail } = clamd;
    const at = address.kind === 'unix' ? address.path : `${address.host}:${address.port}`;
    // Its own limit, so that it is said what was asked.
    const limit = AbortSignal.any([signal, AbortSignal.timeout(3_000)]);
    try {
      await pingClamd(address, limit);
      return [ok(`clamd at ${at} answers`)];
    } catch (error) {
      const trouble = error instanceof Unscanned ? error.trouble : 'it cannot be asked';
      const meanwhile = fail === 'defer' ? 'mail with files gets 451 meanwhile' : 'files pass unscanned meanwhile';
      return [problem(`clamd at ${at}: ${trouble}; ${meanwhile}`, 'see CLAMD_URL, whether clamd runs, and who may use its socket')];
    }
  },
};
