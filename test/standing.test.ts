/** Two relays on one store: one step up the ladder is one statement of reasons, whoever adds the strikes. */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Judged, Letter } from '../src/dispose.ts';
import { createMetrics } from '../src/journal/metrics.ts';
import type { Event as Told } from '../src/model/event.ts';
import type { Conversation, Side } from '../src/model/route.ts';
import { defaultPolicy } from '../src/policy/policy.ts';
import { type StandingPorts, strike } from '../src/standing.ts';
import { openRedis } from '../src/store/redis.ts';
import { openSqlite } from '../src/store/sqlite.ts';
import type { Store } from '../src/store/store.ts';
import { createStandings } from '../src/verdict.ts';
import { buyer, lendAll, message, newId, seller, setupWith } from './store/fixtures.ts';
import { type RedisServer, startRedis } from './support/redis.ts';

const domain = 'relay.example';
const folder = mkdtempSync(join(tmpdir(), 'postern-standing-'));
const now = () => 1_700_000_000_000;
let server: RedisServer;
beforeAll(async () => {
  server = await startRedis();
});
afterAll(async () => {
  await server.stop();
  rmSync(folder, { recursive: true, force: true });
});

const told: Told[] = [];

const portsOf = (store: Store): StandingPorts => ({
  store,
  outbound: { handOver: async () => undefined, [Symbol.asyncDispose]: async () => undefined },
  recorder: { journal: store.journal, note: () => undefined, metrics: createMetrics(), tell: (event) => told.push(event) },
  policy: { ...defaultPolicy, ladder: { ...defaultPolicy.ladder, perDay: 100 } },
  returnPathFor: (trace) => `b-${trace}@${domain}`,
  office: { domain, commandAddressFor: (trace) => `c-${trace}@${domain}` },
  wake: () => undefined,
  aliases: { domains: [domain], displayNames: 'initial', checks: (text) => [text] },
});

const judged = {
  kind: 'judged',
  disposition: {
    kind: 'reject',
    verdicts: [{ rule: 'marketing', action: 'reject', findings: [{ part: 'text', region: 'new', span: '20 % off' }] }],
    asksForReview: false,
  },
  subject: 'Offers',
  leaks: [],
  steps: {},
} as const satisfies Judged;

/** What the ladder looks at; the rest of a letter is none of its business. */
function letterOf({ id: conversation }: Conversation, party: string, at: number): Letter {
  const author = { party, role: 'seller' } as Side;
  const resolved = { route: { conversation, author } } as Letter['resolved'];
  return { received: { ...message(newId('t')), at }, fingerprint: newId('f').repeat(3), resolved } as Letter;
}

test.each([
  ['SQLite', () => openSqlite(join(folder, 'race.db'), setupWith({ now }))],
  ['Redis', () => openRedis(server.url, setupWith({ now }))],
] as const)('%s: ten messages at once are one warning and one block', async (_name, open) => {
  await using first = await open();
  await using second = await open();
  const [b, s] = [buyer(), seller()];
  for (const party of [b, s]) await first.directory.putParty(party);
  const conversation = await first.directory.open(b.id, s.id);
  const strikes = Array.from({ length: 10 }, (_, index) =>
    strike(letterOf(conversation, s.id, now() - index), judged, portsOf(index % 2 ? first : second)),
  );
  await Promise.all(strikes);
  const ledger = await second.standings.ledger(s.id);
  expect(ledger.strikes).toHaveLength(10);
  expect(ledger.measures.map(({ level }) => level)).toEqual(['warned', 'starting-blocked']);
  const mails = await lendAll(first);
  expect(mails.map(({ bytes }) => /^Subject: (.*)\r$/m.exec(Buffer.from(bytes).toString())?.[1]).toSorted()).toEqual([
    'Warning: messages against the rules',
    'You cannot start conversations for now',
  ]);
  const blocks = told.filter(({ party }) => party === s.id);
  expect(blocks).toMatchObject([{ type: 'suspended', level: 'starting-blocked', until: expect.any(Number) }]);
  expect(mails.map(({ recipient }) => recipient)).toEqual([s.mailboxes[0]?.address, s.mailboxes[0]?.address]);
});

describe('a statement of reasons that the store could not take', () => {
  const isFull = async (): Promise<never> => {
    throw new Error('the disk is full');
  };
  const withoutOutbox = (store: Store): Store => ({ ...store, outbox: { ...store.outbox, put: isFull } });
  const decided = (mails: Awaited<ReturnType<typeof lendAll>>) =>
    mails.map(({ bytes }) => /^Subject: (.*)\r$/m.exec(`${Buffer.from(bytes)}`)?.[1]);
  const word = { level: 'all-blocked', reason: 'Stolen goods.' } as const;
  let at = now();
  const tick = () => {
    at += 60_000;
    return at;
  };

  test('goes out once when the same word comes again, whenever that is, and so does the one of its end', async () => {
    await using store = await openSqlite(':memory:', setupWith({ now: () => at }));
    const [good, bad] = [createStandings(portsOf(store), tick), createStandings(portsOf(withoutOutbox(store)), tick)];
    const s = seller();
    await store.directory.putParty(s);
    await expect(bad.set(s.id, word)).rejects.toThrow('the disk is full');
    at += 6 * 86_400_000;
    for (let calls = 0; calls < 3; calls++) expect(await good.set(s.id, word)).toMatchObject({ measure: word });
    const mails = await lendAll(store);
    expect(decided(mails)).toEqual(['Your messages are blocked']);
    expect(`${Buffer.from(mails[0]?.bytes ?? '')}`).toContain('Stolen goods.');
    for (const { id } of mails) await store.outbox.done(id);
    at += 6 * 86_400_000;
    await good.set(s.id, word);
    expect(await lendAll(store)).toEqual([]);
    await expect(bad.unset(s.id)).rejects.toThrow('the disk is full');
    for (let calls = 0; calls < 3; calls++) expect(await good.unset(s.id)).toMatchObject({ measure: { level: 'good' } });
    expect(decided(await lendAll(store))).toEqual(['A restriction has been lifted']);
  });

  test('goes out with the next strike', async () => {
    await using store = await openSqlite(':memory:', setupWith({ now: () => at }));
    const [b, s] = [buyer(), seller()];
    for (const party of [b, s]) await store.directory.putParty(party);
    const conversation = await store.directory.open(b.id, s.id);
    const strikeOn = (place: Store) => strike(letterOf(conversation, s.id, tick()), judged, portsOf(place));
    while ((await store.standings.ledger(s.id)).measures.length === 0) await strikeOn(withoutOutbox(store));
    expect(await lendAll(store)).toEqual([]);
    await strikeOn(store);
    await strikeOn(store);
    expect(decided(await lendAll(store))).toEqual(['Warning: messages against the rules']);
  });
});
