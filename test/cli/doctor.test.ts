/** `doctor` and `dkim-key` as an operator runs them, beside a relay that runs or not. */
import { execFileSync, spawn } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { once } from 'node:events';
import { copyFileSync, mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { startDns } from '../support/dnsmasq.ts';
import { testWith } from '../support/programs.ts';
import { freePort } from '../support/redis.ts';
import { startRelay } from '../support/relay.ts';
import { openSink } from '../support/sink.ts';

const root = join(import.meta.dirname, '../..');

interface Ran {
  readonly code: number;
  readonly out: string;
  readonly err: string;
}

async function postern(args: readonly string[], cwd: string, env: Readonly<Record<string, string>> = {}): Promise<Ran> {
  const child = spawn(process.execPath, [join(root, 'src/cli/postern.ts'), ...args], {
    cwd,
    env: { PATH: process.env.PATH ?? '', ...env },
  });
  const said = { out: '', err: '' };
  child.stdout.setEncoding('utf8').on('data', (text: string) => {
    said.out += text;
  });
  child.stderr.setEncoding('utf8').on('data', (text: string) => {
    said.err += text;
  });
  const [code] = (await once(child, 'close')) as [number];
  return { code, ...said };
}

let folder: string;
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'postern-doctor-'));
});
afterAll(() => rmSync(folder, { recursive: true }));

/** For both names, for two months, as its own authority. */
function makeCertificate(): void {
  const names = ['-addext', 'subjectAltName=DNS:mx.good.example,DNS:localhost'];
  const key = ['-newkey', 'ec', '-pkeyopt', 'ec_paramgen_curve:prime256v1', '-nodes', '-keyout', 'key.pem', '-out', 'cert.pem'];
  execFileSync('openssl', ['req', '-x509', '-days', '60', '-subj', '/CN=postern', ...key, ...names], { cwd: folder, stdio: 'ignore' });
}

/** The text of the first record, its strings joined. */
const recordIn = (zone: string): string => {
  const line = zone.split('\n').find((one) => one.includes(' IN TXT ')) ?? '';
  return [...line.matchAll(/"([^"]*)"/g)].map(([, text]) => text).join('');
};

