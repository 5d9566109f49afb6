/**
 * The compose files, read by docker-compose itself: they are valid, and what stands in them fits the relay, HAProxy and Redis. No engine runs
 * here, so that the containers start is not shown; what they would run is, by haproxy.test.ts and the tests of Redis.
 */
import { execFileSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { basename, join } from 'node:path';
import { load } from 'js-yaml';
import { loadSettings } from '../../src/config/load.ts';
import { testWith } from '../support/programs.ts';
import { startRedis } from '../support/redis.ts';

const root = join(import.meta.dirname, '../..');
const production = join(root, 'config/docker-compose.production.yml');
const secret = Buffer.alloc(32, 7).toString('base64');

interface Service {
  readonly environment?: Readonly<Record<string, string>>;
  readonly networks?: Readonly<Record<string, { readonly ipv4_address?: string } | null>>;
  readonly secrets?: readonly { readonly source: string }[];
  readonly command?: readonly string[];
  readonly stop_grace_period?: string;
  readonly volumes?: readonly string[];
  readonly ports?: readonly string[];
}

interface Composed {
  readonly services: Readonly<Record<string, Service>>;
  readonly secrets?: Readonly<Record<string, { readonly file: string }>>;
}

/** The file as docker-compose understands it. Throws where it does not. */
function compose(file: string, env: Readonly<Record<string, string>>): Composed {
  const text = execFileSync('docker-compose', ['--project-directory', root, '-f', file, 'config'], {
    env: { PATH: process.env.PATH ?? '', ...env },
    encoding: 'utf8',
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  return load(text) as Composed;
}

const named = { RELAY_DOMAIN: 'relay.example', PUBLIC_HOST: 'mx.relay.example' };
const folder = mkdtempSync(join(tmpdir(), 'postern-compose-'));
mkdirSync(join(folder, 'config'));
writeFileSync(join(folder, 'config/policy.yaml'), '');
afterAll(() => rmSync(folder, { recursive: true }));

/** The settings of a service, its secrets as they would be mounted. */
function settingsOf({ environment = {}, secrets = [] }: Service) {
  const contents: Readonly<Record<string, string>> = {
    relay_secret: secret,
    api_token: 'a-token-for-tests-only',
    outbound_url: 'smtp://mx.example',
    users: '',
  };
  for (const { source } of secrets) writeFileSync(join(folder, source), contents[source] ?? 'x');
  const env = Object.entries(environment).map(([name, value]) => [name, value.replaceAll('/run/secrets/', `${folder}/`)]);
  return loadSettings({ env: Object.fromEntries(env), cwd: folder });
}

const composed = testWith('docker-compose');

composed('the compose file to try it: valid, its settings start a relay, and it asks for the secrets that it has not', () => {
  const { services } = compose(join(root, 'docker-compose.yml'), { RELAY_SECRET: secret, API_TOKEN: 'a-token-for-tests-only' });
  expect(settingsOf(services.relay ?? {})).toMatchObject({ storeUrl: 'redis://redis:6379', senderProof: 'monitor' });
  expect(() => compose(join(root, 'docker-compose.yml'), {})).toThrow('RELAY_SECRET');
});

composed('the one for production: both relays have all that they need, and have time to drain', () => {
  const { services, secrets = {} } = compose(production, named);
  for (const name of ['relay-1', 'relay-2']) {
    const relay = services[name] ?? {};
    const settings = settingsOf(relay);
    expect(settings).toMatchObject({ relayDomains: ['relay.example'], ehloName: 'mx.relay.example', senderProof: 'enforce' });
    // They have one folder.
    expect(settings.warnings).toEqual([expect.stringContaining('ARCHIVE_URL is a directory')]);
    expect(relay.volumes).toEqual(['archive:/postern/var:rw']);
    expect(relay.stop_grace_period).toBe('100s');
    const files = Object.values(relay.environment ?? {}).filter((value) => value.startsWith('/run/secrets/'));
    expect(files.map((file) => basename(file)).toSorted()).toEqual((relay.secrets ?? []).map(({ source }) => source).toSorted());
  }
  for (const { source } of Object.values(services).flatMap(({ secrets: used = [] }) => used)) expect(secrets).toHaveProperty([source]);
  expect(() => compose(production, {})).toThrow('RELAY_DOMAIN');
});

composed('the relays believe HAProxy and nobody else, and HAProxy finds them where they are', () => {
  const { services } = compose(production, named);
  const addressOf = (name: string) => services[name]?.networks?.front?.ipv4_address;
  const haproxy = services.haproxy?.environment ?? {};
  for (const [at, name] of ['relay-1', 'relay-2'].entries()) {
    expect(services[name]?.environment?.PROXY_PROTOCOL_FROM).toBe(addressOf('haproxy'));
    expect(haproxy[`RELAY_${at + 1}`]).toBe(addressOf(name));
    const { smtpListen, submission, httpListen } = settingsOf(services[name] ?? {});
    const doors = [...smtpListen, ...(submission?.listen ?? []), ...httpListen];
    // Those that the configuration of HAProxy has where it is told no others.
    const usual = [
      ...readFileSync(join(root, 'config/haproxy.cfg'), 'utf8').matchAll(/server relay-1 "\$\{RELAY_1\}:\$\{\w+_PORT-(\d+)\}"/g),
    ];
    expect(doors.map(({ port }) => port)).toEqual(usual.map(([, port]) => Number(port)));
  }
});

testWith('docker-compose', 'redis-server')('Redis keeps what it acknowledged, in both', async () => {
  for (const { services } of [
    compose(production, named),
    compose(join(root, 'docker-compose.yml'), { RELAY_SECRET: secret, API_TOKEN: 'a-token-for-tests-only' }),
  ]) {
    const [, ...flags] = services.redis?.command ?? [];
    const redis = await startRedis([], flags);
    try {
      for (const [name, value] of Object.entries({ appendonly: 'yes', appendfsync: 'always', 'maxmemory-policy': 'noeviction' }))
        expect(await redis.command('CONFIG', 'GET', name)).toBe(`${name}\n${value}`);
    } finally {
      await redis.stop();
    }
  }
});
