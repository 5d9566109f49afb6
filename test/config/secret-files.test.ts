/** Secrets that stand in files of their own, the way of container engines and of systemd. */
import { execFileSync } from 'node:child_process';
import { chmodSync } from 'node:fs';
import { join } from 'node:path';
import { fileNameOf } from '../../src/config/secret-files.ts';
import { type Name, rows } from '../../src/config/rows.ts';
import { type Folder, makeFolder, names, older, open, secret } from './folder.ts';

let folder: Folder;
beforeEach(() => {
  folder = makeFolder();
});
afterEach(() => folder[Symbol.dispose]());

/** A relay that others can reach, all its secrets in files. */
const { RELAY_SECRET: _secret, API_TOKEN: _token, OUTBOUND_URL: _url, ...rest } = open;
const inFiles = {
  ...rest,
  RELAY_SECRET_FILE: 'secrets/relay',
  API_TOKEN_FILE: 'secrets/token',
  OUTBOUND_URL_FILE: 'secrets/outbound',
  STORE_URL_FILE: 'secrets/store',
};

function putAll(): void {
  folder.put('secrets/relay', `${secret},${older}\n`);
  folder.put('secrets/token', 'a-token-for-tests-only\r\n');
  folder.put('secrets/outbound', ' smtp://user:p%3Ass@mx.example:587 \n');
  folder.put('secrets/store', 'redis://:pass@10.0.0.5:6379\n');
}

test('every secret from a file, the line end after it left away', () => {
  putAll();
  expect(folder.load(inFiles)).toMatchObject({
    relaySecrets: [Buffer.alloc(32, 7), Buffer.alloc(32, 8)],
    apiToken: 'a-token-for-tests-only',
    outbound: { kind: 'smtp', host: 'mx.example', port: 587, user: 'user', pass: 'p:ss' },
    storeUrl: 'redis://:pass@10.0.0.5:6379',
    evaluation: false,
  });
});

test('the settings file may name them too, and the environment goes before it, by either name', () => {
  putAll();
  folder.put('secrets/newer', older);
  folder.put('config/relay.json', { ...inFiles, API_TOKEN_FILE: join(folder.cwd, 'secrets/token') });
  expect(folder.load().relaySecrets).toHaveLength(2);
  expect(folder.load({ RELAY_SECRET: secret }).relaySecrets).toEqual([Buffer.alloc(32, 7)]);
  expect(folder.load({ RELAY_SECRET_FILE: 'secrets/newer' }).relaySecrets).toEqual([Buffer.alloc(32, 8)]);
  expect(folder.load({ RELAY_SECRET_FILE: ' ' }).relaySecrets).toHaveLength(2);
  expect(folder.load({ API_TOKEN: 'another-token-for-tests' }).apiToken).toBe('another-token-for-tests');
});

test('the same one given twice in one place is refused: nobody knows which was meant', () => {
  putAll();
  expect(folder.problems({ ...inFiles, API_TOKEN: 'hush-hush-hush' })).toEqual([
    'API_TOKEN_FILE in the environment: API_TOKEN is given there too; one of them must go.',
  ]);
  folder.put('config/relay.json', { ...inFiles, API_TOKEN: 'hush-hush-hush' });
  expect(names(folder.problems())).toEqual(['API_TOKEN_FILE']);
});

test('a file that is of no use: one sentence each, with the path and never with what it holds', () => {
  putAll();
  folder.put('secrets/relay', 'hush-hush-hush');
  folder.put('secrets/token', '\n');
  folder.put('secrets/store', `redis://${'h'.repeat(65_536)}`);
  const said = folder.problems({ ...inFiles, OUTBOUND_URL_FILE: 'secrets/nowhere' });
  expect(names(said)).toEqual(['STORE_URL', 'OUTBOUND_URL', 'RELAY_SECRET', 'API_TOKEN']);
  const at = (file: string) => JSON.stringify(join(folder.cwd, 'secrets', file));
  expect(said[0]).toContain(`by STORE_URL_FILE in the environment: a file that is longer than 65536 bytes (${at('store')}) does not fit`);
  expect(said[1]).toContain(`by OUTBOUND_URL_FILE in the environment: a file that cannot be read, ENOENT (${at('nowhere')}) does not fit`);
  expect(said[2]).toContain('by RELAY_SECRET_FILE in the environment: a text of 14 characters does not fit; it takes 32 bytes in base64');
  expect(said[3]).toContain(`by API_TOKEN_FILE in the environment: a file that is empty (${at('token')}) does not fit`);
  expect(said.join()).not.toContain('hush');
});

test('a folder, a device without end and a pipe that nobody writes to are no files, and nothing waits for them', () => {
  execFileSync('mkfifo', [join(folder.cwd, 'pipe')]);
  expect(folder.problems({ API_TOKEN_FILE: 'pipe' })[0]).toContain('a file that is a folder, a device or a pipe');
  expect(folder.problems({ API_TOKEN_FILE: '/dev/zero' })[0]).toContain('a file that is a folder, a device or a pipe ("/dev/zero")');
  expect(folder.problems({ API_TOKEN_FILE: '.' })).toHaveLength(1);
});

test('only secrets have such a name, and no setting has it already', () => {
  folder.put('config/relay.json', { EHLO_NAME_FILE: 'secrets/name' });
  expect(folder.problems()).toEqual(['"EHLO_NAME_FILE" in the settings file: there is no such setting.']);
  for (const name of Object.keys(rows) as Name[]) expect(Object.hasOwn(rows, fileNameOf(name) ?? '')).toBe(false);
});

test('no mode is asked of the file: a container engine makes it readable for all in the container', () => {
  putAll();
  chmodSync(join(folder.cwd, 'secrets/relay'), 0o444);
  expect(folder.load(inFiles).relaySecrets).toHaveLength(2);
});
