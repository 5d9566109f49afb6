/**
 * The store in Redis 7 or Valkey, for any number of relay processes: one server, Sentinel, or Cluster. The door of `ioredis`.
 * A call never waits longer than 2 s: what Redis does not answer is deferred, and the sender's server keeps the message.
 */
import { Cluster, Redis, type RedisOptions } from 'ioredis';
import type { StoreSetup } from './codec.ts';
import { parseRedisUrl, type RedisAddress } from './redis/address.ts';
import type { Argument, Commands } from './redis/commands.ts';
import { createDigests } from './redis/digests.ts';
import { createDirectory } from './redis/directory.ts';
import { checkDurable, type RedisNode } from './redis/durability.ts';
import { inspectNode, type RedisReport } from './redis/inspect.ts';
import { createHolds, createJournal, createOnce, createThreads } from './redis/messages.ts';
import { createQuota } from './redis/quota.ts';
import { createOutbox } from './redis/outbox.ts';
import { createReviews } from './redis/reviews.ts';
import { scripts } from './redis/scripts.ts';
import { createStandings } from './redis/standings.ts';
import type { Store } from './store.ts';

export interface RedisSetup extends StoreSetup {
  /** Takes a Redis that may lose what it acknowledged: for trials and tests. */
  readonly allowVolatile?: boolean;
}

/** Milliseconds. */
const PATIENCE_AT_START = 5000;
const PATIENCE = 2000;

/**
 * Resolves when Redis answers and keeps what it acknowledges. Throws a `RangeError` for a URL it cannot read, and an `Error` that says
 * what to do where Redis does not answer within 5 s, evicts, or keeps nothing on disk.
 */
export async function openRedis(url: string, setup: RedisSetup): Promise<Store> {
  const address = parseRedisUrl(url);
  const client = clientOf(address);
  try {
    await connected(client, address);
    if (!setup.allowVolatile) await checkDurable(nodesOf(client, address));
  } catch (error) {
    client.disconnect();
    throw error;
  }
  const complete = { ...setup, now: setup.now ?? Date.now };
  const commands = commandsOf(client);
  return {
    directory: createDirectory(commands, complete),
    once: createOnce(commands, complete),
    threads: createThreads(commands, complete),
    holds: createHolds(commands, complete),
    outbox: createOutbox(commands, complete),
    digests: createDigests(commands, complete),
    reviews: createReviews(commands, complete),
    standings: createStandings(commands, complete),
    quota: createQuota(commands, complete),
    journal: createJournal(commands, complete),
    ping: async () => void (await commands.call('ping')),
    [Symbol.asyncDispose]: async () => {
      await within(client.quit()).catch(() => undefined);
      client.disconnect();
    },
  };
}

/** How each server of it is set up; changes nothing. Throws as `openRedis` does, within 2 s, but takes one that may lose data. */
export async function inspectRedis(url: string): Promise<readonly RedisReport[]> {
  const address = parseRedisUrl(url);
  const client = clientOf(address);
  try {
    await connected(client, address, PATIENCE);
    return await Promise.all(nodesOf(client, address).map(inspectNode));
  } finally {
    client.disconnect();
  }
}

/**
 * QUIRK: by default ioredis waits for ever for a server that hangs, and keeps commands for one that is away.
 * QUIRK (ioredis issue 2193): without `autoResendUnfulfilledCommands` a command in flight at a disconnect settles by `commandTimeout` alone;
 * with it, a claim that was already answered 451 would be made later, in nobody's name.
 */
const options = {
  protocol: 2,
  connectTimeout: 1000,
  commandTimeout: 1000,
  disconnectTimeout: 500,
  // A peer that vanished without a word is given up, instead of after the kernel's quarter of an hour.
  socketTimeout: 3000,
  maxRetriesPerRequest: 1,
  autoResendUnfulfilledCommands: false,
  disableClientInfo: true,
  // After a failover the old master is a replica: ask for the new one.
  reconnectOnError: (error: Error) => error.message.startsWith('READONLY'),
} as const satisfies RedisOptions;

const retryDelay = (times: number): number => Math.min(50 * 2 ** Math.min(times, 10), 1000);

