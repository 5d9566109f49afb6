/**
 * Does the time of an answer at RCPT tell why there is no such address (requirement A4), or that one is blocked (A13)? Asks a real relay, on
 * SQLite and on Redis, for addresses of each class in random order, and compares the times of each class with those of the first one of its
 * group: an address that never was where the answer is 550, a live one where it is 250.
 *
 *   node test/load/timing.ts [--batches 2000] [--lanes 2] [--store sqlite|redis]
 *
 * `wins`: how often an answer of this class takes longer than one of the first class (0.5: as often as not; Mann-Whitney U / n²), and
 * `p`: how often chance alone is that far from 0.5. The second class is the first once more: what is found there is noise.
 */
import { randomInt } from 'node:crypto';
import { commandLine } from '../support/command-line.ts';
import { startRedis } from '../support/redis.ts';
import { type Relay, startRelay } from '../support/relay.ts';
import { dial } from '../support/smtp.ts';

const { values } = commandLine(import.meta.filename, {
  options: {
    batches: { type: 'string', default: '2000' },
    lanes: { type: 'string', default: '2' },
    store: { type: 'string' },
  },
});
const batches = Number(values.batches);
const lanes = Number(values.lanes);

const alphabet = '0123456789abcdefghjkmnpqrstvwxyz';
const letters = (length: number, from = alphabet): string => Array.from({ length }, () => from[randomInt(from.length)]).join('');
const past = '2020-01-01T00:00:00Z';

/** Makes an address of a class, each time another one where there can be. */
type Classes = Readonly<Record<string, () => string>>;

/** Classes that get one answer. */
interface Group {
  readonly answer: string;
  readonly classes: Classes;
}

async function prepare({ call }: Relay): Promise<readonly Group[]> {
  const party = (id: string, role: string) =>
    call('PUT', `/v1/parties/${id}`, { role, name: 'Jane Doe', mailboxes: [{ address: `${id}@mail.example` }] });
  const made = { forgotten: [] as string[], ended: [] as string[], live: [] as string[], blocked: [] as string[] };
  for (let at = 0; at < 20; at++) {
    for (const kind of ['forgotten', 'ended', 'live', 'blocked'] as const) {
      await party(`b-${kind}-${at}`, 'buyer');
      await party(`s-${kind}-${at}`, 'seller');
      const { body } = await call('PUT', '/v1/conversations', { buyer: `b-${kind}-${at}`, seller: `s-${kind}-${at}` });
      made[kind].push(`${body.buyerAlias}`, `${body.sellerAlias}`);
      if (kind === 'ended') await call('PUT', `/v1/conversations/${body.id}/expiry`, { expiresAt: past });
      if (kind === 'blocked')
        for (const by of ['buyer', 'seller']) await call('PUT', `/v1/conversations/${body.id}/block`, { by, blocked: true });
      if (kind === 'forgotten') await call('DELETE', `/v1/parties/b-${kind}-${at}`);
    }
  }
  const one = (list: readonly string[]): string => list[randomInt(list.length)] ?? '';
  const [domain = ''] = (made.live[0] ?? '').split('@').slice(1);
  const wrongCheck = (alias: string): string => `${alias.slice(0, 23)}${alias[23] === '0' ? '1' : '0'}@${domain}`;
  const gone: Classes = {
    'never was': () => `${letters(24)}@${domain}`,
    'never was, again': () => `${letters(24)}@${domain}`,
    'wrong check digit': () => wrongCheck(one(made.live)),
    'own address, wrong check': () => `b-${letters(16)}-${letters(8, 'abcdefghijklmnopqrstuvwxyz234567')}@${domain}`,
    'no form of ours': () => `${letters(randomInt(1, 40))}@${domain}`,
    forgotten: () => one(made.forgotten),
    ended: () => one(made.ended),
  };
  const taken: Classes = { live: () => one(made.live), 'live, again': () => one(made.live), blocked: () => one(made.blocked) };
  return [
    { answer: '550 5.1.1 No such address here', classes: gone },
    { answer: '250 2.1.5', classes: taken },
  ];
}

