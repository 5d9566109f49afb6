/** Several relay processes on one listener. */
import { execFileSync } from 'node:child_process';
import { freePort } from '../support/redis.ts';
import { startRelay } from '../support/relay.ts';
import { dial } from '../support/smtp.ts';

test('WORKERS=2: both answer on one port, a worker that dies is replaced, SIGTERM ends all with 0', async () => {
  const [smtp, http] = [await freePort(), await freePort()];
  const env = { WORKERS: '2', SMTP_LISTEN: `127.0.0.1:${smtp}`, HTTP_LISTEN: `127.0.0.1:${http}` };
  await using relay = await startRelay({ env });
  const listeners = () => relay.log().split('"of":"smtp"').length - 1;
  const until = async (count: number): Promise<void> => {
    for (const patience = Date.now() + 15_000; listeners() < count && Date.now() < patience; )
      await new Promise((next) => setTimeout(next, 50));
    expect(listeners()).toBe(count);
  };
  await until(2);
  await new Promise((resolve) => setTimeout(resolve, 5_500));
  const [worker] = execFileSync('pgrep', ['-P', String(relay.pid)])
    .toString()
    .trim()
    .split('\n');
  process.kill(Number(worker), 'SIGKILL');
  await until(3);
  for (let greeted = 0; greeted < 6; greeted += 1) {
    using client = await dial(smtp);
    await client.quit();
  }
  expect((await relay.call('PUT', '/v1/parties/b', { role: 'buyer', name: 'B', mailboxes: [{ address: 'b@buyer.example' }] })).status).toBe(
    201,
  );
  expect(await relay.stop('SIGTERM')).toBe(0);
}, 40_000);
