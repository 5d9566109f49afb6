/** What can happen to a store while a relay uses it (traps 3.7), each as something that begins and ends. */
import { DatabaseSync } from 'node:sqlite';
import { durable, eventually, type RedisServer, startCluster, startRedis, startReplicated } from '../support/redis.ts';
import { mountSmallDisk } from './small-disk.ts';

export interface Fault {
  readonly name: string;
  begin(): Promise<void> | void;
  /** From then on the relay must recover by itself. */
  end(): Promise<void> | void;
}

/** A store and what can happen to it. */
export interface Ground extends AsyncDisposable {
  readonly env: Readonly<Record<string, string>>;
  readonly faults: readonly Fault[];
}

export const sleep = (milliseconds: number): Promise<void> => new Promise((resolve) => setTimeout(resolve, milliseconds));

/** Loading takes a while, so that it can be seen. */
const slowToLoad = ['key-load-delay 300', 'loading-process-events-interval-bytes 1024'];

/** One Redis. Every fault can come again and again. */
export async function oneRedis(): Promise<Ground> {
  const server = await startRedis([...durable, ...slowToLoad]);
  const set =
    (...words: string[]) =>
    async (): Promise<void> =>
      void (await server.command(...words));
  let restarted: Promise<void> = Promise.resolve();
  return {
    env: { STORE_URL: server.url },
    faults: [
      { name: 'Redis: kill -9, away', begin: server.kill, end: () => server.restart('SIGKILL') },
      { name: 'Redis: hangs (SIGSTOP)', begin: server.pause, end: server.resume },
      {
        name: 'Redis: restarts, loads',
        begin: () => {
          restarted = server.restart('SIGTERM');
        },
        end: () => restarted,
      },
      // It ends by itself: nobody is heard meanwhile.
      { name: 'Redis: CLIENT PAUSE', begin: set('CLIENT', 'PAUSE', '3000', 'ALL'), end: set('PING') },
      { name: 'Redis: memory full', begin: set('CONFIG', 'SET', 'maxmemory', '1mb'), end: set('CONFIG', 'SET', 'maxmemory', '0') },
      { name: 'Redis: read only', begin: set('REPLICAOF', '127.0.0.1', '1'), end: set('REPLICAOF', 'NO', 'ONE') },
    ],
    [Symbol.asyncDispose]: server.stop,
  };
}

/** A Redis whose disk fills up; undefined where there can be no such disk. */
export async function redisOnSmallDisk(): Promise<Ground | undefined> {
  const disk = mountSmallDisk(8);
  if (!disk) return undefined;
  const server = await startRedis([...durable, `dir ${disk.directory}`]);
  return {
    env: { STORE_URL: server.url },
    faults: [
      {
        name: 'Redis: disk full, it ends',
        begin: disk.fill,
        end: () => {
          disk.free();
          return server.restart('SIGKILL');
        },
      },
    ],
    async [Symbol.asyncDispose]() {
      await server.stop();
      disk[Symbol.dispose]();
    },
  };
}

/** A master with two replicas and three sentinels, each time anew. */
export async function sentinels(): Promise<Ground> {
  const set = await startReplicated(2, 3);
  const { master, replicas } = set;
  const failover = { name: 'Sentinel: fail-over', begin: master.kill, end: () => undefined };
  return {
    env: { STORE_URL: set.url },
    faults: [
      failover,
      {
        name: 'Sentinel: fail-over, replicas cut off before',
        begin: async () => {
          await Promise.all(replicas.map((replica) => replica.command('REPLICAOF', '127.0.0.1', '1')));
          await sleep(1500);
          await master.kill();
        },
        end: () => undefined,
      },
      {
        name: 'Sentinel: master hangs, comes back as replica',
        begin: async () => {
          master.pause();
          await eventually('another is master', async () => (await rolesOf(replicas)).includes('master'));
        },
        end: master.resume,
      },
    ],
    [Symbol.asyncDispose]: () => set[Symbol.asyncDispose](),
  };
}

const rolesOf = (servers: readonly RedisServer[]): Promise<readonly string[]> =>
  Promise.all(servers.map(async (server) => (await server.command('ROLE')).split('\n')[0] ?? ''));

/** Three masters, each with a replica, each time anew. */
export async function cluster(): Promise<Ground> {
  const whole = await startCluster();
  const [first, second] = whole.nodes;
  if (!first || !second) throw new Error('no nodes');
  return {
    env: { STORE_URL: whole.url },
    faults: [
      { name: 'Cluster: slots move', begin: () => whole.reshard(first, second, 1500), end: () => whole.reshard(second, first, 1500) },
      { name: 'Cluster: a master is killed, comes back as replica', begin: first.kill, end: () => first.restart('SIGKILL') },
    ],
    [Symbol.asyncDispose]: () => whole[Symbol.asyncDispose](),
  };
}

/** SQLite on a disk that fills up; nothing happens to it where there can be no such disk. */
export async function sqlite(): Promise<Ground> {
  const disk = mountSmallDisk(16);
  if (!disk) return { env: {}, faults: [], [Symbol.asyncDispose]: async () => undefined };
  const path = `${disk.directory}/postern.db`;
  let locker: DatabaseSync | undefined;
  return {
    env: { STORE_URL: `sqlite:${path}` },
    faults: [
      { name: 'SQLite: disk full', begin: disk.fill, end: disk.free },
      {
        name: 'SQLite: locked by another process',
        begin: () => {
          locker = new DatabaseSync(path, { timeout: 5000 });
          locker.exec('BEGIN IMMEDIATE');
        },
        end: () => locker?.close(),
      },
    ],
    async [Symbol.asyncDispose]() {
      disk[Symbol.dispose]();
    },
  };
}
