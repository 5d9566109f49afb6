/** CPU a message as the number of aliases grows: conversations are put straight into the store that a relay then reads. */
import { randomBytes } from 'node:crypto';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { mintLocal } from '../../src/directory/alias.ts';
import { parseMailbox } from '../../src/model/address.ts';
import { openStore } from '../../src/store/open.ts';
import { openVault } from '../../src/store/vault.ts';
import { durable, startRedis } from '../support/redis.ts';
import { type Load, measure } from './measure.ts';
import { startOurs, startSink } from './programs.ts';

/** Aliases, two for each conversation. */
const sizes = [2, 1_000, 100_000, 1_000_000];
/** So many conversations are opened at once. */
const batch = 500;

export async function growth(load: Load, say: (line: string) => void): Promise<void> {
  const folder = mkdtempSync(join(tmpdir(), 'postern-growth-'));
  const redis = await startRedis([...durable.filter((line) => !line.startsWith('appendfsync')), 'appendfsync everysec']);
  try {
    await using sink = await startSink();
    const used = async (): Promise<number> => Number(/used_memory:(\d+)/.exec(await redis.command('INFO', 'memory'))?.[1]);
    const before = await used();
    for (const storeUrl of [`sqlite:${join(folder, 'postern.db')}`, redis.url]) await grow(storeUrl, { next: sink.port, load, say });
    const bytes = ((await used()) - before) / (sizes.at(-1) ?? 1);
    say(`Redis: ${Math.round(bytes)} bytes an alias, with all that a conversation keeps`);
  } finally {
    await redis.stop();
    rmSync(folder, { recursive: true });
  }
}

interface Growing {
  readonly next: number;
  readonly load: Load;
  readonly say: (line: string) => void;
}

async function grow(storeUrl: string, { next, load, say }: Growing): Promise<void> {
  const secret = randomBytes(32);
  const vault = openVault([secret]);
  let conversations = 0;
  for (const size of sizes) {
    await using store = await openStore(storeUrl, {
      vault,
      mint: () => mintLocal((text) => vault.hash('alias', text)),
      allowVolatile: true,
    });
    const address = parseMailbox('bo@shop.example');
    if (!address) throw new Error('no mailbox');
    const party = {
      name: 'Bo',
      mailboxes: [{ address, receives: true, sends: true }],
      locale: 'en',
      messaging: 'enabled',
      notices: 'each',
    } as const;
    await store.directory.putParty({ ...party, id: 's-0', role: 'seller' });
    for (; conversations < size / 2 - 1; conversations += batch) {
      const some = Array.from({ length: Math.min(batch, size / 2 - 1 - conversations) }, (_, at) => `b-${conversations + at}`);
      await Promise.all(some.map((buyer) => store.directory.open(buyer, 's-0')));
    }
    await using ours = await startOurs(next, {
      name: 'Postern',
      storeUrl,
      env: { RELAY_SECRET: secret.toString('base64'), ALLOW_VOLATILE_REDIS: 'on' },
    });
    await measure(ours, { ...load, messages: 200 });
    const { cpu, p50 } = await measure(ours, load);
    say(`${storeUrl.split(':')[0]}, ${size} aliases: ${cpu.toFixed(2)} ms CPU a message, p50 ${p50.toFixed(0)} ms`);
  }
}
