/** A real redis-server on a free port of 127.0.0.1, in a directory of its own under the system's temporary one. */
import { type ChildProcess, execFile, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';

const run = promisify(execFile);

export interface RedisServer {
  readonly port: number;
  readonly url: string;
  readonly directory: string;
  /** Sends one command on a connection of its own; answers what redis-cli prints. Rejects where there is nothing within 5 s. */
  command(...words: string[]): Promise<string>;
  pause(): void;
  resume(): void;
  /** Ends it with this signal, and starts it again on the same port and files. */
  restart(signal: NodeJS.Signals): Promise<void>;
  kill(): Promise<void>;
  stop(): Promise<void>;
}

/** Keeps all that it acknowledged, in a file that can be read as text. */
export const durable = ['save ""', 'appendonly yes', 'appendfsync always', 'maxmemory-policy noeviction', 'aof-use-rdb-preamble no'];

/** A master, its replicas, and sentinels that know it by the name `shop`. */
export interface ReplicatedRedis extends AsyncDisposable {
  readonly master: RedisServer;
  readonly replicas: readonly RedisServer[];
  readonly sentinels: readonly RedisServer[];
  readonly url: string;
}

/** Resolves when all replicas are in sync and the sentinels know of each other. `lines`: of every server's configuration. */
export async function startReplicated(replicaCount: number, sentinelCount: number, lines = durable): Promise<ReplicatedRedis> {
  const data = [...lines, 'repl-diskless-sync-delay 0'];
  const master = await startRedis(data);
  const follows = `replicaof 127.0.0.1 ${master.port}`;
  const replicas = await Promise.all(Array.from({ length: replicaCount }, () => startRedis([...data, follows])));
  const monitor = `sentinel monitor shop 127.0.0.1 ${master.port} ${Math.floor(sentinelCount / 2) + 1}`;
  const rules = [monitor, 'sentinel down-after-milliseconds shop 1000', 'sentinel failover-timeout shop 3000'];
  const sentinels = await Promise.all(Array.from({ length: sentinelCount }, () => startRedis(rules, ['--sentinel'])));
  for (const replica of replicas)
    await eventually('a replica follows', async () => (await replica.command('INFO', 'replication')).includes('master_link_status:up'));
  const known = `slaves=${replicaCount},sentinels=${sentinelCount}`;
  for (const sentinel of sentinels)
    await eventually('sentinels know all', async () => (await sentinel.command('INFO', 'sentinel')).includes(known));
  return {
    master,
    replicas,
    sentinels,
    url: `redis+sentinel://${sentinels.map(({ port }) => `127.0.0.1:${port}`).join(',')}/shop`,
    async [Symbol.asyncDispose]() {
      await Promise.all([...sentinels, ...replicas, master].map((it) => it.stop()));
    },
  };
}

export interface RedisCluster extends AsyncDisposable {
  /** The masters first, as many replicas behind them. */
  readonly nodes: readonly RedisServer[];
  readonly url: string;
  /** Moves so many slots with all that is in them. */
  reshard(from: RedisServer, to: RedisServer, slots: number): Promise<void>;
}

/** Three masters, each with a replica, in sync. */
export async function startCluster(lines = durable): Promise<RedisCluster> {
  const data = [...lines, 'cluster-enabled yes', 'cluster-node-timeout 1000', 'repl-diskless-sync-delay 0'];
  const nodes = await Promise.all(Array.from({ length: 6 }, () => startRedis(data)));
  const places = nodes.map(({ port }) => `127.0.0.1:${port}`);
  const manage = (...words: string[]) => run('redis-cli', ['--cluster', ...words, '--cluster-yes'], { timeout: 60_000 });
  await manage('create', ...places, '--cluster-replicas', '1');
  for (const node of nodes) {
    await eventually('the cluster is whole', async () => (await node.command('CLUSTER', 'INFO')).includes('cluster_state:ok'));
    await eventually('replicas follow', async () =>
      /connected_slaves:1|master_link_status:up/.test(await node.command('INFO', 'replication')),
    );
  }
  const idOf = async (node: RedisServer): Promise<string> => node.command('CLUSTER', 'MYID');
  return {
    nodes,
    url: `redis+cluster://${places.join(',')}`,
    async reshard(from, to, slots) {
      const [source, target] = [await idOf(from), await idOf(to)];
      const what = ['--cluster-from', source, '--cluster-to', target, '--cluster-slots', `${slots}`];
      await manage('reshard', `127.0.0.1:${from.port}`, ...what);
    },
    async [Symbol.asyncDispose]() {
      await Promise.all(nodes.map((node) => node.stop()));
    },
  };
}

/** Asks every 50 ms; an error counts as no. Throws after `patience` milliseconds. */
export async function eventually(what: string, holds: () => Promise<boolean> | boolean, patience = 15_000): Promise<void> {
  for (const end = Date.now() + patience; Date.now() < end; await new Promise((resolve) => setTimeout(resolve, 50))) {
    if (await Promise.resolve(holds()).catch(() => false)) return;
  }
  throw new Error(`not in time: ${what}`);
}

/** `lines`: of its configuration. `args`: on its command line. */
export async function startRedis(lines: readonly string[] = durable, args: readonly string[] = []): Promise<RedisServer> {
  const port = await freePort();
  const directory = mkdtempSync(join(tmpdir(), 'postern-redis-'));
  let child = await spawnServer(port, directory, lines, args);
  const kill = async (signal: NodeJS.Signals = 'SIGKILL'): Promise<void> => {
    if (child.exitCode !== null || child.signalCode !== null) return;
    const gone = once(child, 'exit');
    child.kill('SIGCONT');
    child.kill(signal);
    await gone;
  };
  return {
    port,
    url: `redis://127.0.0.1:${port}`,
    directory,
    command: (...words) => send(port, words),
    pause: () => void child.kill('SIGSTOP'),
    resume: () => void child.kill('SIGCONT'),
    restart: async (signal) => {
      await kill(signal);
      child = await spawnServer(port, directory, lines, args);
    },
    kill: () => kill(),
    stop: async () => {
      await kill();
      rmSync(directory, { recursive: true, force: true });
    },
  };
}

async function spawnServer(port: number, directory: string, lines: readonly string[], args: readonly string[]): Promise<ChildProcess> {
  const file = join(directory, 'redis.conf');
  // A file of its own, for Sentinel writes into it.
  writeFileSync(file, ['bind 127.0.0.1', `port ${port}`, `dir ${directory}`, ...lines, ''].join('\n'));
  const child = spawn('redis-server', [file, ...args], { stdio: 'ignore' });
  for (let tries = 0; tries < 200; tries += 1) {
    const answer = await send(port, ['PING']).catch(() => '');
    if (/PONG|NOAUTH/.test(answer)) return child;
    if (child.exitCode !== null) break;
    await new Promise((resolve) => setTimeout(resolve, 25));
  }
  child.kill('SIGKILL');
  throw new Error('redis-server did not start');
}

/** A port that was free a moment ago. */
export async function freePort(): Promise<number> {
  const server = createServer();
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const address = server.address();
  server.close();
  await once(server, 'close');
  if (address === null || typeof address === 'string') throw new Error('no port');
  return address.port;
}

const send = async (port: number, words: readonly string[]): Promise<string> =>
  (await run('redis-cli', ['-h', '127.0.0.1', '-p', `${port}`, ...words], { timeout: 5000, maxBuffer: 100_000_000 })).stdout.trim();

/** Every byte of every file below a directory. */
export function bytesBelow(directory: string): Buffer {
  const files = readdirSync(directory, { recursive: true, encoding: 'utf8' }).map((name) => join(directory, name));
  return Buffer.concat(files.filter((file) => statSync(file).isFile()).map((file) => readFileSync(file)));
}
