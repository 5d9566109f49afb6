/** What the doctor says of next hop, store, clock, secrets and policy: real servers, real files. */
import { existsSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { certificate } from '../../../src/cli/doctor/certificate.ts';
import { clock } from '../../../src/cli/doctor/clock.ts';
import { listeners } from '../../../src/cli/doctor/listeners.ts';
import { machine } from '../../../src/cli/doctor/machine.ts';
import { nextHop } from '../../../src/cli/doctor/next-hop.ts';
import { policy } from '../../../src/cli/doctor/policy.ts';
import { publicUrl } from '../../../src/cli/doctor/public-url.ts';
import { secrets } from '../../../src/cli/doctor/secrets.ts';
import { store } from '../../../src/cli/doctor/store.ts';
import { openSqlite } from '../../../src/store/sqlite.ts';
import { openVault } from '../../../src/store/vault.ts';
import { open } from '../../inbound/open.ts';
import { makeCertificate } from '../../support/certificate.ts';
import { testWith } from '../../support/programs.ts';
import { freePort, startRedis } from '../../support/redis.ts';
import { openSink, type SinkSetup } from '../../support/sink.ts';
import { type Folder, makeFolder } from './deployment.ts';

let folder: Folder;
beforeEach(() => {
  folder = makeFolder();
});
afterEach(() => folder[Symbol.dispose]());

const like = (...lines: readonly RegExp[]) => lines.map((line) => expect.stringMatching(line));

describe('next hop', () => {
  const tls = makeCertificate('localhost');
  const login = { user: 'u', pass: 'hush-hush' };
  const all = ['PIPELINING', 'SIZE 50000000', '8BITMIME', 'SMTPUTF8', 'ENHANCEDSTATUSCODES'];
  const without = (name: string) => all.filter((one) => !one.startsWith(name));
  const cases: readonly (readonly [string, SinkSetup, string, readonly RegExp[]])[] = [
    ['plain, on this machine', { extensions: all }, '', [/^warning 127\.0\.0\.1:\d+ offers no STARTTLS/, /^ok .* offers what we use$/]],
    [
      'it takes user and password',
      { extensions: all, login },
      'u:hush-hush@',
      [/^warning/, /^ok .* offers/, /^ok it takes our user and password$/],
    ],
    [
      'another password',
      { extensions: all, login },
      'u:hush-it@',
      [/^warning/, /^ok/, /^problem it does not take our user and password \(EAUTH 535\)/],
    ],
    [
      'an unknown certificate',
      { extensions: all, tls },
      '',
      [/^warning .* its certificate is not trusted \(DEPTH_ZERO_SELF_SIGNED_CERT\); TLSv1\.3 is used all the same/, /^ok/],
    ],
    [
      'an unknown certificate, demanded',
      { extensions: all, tls },
      '?',
      [/^problem .* its certificate is not trusted .* and we demand it: all mail gets 451/],
    ],
    ['no STARTTLS, demanded', { extensions: all }, '?', [/^problem .* offers no STARTTLS, and we demand it: all mail gets 451/]],
    [
      'STARTTLS offered and refused',
      { extensions: all, tls, at: { starttls: '454 4.7.0 \u001b[31mNot now' } },
      '',
      [/^problem .* offers STARTTLS and answers "454 4\.7\.0 \\u001b\[31mNot now"/],
    ],
    [
      'a small SIZE',
      { extensions: [...without('SIZE'), 'SIZE 1000000'] },
      '',
      [/^warning/, /^warning .* takes 1000000 bytes and we announce 12582912/, /^ok/],
    ],
    ['no SMTPUTF8', { extensions: without('SMTPUTF8') }, '', [/^warning/, /^warning .* does not offer SMTPUTF8/, /^ok/]],
    ['nothing but EHLO', { extensions: ['SMTPUTF8'] }, '', [/^warning/, /^ok .*, but for 8BITMIME, PIPELINING, SIZE, ENHANCEDSTATUSCODES/]],
    [
      'it sends us away',
      { at: { connect: { say: '554 5.7.1 Go away', and: 'close' } } },
      '',
      [/^problem .* greets with "554 5\.7\.1 Go away"/],
    ],
    ['it hangs up', { at: { connect: { and: 'close' } } }, '', [/^problem .* does not answer \(/]],
  ];
  test.each(cases)('%s', async (_, setup, access, said) => {
    await using hop = await openSink(setup);
    const [user, query] = access === '?' ? ['', '?tls=require'] : [access, ''];
    const lines = await folder.says(nextHop, { OUTBOUND_URL: `smtp://${user}127.0.0.1:${hop.port}${query}` });
    expect(lines).toEqual(like(...said));
    expect(lines.join()).not.toMatch(/hush/);
    expect(hop.messages).toEqual([]);
    expect(hop.sessions.flatMap(({ commands }) => commands).join()).not.toContain('MAIL');
  });

  test('nobody there, and a Maildir', async () => {
    const port = await freePort();
    expect(await folder.says(nextHop, { OUTBOUND_URL: `smtp://127.0.0.1:${port}` })).toEqual(
      like(/^problem 127\.0\.0\.1:\d+ does not answer \(ECONNREFUSED\)/),
    );
    expect(await folder.says(nextHop, { OUTBOUND_URL: 'maildir:out' })).toEqual(like(/^ok mail will be put into a Maildir/));
    expect(existsSync(join(folder.path, 'out'))).toBe(false);
    expect(await folder.says(nextHop, { OUTBOUND_URL: 'maildir:/proc/self' })).toEqual(
      like(/^problem the Maildir of OUTBOUND_URL cannot be written|^ok/),
    );
  });
});

describe('store', () => {
  test('a file: not there yet, in use, damaged, of a newer version, none of ours; it is not changed', async () => {
    const file = join(folder.path, 'store.db');
    const says = () => folder.says(store, { STORE_URL: `sqlite:${file}` });
    expect(await says()).toEqual(like(/^ok the store’s file will be made at the first start$/));
    expect(existsSync(file)).toBe(false);
    {
      await using open = await openSqlite(file, { vault: openVault([Buffer.alloc(32, 1)]), mint: () => 'x'.repeat(20) });
      await open.ping();
      expect(await says()).toEqual(like(/^ok SQLite, WAL, every commit on the disk; \d+ bytes, schema (\d+) of \1, looked through$/));
    }
    expect(await says()).toEqual(like(/^ok SQLite/));
    const db = new DatabaseSync(file);
    db.exec('PRAGMA user_version = 9999');
    db.close();
    expect(await says()).toEqual(like(/^problem the store was written by a newer version \(schema 9999, this one knows \d+\)/));
    writeFileSync(file, 'hush');
    expect(await says()).toEqual(like(/^problem the store’s file is none of ours, or cannot be read \(ERR_SQLITE_ERROR\)/));
    expect(await folder.says(store, { STORE_URL: 'sqlite::memory:' })).toEqual(like(/^problem the store is memory alone/));
  });

  testWith('redis-server')('a Redis: one that keeps all, and each way in which it may not', async () => {
    const redis = await startRedis();
    const says = (access = '') => folder.says(store, { STORE_URL: `redis://${access}127.0.0.1:${redis.port}` });
    try {
      expect(await says()).toEqual(
        like(/^ok Redis at 127\.0\.0\.1:\d+, version "[\d.]+": keeps all it acknowledges; 0 replicas, no limit of memory$/),
      );
      await redis.command('config', 'set', 'appendfsync', 'everysec');
      expect(await says()).toEqual(
        like(/^warning .* a power cut can lose the last second \(appendfsync "everysec"\) -> set appendfsync always$/),
      );
      await redis.command('config', 'set', 'maxmemory-policy', 'allkeys-lru');
      await redis.command('config', 'set', 'appendonly', 'no');
      expect(await says()).toEqual(
        like(/^problem .* may evict keys \(maxmemory-policy "allkeys-lru"\) -> set/, /^problem .* in memory alone -> set appendonly yes$/),
      );
      expect(await folder.says(clock, { STORE_URL: redis.url, OUTBOUND_URL: 'maildir:out' })).toEqual(
        like(/^ok within 0(\.\d)? s of Redis at 127\.0\.0\.1:\d+$/),
      );
      await redis.command('config', 'set', 'requirepass', 'hush');
      const refused = await says(':hush-it@');
      expect(refused).toEqual(like(/^problem "Redis at 127\.0\.0\.1:\d+ does not take us \(WRONGPASS /));
      expect(refused.join()).not.toContain('hush');
      await redis.kill();
      expect(await says()).toEqual(like(/^problem "Redis at .* is it running, and is STORE_URL right\?" -> all mail gets 451 meanwhile$/));
    } finally {
      await redis.stop();
    }
  });
});

test('clock: compared with the greeting of the next hop; where nobody tells, nothing is said', async () => {
  const greets = (date: string) => openSink({ at: { connect: `220 hop.example ESMTP ${date}` } });
  const stamp = (ms: number) => new Date(ms).toUTCString().replace('GMT', '+0000');
  const says = async (date: string) => {
    await using hop = await greets(date);
    return await folder.says(clock, { OUTBOUND_URL: `smtp://127.0.0.1:${hop.port}` });
  };
  expect(await says(stamp(Date.now()))).toEqual(like(/^ok within [01](\.\d)? s of the next hop$/));
  expect(await says(stamp(Date.now() + 60_000))).toEqual(like(/^warning (59|60)(\.\d)? s behind the next hop -> set the clock by NTP/));
  expect(await says(stamp(Date.now() - 60_000))).toEqual(like(/^warning (59|60)(\.\d)? s before the next hop/));
  expect(await says('')).toEqual(like(/^skipped nobody tells the time/));
});

test('secrets: too simple, short, the same as the token, readable by all; none is shown', async () => {
  const simple = Buffer.alloc(32, 7).toString('base64');
  expect(await folder.says(secrets)).toEqual(like(/^ok long enough/));
  const said = await folder.says(secrets, { RELAY_SECRET: simple, API_TOKEN: simple });
  expect(said).toEqual(like(/^problem a RELAY_SECRET is not random/, /^problem API_TOKEN and RELAY_SECRET are the same/));
  expect(said.join()).not.toContain(simple);
  expect(await folder.says(secrets, { API_TOKEN: 'short' })).toEqual(like(/^warning API_TOKEN is short/));
  folder.put('key.pem', 'x', 0o644);
  const config = folder.put('relay.json', JSON.stringify({ API_TOKEN: 'a-token-of-some-length-0' }), 0o644);
  const open = await folder.says(secrets, { DKIM_KEY_FILE: 'key.pem', DKIM_SELECTOR: 's1', CONFIG_FILE: config, API_TOKEN: '' });
  expect(open).toEqual(
    like(
      /^problem everybody .* can read ".*relay\.json", which holds a secret -> chmod 600 /,
      /^problem everybody .* can read ".*key\.pem"/,
    ),
  );
});

test('policy and phrases: read, or every problem of theirs', async () => {
  expect(await folder.says(policy)).toEqual(like(/^ok read, with \d+ phrase files for \d+ languages$/));
  folder.put('policy.yaml', 'rules:\n  no-such-rule: reject\n');
  const said = await folder.says(policy, { POLICY_FILE: 'policy.yaml' });
  expect(said.length).toBeGreaterThan(0);
  expect(said.every((line) => /^problem .* -> see POLICY_FILE/.test(line))).toBe(true);
  folder.put('policy.yaml', '{');
  expect(await folder.says(policy, { POLICY_FILE: 'policy.yaml' })).toEqual(like(/^problem POLICY_FILE cannot be read/));
});

test('ports that somebody else has', async () => {
  await using other = await openSink();
  const env = { SMTP_LISTEN: `127.0.0.1:${other.port}`, HTTP_LISTEN: `127.0.0.1:${other.port}`, EHLO_NAME: 'mx.good.example' };
  expect(await folder.says(listeners, env)).toEqual(
    like(/^problem another program, or a relay with other settings, is at SMTP/, /^problem HTTP .* does not answer as the relay does/),
  );
  expect(await folder.says(publicUrl, { PUBLIC_URL: `http://127.0.0.1:${other.port}` })).toEqual(like(/^problem nothing answers at http:/));
  expect(await folder.says(publicUrl)).toEqual(like(/^skipped PUBLIC_URL is not set/));
});

test('a listener that wants a PROXY line gets one', async () => {
  await using server = await open({ name: 'mx.good.example', proxyFrom: ['127.0.0.1'] });
  const env = { SMTP_LISTEN: `127.0.0.1:${server.port}`, HTTP_LISTEN: '127.0.0.1:0', EHLO_NAME: 'mx.good.example' };
  const said = await folder.says(listeners, { ...env, PROXY_PROTOCOL_FROM: '127.0.0.1' });
  expect(said).toEqual(like(/^ok SMTP .* greets as mx\.good\.example$/, /^skipped 127\.0\.0\.1:0: the system chooses the port$/));
});

test('STARTTLS as a client sees it: another certificate than the file, one that nobody trusts, none at all, old TLS', async () => {
  const tls = makeCertificate('mx.good.example');
  folder.put('key.pem', tls.key);
  folder.put('cert.pem', tls.cert);
  const says = async (setup: SinkSetup) => {
    await using server = await openSink(setup);
    const env = { SMTP_LISTEN: `127.0.0.1:${server.port}`, EHLO_NAME: 'mx.good.example', DNS_SERVERS: '127.0.0.1:9' };
    const [, ...shown] = await folder.says(certificate, { ...env, TLS_KEY_FILE: 'key.pem', TLS_CERT_FILE: 'cert.pem' });
    return shown;
  };
  const submission = async (setup: SinkSetup) => {
    await using server = await openSink(setup);
    folder.put('users', '');
    const env = { SMTP_LISTEN: '127.0.0.1:0', SUBMISSION_LISTEN: `smtps://127.0.0.1:${server.port}`, SUBMISSION_USERS: 'users' };
    const tlsFiles = { TLS_KEY_FILE: 'key.pem', TLS_CERT_FILE: 'cert.pem', DNS_SERVERS: '127.0.0.1:9', EHLO_NAME: 'mx.good.example' };
    return (await folder.says(certificate, { ...env, ...tlsFiles })).at(-1);
  };
  expect(await submission({ tls: { ...tls, implicit: true } })).toMatch(/^warning .*: TLSv1\.3, and the certificate is not trusted/);
  expect(await submission({ tls: { ...makeCertificate('x.example'), implicit: true } })).toMatch(/^warning .* shows another certificate/);
  const old = { ...tls, minVersion: 'TLSv1', ciphers: 'DEFAULT@SECLEVEL=0' };
  expect(await says({ tls })).toEqual(
    like(/^warning .*: TLSv1\.3, and the certificate is not trusted by this machine \(DEPTH_ZERO_SELF_SIGNED_CERT\)/),
  );
  expect(await says({ tls: makeCertificate('mx.good.example') })).toEqual(
    like(/^warning .* shows another certificate than the one in TLS_CERT_FILE -> kill -HUP/),
  );
  expect(await says({})).toEqual(like(/^problem .* offers no STARTTLS/));
  expect(await says({ tls, at: { starttls: { say: '220 Go', and: 'close' } } })).toEqual(like(/^problem .*: STARTTLS fails \(/));
  expect(await says({ tls: old })).toEqual(like(/^problem .* takes TLSv1\.1/));
});

test('certificate files: another key, ended soon, of another name; no STARTTLS on a public listener', async () => {
  const [first, second] = [makeCertificate('mx.good.example'), makeCertificate('mx.good.example')];
  const files = { TLS_KEY_FILE: 'key.pem', TLS_CERT_FILE: 'cert.pem', SMTP_LISTEN: '127.0.0.1:0', DNS_SERVERS: '127.0.0.1:9' };
  folder.put('key.pem', first.key);
  folder.put('cert.pem', first.cert);
  expect(await folder.says(certificate, { ...files, EHLO_NAME: 'mx.good.example' })).toEqual(
    like(
      /^warning the certificate ends in 1 days -> renew it, then kill -HUP the relay$/,
      /^skipped 127\.0\.0\.1:0: the system chooses the port$/,
    ),
  );
  expect(await folder.says(certificate, { ...files, EHLO_NAME: 'mx.other.example' })).toEqual(
    like(/^warning the certificate does not name "mx\.other\.example"/, /^warning the certificate ends/, /^skipped/),
  );
  folder.put('key.pem', second.key);
  expect(await folder.says(certificate, files)).toEqual(
    like(/^problem TLS_KEY_FILE and TLS_CERT_FILE are no key and certificate in PEM, or not of one another/),
  );
  expect(await folder.says(certificate, { SMTP_LISTEN: '0.0.0.0:25' })).toEqual(like(/^warning mail comes in in the clear/));
  expect(await folder.says(certificate)).toEqual(like(/^skipped no TLS_KEY_FILE/));
});

test('the machine: Node and open files', async () => {
  expect(await folder.says(machine)).toEqual(like(/^ok Node 2\d\./, /^(ok|warning) \d+ open files are allowed in this shell/));
});
