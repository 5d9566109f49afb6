/** How much work something is, so that neither a slow machine nor a busy one decides a test. */

/** Some looking through text, as most of what is measured here is. */
const text = 'Jane (jane.doe@shop.example) wrote on 3 March: call 0171 2345. '.repeat(3_000);
function yardstick(): number {
  let sum = text.split(' ').join('').length;
  for (const [found] of text.matchAll(/[\w.]+@[\w.]+|\d{3,}/g)) sum += found.length;
  for (let at = 0; at < text.length; at += 1) sum += text.charCodeAt(at) & 1;
  return sum;
}

/** What the yardstick takes on the machine whose milliseconds are meant. */
const STANDARD = 4;

/** CPU of this thread. */
async function cpuOf(work: () => unknown): Promise<number> {
  const began = process.threadCpuUsage();
  await work();
  return process.threadCpuUsage(began).user / 1_000;
}

/**
 * CPU of this thread in milliseconds of a machine that runs the yardstick in 4; it is run before and after, and the slower time counts. What else the
 * machine does adds to both, so the work is run up to three times, until one run takes less than `enough`; the least counts.
 */
export async function leastCpu(work: () => unknown, enough: number): Promise<number> {
  let least = Number.POSITIVE_INFINITY;
  for (let runs = 0; runs < 3 && least >= enough; runs += 1) {
    const before = await cpuOf(yardstick);
    const spent = await cpuOf(work);
    const slower = Math.max(before, await cpuOf(yardstick), STANDARD) / STANDARD;
    least = Math.min(least, spent / slower);
  }
  return least;
}

/** Does it hold in one of so many tries? For what only a time can tell: a busy machine fails some of them, what is broken fails each. */
export async function anyOf(tries: number, holds: () => Promise<boolean>): Promise<boolean> {
  for (let turn = 0; turn < tries; turn += 1) {
    if (await holds()) return true;
  }
  return false;
}
