/** `backup FILE`: the store as it is at one moment, in one file, while relays use it. For SQLite; a Redis is copied by its own means. */
import { existsSync } from 'node:fs';
import { loadSettings } from '../config/load.ts';
import { backupSqlite } from '../store/sqlite.ts';

const ofRedis = `A Redis is copied by its own means (see README, Backup and restore):
  redis-cli BGSAVE                      then copy dump.rdb when LASTSAVE has changed, of every master
  or copy the folder appendonlydir while "CONFIG SET auto-aof-rewrite-percentage 0" holds
`;

export async function backup([file = '']: readonly string[]): Promise<number> {
  const { storeUrl } = loadSettings({ env: process.env, cwd: process.cwd() });
  if (!storeUrl.startsWith('sqlite:')) {
    process.stderr.write(ofRedis);
    return 2;
  }
  if (file === '') {
    process.stderr.write('usage: backup FILE   (a new one)\n');
    return 2;
  }
  if (existsSync(file)) {
    process.stderr.write('There is such a file already: give a new one.\n');
    return 2;
  }
  const { bytes, schema } = backupSqlite(storeUrl.slice('sqlite:'.length), file);
  process.stdout.write(`${bytes} bytes, schema ${schema}, looked through. It is of no use without RELAY_SECRET: keep that elsewhere.\n`);
  return 0;
}
