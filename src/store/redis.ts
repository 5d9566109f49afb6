/**
 * The store in Redis 7 or Valkey, for any number of relay processes: one server, Sentinel, or Cluster. The door of `ioredis`.
 * A call never waits longer than 2 s: what Redis does not answer is deferred, and the sender's server keeps the message.
 */
import { Cluster, Command, Redis, type RedisOptions } from 'ioredis';
import { createApiParts } from './redis/api.ts';
import { createArchive } from './redis/archive.ts';
import { keep, type StoreSetup } from './codec.ts';
import { parseRedisUrl, type RedisAddress } from './redis/address.ts';
import { type Argument, type Commands, key } from './redis/commands.ts';
import { createKeeper, GONE, type Masters } from './redis/copies.ts';
import { createDigests } from './redis/digests.ts';
import { createDirectory } from './redis/directory.ts';
import { adviceOn, checkDurable, hasReplicas, type RedisNode } from './redis/durability.ts';
import { inspectNode, type RedisReport } from './redis/inspect.ts';
import { createLookups } from './redis/lookups.ts';
import { createHolds, createJournal, createOnce, createThreads } from './redis/messages.ts';
import { createQuota } from './redis/quota.ts';
import { createOutbox } from './redis/outbox.ts';
import { answered, PATIENCE } from './redis/patience.ts';
import { createReviews } from './redis/reviews.ts';
import { prepareSchema } from './redis/schema.ts';
import { scripts } from './redis/scripts.ts';
import { createStandings } from './redis/standings.ts';
import { createWebhooks } from './redis/webhooks.ts';
import { createUpkeep } from './redis/upkeep.ts';
import type { Store } from './store.ts';

export interface RedisSetup extends StoreSetup {
  /** Takes a Redis that may lose what it acknowledged: for trials and tests. */
  readonly allowVolatile?: boolean;
  /** Told, at the start, what may be lost the way Redis is set up. */
  readonly warn?: (sentence: string) => void;
}

/** Milliseconds. */
const PATIENCE_AT_START = 5000;
const LOOK_EVERY = 2000;
const RISE_AFTER = 100;
const READY_FOR = 60_000;

/**
 * Resolves when Redis answers and keeps what it acknowledges. Throws a `RangeError` for a URL it cannot read, and an `Error` that says
 * what to do where Redis does not answer within 5 s, evicts, or keeps nothing on disk.
 */
