/** Where mail may be handed in with a password, and what that needs. */
import { join } from 'node:path';
import { loadSettings } from '../../src/config/load.ts';
import { type Folder, makeFolder } from './folder.ts';

let folder: Folder;
beforeEach(() => {
  folder = makeFolder();
  for (const name of ['key', 'cert']) folder.put(name, 'x');
  folder.put('users', '# nobody yet\n');
});
afterEach(() => folder[Symbol.dispose]());

const tls = { TLS_KEY_FILE: 'key', TLS_CERT_FILE: 'cert' };
const submission = (listen: string) => ({ ...tls, SUBMISSION_USERS: 'users', SUBMISSION_LISTEN: listen });

test('none by default', () => {
  expect(folder.load()).toMatchObject({ submission: undefined, unlimitedClients: [] });
});

test('STARTTLS or TLS from the first byte, by the scheme', () => {
  expect(folder.load(submission('127.0.0.1:587, smtp://[::1]:587/, smtps://127.0.0.1:465')).submission).toEqual({
    usersFile: join(folder.cwd, 'users'),
    listen: [
      { host: '127.0.0.1', port: 587, implicitTls: false },
      { host: '::1', port: 587, implicitTls: false },
      { host: '127.0.0.1', port: 465, implicitTls: true },
    ],
  });
});

test.each(['587', 'smtps://mail.example:465', 'http://127.0.0.1:587', 'smtps://', 'smtp://127.0.0.1:587/x'])(
  '%s is no such place',
  (text) => {
    expect(() => folder.load(submission(text))).toThrow('SUBMISSION_LISTEN');
  },
);

test('users, key and certificate belong to it; in public it needs what a public relay needs', () => {
  expect(() => folder.load({ ...tls, SUBMISSION_LISTEN: '127.0.0.1:587' })).toThrow('SUBMISSION_USERS is missing');
  expect(() => folder.load({ ...tls, SUBMISSION_USERS: 'users' })).toThrow('SUBMISSION_LISTEN is missing');
  expect(() => folder.load({ SUBMISSION_USERS: 'users', SUBMISSION_LISTEN: '127.0.0.1:587' })).toThrow('TLS_KEY_FILE is missing');
  expect(() => folder.load({ ...submission('127.0.0.1:587'), SUBMISSION_USERS: 'nowhere' })).toThrow('SUBMISSION_USERS');
  expect(() => folder.load(submission('smtps://0.0.0.0:465'))).toThrow('RELAY_SECRET is missing');
});

test('a file of users that is wrong is told with its lines and with whatever else is wrong, and never with what stands in it', () => {
  folder.put('users', 'app:in-the-clear:*\n# nobody\n\nshop::shop.example\n');
  const problems = folder.problems({ ...submission('127.0.0.1:587'), WORKERS: 'many' });
  expect(problems).toEqual([
    expect.stringMatching(/^WORKERS in the environment/),
    expect.stringMatching(/^SUBMISSION_USERS in the environment: the file of users is wrong in line 1, 4: each takes name:hash:/),
  ]);
  expect(problems.join()).not.toContain('in-the-clear');
});

test('a relay that runs reads its settings though the users are wrong: each of its files stands for itself', () => {
  folder.put('users', 'app:in-the-clear:*\n');
  const env = submission('127.0.0.1:587');
  expect(() => folder.load(env)).toThrow('SUBMISSION_USERS');
  expect(loadSettings({ env, cwd: folder.cwd, again: true }).submission).toMatchObject({ usersFile: join(folder.cwd, 'users') });
});

test('clients that no limit counts are addresses', () => {
  expect(folder.load({ UNLIMITED_CLIENTS: '192.0.2.1, 2001:db8::1' }).unlimitedClients).toEqual(['192.0.2.1', '2001:db8::1']);
  expect(() => folder.load({ UNLIMITED_CLIENTS: '10.0.0.0/8' })).toThrow('UNLIMITED_CLIENTS');
});