testWith('dnsmasq')(
  'a good deployment is well, whether the relay runs or not; its keys are made, published and told by its own commands',
  async () => {
    makeCertificate();
    copyFileSync(join(folder, 'cert.pem'), join(folder, 'ca.pem'));
    const made = await postern(['dkim-key', 's1.pem', '--selector', 's1'], folder, { RELAY_DOMAIN: 'good.example' });
    expect(made).toMatchObject({ code: 0, out: expect.stringContaining('s1._domainkey.good.example. IN TXT ( "v=DKIM1; k=rsa; p=') });
    expect(statSync(join(folder, 's1.pem')).mode & 0o777).toBe(0o600);
    const before = readFileSync(join(folder, 's1.pem'), 'utf8');
    expect(await postern(['dkim-key', 's1.pem'], folder)).toMatchObject({ code: 1, err: expect.stringContaining('it is there already') });
    expect(readFileSync(join(folder, 's1.pem'), 'utf8')).toBe(before);

    await using dns = await startDns(
      {
        'good.example': ['v=spf1 ip4:192.0.2.0/24 -all'],
        's1._domainkey.good.example': [recordIn(made.out)],
        '_dmarc.good.example': ['v=DMARC1; p=reject; rua=mailto:d@shop.example'],
      },
      ['--local=/in-addr.arpa/', '--mx-host=good.example,mx.good.example,10', '--host-record=mx.good.example,192.0.2.1'],
    );
    const [key, cert] = ['key.pem', 'cert.pem'].map((name) => readFileSync(join(folder, name), 'utf8'));
    await using hop = await openSink({ tls: { key: key ?? '', cert: cert ?? '' }, login: { user: 'relay', pass: 'hush-hush' } });
    const [smtp, http] = [await freePort(), await freePort()];
    const env = {
      RELAY_DOMAIN: 'good.example',
      EHLO_NAME: 'mx.good.example',
      SMTP_LISTEN: `127.0.0.1:${smtp}`,
      HTTP_LISTEN: `127.0.0.1:${http}`,
      OUTBOUND_URL: `smtp://relay:hush-hush@localhost:${hop.port}?tls=require`,
      RELAY_SECRET: randomBytes(32).toString('base64'),
      API_TOKEN: 'hush-hush-hush-hush-hush',
      DNS_SERVERS: dns.address,
      DKIM_KEY_FILE: 's1.pem',
      DKIM_SELECTOR: 's1',
      TLS_KEY_FILE: 'key.pem',
      TLS_CERT_FILE: 'cert.pem',
      POLICY_FILE: join(root, 'config/policy.yaml'),
      NODE_EXTRA_CA_CERTS: join(folder, 'ca.pem'),
    };
    {
      await using relay = await startRelay({ env, folder });
      const ran = await postern(['doctor'], folder, env);
      expect(ran.out).not.toMatch(/^(warning|problem)/m);
      expect(ran).toMatchObject({ code: 0, err: '' });
      for (const line of [
        /^ok {7}listeners {6}SMTP 127\.0\.0\.1:\d+ greets as mx\.good\.example$/m,
        /^ok {7}listeners {6}HTTP 127\.0\.0\.1:\d+ is ready$/m,
        /^ok {7}starttls {7}127\.0\.0\.1:\d+: TLSv1\.3, none below 1\.2, and the chain is trusted$/m,
        /^ok {7}starttls {7}the key fits, the certificate names "mx\.good\.example", (59|60) days left$/m,
        /^ok {7}next hop {7}localhost:\d+ answers, TLSv1\.[23], its certificate is good$/m,
        /^ok {7}next hop {7}it takes our user and password$/m,
        /^ok {7}dkim {11}s1\._domainkey\.good\.example: rsa, 2048 bits, published as we have it, signs$/m,
        /^skipped {2}mta-sts, dane {2}\(left to the next hop/m,
      ])
        expect(ran.out).toMatch(line);
      expect(ran.out).not.toContain('hush');
      expect(ran.out).not.toContain('\u001b');
      makeCertificate();
      const other = await postern(['doctor', '--json'], folder, { ...env, PUBLIC_URL: `http://127.0.0.1:${http}` });
      expect(other.code).toBe(1);
      expect(JSON.parse(other.out)).toMatchObject({
        state: 'warning',
        lines: expect.arrayContaining([
          expect.objectContaining({ check: 'public url', found: expect.stringMatching(/^the relay answers at http:/) }),
          expect.objectContaining({ check: 'starttls', state: 'warning', change: expect.stringContaining('kill -HUP') }),
        ]),
      });
      await relay.stop('SIGTERM');
    }
    const [stopped, records] = await Promise.all([postern(['doctor'], folder, env), postern(['doctor', '--records'], folder, env)]);
    expect(stopped.out.match(/^skipped {2}listeners {6}\(nothing listens at .*: the relay does not run\)$/gm)).toHaveLength(2);
    expect(records).toMatchObject({ code: 0, err: '', out: expect.stringContaining(made.out.split('\n')[1] ?? '-') });
  },
  60_000,
);

test('settings that do not fit: every error, nothing else; a next hop that is silent costs five seconds; unknown options show the help', async () => {
  await using silent = await openSink({ at: { connect: { and: 'hang' } } });
  const empty = join(folder, 'none.json');
  writeFileSync(empty, '{}');
  const usual = { CONFIG_FILE: empty, POLICY_FILE: join(root, 'config/policy.yaml') };
  const [wrong, slow, odd] = await Promise.all([
    postern(['doctor', '--json'], folder, { ...usual, WORKERS: '99', RELAY_DOMAIN: 'x' }),
    postern(['doctor'], folder, { ...usual, OUTBOUND_URL: `smtp://127.0.0.1:${silent.port}` }),
    postern(['doctor', '--nonsense'], folder),
  ]);
  expect(wrong.code).toBe(2);
  expect(JSON.parse(wrong.out).lines.map(({ check, state }: Record<string, unknown>) => [check, state])).toEqual([
    ['settings', 'problem'],
    ['settings', 'problem'],
    ['all else', 'skipped'],
  ]);
  expect(slow.code).toBe(2);
  expect(slow.out).toMatch(/^problem {2}next hop {7}no answer within 5 s/m);
  expect(slow.out).toMatch(/^ok {7}policy/m);
  expect(odd).toMatchObject({ code: 2, out: '', err: expect.stringMatching(/^usage: doctor/) });
}, 30_000);