export async function openRedis(url: string, setup: RedisSetup): Promise<Store> {
  const address = parseRedisUrl(url);
  const client = clientOf(address);
  let keeping: Keeping;
  try {
    await connected(client, address);
    const nodes = nodesOf(client, address);
    if (!setup.allowVolatile) await checkDurable(nodes);
    for (const sentence of setup.warn ? await adviceOn(nodes) : []) setup.warn?.(sentence);
    await prepareSchema(commandsOf(client));
    keeping = await openKeeping(client, address, setup.allowVolatile !== true);
  } catch (error) {
    drop(client);
    throw error;
  }
  const complete = { ...setup, now: setup.now ?? Date.now, retention: setup.retention ?? keep };
  const commands = { ...commandsOf(client), kept: keeping.kept };
  const journal = createJournal(commands, complete);
  return {
    directory: createDirectory(commands, complete),
    once: createOnce(commands, complete),
    threads: createThreads(commands, complete),
    holds: createHolds(commands, complete),
    outbox: createOutbox(commands, complete),
    digests: createDigests(commands, complete),
    reviews: createReviews(keeping.kept, complete),
    standings: createStandings(keeping.kept, complete),
    ...createApiParts(commands, complete),
    quota: createQuota(commands, complete),
    webhooks: createWebhooks(commands, complete),
    journal,
    lookups: createLookups(commands, complete, journal.entry),
    archive: createArchive(keeping.kept, complete),
    ...createUpkeep(commands, complete, () => nodesOf(client, address)),
    ping: async () => void (await keeping.kept.call('set', key.ready, 1, 'PX', READY_FOR)),
    [Symbol.asyncDispose]: async () => {
      await keeping.close();
      await leave(client);
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
    drop(client);
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
  // One that loads its data is asked again so soon, whatever it says of the time it needs.
  maxLoadingRetryTime: 500,
  autoResendUnfulfilledCommands: false,
  disableClientInfo: true,
  // After a failover the old master is a replica: ask for the new one.
  reconnectOnError: (error: Error) => error.message.startsWith('READONLY'),
} as const satisfies RedisOptions;

const retryDelay = (times: number): number => Math.min(50 * 2 ** Math.min(times, 10), 1000);

/** `gathers`: what is asked for while Redis answers goes out together. */
function clientOf(address: RedisAddress, gathers = true): Redis | Cluster {
  const client = address.kind === 'cluster' ? clusterOf(address) : serverOf(address, gathers);
  // The calls themselves reject; without a listener ioredis would write to the console.
  client.on('error', () => undefined);
  client.on('end', () => void setTimeout(() => client.connect().catch(() => undefined), RISE_AFTER).unref());
  return client;
}

/**
 * QUIRK: a client that is told of a new master while it connects to the old one has ended for good, and so has one whose connection is cut while it
 * asks the sentinels. So what ends is begun again, unless it is to end.
 */
function drop(client: Redis | Cluster): void {
  client.removeAllListeners('end');
  client.disconnect();
}

/** Commands that are on their way may end. */
async function leave(client: Redis | Cluster): Promise<void> {
  client.removeAllListeners('end');
  await answered(client.quit()).catch(() => undefined);
  client.disconnect();
}

const accessOf = ({ username, password, tls }: RedisAddress) => ({
  ...options,
  ...(username ? { username } : {}),
  ...(password ? { password } : {}),
  ...(tls ? { tls: {} } : {}),
});

function serverOf(address: RedisAddress, gathers: boolean): Redis {
  const { kind, hosts, db, master = '' } = address;
  const place = kind === 'sentinel' ? { sentinels: [...hosts], name: master, sentinelCommandTimeout: 1000 } : hosts[0];
  // Who is master is heard from the sentinels: one that hung may come back and not know yet that it was replaced.
  // QUIRK: the library writes a line to stderr when a sentinel that it listens to is gone.
  const waiting = { enableOfflineQueue: false, retryStrategy: retryDelay, sentinelRetryStrategy: retryDelay, failoverDetector: true };
  return new Redis({ ...accessOf(address), ...waiting, ...place, db, scripts, enableAutoPipelining: gathers });
}

/** QUIRK: where ioredis gathers commands itself, it does not follow MOVED and ASK: for a Cluster it may not. */
const clusterOf = (address: RedisAddress): Cluster =>
  new Cluster([...address.hosts], {
    redisOptions: accessOf(address),
    scripts,
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
    await answered(ready.promise, patience);
  } catch {
    const names = hosts.map(({ host, port }) => `${host}:${port}`).join(', ');
    throw new Error(`Redis at ${names} does not take us (${reason}): is it running, and is STORE_URL right?`);
  } finally {
    client.off('error', note);
  }
}

function nodesOf(client: Redis | Cluster, { hosts, kind }: RedisAddress): readonly RedisNode[] {
  const servers = client instanceof Cluster ? client.nodes('master') : [client];
  return servers.map((server) => {
    const { host = hosts[0]?.host, port = hosts[0]?.port } = server.options;
    return {
      name: kind === 'sentinel' ? peerOf(server) : `${host}:${port}`,
      failsOver: kind !== 'server',
      config: async (parameter) => {
        const reply = await answered(server.config('GET', parameter));
        return Array.isArray(reply) && typeof reply[1] === 'string' ? reply[1] : undefined;
      },
      send: (...words) => answered(server.call(...words)),
      info: () => answered(server.info()),
      time: async () => {
        const [seconds, microseconds] = await answered(server.time());
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
      return await answered(methods[`${name}Buffer`]?.apply(client, values) ?? Promise.reject(new Error(`no such command: ${name}`)));
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

interface Keeping {
  readonly kept: Commands;
  close(): Promise<void>;
}

/**
 * Where a replica was seen once, writes are waited for ever after: a master without any may be one that the others have left behind. Replicas are
 * looked for every 2 s; so is the master that sentinels know, where none has our writes.
 */
async function openKeeping(client: Redis | Cluster, address: RedisAddress, copied: boolean): Promise<Keeping> {
  const commands = commandsOf(client);
  if (!copied) return { kept: commands, close: async () => undefined };
  let writer: Redis | Cluster | undefined;
  let keeper = commands;
  let alone = false;
  let closed = false;
  const begin = async (): Promise<void> => {
    const there = await hasReplicas(nodesOf(client, address));
    if (!there || writer || closed) return;
    writer = clientOf(address, false);
    keeper = createKeeper(commands, { ...mastersOf(writer), alone: () => (alone = true) });
  };
  const look = async (): Promise<void> => {
    if (!writer) return begin();
    if (address.kind === 'sentinel' && client instanceof Redis && writer instanceof Redis) alone = seekMaster(client, writer, alone);
  };
  const close = async (): Promise<void> => {
    closed = true;
    clearInterval(timer);
    if (writer) await leave(writer);
  };
  const timer = setInterval(() => void look().catch(() => undefined), LOOK_EVERY).unref();
  try {
    await begin();
    if (writer) await connected(writer, address);
  } catch (error) {
    await close();
    throw error;
  }
  return { kept: { call: (...words) => keeper.call(...words), run: (...words) => keeper.run(...words) }, close };
}

/** Asks the sentinels anew, by the connection that is of no use as it is; the other one follows where that leads elsewhere. Answers false. */
function seekMaster(client: Redis, writer: Redis, alone: boolean): false {
  if (client.status !== 'ready' || writer.status !== 'ready') return false;
  if (peerOf(client) !== peerOf(writer)) client.disconnect(true);
  else if (alone) writer.disconnect(true);
  return false;
}

const peerOf = ({ stream: { remoteAddress, remotePort } }: Redis): string => `${remoteAddress}:${remotePort}`;

function mastersOf(writer: Redis | Cluster): Omit<Masters, 'alone'> {
  const serverAt = (name: string): Redis | undefined =>
    writer instanceof Redis ? writer : writer.nodes('all').find(({ options }) => `${options.host}:${options.port}` === name);
  return {
    nameOf: (key) => (writer instanceof Redis ? 'master' : writer.slots[new Command('get', [key]).getSlot()]?.[0]),
    send: async (name, [command = '', ...values]) => {
      const server = serverAt(name);
      if (!server) throw new Error(GONE);
      return answered(server.callBuffer(String(command), values));
    },
    // It follows MOVED and ASK itself, and knows afterwards who was meant.
    follow: async (key) => void (await answered(writer.exists(key))),
  };
}
