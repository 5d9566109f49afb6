/**
 * What config/docker-compose.production.yml runs, on this machine: a real HAProxy with the very config/haproxy.cfg, two relays as processes at
 * addresses of their own on the same ports, one Redis, a name server, and a next hop that keeps what it takes. Secrets come as files.
 */
import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { keepPassword } from '../../src/inbound/password.ts';
import { makeCertificate } from '../support/certificate.ts';
import { type NameServer, startDns } from '../support/dnsmasq.ts';
import { eventually, freePort, type RedisServer, startRedis } from '../support/redis.ts';
import { type Relay, startRelay } from '../support/relay.ts';
import { openSink, type Sink } from '../support/sink.ts';

const root = join(import.meta.dirname, '../..');

/** Of the marketplace's application, on the listeners for submission. */
export const login = { name: 'shop', password: 'a password of nobody' } as const;
/** Where the buyer's mail server stands; its SPF names this address and no other. */
export const honest = '127.0.0.7';
export const stranger = '127.0.0.8';

const hosts = ['127.0.0.11', '127.0.0.12'] as const;
const doors = ['smtp', 'submission', 'submissions', 'api'] as const;
type Door = (typeof doors)[number];
type Ports = Readonly<Record<Door, number>>;

export interface Fleet extends AsyncDisposable {
  /** Of HAProxy. */
  readonly ports: Ports;
  readonly relays: readonly Relay[];
  readonly hop: Sink;
  readonly token: string;
  /** Ends a relay with SIGTERM; resolves with its exit code. */
  end(relay: number): Promise<number | string>;
  /** Starts it anew at its place. */
  begin(relay: number): Promise<void>;
  /** How often HAProxy has said this of the relay so far. */
  times(relay: number, what: 'UP' | 'DOWN'): number;
  /** Resolves as soon as HAProxy has said this of the relay, so many times. */
  said(relay: number, what: 'UP' | 'DOWN', times?: number): Promise<void>;
}

export async function openFleet(): Promise<Fleet> {
  const parts = new AsyncDisposableStack();
  try {
    return await build(parts);
  } catch (error) {
    await parts.disposeAsync();
    throw error;
  }
}

async function build(parts: AsyncDisposableStack): Promise<Fleet> {
  const folder = mkdtempSync(join(tmpdir(), 'postern-fleet-'));
  parts.defer(() => rmSync(folder, { recursive: true, force: true }));
  const redis = parts.adopt(await startRedis(), (it) => it.stop());
  const dns = parts.use(await startDns({ 'buyer.example': [`v=spf1 ip4:${honest} -all`] }));
  const hop = parts.use(await openSink({ at: { dot: { after: 100, say: '250 2.0.0 Ok' } } }));
  await putSecrets(folder, redis, hop);
  const inner = await freePorts();
  const relays: Relay[] = [];
  for (const [index, host] of hosts.entries()) relays.push(await startRelay({ env: envOf({ host, index, inner, folder, dns }), folder }));
  parts.defer(async () => {
    for (const relay of relays) await relay[Symbol.asyncDispose]();
  });
  const outer = await freePorts();
  const haproxy = parts.adopt(await startHaproxy(folder, inner, outer), ({ child }) => stop(child));
  const times = (index: number, what: string) => haproxy.log().split(`Server api/relay-${index + 1} is ${what}`).length - 1;
  return {
    ports: outer,
    relays,
    hop,
    token: relays[0]?.token ?? '',
    end: async (index) => relays[index]?.stop('SIGTERM') ?? 'no such relay',
    async begin(index) {
      const host = hosts[index] ?? '';
      relays[index] = await startRelay({ env: envOf({ host, index, inner, folder, dns }), folder });
    },
    times,
    said: (index, what, count = 1) => eventually(`HAProxy says that relay ${index + 1} is ${what}`, () => times(index, what) >= count),
    [Symbol.asyncDispose]: () => parts.disposeAsync(),
  };
}

async function putSecrets(folder: string, redis: RedisServer, hop: Sink): Promise<void> {
  const { key, cert } = makeCertificate();
  const put = (name: string, text: string) => writeFileSync(join(folder, name), text, { mode: 0o600 });
  put('tls.pem', cert);
  put('tls.pem.key', key);
  put('users', `${login.name}:${await keepPassword(login.password)}:*\n`);
  put('relay_secret', `${Buffer.from('a secret of thirty-two bytes 32!').toString('base64')}\n`);
  put('store_url', `${redis.url}\n`);
  put('outbound_url', `smtp://127.0.0.1:${hop.port}\n`);
}

async function freePorts(): Promise<Ports> {
  const ports = await Promise.all(doors.map(() => freePort()));
  return Object.fromEntries(doors.map((door, at) => [door, ports[at] ?? 0])) as Ports;
}

interface Place {
  readonly host: string;
  readonly index: number;
  readonly inner: Ports;
  readonly folder: string;
  readonly dns: NameServer;
}

const envOf = ({ host, index, inner, folder, dns }: Place) => ({
  EHLO_NAME: `mx${index + 1}.relay.example`,
  SMTP_LISTEN: `${host}:${inner.smtp}`,
  SUBMISSION_LISTEN: `smtp://${host}:${inner.submission},smtps://${host}:${inner.submissions}`,
  HTTP_LISTEN: `${host}:${inner.api}`,
  SUBMISSION_USERS: join(folder, 'users'),
  TLS_CERT_FILE: join(folder, 'tls.pem'),
  TLS_KEY_FILE: join(folder, 'tls.pem.key'),
  RELAY_SECRET_FILE: join(folder, 'relay_secret'),
  STORE_URL_FILE: join(folder, 'store_url'),
  OUTBOUND_URL_FILE: join(folder, 'outbound_url'),
  PROXY_PROTOCOL_FROM: '127.0.0.1',
  DNS_SERVERS: dns.address,
  SENDER_PROOF: 'enforce',
});

interface Haproxy {
  readonly child: ChildProcess;
  readonly log: () => string;
}

async function startHaproxy(folder: string, inner: Ports, outer: Ports): Promise<Haproxy> {
  const binds = doors.map((door) => [`BIND_${door.toUpperCase()}`, `127.0.0.1:${outer[door]}`]);
  const ports = doors.map((door) => [`${door.toUpperCase()}_PORT`, `${inner[door]}`]);
  const env = {
    PATH: `${process.env.PATH}:/usr/sbin`,
    RELAY_1: hosts[0],
    RELAY_2: hosts[1],
    API_CERT: join(folder, 'tls.pem'),
    CHECK_INTERVAL: '300ms',
  };
  const child = spawn('haproxy', ['-db', '-f', join(root, 'config/haproxy.cfg')], {
    env: { ...env, ...Object.fromEntries([...binds, ...ports]) },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  let said = '';
  for (const stream of [child.stdout, child.stderr])
    stream.setEncoding('utf8').on('data', (text: string) => {
      said += text;
    });
  child.on('error', (error) => {
    said += error.message;
  });
  const greets = () =>
    fetch(`http://127.0.0.1:${outer.api}`).then(
      () => true,
      // It listens, and hangs up on plain HTTP.
      (error: { readonly cause?: { readonly code?: string } }) => error.cause?.code !== 'ECONNREFUSED',
    );
  await eventually('HAProxy listens', greets).catch((error: unknown) => {
    child.kill('SIGKILL');
    throw new Error(`${String(error)}: ${said}`);
  });
  return { child, log: () => said };
}

async function stop(child: ChildProcess): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return;
  child.kill('SIGKILL');
  await once(child, 'exit');
}
