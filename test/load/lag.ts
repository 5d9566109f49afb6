/** Loaded into a relay by `block.ts` (`--import`): how long its event loop stood still at most. SIGUSR2 writes that down and begins anew. */
import { renameSync, writeFileSync } from 'node:fs';
import { isMainThread } from 'node:worker_threads';

const file = process.env.LAG_FILE;
const tick = 2;

if (isMainThread && file !== undefined) {
  const longest = { wall: 0, cpu: 0 };
  let last = performance.now();
  let used = process.threadCpuUsage();
  setInterval(() => {
    const { user, system } = process.threadCpuUsage(used);
    longest.wall = Math.max(longest.wall, performance.now() - last - tick);
    longest.cpu = Math.max(longest.cpu, (user + system) / 1000);
    last = performance.now();
    used = process.threadCpuUsage();
  }, tick).unref();
  process.on('SIGUSR2', () => {
    writeFileSync(`${file}.new`, JSON.stringify(longest));
    renameSync(`${file}.new`, file);
    Object.assign(longest, { wall: 0, cpu: 0 });
  });
}
