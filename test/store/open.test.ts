import { existsSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { openStore } from '../../src/store/open.ts';
import { parseRedisUrl } from '../../src/store/redis/address.ts';
import { startRedis } from '../support/redis.ts';
import { buyer, setupWith } from './fixtures.ts';

describe('a store', () => {
  test('is opened by its URL: SQLite', async () => {
    const directory = mkdtempSync(join(tmpdir(), 'postern-open-'));
    await using store = await openStore(`sqlite:${directory}/var/postern.db`, setupWith());
    await store.directory.putParty(buyer());
    expect(existsSync(join(directory, 'var/postern.db'))).toBe(true);
    await store[Symbol.asyncDispose]();
    rmSync(directory, { recursive: true });
  });

  test('is opened by its URL: Redis', async () => {
    const server = await startRedis(['appendonly no']);
    await using store = await openStore(server.url, { ...setupWith(), allowVolatile: true });
    await store.directory.putParty(buyer());
    expect(await server.command('DBSIZE')).not.toBe('0');
    await store[Symbol.asyncDispose]();
    await server.stop();
  });

  test.each(['', 'sqlite:', 'postgres://x', 'redisx://h', 'redis+other://h', '/var/postern.db'])('is not opened by %j', async (url) => {
    await expect(openStore(url, setupWith())).rejects.toThrow(RangeError);
  });
});

describe('the URL of a Redis', () => {
  test.each([
    ['redis://h', { kind: 'server', hosts: [{ host: 'h', port: 6379 }], tls: false, db: 0 }],
    ['redis://[::1]:7000/2', { kind: 'server', hosts: [{ host: '::1', port: 7000 }], tls: false, db: 2 }],
    ['rediss://:p%40s@h.example:1/', { kind: 'server', hosts: [{ host: 'h.example', port: 1 }], tls: true, db: 0, password: 'p@s' }],
    ['redis://u:p:q@h', { kind: 'server', hosts: [{ host: 'h', port: 6379 }], tls: false, db: 0, username: 'u', password: 'p:q' }],
    [
      'redis+sentinel://u:p@s1,s2:5,s3/shop',
      {
        kind: 'sentinel',
        hosts: [
          { host: 's1', port: 26379 },
          { host: 's2', port: 5 },
          { host: 's3', port: 26379 },
        ],
        tls: false,
        db: 0,
        username: 'u',
        password: 'p',
        master: 'shop',
      },
    ],
    [
      'redis+cluster://n1,n2:7',
      {
        kind: 'cluster',
        hosts: [
          { host: 'n1', port: 6379 },
          { host: 'n2', port: 7 },
        ],
        tls: false,
        db: 0,
      },
    ],
  ])('%s is read', (url, expected) => {
    expect(parseRedisUrl(url)).toEqual(expected);
  });

  test.each([
    'redis://',
    'redis://a,b',
    'redis://h:0',
    'redis://h:99999',
    'redis://h/x',
    'redis://h/1/2',
    'redis+sentinel://a,b',
    'redis+cluster://a/1',
    'redis+cluster://a,,b',
    'redis://u:secret%zz@h',
    'redis://u:secret@h h',
    'redis://u:secret@h?db=1',
  ])('%s is refused, without its password', (url) => {
    expect(() => parseRedisUrl(url)).toThrow(RangeError);
    expect(() => parseRedisUrl(url)).not.toThrow('secret');
  });
});
