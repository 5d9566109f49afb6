/** Does the store keep what it acknowledged? Looked at without opening it as the relay does: that would bring its tables to this version. */
import { accessSync, constants, existsSync, statfsSync, statSync } from 'node:fs';
import { dirname } from 'node:path';
import { inspectRedis } from '../../store/redis.ts';
import type { RedisReport } from '../../store/redis/inspect.ts';
import { inspectSqlite } from '../../store/sqlite.ts';
import { type Check, codeOf, ok, problem, quoted, type Said, warning } from './check.ts';

/** Bytes; what a busy day writes, and some. */
const littleSpace = 1024 ** 3;
const gigabytes = (bytes: number): string => `${(bytes / 1024 ** 3).toFixed(1)} GB`;

export const store: Check = {
  name: 'store',
  async look({ settings: { storeUrl, workers } }) {
    if (storeUrl === 'sqlite::memory:')
      return [problem('the store is memory alone: all is gone with the process', 'set STORE_URL to a file or a Redis')];
    if (storeUrl.startsWith('sqlite:')) return [...sqlite(storeUrl.slice('sqlite:'.length)), ...manyWriters(workers)];
    try {
      return (await inspectRedis(storeUrl)).flatMap(redis);
    } catch (error) {
      return [problem(error instanceof Error ? quoted(error.message) : 'the Redis cannot be looked at', 'all mail gets 451 meanwhile')];
    }
  },
};

const manyWriters = (workers: number): readonly Said[] =>
  workers > 4 ? [warning(`${workers} workers share one SQLite file, which one writes at a time`, 'use a Redis, or fewer WORKERS')] : [];

function sqlite(path: string): readonly Said[] {
  const space = statfsSync(firstThere(dirname(path)));
  const free = space.bavail * space.bsize;
  const full =
    free < littleSpace ? [warning(`only ${gigabytes(free)} are free where the store is`, 'make room: a full disk defers all mail')] : [];
  if (!existsSync(path)) return [...full, writable(dirname(path)) ?? ok('the store’s file will be made at the first start')];
  const locked = writable(path) ?? writable(dirname(path));
  if (locked) return [locked];
  return [...full, ...inspected(path)];
}

function inspected(path: string): readonly Said[] {
  try {
    const { bytes, schema, newestSchema, integrity } = inspectSqlite(path);
    const newer = `the store was written by a newer version (schema ${schema}, this one knows ${newestSchema})`;
    if (schema > newestSchema) return [problem(newer, 'run that version')];
    if (integrity !== undefined && integrity !== 'ok')
      return [problem(`the store is damaged: ${quoted(integrity)}`, 'stop the relay, put the last backup in its place')];
    const open = (statSync(path).mode & 0o077) !== 0;
    const told = `SQLite, WAL, every commit on the disk; ${bytes} bytes, schema ${schema} of ${newestSchema}`;
    const looked = integrity === undefined ? ', too large to be looked through here' : ', looked through';
    const rights = open ? [warning('others on this machine can read the store’s file', 'chmod 600 it')] : [];
    return [ok(`${told}${looked}`), ...rights];
  } catch (error) {
    return [problem(`the store’s file is none of ours, or cannot be read (${codeOf(error)})`, 'see STORE_URL')];
  }
}

function writable(path: string): Said | undefined {
  try {
    accessSync(firstThere(path), constants.R_OK | constants.W_OK);
    return undefined;
  } catch (error) {
    return problem(`the store’s file or folder cannot be written (${codeOf(error)})`, 'let the relay’s user write there');
  }
}

/** The path, or the nearest folder above that is there already. */
const firstThere = (path: string): string => (existsSync(path) || dirname(path) === path ? path : firstThere(dirname(path)));

function redis(report: RedisReport): readonly Said[] {
  const { name, version, evicts, appendonly, appendfsync, maxmemory, replicas, failsOver, failing } = report;
  const said: Said[] = [];
  const at = `Redis at ${name}`;
  if (evicts === undefined || appendonly === undefined)
    said.push(warning(`${at} does not tell how it keeps data`, 'allow CONFIG GET or INFO to this user'));
  if (evicts !== undefined && evicts !== 'noeviction')
    said.push(problem(`${at} may evict keys (maxmemory-policy ${quoted(evicts)})`, 'set maxmemory-policy noeviction'));
  if (appendonly === 'no') said.push(problem(`${at} keeps its data in memory alone`, 'set appendonly yes'));
  if (failing) said.push(problem(`${at} cannot write to its disk`, 'see its log: disk full, rights'));
  if (appendonly === 'yes' && appendfsync !== undefined && appendfsync !== 'always')
    said.push(warning(`${at}: a power cut can lose the last second (appendfsync ${quoted(appendfsync)})`, 'set appendfsync always'));
  if (failsOver) said.push(...copiesOf(at, replicas));
  if (said.length > 0) return said;
  const limit = maxmemory === undefined || maxmemory === '0' ? 'no limit of memory' : `${maxmemory} bytes of memory`;
  const copies = replicas > 0 ? `${replicas} replicas, of which one has what must last before it counts` : '0 replicas';
  return [ok(`${at}, version ${quoted(version ?? 'unknown')}: keeps all it acknowledges; ${copies}, ${limit}`)];
}

/** Where another server may take this one's place, what it took must lie there too. */
function copiesOf(at: string, replicas: number): readonly Said[] {
  if (replicas === 0)
    return [
      warning(`${at} has no replica in sync: what it takes is lost with it, and nobody can take its place`, 'bring its replicas back'),
    ];
  if (replicas === 1)
    return [warning(`${at} has one replica: while that is away, nothing that needs a copy is taken`, 'give it a second one')];
  return [];
}
