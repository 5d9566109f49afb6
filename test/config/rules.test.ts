import { readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { type Folder, makeFolder, names, open, secret } from './folder.ts';

let folder: Folder;
let cwd: string;
beforeEach(() => {
  folder = makeFolder();
  cwd = folder.cwd;
});
afterEach(() => folder[Symbol.dispose]());

describe('rules across settings', () => {
  test.each([
    [{}, 'off'],
    [{ SMTP_LISTEN: '[::1]:25,127.9.9.9:25,localhost:26' }, 'off'],
    [{ HTTP_LISTEN: '0.0.0.0:80', RELAY_SECRET: secret, API_TOKEN: 'x', OUTBOUND_URL: 'maildir:out' }, 'off'],
    [{ OUTBOUND_URL: 'smtp://127.0.0.1:1025' }, 'enforce'],
    [{ ...open, OUTBOUND_URL: 'maildir:out' }, 'enforce'],
    [{ SENDER_PROOF: 'enforce' }, 'enforce'],
    [{ ...open, SENDER_PROOF: 'off' }, 'off'],
  ])('proof of the sender with %j is %s', (env, proof) => {
    const { senderProof, warnings } = folder.load(env);
    expect(senderProof).toBe(proof);
    expect(warnings.some((warning) => warning.startsWith('SENDER_PROOF is off'))).toBe(proof === 'off');
  });

  test.each([
    [{ SMTP_LISTEN: '0.0.0.0:25' }],
    [{ SMTP_LISTEN: '127.0.0.1:25,[::]:25' }],
    [{ SMTP_LISTEN: '192.0.2.1:25' }],
    [{ HTTP_LISTEN: '0.0.0.0:80' }],
    [{ SMTP_LISTEN: '128.0.0.1:25' }],
  ])('a public listener wants secret, token and outbound: %j', (env) => {
    expect(folder.problems(env)).toEqual([
      expect.stringMatching(/^RELAY_SECRET is missing: .* openssl rand -base64 32$/),
      expect.stringMatching(/^API_TOKEN is missing: .* openssl rand -base64 32$/),
      expect.stringMatching(/^OUTBOUND_URL is missing: .* openssl rand -base64 32$/),
    ]);
    expect(folder.problems({ ...env, RELAY_SECRET: secret, OUTBOUND_URL: 'maildir:out' })).toEqual([
      expect.stringMatching(/^API_TOKEN is missing/),
    ]);
    expect(folder.problems({ ...open, ...env })).toEqual([]);
  });

  test('key and certificate, key and selector: both or none', () => {
    folder.put('a.pem', 'x');
    for (const [one, other] of [
      ['TLS_KEY_FILE', 'TLS_CERT_FILE'],
      ['TLS_CERT_FILE', 'TLS_KEY_FILE'],
      ['DKIM_KEY_FILE', 'DKIM_SELECTOR'],
      ['DKIM_SELECTOR', 'DKIM_KEY_FILE'],
    ] as const) {
      expect(folder.problems({ [one]: 'a.pem' })).toEqual([expect.stringMatching(new RegExp(`^${other} is missing: ${one} is given`))]);
    }
  });

  test('as many DKIM selectors as keys', () => {
    for (const name of ['a.pem', 'b.pem']) folder.put(name, 'x');
    expect(folder.problems({ DKIM_KEY_FILE: 'a.pem,b.pem', DKIM_SELECTOR: 's1' })).toEqual([
      expect.stringMatching(/^DKIM_SELECTOR has 1 and DKIM_KEY_FILE 2: /),
    ]);
    expect(folder.problems({ DKIM_KEY_FILE: 'a.pem,gone.pem', DKIM_SELECTOR: 's1,s2' })).toEqual([
      expect.stringMatching(/^DKIM_KEY_FILE in the environment: "a.pem,gone.pem" does not fit/),
    ]);
  });

  test('warns of what starts and is likely wrong', () => {
    const { warnings } = folder.load({ ...open, API_TOKEN: 'short', RATE_LIMITS: 'off', MAX_BYTES_IN_MEMORY: '1000000' });
    expect(names(warnings)).toEqual(['RELAY_DOMAIN', 'RATE_LIMITS', 'API_TOKEN', 'MAX_BYTES_IN_MEMORY']);
    expect(folder.load({ ...open, RELAY_DOMAIN: 'relay.example' }).warnings).toEqual([]);
  });
});

describe('secret and token of the first start', () => {
  test('are made once, for their owner alone, and read again', () => {
    const first = folder.load();
    const again = folder.load();
    expect(again.relaySecrets).toEqual(first.relaySecrets);
    expect(again.apiToken).toBe(first.apiToken);
    expect(statSync(join(cwd, 'var')).mode & 0o777).toBe(0o700);
    for (const name of ['secret', 'api-token']) expect(statSync(join(cwd, 'var', name)).mode & 0o777).toBe(0o600);
    expect(readFileSync(join(cwd, 'var/api-token'), 'utf8')).toBe(`${first.apiToken}\n`);
    expect(first.apiToken).not.toBe(first.relaySecrets[0].toString('base64'));
  });

  test('are not made where they are given', () => {
    folder.load({ RELAY_SECRET: secret, API_TOKEN: 'x' });
    expect(() => statSync(join(cwd, 'var'))).toThrow('ENOENT');
  });

  test('are refused where they are spoilt, both at once', () => {
    folder.put('var/secret', 'hush');
    folder.put('var/api-token', '');
    const said = folder.problems();
    expect(said).toEqual([
      expect.stringMatching(/^RELAY_SECRET is not given, and var\/secret does not hold/),
      expect.stringMatching(/^API_TOKEN is not given, and var\/api-token does not hold/),
    ]);
    expect(said.join()).not.toContain('hush');
  });

  test('cannot be made: said by name', () => {
    folder.put('var', 'a file where a folder should be');
    expect(folder.problems()).toEqual([
      expect.stringMatching(/^RELAY_SECRET is not given, and var\/secret can be neither read nor made \((?:ENOTDIR|EEXIST)\)/),
      expect.stringMatching(/^API_TOKEN/),
    ]);
  });

  test('a secret that others can read is warned of', () => {
    folder.put('var/secret', secret);
    expect(folder.load().warnings).toContain('var/secret can be read by other users of this machine: chmod 600 var/secret');
  });
});
