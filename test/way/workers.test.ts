/** Several relay processes on one listener. */
import { execFileSync } from 'node:child_process';
import { freePort } from '../support/redis.ts';
import { startRelay } from '../support/relay.ts';
import { dial } from '../support/smtp.ts';

test('WORKERS=2: both answer on one port, a worker that dies is replaced, SIGTERM ends all with 0', async () => {
  const env = await ofTwo();
  const smtp = Number(env.SMTP_LISTEN.split(':')[1]);
  await using relay = await startRelay({ env });
  const listeners = () => relay.log().split('"of":"smtp"').length - 1;
  await until(() => listeners() === 2);
  await new Promise((resolve) => setTimeout(resolve, 5_500));
  const [worker = 0] = workersOf(relay.pid);
  process.kill(worker, 'SIGKILL');
  await until(() => listeners() === 3);
  for (let greeted = 0; greeted < 6; greeted += 1) {
    using client = await dial(smtp);
    await client.quit();
  }
  expect((await relay.call('PUT', '/v1/parties/b', { role: 'buyer', name: 'B', mailboxes: [{ address: 'b@buyer.example' }] })).status).toBe(
    201,
  );
  expect(await relay.stop('SIGTERM')).toBe(0);
}, 40_000);

const isAlive = (pid: number): boolean => {
  try {
    return process.kill(pid, 0);
  } catch {
    return false;
  }
};

/** The processes that a process started. */
const workersOf = (pid: number): number[] => {
  try {
    return execFileSync('pgrep', ['-P', String(pid)])
      .toString()
      .trim()
      .split('\n')
      .map(Number);
  } catch {
    return [];
  }
};

async function until(isSo: () => boolean): Promise<void> {
  for (const patience = Date.now() + 20_000; !isSo() && Date.now() < patience; ) await new Promise((next) => setTimeout(next, 50));
  expect(isSo()).toBe(true);
}

const ofTwo = async () => ({
  WORKERS: '2',
  SMTP_LISTEN: `127.0.0.1:${await freePort()}`,
  HTTP_LISTEN: `127.0.0.1:${await freePort()}`,
});

test('workers do not outlive the process that watches them', async () => {
  await using relay = await startRelay({ env: await ofTwo() });
  const workers = workersOf(relay.pid);
  expect(workers.length).toBe(2);
  process.kill(relay.pid, 'SIGKILL');
  await until(() => !workers.some(isAlive));
}, 60_000);

test('SIGTERM while a worker is still starting ends all with 0', async () => {
  await using relay = await startRelay({ env: await ofTwo() });
  await new Promise((resolve) => setTimeout(resolve, 5_500));
  const [worker = 0] = workersOf(relay.pid);
  process.kill(worker, 'SIGKILL');
  await until(() => workersOf(relay.pid).filter((pid) => pid !== worker).length === 2);
  expect(await relay.stop('SIGTERM')).toBe(0);
}, 60_000);
