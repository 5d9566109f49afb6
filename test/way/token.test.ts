/** Tokens of the API: made on the command line beside a running relay, used, listed and revoked. */
import { spawnSync } from 'node:child_process';
import { join } from 'node:path';
import { jest } from '@jest/globals';
import { token as tokenCommand } from '../../src/cli/token.ts';
import { type Relay, startRelay } from '../support/relay.ts';

const root = join(import.meta.dirname, '../..');
let relay: Relay;
beforeAll(async () => {
  relay = await startRelay({ env: { API_PER_MINUTE: '20' } });
});
afterAll(() => relay[Symbol.asyncDispose]());

function token(...args: readonly string[]) {
  const { status, stdout, stderr } = spawnSync(process.execPath, [join(root, 'src/cli/postern.ts'), 'token', ...args], {
    cwd: relay.folder,
    env: { PATH: process.env.PATH ?? '' },
    encoding: 'utf8',
    timeout: 30_000,
  });
  return { status, stdout: stdout.trim(), stderr };
}

const call = (method: string, path: string, text: string, body?: object) =>
  fetch(`${relay.api}${path}`, {
    method,
    headers: { authorization: `Bearer ${text}`, ...(body && { 'content-type': 'application/json' }) },
    ...(body && { body: JSON.stringify(body) }),
  });

test('made, used, listed, revoked; the relay need not be told', async () => {
  const made = token('create', 'shop front', '--scopes', 'read,write', '--days', '90');
  expect([made.status, made.stdout]).toEqual([0, expect.stringMatching(/^postern-[\w-]{43}$/)]);
  expect(made.stderr).not.toContain(made.stdout);
  const party = { role: 'buyer', name: 'Jane', mailboxes: [{ address: 'j@mail.example' }] };
  expect((await call('PUT', '/v1/parties/b-1', made.stdout, party)).status).toBe(201);
  expect((await call('GET', '/v1/parties/b-1', made.stdout)).status).toBe(200);
  const refused = await call('GET', '/v1/reports', made.stdout);
  expect([refused.status, await refused.json()]).toEqual([403, expect.objectContaining({ scope: 'operate' })]);
  const { stdout: shown } = token('list');
  expect(shown).toMatch(/^[a-z0-9]{16} {2}read,write +made 20\d\d-\d\d-\d\d {2}until 20\d\d-\d\d-\d\d {2}shop front$/);
  expect(token('revoke', shown.slice(0, 16)).status).toBe(0);
  expect((await call('GET', '/v1/parties/b-1', made.stdout)).status).toBe(401);
  expect(token('revoke', shown.slice(0, 16)).status).toBe(1);
  expect(relay.log()).not.toContain(made.stdout);
});

test.each([[['create', 'x']], [['create', 'x', '--scopes', 'all']], [['create', 'x', '--scopes', 'read', '--days', '0']], [['revoke']]])(
  'called wrongly: %j',
  async (args) => {
    const said: string[] = [];
    const write = jest.spyOn(process.stderr, 'write').mockImplementation((text) => said.push(String(text)) > 0);
    const status = await tokenCommand(args).finally(() => write.mockRestore());
    expect([status, said.join('')]).toEqual([2, expect.stringContaining('usage: npm run -s postern -- token create NAME')]);
  },
);

test('the setting says how often a token may call', async () => {
  const statuses = [];
  for (let calls = 0; calls < 21; calls += 1) statuses.push((await call('GET', '/v1/parties/nobody', relay.token)).status);
  expect(statuses).toEqual([...Array(20).fill(404), 429]);
});
