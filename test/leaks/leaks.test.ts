/**
 * The leak corpus (leaks.md), each message in both directions: no secret of the author leaves, and what should arrive does. `measure.ts`
 * beside it prints the same as figures. What a seller gets of a buyer's messages stands in `mail/<id>.out.eml`; `UPDATE_MAIL=1` writes
 * those anew: read the difference before you keep it.
 */
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { corpus } from './corpus.ts';
import { lostIn, spelledIn } from './oracle.ts';
import { castOf, directions, fill } from './people.ts';
import { type Ran, rightly, run, textsOf } from './run.ts';
import type { Sample } from './sample.ts';
import { crossed } from './tables/crossed.ts';
import { handwritten, orphans } from './tables/handwritten.ts';
import { quotes } from './tables/quotes.ts';
import { signatures } from './tables/signatures.ts';

const folder = join(import.meta.dirname, 'mail');
const pictured = new Set([...handwritten, ...quotes, ...signatures]);

function compare({ sample, kind, bytes }: Ran): void {
  const path = join(folder, `${sample.id}.out.eml`);
  const out = bytes ?? Buffer.from(`${kind}\r\n`);
  if (process.env.UPDATE_MAIL) writeFileSync(path, out);
  expect(out.toString('latin1')).toBe(existsSync(path) ? readFileSync(path, 'latin1') : '');
}

/** Every second one of the crossed ones goes one way, the others the other: `measure.ts` runs all of them both ways. */
const alternating = new Map(crossed.map((sample, index) => [sample, directions[index % directions.length]]));

describe.each(directions)('%s', (direction) => {
  const these = corpus.filter((sample) => (alternating.get(sample) ?? direction) === direction);
  test.each(these.map((sample) => [sample.id, sample] as const))('%s', async (_, sample) => {
    const ran = await run(sample, direction);
    const { kind, why, leaked, lost } = ran;
    expect({ leaked, lost }).toEqual({ leaked: [], lost: [] });
    if (!rightly(ran)) throw new Error(`${kind} instead of ${sample.answer ?? 'relay'}: ${why}`);
    const out = ran.bytes?.toString('latin1') ?? '';
    expect({ odd: /[^\t\r\n -~]|(?<!\r)\n|\r(?!\n)/.test(out), long: /[^\n]{1000}/.test(out) }).toEqual({ odd: false, long: false });
    if (direction === 'buyer_to_seller' && pictured.has(sample)) compare(ran);
  });
});

/** What the sample says that it holds and the oracle does not find in what came in. */
async function unfounded(sample: Sample): Promise<readonly string[]> {
  const cast = castOf(sample.pair ?? 'usual', 'seller_to_buyer');
  const raw = sample.raw(cast);
  const { plant = [], planted, keep = [], files = [], octets = [] } = sample;
  const secrets = [...plant.map((secret) => fill(secret, cast)), ...(planted?.(cast) ?? [])];
  const found = await spelledIn(raw, { texts: [...secrets, ...textsOf(sample, cast)], octets });
  const text = raw.toString('utf8');
  const blind = secrets.filter((secret) => !found.includes(secret));
  const carried = found.filter((one) => one.startsWith('octets')).length;
  // What mailparser cannot read of a message out of order, the bytes say.
  const gone = (await lostIn(raw, raw, { keep: keep.map((words) => fill(words, cast)), files })).filter((words) => !text.includes(words));
  return [...blind, ...gone, ...(carried < octets.length ? ['octets'] : []), ...(found.length === 0 ? ['no secret at all'] : [])];
}

describe('the corpus itself', () => {
  test('has more messages than the one that decides, each with a name of its own', () => {
    const ids = corpus.map(({ id }) => id);
    expect(new Set(ids).size).toBe(ids.length);
    expect(ids.length).toBeGreaterThanOrEqual(353);
    expect(orphans).toEqual([]);
  });

  test('the oracle finds each planted secret and each word to keep in what came in', async () => {
    const wrong: string[] = [];
    for (const sample of corpus) {
      const missing = await unfounded(sample);
      if (missing.length > 0) wrong.push(`${sample.id}: ${missing.join(' | ')}`);
    }
    expect(wrong).toEqual([]);
  });
});
