/**
 * Writes that must outlive the server that took them. Redis answers before its replicas have a write, so a fail-over loses the last ones
 * (Jepsen 2013: 56 % in a partition). So such a write is followed by WAIT on the same connection, and counts only when a replica has it.
 * As WAIT stops all that comes behind it on its connection, these writes have connections of their own, and share one WAIT: while one
 * batch is on its way, the next one gathers.
 */
import { setTimeout as pause } from 'node:timers/promises';
import { type Argument, type Commands, NoCopy, type PlainCommand } from './commands.ts';
import { type ScriptName, scripts } from './scripts.ts';

/** Connections to the masters that nothing else uses. */
export interface Masters {
  /** Whose keys these are; undefined where nobody serves them now. */
  nameOf(key: string): string | undefined;
  /** Sent at once, in the order of the calls. Rejects within 1 s, whatever Redis does; with `GONE` where there is no such master. */
  send(name: string, words: readonly Argument[]): Promise<unknown>;
  /** Finds out who serves these keys now. */
  follow(key: string): Promise<void>;
  /** Told when no replica has a write. */
  alone(): void;
}

/** A master that is not there any more. */
export const GONE = 'nobody serves this key now';

/** Milliseconds that a replica may take. */
const PATIENCE = 300;
/** What waited longer for its turn is not begun: its caller is about to be told that it failed. */
const LONGEST_WAIT = 900;
const MAX_BATCH = 200;
/** Milliseconds; keys that move are all there soon. */
const RETRY_AFTER = 50;

/** What changes nothing, and so needs no copy. */
export const looks: ReadonlySet<string> = new Set<PlainCommand | ScriptName>([
  'get',
  'hget',
  'hmget',
  'hvals',
  'hscan',
  'getrange',
  'smembers',
  'srandmember',
  'zrange',
  'zrevrangebylex',
  'zcard',
  'sharers',
  'placeOfSharer',
  'topOrder',
  'entriesOfDay',
  'itemsTo',
  'itemState',
  'readSubscriptions',
  'countCopies',
  'responseCounts',
  'countItems',
  'usedSoFar',
  'countTraces',
  'readThreads',
]);

/** The same commands, whose writes resolve when a replica has them. */
export function createKeeper(commands: Commands, masters: Masters): Commands {
  const batches = new Map<string, Write>();
  const writeTo = (name: string): Write => {
    const known = batches.get(name) ?? batching((words) => masters.send(name, words), masters.alone);
    batches.set(name, known);
    return known;
  };
  const keep = async (key: string, words: readonly Argument[]): Promise<unknown> => {
    const last = performance.now() + LONGEST_WAIT;
    let to: Redirection = { asking: false };
    for (;;) {
      try {
        return await writeTo(to.name ?? serving(masters, key))(words, to.asking);
      } catch (error) {
        const next = redirection(error);
        if (!next || performance.now() > last) throw error;
        to = next;
        await (to.later ? pause(to.later) : masters.follow(key)).catch(() => {
          throw error;
        });
      }
    }
  };
  return {
    call: (name, ...values) => (looks.has(name) ? commands.call(name, ...values) : keep(String(values[0]), [name, ...values])),
    run: (name, keys, ...values) =>
      looks.has(name)
        ? commands.run(name, keys, ...values)
        : keep(keys[0] ?? '', ['EVAL', scripts[name].lua, keys.length, ...keys, ...values]),
  };
}

function serving(masters: Masters, key: string): string {
  const name = masters.nameOf(key);
  if (name === undefined) throw new Error(`Redis: ${GONE}`);
  return name;
}

interface Redirection {
  /** Whose the keys are; without it, of whoever serves them. */
  readonly name?: string;
  /** This once only, while they move. */
  readonly asking: boolean;
  /** Milliseconds; some of the keys are here, and some there. */
  readonly later?: number;
}

/**
 * What was not done, for the keys are elsewhere: where a Cluster says that they are (Redis Cluster specification, MOVED, ASK and TRYAGAIN).
 * While slots move, one such answer may follow on another.
 */
function redirection(error: unknown): Redirection | undefined {
  const message = error instanceof Error ? error.message : '';
  if (message === `Redis: ${GONE}`) return { asking: false };
  if (message.startsWith('Redis: TRYAGAIN ')) return { asking: false, later: RETRY_AFTER };
  const [, kind, name] = /^Redis: (MOVED|ASK) \d{1,5} ([^\s]{1,300})$/.exec(message) ?? [];
  return name === undefined ? undefined : { name, asking: kind === 'ASK' };
}

type Write = (words: readonly Argument[], asking?: boolean) => Promise<unknown>;

interface Job {
  readonly words: readonly Argument[];
  readonly asking: boolean;
  readonly since: number;
  resolve(reply: unknown): void;
  reject(error: Error): void;
}

type Send = (words: readonly Argument[]) => Promise<unknown>;

function batching(send: Send, alone: () => void): Write {
  let waiting: Job[] = [];
  let running = false;

  const run = async (): Promise<void> => {
    running = true;
    while (waiting.length > 0) {
      const jobs = waiting.slice(0, MAX_BATCH);
      waiting = waiting.slice(MAX_BATCH);
      const since = performance.now() - LONGEST_WAIT;
      for (const late of jobs.filter((job) => job.since < since)) late.reject(new Error('Redis: too many writes wait for a replica'));
      const inTime = jobs.filter((job) => job.since >= since);
      if (inTime.length > 0 && !(await sendTogether(inTime, send))) alone();
    }
    running = false;
  };
  return (words, asking = false) =>
    new Promise((resolve, reject) => {
      waiting.push({ words, asking, since: performance.now(), resolve, reject });
      // What else is asked for in this turn of the event loop belongs to the batch.
      if (!running) setImmediate(() => running || void run());
    });
}

/** Answers whether a replica has them; true too where the master does not say. Never rejects. */
async function sendTogether(jobs: readonly Job[], send: Send): Promise<boolean> {
  const replies = jobs.map(({ words, asking }) => {
    if (asking) send(['ASKING']).catch(() => undefined);
    return send(words);
  });
  const [copies, ...settled] = await Promise.allSettled([send(['WAIT', 1, PATIENCE]), ...replies]);
  const copied = copies.status === 'fulfilled' && Number(copies.value) >= 1;
  for (const [at, job] of jobs.entries()) {
    const reply = settled[at];
    if (reply?.status !== 'fulfilled') job.reject(plain(reply?.reason));
    else if (copied) job.resolve(reply.value);
    else job.reject(new NoCopy(PATIENCE, reply.value));
  }
  return copied || copies.status === 'rejected';
}

/** The library hangs the command with its arguments on the error; those do not belong into a log. */
const plain = (error: unknown): Error => new Error(`Redis: ${error instanceof Error ? error.message : 'failed'}`);
