/**
 * How much work something is: CPU of this thread in milliseconds. What a busy machine adds is no part of it, so it is run up to three times, until
 * one run takes less than `enough`; the least counts.
 */
export async function leastCpu(work: () => unknown, enough: number): Promise<number> {
  let least = Number.POSITIVE_INFINITY;
  for (let runs = 0; runs < 3 && least >= enough; runs += 1) {
    const began = process.threadCpuUsage();
    await work();
    const { user } = process.threadCpuUsage(began);
    least = Math.min(least, user / 1_000);
  }
  return least;
}
