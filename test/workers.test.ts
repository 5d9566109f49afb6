/** Those who watch and start: what becomes of a signal that comes too soon, and of the exit code. */
import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { eventually } from './support/redis.ts';

const source = (path: string): string => join(import.meta.dirname, '../src', path);
let folder: string;
let child: ChildProcess | undefined;
let said = '';
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'postern-workers-'));
});
afterEach(() => {
  child?.kill('SIGKILL');
  rmSync(folder, { recursive: true, force: true });
});

/** Its exit code, or the signal that ended it. */
function start(script: string, { args = [], env = {} }: { readonly args?: readonly string[]; readonly env?: Record<string, string> } = {}) {
  said = '';
  const started = spawn(process.execPath, [script, ...args], {
    cwd: folder,
    env: { PATH: process.env.PATH ?? '', SMTP_LISTEN: '127.0.0.1:0', HTTP_LISTEN: '127.0.0.1:0', ...env },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  for (const stream of [started.stdout, started.stderr])
    stream.on('data', (chunk: Buffer) => {
      said += chunk.toString();
    });
  child = started;
  return once(started, 'exit').then(([code, signal]): number | string => code ?? signal);
}

test('a worker that SIGHUP ends while it starts is started anew, and the others go on', async () => {
  const worker = `
    import { existsSync, writeFileSync } from 'node:fs';
    const name = process.env.POSTERN_WORKER;
    if (name === '1' && !existsSync('hung-up')) {
      writeFileSync('hung-up', '');
      process.kill(process.pid, 'SIGHUP');
    } else {
      writeFileSync(\`up-\${name}\`, '');
      process.on('SIGTERM', () => process.exit(0));
      setInterval(() => undefined, 1_000);
    }`;
  writeFileSync(join(folder, 'worker.mjs'), worker);
  const watcher = `
    import { runWorkers } from ${JSON.stringify(source('workers.ts'))};
    process.exitCode = await runWorkers(2, ${JSON.stringify(join(folder, 'worker.mjs'))});`;
  writeFileSync(join(folder, 'watcher.mjs'), watcher);
  const ended = start(join(folder, 'watcher.mjs'));
  await eventually('both are up', () => ['up-1', 'up-2'].every((name) => existsSync(join(folder, name))));
  child?.kill('SIGTERM');
  expect(await ended).toBe(0);
});

const policy = join(import.meta.dirname, 'support/two-languages/policy.yaml');

test('a relay that gets SIGHUP while it starts is there in the end, and reads its files again', async () => {
  const ended = start(source('main.ts'), { env: { POLICY_FILE: policy, ARCHIVE_URL: 'off' } });
  // Made when the settings are read: much is still to be opened then.
  await eventually('the settings are read', () => existsSync(join(folder, 'var/api-token')));
  await new Promise((resolve) => setTimeout(resolve, 150));
  expect(said).not.toContain('"event":"listening"');
  child?.kill('SIGHUP');
  await eventually(
    'it listens, and has read them',
    () => said.includes('"event":"listening"') && said.includes('"event":"users-reloaded"'),
  );
  child?.kill('SIGTERM');
  expect(await ended).toBe(0);
});

test('`serve` ends as `npm start` does, with several workers too: a bad policy is 78', async () => {
  const broken = join(folder, 'policy.yaml');
  writeFileSync(broken, 'languages: 7\n');
  const env = { POLICY_FILE: broken, WORKERS: '2' };
  expect(await start(source('cli/postern.ts'), { args: ['serve'], env })).toBe(78);
  expect(said).toContain('languages');
});
