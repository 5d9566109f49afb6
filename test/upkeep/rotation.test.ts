/** Key rotation, as an operator sees it: the relay as it is run, and its command line. */
import { execFile } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { eventually } from '../support/redis.ts';
import { type Relay, startRelay } from '../support/relay.ts';

const run = promisify(execFile);
const root = join(import.meta.dirname, '../..');
const [old, fresh] = [Buffer.alloc(32, 'old secret '), Buffer.alloc(32, 'new secret ')].map((it) => it.toString('base64'));
const folder = mkdtempSync(join(tmpdir(), 'postern-rotation-'));

afterAll(() => rmSync(folder, { recursive: true, force: true }));

const start = (secret: string | undefined): Promise<Relay> =>
  startRelay({ folder, env: secret === undefined ? {} : { RELAY_SECRET: secret } });

async function postern(secret: string | undefined, ...words: string[]): Promise<{ readonly code: number; readonly out: string }> {
  const env = {
    PATH: process.env.PATH ?? '',
    POLICY_FILE: join(import.meta.dirname, '../support/two-languages/policy.yaml'),
    ...(secret !== undefined && { RELAY_SECRET: secret }),
  };
  return run(process.execPath, [join(root, 'src/cli/postern.ts'), ...words], { cwd: folder, env }).then(
    ({ stdout }) => ({ code: 0, out: stdout }),
    (error: { code: number; stdout: string; stderr: string }) => ({ code: error.code, out: error.stdout + error.stderr }),
  );
}

const lara = { role: 'buyer', name: 'Lara Weber', mailboxes: [{ address: 'lara@buyer.example' }] };
const hanna = { role: 'seller', name: 'Hanna Okafor', mailboxes: [{ address: 'hanna@oakbench.example' }] };

test('a secret goes when what it sealed is sealed anew: not a moment before, and nothing is lost', async () => {
  const first = await start(old);
  await first.call('PUT', '/v1/parties/b-1', lara);
  await first.call('PUT', '/v1/parties/s-1', hanna);
  const { body } = await first.call('PUT', '/v1/conversations', { buyer: 'b-1', seller: 's-1' });
  await first.stop('SIGTERM');

  await expect(start(fresh)).rejects.toThrow(/RELAY_SECRET lacks a secret/);
  const before = await postern(fresh, 'secrets', 'status');
  expect([before.code, before.out]).toEqual([1, expect.stringMatching(/NOT GIVEN\s+2 values\s+0 copies {2}is needed/)]);

  const both = await start(`${fresh},${old}`);
  await eventually('all is sealed anew', () => both.log().includes('"event":"resealed"'));
  await both.stop('SIGTERM');
  const after = await postern(`${fresh},${old}`, 'secrets', 'status');
  expect([after.code, after.out]).toEqual([
    0,
    expect.stringMatching(/writes\s+2 values[\s\S]*reads\s+0 values\s+0 copies {2}can go in 5 days/),
  ]);

  await using alone = await start(fresh);
  expect(alone.log()).toContain('mail that comes again may be relayed twice');
  expect((await alone.call('GET', '/v1/parties/b-1')).body).toMatchObject(lara);
  expect((await alone.call('PUT', '/v1/conversations', { buyer: 'b-1', seller: 's-1' })).body).toEqual(body);
}, 40_000);

test('a secret that is lost for good can be given up, and no other', async () => {
  const third = Buffer.alloc(32, 'third secret ').toString('base64');
  const refused = await start(third).catch(String);
  const ids = String(refused).match(/(?<=its id: |, )[0-9a-f]{8}/g) ?? [];
  expect(ids).toHaveLength(1);
  expect(await postern(third, 'secrets', 'drop', '00000000')).toMatchObject({ code: 1 });
  for (const id of ids) expect(await postern(third, 'secrets', 'drop', id)).toMatchObject({ code: 0 });
  await using relay = await start(third);
  expect((await relay.call('GET', '/v1/parties/b-1')).status).toBe(503);
}, 30_000);

test('rotate puts a new secret into var/secret of an evaluation, and says what to set elsewhere', async () => {
  const given = await postern(old, 'secrets', 'rotate');
  const [, second, made] = /RELAY_SECRET=([^,\s]+),([^,\s]+)\n/.exec(given.out) ?? [];
  expect(second).toBe(old);
  expect(Buffer.from(made ?? '', 'base64')).toHaveLength(32);
  expect(given.out).toContain(`RELAY_SECRET=${made},${old}`);
  const file = join(folder, 'var/secret');
  writeFileSync(file, `${old}\n`, { mode: 0o600 });
  expect(await postern(undefined, 'secrets', 'rotate')).toMatchObject({ code: 0 });
  expect(readFileSync(file, 'utf8')).toMatch(new RegExp(`^[A-Za-z0-9+/]{43}=,${old?.replaceAll('+', '\\+')}\n$`));
  expect(statSync(file).mode & 0o777).toBe(0o600);
}, 30_000);
