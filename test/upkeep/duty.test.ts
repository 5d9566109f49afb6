import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { eventually, type RedisServer, startRedis } from '../support/redis.ts';

const directory = mkdtempSync(join(tmpdir(), 'postern-duty-'));
let redis: RedisServer;

beforeAll(async () => {
  redis = await startRedis();
});

afterAll(async () => {
  await redis.stop();
  rmSync(directory, { recursive: true, force: true });
});

interface Holder {
  readonly child: ChildProcess;
  /** Steps of the work that it has done. */
  readonly steps: () => readonly string[];
}

function start(url: string, name: string): Holder {
  const child = spawn(process.execPath, [join(import.meta.dirname, 'holder.ts'), url, name], { stdio: ['ignore', 'pipe', 'inherit'] });
  let said = '';
  child.stdout?.setEncoding('utf8').on('data', (text: string) => {
    said += text;
  });
  return { child, steps: () => said.split('\n').slice(0, -1) };
}

test.each([
  ['SQLite', () => `sqlite:${join(directory, 'store.db')}`],
  ['Redis', () => redis.url],
])(
  '%s: of two processes one does the work; when it is killed, the other goes on where it was',
  async (_engine, url) => {
    const holders = [start(url(), 'one'), start(url(), 'two')];
    try {
      await eventually('one works', () => holders.some(({ steps }) => steps().length > 5));
      await new Promise((resolve) => setTimeout(resolve, 300));
      const [worker, idle] = holders.toSorted((a, b) => b.steps().length - a.steps().length);
      if (!worker || !idle) throw new Error('no holders');
      expect(idle.steps()).toEqual([]);
      worker.child.kill('SIGKILL');
      await once(worker.child, 'exit');
      const done = worker.steps().length;
      await eventually('the other goes on', () => idle.steps().length > 0, 10_000);
      const [, note = ''] = idle.steps()[0]?.split(' ') ?? [];
      expect(Number(note)).toBeGreaterThanOrEqual(done);
    } finally {
      for (const { child } of holders) child.kill('SIGKILL');
    }
  },
  30_000,
);