function clientOf(address: RedisAddress): Redis | Cluster {
  const client = address.kind === 'cluster' ? clusterOf(address) : serverOf(address);
  // The calls themselves reject; without a listener ioredis would write to the console.
  client.on('error', () => undefined);
  return client;
}

const accessOf = ({ username, password, tls }: RedisAddress) => ({
  ...options,
  ...(username ? { username } : {}),
  ...(password ? { password } : {}),
  ...(tls ? { tls: {} } : {}),
});

function serverOf(address: RedisAddress): Redis {
  const { kind, hosts, db, master = '' } = address;
  const place = kind === 'sentinel' ? { sentinels: [...hosts], name: master, sentinelCommandTimeout: 1000 } : hosts[0];
  const waiting = { enableOfflineQueue: false, retryStrategy: retryDelay, sentinelRetryStrategy: retryDelay };
  return new Redis({ ...accessOf(address), ...waiting, ...place, db, scripts, enableAutoPipelining: true });
}

const clusterOf = (address: RedisAddress): Cluster =>
  new Cluster([...address.hosts], {
    redisOptions: accessOf(address),
    scripts,
    enableAutoPipelining: true,
    enableOfflineQueue: false,
    slotsRefreshTimeout: 1000,
    slotsRefreshInterval: 5000,
    clusterRetryStrategy: retryDelay,
  });

async function connected(client: Redis | Cluster, { hosts }: RedisAddress, patience = PATIENCE_AT_START): Promise<void> {
  let reason = 'no answer';
  const ready = Promise.withResolvers<void>();
  const note = (error: Error): void => {
    reason = error.message;
    // Waiting does not help against these.
    if (/^(?:WRONGPASS|NOAUTH|NOPERM)/.test(reason)) ready.reject(error);
  };
  client.on('error', note);
  client.once('ready', ready.resolve);
  try {
    await within(ready.promise, patience);
  } catch {
    const names = hosts.map(({ host, port }) => `${host}:${port}`).join(', ');
    throw new Error(`Redis at ${names} does not take us (${reason}): is it running, and is STORE_URL right?`);
  } finally {
    client.off('error', note);
  }
}

function nodesOf(client: Redis | Cluster, { hosts }: RedisAddress): readonly RedisNode[] {
  const servers = client instanceof Cluster ? client.nodes('master') : [client];
  return servers.map((server) => {
    const { host = hosts[0]?.host, port = hosts[0]?.port } = server.options;
    return {
      name: `${host}:${port}`,
      config: async (parameter) => {
        const reply = await within(server.config('GET', parameter));
        return Array.isArray(reply) && typeof reply[1] === 'string' ? reply[1] : undefined;
      },
      info: () => within(server.info()),
      time: async () => {
        const [seconds, microseconds] = await within(server.time());
        return Number(seconds) * 1000 + Number(microseconds) / 1000;
      },
    };
  });
}

type Method = (...values: Argument[]) => Promise<unknown>;

/** QUIRK: each command of ioredis, and each script, is a method; the one whose name ends with Buffer answers in bytes. */
function commandsOf(client: Redis | Cluster): Commands {
  const methods = client as unknown as Readonly<Record<string, Method>>;
  const invoke = async (name: string, values: Argument[]): Promise<unknown> => {
    try {
      return await within(methods[`${name}Buffer`]?.apply(client, values) ?? Promise.reject(new Error(`no such command: ${name}`)));
    } catch (error) {
      // The library hangs the command with its arguments on the error; those do not belong into a log.
      throw new Error(`Redis: ${error instanceof Error ? error.message : 'failed'}`);
    }
  };
  return {
    call: (name, ...values) => invoke(name, values),
    run: (name, keys, ...values) => invoke(name, [...keys, ...values]),
  };
}

async function within<T>(work: Promise<T>, milliseconds = PATIENCE): Promise<T> {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<never>((_, reject) => {
    timer = setTimeout(() => reject(new Error(`no answer within ${milliseconds} ms`)), milliseconds);
  });
  try {
    return await Promise.race([work, late]);
  } finally {
    clearTimeout(timer);
  }
}