/** Milliseconds of each answer, by class. One connection a batch, each class once in it, shuffled. */
async function measure(port: number, { answer, classes }: Group): Promise<ReadonlyMap<string, number[]>> {
  const times = new Map(Object.keys(classes).map((name): [string, number[]] => [name, []]));
  let left = batches;
  const lane = async () => {
    while (left-- > 0) {
      using client = await dial(port);
      const order = Object.entries(classes)
        .map(([name, make]) => ({ name, make, by: Math.random() }))
        .sort((a, b) => a.by - b.by);
      for (const { name, make } of order) {
        // A mail has one recipient here: whoever was taken must go before the next one may come.
        await client.command('RSET', /^250 /);
        await client.command('MAIL FROM:<ada@mail.example>', /^250 /);
        const line = `RCPT TO:<${make()}>`;
        const began = performance.now();
        const { text } = await client.command(line);
        times.get(name)?.push(performance.now() - began);
        if (!text.startsWith(answer)) throw new Error(`${name}: ${text}`);
      }
    }
  };
  await Promise.all(Array.from({ length: lanes }, lane));
  return times;
}

const at = (sorted: readonly number[], share: number): number => sorted[Math.floor(share * (sorted.length - 1))] ?? 0;

/** How often one of `a` is greater than one of `b`, and the two-sided p of that by the normal approximation. */
function compare(a: readonly number[], b: readonly number[]): { readonly wins: number; readonly p: number } {
  const all = [...a.map((value) => ({ value, mine: true })), ...b.map((value) => ({ value, mine: false }))].sort(
    (x, y) => x.value - y.value,
  );
  const ranks = all.reduce((sum, { mine }, index) => (mine ? sum + index + 1 : sum), 0);
  const u = ranks - (a.length * (a.length + 1)) / 2;
  const wins = u / (a.length * b.length);
  const deviation = Math.sqrt((a.length + b.length + 1) / (12 * a.length * b.length));
  return { wins, p: Math.min(1, 2 * (1 - normal(Math.abs(wins - 0.5) / deviation))) };
}

/** The normal distribution function, to four digits (Abramowitz and Stegun 26.2.17). */
function normal(z: number): number {
  const t = 1 / (1 + 0.2316419 * z);
  const tail = t * (0.31938153 + t * (-0.356563782 + t * (1.781477937 + t * (-1.821255978 + t * 1.330274429))));
  return 1 - (Math.exp((-z * z) / 2) / Math.sqrt(2 * Math.PI)) * tail;
}

function print(store: string, times: ReadonlyMap<string, number[]>): void {
  const [first = []] = times.values();
  process.stdout.write(`\n${store}: ${first.length} answers of each class, milliseconds\n`);
  process.stdout.write(`${'class'.padEnd(26)}${['5 %', 'median', '95 %', 'wins', 'p'].map((head) => head.padStart(9)).join('')}\n`);
  for (const [name, all] of times) {
    const sorted = all.toSorted((a, b) => a - b);
    const { wins, p } = all === first ? { wins: 0.5, p: 1 } : compare(all, first);
    const cells = [at(sorted, 0.05), at(sorted, 0.5), at(sorted, 0.95), wins, p].map((value) => value.toFixed(3).padStart(9));
    process.stdout.write(`${name.padEnd(26)}${cells.join('')}\n`);
  }
}

async function run(store: 'sqlite' | 'redis'): Promise<void> {
  const redis = store === 'redis' ? await startRedis() : undefined;
  const env = { RATE_LIMITS: 'off', ...(redis && { STORE_URL: redis.url }) };
  try {
    await using relay = await startRelay({ env });
    for (const group of await prepare(relay)) print(`${store}, ${group.answer}`, await measure(relay.smtpPort, group));
  } finally {
    await redis?.stop();
  }
}

for (const store of ['sqlite', 'redis'] as const) if (values.store === undefined || values.store === store) await run(store);
