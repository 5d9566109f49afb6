/** Reads the URL of a Redis: one server, a master that sentinels know, or a cluster. No text of an error holds the password. */

export interface Host {
  readonly host: string;
  readonly port: number;
}

export interface RedisAddress {
  readonly kind: 'server' | 'sentinel' | 'cluster';
  /** The server, the sentinels, or some nodes of the cluster. */
  readonly hosts: readonly Host[];
  readonly tls: boolean;
  readonly username?: string;
  readonly password?: string;
  readonly db: number;
  /** What the sentinels call the master. */
  readonly master?: string;
}

const schemes = {
  'redis:': { kind: 'server', tls: false, port: 6379 },
  'rediss:': { kind: 'server', tls: true, port: 6379 },
  'redis+sentinel:': { kind: 'sentinel', tls: false, port: 26379 },
  'redis+cluster:': { kind: 'cluster', tls: false, port: 6379 },
} as const;

/** `redis://user:pass@host:port/db`, `rediss://…`, `redis+sentinel://h1:p,h2:p/name`, `redis+cluster://h1,h2:p`. Throws a `RangeError`. */
export function parseRedisUrl(url: string): RedisAddress {
  const end = url.indexOf('://');
  const scheme = Object.entries(schemes).find(([name]) => name === url.slice(0, end + 1))?.[1];
  if (!scheme) throw new RangeError('the URL of a Redis begins with redis://, rediss://, redis+sentinel:// or redis+cluster://');
  const rest = url.slice(end + 3);
  const at = rest.lastIndexOf('@');
  const slash = rest.indexOf('/', at + 1);
  const hosts = (slash < 0 ? rest.slice(at + 1) : rest.slice(at + 1, slash)).split(',').map((host) => hostOf(host, scheme.port));
  const path = slash < 0 ? '' : rest.slice(slash + 1);
  const { kind, tls } = scheme;
  if (kind === 'server' && hosts.length > 1)
    throw new RangeError('redis:// takes one host; several are for redis+sentinel:// and redis+cluster://');
  return { kind, tls, hosts, ...credentialsOf(rest.slice(0, Math.max(0, at))), ...placeOf(kind, path) };
}

function hostOf(text: string, port: number): Host {
  const read = /^(?:\[([0-9a-fA-F:.]{2,45})\]|([A-Za-z0-9._-]{1,253}))(?::(\d{1,5}))?$/.exec(text);
  const host = read?.[1] ?? read?.[2];
  const given = read?.[3] === undefined ? port : Number(read[3]);
  if (!host || given < 1 || given > 65535) throw new RangeError('a host of the Redis URL is not host, host:port or [address]:port');
  return { host, port: given };
}

function credentialsOf(text: string): Pick<RedisAddress, 'username' | 'password'> {
  if (text === '') return {};
  const colon = text.indexOf(':');
  const username = decode(colon < 0 ? text : text.slice(0, colon));
  const password = colon < 0 ? '' : decode(text.slice(colon + 1));
  return { ...(username ? { username } : {}), ...(password ? { password } : {}) };
}

function decode(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    throw new RangeError('user and password of the Redis URL are to be percent-encoded');
  }
}

/** What stands behind the hosts: a number for a server, the master's name for sentinels, nothing for a cluster. */
function placeOf(kind: RedisAddress['kind'], path: string): Pick<RedisAddress, 'db' | 'master'> {
  if (kind === 'sentinel') {
    if (!/^[A-Za-z0-9._-]{1,128}$/.test(path))
      throw new RangeError('redis+sentinel:// ends with the name of the master: redis+sentinel://h1,h2,h3/name');
    return { db: 0, master: path };
  }
  if (path === '') return { db: 0 };
  if (kind === 'cluster' || !/^\d{1,5}$/.test(path))
    throw new RangeError('behind the host of a Redis URL stands the number of a database, or nothing');
  return { db: Number(path) };
}
