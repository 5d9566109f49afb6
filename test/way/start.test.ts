/** The first minute of a newcomer: start without any setting, demo, explain. */
import { execFile } from 'node:child_process';
import { mkdtempSync, readdirSync, rmSync, statSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { startRelay } from '../support/relay.ts';
import { letter, openScene, buyer } from '../support/scene.ts';

const run = promisify(execFile);
const root = join(import.meta.dirname, '../..');
const postern = (args: readonly string[], cwd: string, env: Readonly<Record<string, string>> = {}) =>
  run(process.execPath, [join(root, 'src/cli/postern.ts'), ...args], { cwd, env: { PATH: process.env.PATH ?? '', ...env } });

test('the demo starts a relay of its own and shows both sides of a mail each way', async () => {
  const { stdout } = await postern(['demo'], root, { HTTP_LISTEN: '127.0.0.1:1' });
  const [first = '', second = ''] = stdout.split('2. The seller answers');
  expect(first).toMatch(/"Lara W\." <[a-z0-9]{24}@relay\.localhost>/);
  expect(second).toMatch(/remote picture: https:\/\/open\.oakbench\.example/);
  expect(second).toMatch(/│ file: picture-1\.jpg, \d+ bytes, without EXIF/);
  const got = second.split('\n').flatMap((line) => (line.includes('│') ? [line.slice(line.indexOf('│') + 1)] : []));
  expect(got.join('\n')).not.toMatch(/Okafor|oakbench|remote picture|198\.51/);
  expect(got.join(' ')).toContain('it is oiled twice');
}, 30_000);

test('the demo uses the relay that runs', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'postern-demo-'));
  try {
    await using relay = await startRelay({ folder });
    const env = { SMTP_LISTEN: `127.0.0.1:${relay.smtpPort}`, HTTP_LISTEN: relay.api.slice('http://'.length), API_TOKEN: relay.token };
    const { stdout } = await postern(['demo'], folder, { ...env, POLICY_FILE: join(root, 'config/policy.yaml') });
    expect(stdout).toContain('with the relay that runs here');
    expect(readdirSync(join(folder, 'var/outbox/new'))).toHaveLength(2);
    expect(statSync(join(folder, 'var/secret')).mode & 0o077).toBe(0);
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}, 30_000);

test('explain tells the story of a message by its trace id', async () => {
  await using scene = await openScene();
  const { trace } = await scene.send(buyer.mailbox, scene.sellerAlias, letter({ from: buyer.mailbox, to: scene.sellerAlias }));
  const env = { POLICY_FILE: join(root, 'config/policy.yaml'), API_TOKEN: scene.relay.token };
  const { stdout } = await postern(['explain', trace], scene.relay.folder, env);
  expect(stdout).toContain(`answered 250 2.0.0 ${trace}`);
  expect(stdout).toContain('It was handed over');
  expect(stdout).toMatch(/hand over +\d+\.\d\d ms/);
  await expect(postern(['explain', 'k3m9x7q2v8r4t6w1'], scene.relay.folder, env)).rejects.toMatchObject({ code: 1 });
}, 30_000);

test('check tells what the relay would do; held shows what it keeps', async () => {
  await using scene = await openScene();
  const env = { POLICY_FILE: join(root, 'config/policy.yaml'), API_TOKEN: scene.relay.token };
  const call = letter({ from: buyer.mailbox, to: scene.sellerAlias, text: 'Call me: +44 20 7946 0123' });
  const file = join(scene.relay.folder, 'call.eml');
  writeFileSync(file, call.replaceAll('\n', '\r\n'));
  const { stdout } = await postern(['check', file, '--direction', 'buyer_to_seller'], scene.relay.folder, env);
  expect(stdout).toMatch(/relay[\s\S]*contact-phone +redact +text, new +"\+44 20 7946 0123"/);
  const { stdout: delivered } = await postern(['check', file, '--delivered'], scene.relay.folder, env);
  expect(delivered).toContain('Call me: [phone number removed]');
  await expect(postern(['check'], scene.relay.folder, env)).rejects.toMatchObject({
    code: 2,
    stderr: expect.stringContaining('usage: check'),
  });
}, 30_000);

test('held shows a message that waits, and why', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'postern-held-'));
  writeFileSync(join(folder, 'policy.yaml'), 'actions: {buyer_to_seller: {contact-phone: hold}}');
  symlinkSync(join(root, 'config/phrases'), join(folder, 'phrases'));
  await using scene = await openScene({ POLICY_FILE: join(folder, 'policy.yaml') });
  const env = { POLICY_FILE: join(root, 'config/policy.yaml') };
  const call = letter({ from: buyer.mailbox, to: scene.sellerAlias, text: 'Call me: +44 20 7946 0123' });
  const { trace } = await scene.send(buyer.mailbox, scene.sellerAlias, call);
  const shown = await postern(['held', trace], scene.relay.folder, env);
  expect(shown.stdout).toContain('Call me: +44 20 7946 0123');
  expect(shown.stderr).toContain('policy');
  rmSync(folder, { recursive: true });
});

test('a public listener without secret, token and outbound is refused, all at once', async () => {
  const failed = run(process.execPath, [join(root, 'src/main.ts')], {
    cwd: tmpdir(),
    env: { SMTP_LISTEN: '0.0.0.0:2525', WORKERS: 'many' },
  });
  await expect(failed).rejects.toMatchObject({
    code: 78,
    stderr: expect.stringMatching(/WORKERS.*RELAY_SECRET.*API_TOKEN.*OUTBOUND_URL/s),
  });
});

test('a file of users that is wrong is refused like any other setting, with its lines, before anything is opened', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'postern-users-'));
  try {
    const files = { users: '# ours\nshop:in-the-clear:shop.example\n', key: 'x', cert: 'x' };
    for (const [name, text] of Object.entries(files)) writeFileSync(join(folder, name), text);
    const env = { SUBMISSION_LISTEN: '127.0.0.1:0', SUBMISSION_USERS: 'users', TLS_KEY_FILE: 'key', TLS_CERT_FILE: 'cert' };
    for (const workers of ['1', '2']) {
      const failed = run(process.execPath, [join(root, 'src/main.ts')], { cwd: folder, env: { ...env, WORKERS: workers } });
      const line2 = /^These settings cannot be used:\n- SUBMISSION_USERS in the environment: the file of users is wrong in line 2: /;
      await expect(failed).rejects.toMatchObject({ code: 78, stderr: expect.stringMatching(line2) });
    }
    expect(readdirSync(folder).sort()).toEqual(['cert', 'key', 'users']);
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
});
