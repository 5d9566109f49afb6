import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { openRedis } from '../../src/store/redis.ts';
import { openSqlite } from '../../src/store/sqlite.ts';
import type { Store } from '../../src/store/store.ts';
import { openVault } from '../../src/store/vault.ts';
import { bytesBelow, eventually, type RedisServer, startRedis } from '../support/redis.ts';
import { forgetContract } from './contract-forget.ts';
import { secrets, setupWith } from './fixtures.ts';

const vault = openVault([secrets.a]);

/** The value, and what it seals, if it does; also in JSON, where it stands in base64. */
function opened(value: Buffer): readonly Buffer[] {
  const inside = /"item":"([^"]+)"/.exec(value.toString('latin1'))?.[1];
  return [value, inside === undefined ? value : Buffer.from(inside, 'base64')].flatMap((it) => [it, vault.peek(it) ?? it]);
}

describe('SQLite', () => {
  const directory = mkdtempSync(join(tmpdir(), 'postern-forget-'));
  const path = join(directory, 'store.db');
  let store: Store;

  beforeAll(async () => {
    store = await openSqlite(path, setupWith());
  });

  afterAll(async () => {
    await store[Symbol.asyncDispose]();
    rmSync(directory, { recursive: true, force: true });
  });

  forgetContract(
    () => store,
    async () => {
      const rows = new DatabaseSync(path);
      const tables = rows.prepare(`SELECT name FROM sqlite_schema WHERE type = 'table'`).all();
      const values = tables.flatMap(({ name }) =>
        rows
          .prepare(`SELECT * FROM "${String(name)}"`)
          .all()
          .flatMap(Object.values),
      );
      rows.close();
      return [
        bytesBelow(directory),
        ...values.flatMap((it) => opened(it instanceof Uint8Array ? Buffer.from(it) : Buffer.from(String(it)))),
      ];
    },
  );
});

describe('Redis', () => {
  let server: RedisServer;
  let store: Store;

  beforeAll(async () => {
    server = await startRedis();
    store = await openRedis(server.url, setupWith());
  });

  afterAll(async () => {
    await store[Symbol.asyncDispose]();
    await server.stop();
  });

  forgetContract(
    () => store,
    async () => {
      // The AOF as a new one: what is in the old one goes with the next rewrite. As text, so that each value stands in it as it is.
      await server.command('BGREWRITEAOF');
      await eventually('it is written', async () => {
        const info = await server.command('INFO', 'persistence');
        return info.includes('aof_rewrite_in_progress:0') && info.includes('aof_rewrite_scheduled:0');
      });
      return valuesIn(bytesBelow(join(server.directory, 'appendonlydir')));
    },
  );
});

/** Every word of every command of an AOF: `$length`, CRLF, so many bytes. */
function valuesIn(aof: Buffer): readonly Buffer[] {
  const values: Buffer[] = [];
  for (let at = aof.indexOf('$'); at >= 0; ) {
    const end = aof.indexOf('\r\n', at);
    const length = Number(aof.toString('latin1', at + 1, end));
    values.push(...opened(aof.subarray(end + 2, end + 2 + length)));
    at = aof.indexOf('$', end + 4 + length);
  }
  return values;
}
