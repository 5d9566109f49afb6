/** `npm run bench` says of each figure whether its goal is met, and counts the CPU of all processes of a program. */
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { cpuOf } from '../support/process.ts';
import { type Goal, goalTable, verdictOf } from './goals.ts';

const least: Goal = { what: 'CPU', limit: '<=', goal: 250, stretch: 100, unit: 'ms' };

test.each<[Partial<Goal>, string]>([
  [{ measured: 100 }, 'met, the stretch too'],
  [{ measured: 250 }, 'met'],
  [{ measured: 500 }, 'missed by 250 ms: 2.0 times the goal'],
  [{ limit: '>=', goal: 2, stretch: 4, unit: 'times', measured: 0.5 }, 'missed by 1.5: the goal is 4.0 times that'],
  [{ limit: '>=', goal: 2, stretch: 4, measured: 4 }, 'met, the stretch too'],
  [{ goal: 0, measured: 3, unit: 'messages' }, 'missed by 3.0 messages'],
  [{ measured: Number.NaN, note: 'no Postfix' }, 'not measured: no Postfix'],
  [{}, 'not measured: left out of this run'],
])('%j: %s', (given, verdict) => {
  expect(verdictOf({ ...least, ...given })).toBe(verdict);
  expect(goalTable([{ ...least, ...given }])).toContain(verdict);
});

test('the work of children counts, also when they have ended', async () => {
  const busy = 'for (const end = process.cpuUsage().user + 1e5; process.cpuUsage().user < end; );';
  const parent = `require('node:child_process').execFileSync(process.execPath, ['-e', ${JSON.stringify(busy)}]); console.log('done'); setTimeout(() => {}, 60000)`;
  const child = spawn(process.execPath, ['-e', parent], { stdio: ['ignore', 'pipe', 'inherit'] });
  try {
    await once(child.stdout, 'data');
    expect(cpuOf(child.pid ?? 0)).toBeGreaterThanOrEqual(100);
  } finally {
    child.kill('SIGKILL');
    await once(child, 'exit');
  }
  expect(cpuOf(child.pid ?? 0)).toBe(0);
});
