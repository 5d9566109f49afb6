/** The walls of the whole relay: submission with a password, and what becomes of those who guess. */
import { execFileSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { makeCertificate } from '../support/certificate.ts';
import { buyer, letter, openScene, type Scene, seller } from '../support/scene.ts';
import { connectSmtp, dial } from '../support/smtp.ts';
import { type SwaksSetup, swaks } from '../support/swaks.ts';

const folder = mkdtempSync(join(tmpdir(), 'postern-walls-'));
const at = (name: string) => join(folder, name);
const password = 'a password of the shop';

/** A line of the users' file, as an operator makes it. */
const line = (name: string, domains: string, word = password): string =>
  execFileSync(process.execPath, [join(import.meta.dirname, '../../src/cli/postern.ts'), 'password', name, domains], {
    input: `${word}\n`,
    encoding: 'utf8',
    stdio: 'pipe',
  });

let scene: Scene;
let startTls = 0;
let implicitTls = 0;
beforeAll(async () => {
  const { key, cert } = makeCertificate();
  for (const [name, text] of Object.entries({ 'key.pem': key, 'cert.pem': cert, users: line('app', 'buyer.example') })) {
    writeFileSync(at(name), text);
  }
  scene = await openScene({
    SENDER_PROOF: 'enforce',
    RATE_LIMITS: 'on',
    TLS_KEY_FILE: at('key.pem'),
    TLS_CERT_FILE: at('cert.pem'),
    SUBMISSION_LISTEN: 'smtp://127.0.0.1:0,smtps://127.0.0.1:0',
    SUBMISSION_USERS: at('users'),
  });
  const ports = [...scene.relay.log().matchAll(/"of":"submission","address":"[^"]*:(\d+)"/g)].map(([, port]) => Number(port));
  [startTls = 0, implicitTls = 0] = ports;
}, 40_000);
afterAll(async () => {
  await scene[Symbol.asyncDispose]();
  rmSync(folder, { recursive: true, force: true });
});

const fromBuyer = () => letter({ from: buyer.mailbox, to: scene.sellerAlias }).replaceAll('\n', '\r\n');
const submit = (options: readonly string[], more: Partial<SwaksSetup> = {}) =>
  swaks({ port: startTls, from: buyer.mailbox, to: scene.sellerAlias, message: fromBuyer(), options, ...more });
const login = (word = password) => ['--auth-user', 'app', '--auth-password', word];

async function until(condition: () => boolean): Promise<void> {
  for (const end = performance.now() + 10_000; performance.now() < end; ) {
    if (condition()) return;
    await new Promise((resolve) => setTimeout(resolve, 20));
  }
  throw new Error(`not within 10 s: ${condition}; ${scene.relay.log()}`);
}

test('the application hands in mail of authors at its domains, and it is relayed as any other', async () => {
  const done = [
    await submit(['--tls', '--auth', 'PLAIN', ...login()]),
    await submit(['--tls', '--auth', 'LOGIN', ...login()]),
    await submit(['--tls-on-connect', '--auth', 'PLAIN', ...login()], { port: implicitTls }),
  ];
  expect(done.map(({ reply }) => reply)).toEqual(Array.from({ length: 3 }, () => expect.stringMatching(/^250 2\.0\.0 [a-z0-9]{16}$/)));
  expect(scene.left()).toHaveLength(3);
  expect(scene.left().join()).not.toContain(buyer.mailbox);
  const entry =
    scene.relay
      .log()
      .split('\n')
      .find((each) => each.includes('"event":"message"')) ?? '';
  expect(JSON.parse(entry)).toMatchObject({ auth: 'pass', aligned: true, disposition: 'relay' });
  expect(scene.relay.log()).not.toContain('"app"');
}, 20_000);

test('for nobody else: not for another domain, not by name alone, not to an alias of others', async () => {
  const from = `${seller.mailbox}`;
  const forged = letter({ from, to: scene.buyerAlias }).replaceAll('\n', '\r\n');
  const other = await submit(['--tls', '--auth', 'PLAIN', ...login()], { from, to: scene.buyerAlias, message: forged });
  expect(other.reply).toMatch(/^550 5\.7\.1 You may not write for the domain in From/);
  const stranger = letter({ from: 'eve@buyer.example', to: scene.buyerAlias }).replaceAll('\n', '\r\n');
  const proven = await submit(['--tls', '--auth', 'PLAIN', ...login()], {
    from: 'eve@buyer.example',
    to: scene.buyerAlias,
    message: stranger,
  });
  expect(proven.reply).toMatch(/^550 5\.7\.1 You may not write to this address from here/);
  expect((await submit(['--tls'])).reply).toMatch(/^530 5\.7\.0 Authentication required/);
  expect((await submit([])).reply).toMatch(/^530 5\.7\.0 Must issue a STARTTLS command first/);
  expect((await submit(['--tls', '--auth', 'PLAIN', ...login('wrong')])).reply).toMatch(/^535 5\.7\.8/);
  expect((await submit(['--auth', 'PLAIN', ...login()])).transcript).toMatch(/no AUTH|not advertised|Host did not advertise/i);
  expect((await submit(['--auth', 'PLAIN', ...login()], { port: scene.relay.smtpPort })).transcript).toMatch(/did not advertise/i);
}, 30_000);

test('SIGHUP reads the users again; a file that is wrong changes nothing', async () => {
  const may = async (word: string) => (await submit(['--tls', '--auth', 'PLAIN', ...login(word)])).ok;
  const changed = 'another password of the shop';
  writeFileSync(at('users'), line('app', '*', changed));
  process.kill(scene.relay.pid, 'SIGHUP');
  await until(() => scene.relay.log().includes('"event":"users-reloaded"'));
  expect([await may(changed), await may(password)]).toEqual([true, false]);
  writeFileSync(at('users'), 'app:in-the-clear:*\n');
  process.kill(scene.relay.pid, 'SIGHUP');
  await until(() => scene.relay.log().includes('"event":"users-not-reloaded"'));
  // What else was to be read again was.
  expect(scene.relay.log().match(/"event":"tls-reloaded"/g)).toHaveLength(2);
  expect(await may(changed)).toBe(true);
  expect(scene.relay.log()).not.toContain('in-the-clear');
}, 20_000);

test('who makes a password line: no short ones, no wrong names', () => {
  expect(() => line('app', '*', 'short')).toThrow('at least 12 characters');
  expect(() => line('a b', '*')).toThrow('without blanks');
});

test('old TLS and negotiation anew within a connection fail', async () => {
  const client = (...options: string[]) => {
    try {
      const args = ['s_client', '-connect', `127.0.0.1:${implicitTls}`, ...options];
      return execFileSync('openssl', args, { input: 'R\n', encoding: 'utf8', stdio: ['pipe', 'pipe', 'pipe'], timeout: 5_000 });
    } catch (error) {
      return `${(error as { stdout?: string }).stdout ?? ''}${(error as { stderr?: string }).stderr ?? ''}`;
    }
  };
  expect(client('-tls1_1', '-cipher', 'DEFAULT@SECLEVEL=0')).toMatch(/Cipher is \(NONE\)|alert protocol version/);
  expect(client('-tls1_2', '-cipher', 'AES128-SHA256')).toMatch(/handshake failure|Cipher is \(NONE\)/);
  // The greeting may come in between, which ends openssl before it has its answer.
  const anew = () => client('-tls1_2');
  let answer = anew();
  for (let tries = 0; tries < 5 && /unexpected record/.test(answer); tries += 1) answer = anew();
  expect(answer).toMatch(/RENEGOTIATING[\s\S]*no renegotiation/);
  expect(client('-tls1_3')).toMatch(/TLSv1\.3, Cipher is TLS_/);
}, 20_000);

test('guesses, wrong checks and forged proofs shut a client out; others are served, and the counter tells', async () => {
  const from = { localAddress: '127.0.0.9' };
  const [local = '', domain = ''] = scene.sellerAlias.split('@');
  const guesses = [...Array(38).keys()].map(
    (turn) => [`b-${'0'.repeat(16)}-aaaaaaaa`, `${local.slice(0, -1)}${turn % 10}`, `guess${turn}`][turn % 3],
  );
  const clients = await Promise.all(Array.from({ length: 19 }, () => dial(scene.relay.smtpPort, { ...from, patience: 15_000 })));
  const answers = await Promise.all(
    clients.map(async (client, index) => {
      const texts: string[] = [];
      await client.command('MAIL FROM:<>');
      for (const guess of guesses.slice(2 * index, 2 * index + 2)) {
        if (`${guess}@${domain}` === scene.sellerAlias) continue;
        await client.send(`RCPT TO:<${guess}@${domain}>`);
        texts.push(
          await client.reply().then(
            ({ text }) => text,
            () => 'closed',
          ),
        );
      }
      return texts;
    }),
  );
  const kinds = new Set(answers.flat().map((text) => text.slice(0, 9)));
  expect([...kinds].every((kind) => ['550 5.1.1', '421 4.7.0', 'closed'].includes(kind))).toBe(true);
  using late = await connectSmtp(scene.relay.smtpPort, from);
  expect(await late.rest()).toEqual([expect.stringMatching(/^421 4\.7\.0 Too many unknown addresses/)]);
  const done = await submit(['--tls', '--auth', 'PLAIN', ...login('another password of the shop')]);
  expect(done.ok).toBe(true);
  expect(scene.relay.log().match(/"event":"shut-out",.*"of":"smtp"/g)).toHaveLength(1);
  const metrics = await (await fetch(`${scene.relay.api}/metrics`)).text();
  expect(metrics).toContain('postern_shut_out_total{door="smtp"} 1');
  expect(readFileSync(at('users'), 'utf8')).toContain('app');
}, 60_000);

test('wrong tokens: 401, then 429 for a while', async () => {
  const call = async (text: string) =>
    fetch(`${scene.relay.api}/v1/parties/b-1`, { headers: { authorization: `Bearer ${text}`, 'x-forwarded-for': '192.0.2.1' } });
  const codes = [];
  for (let turn = 0; turn < 11; turn++) codes.push((await call(`wrong ${turn}`)).status);
  expect(codes).toEqual([...Array.from({ length: 10 }, () => 401), 429]);
  const late = await call(scene.relay.token);
  expect([late.status, Number(late.headers.get('retry-after')) > 50]).toEqual([429, true]);
  expect((await scene.relay.call('GET', '/v1/parties/b-1')).status).toBe(200);
  expect(scene.relay.log()).toContain('"event":"shut-out","of":"http"');
});
