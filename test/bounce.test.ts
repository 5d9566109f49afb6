/** The way of a bounce, from the bytes to the author's mailbox: real store, real outbox, real journal; only the clock is ours. */
import { randomBytes } from 'node:crypto';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { type BouncePorts, looksLikeReturnPath, takeBounce } from '../src/bounce.ts';
import { ownAddress } from '../src/directory/own-address.ts';
import type { Event, Fields } from '../src/journal/log.ts';
import { createMetrics } from '../src/journal/metrics.ts';
import type { Mailbox } from '../src/model/address.ts';
import type { Event as Told } from '../src/model/event.ts';
import type { Received } from '../src/model/message.ts';
import { replies } from '../src/model/reply.ts';
import type { Conversation, Party } from '../src/model/route.ts';
import { openSqlite } from '../src/store/sqlite.ts';
import type { OutboxItem, Store } from '../src/store/store.ts';
import { openVault } from '../src/store/vault.ts';
import { buyer, entry, lendAll, mailbox, seller } from './store/fixtures.ts';

const domain = 'relay.market.example';
const HOUR = 3_600_000;
const sentAt = Date.UTC(2026, 2, 9, 14, 5);
const jane = mailbox('jane.roe@mail.example');
const hanna = mailbox('hanna@oakbench.example');

let time: number;
let store: Store;
let ports: BouncePorts;
let noted: (readonly [Event, Fields | undefined])[];
let told: Told[];
let woken: number;
let pair: Conversation;

beforeEach(async () => {
  time = sentAt + HOUR;
  noted = [];
  told = [];
  woken = 0;
  const vault = openVault([randomBytes(32)]);
  store = await openSqlite(':memory:', { vault, mint: () => `x${randomBytes(10).toString('hex')}`, now: () => time });
  ports = {
    store,
    recorder: {
      journal: store.journal,
      note: (event, fields) => noted.push([event, fields]),
      metrics: createMetrics(),
      tell: (event) => told.push(event),
    },
    aliases: { domains: [domain], displayNames: 'initial', checks: () => [] },
    office: { domain, commandAddressFor: (trace) => `c-${trace}@${domain}` },
    wake: () => {
      woken += 1;
    },
  };
  const parties = [
    { ...buyer(jane), id: 'b-1', name: 'Jane Roe' },
    { ...seller(hanna), id: 's-1', name: 'Hanna Okafor', locale: 'de-AT', notices: 'off' as const },
  ];
  for (const party of parties) await store.directory.putParty(party);
  pair = await store.directory.open('b-1', 's-1');
  await relayed('trace00000000001');
});
afterEach(() => store[Symbol.asyncDispose]());

/** As the relay leaves it when the next hop has taken a message of the seller's. */
async function relayed(trace: string, at = sentAt): Promise<void> {
  await store.journal.add({ ...entry(pair.id, at, trace), direction: 'seller_to_buyer' });
}

const file = (name: string): Buffer => readFileSync(join(import.meta.dirname, 'bounce', `${name}.eml`));
const received = (raw: Uint8Array | string, trace = 'b0unce0000000001'): Received => ({
  trace,
  envelope: { reversePath: '', forwardPath: `b-x@${domain}`, client: { ip: '192.0.2.77', helo: 'mx.mail.example', tls: true } },
  raw: typeof raw === 'string' ? Buffer.from(raw.replaceAll('\n', '\r\n')) : raw,
  at: time,
});
const bounce = (name: string, of = 'trace00000000001') => takeBounce(received(file(name)), of, ports);
const marksOf = async (party: string) => (await store.directory.party(party))?.mailboxes.map(({ unreachable }) => unreachable?.reason);
const counted = async (outcome: string): Promise<number> =>
  Number(new RegExp(`^postern_bounces_total\\{outcome="${outcome}"\\} (\\d+)$`, 'm').exec(await ports.recorder.metrics.render())?.[1] ?? 0);
const textOf = ({ bytes }: OutboxItem): string => Buffer.from(bytes).toString('latin1');
const only = (items: readonly OutboxItem[]): OutboxItem => {
  expect(items).toHaveLength(1);
  const [item] = items;
  if (!item) throw new Error('no item');
  return item;
};

test('the author is told, in the own language and whatever the choice of notices, that it came back and why', async () => {
  await store.threads.pair(pair.id, 'seller', 'bench.1@mail.oakbench.example', `k3v9qq0m2s@${domain}`);
  expect(await bounce('postfix-full')).toBe(replies.taken);
  const item = only(await lendAll(store));
  expect(item).toMatchObject({ id: 'notice:bounced:trace00000000001', reversePath: '', recipient: hanna, trace: 'trace00000000001' });
  expect(woken).toBe(1);
  const notice = textOf(item);
  expect(notice).toContain('Guten Tag Hanna O.,');
  expect(notice).toContain('Das Postfach der anderen Seite ist voll.');
  expect(notice).toMatch(/^In-Reply-To: <bench\.1@mail\.oakbench\.example>\r$/m);
  expect(notice).toMatch(/^Auto-Submitted: auto-replied\r$/m);
  expect(notice).toMatch(/^Status: 5\.2\.2\r$/m);
  expect(notice).toContain(`Final-Recipient: rfc822; ${pair.buyerLocal}@${domain}`);
  expect(notice).toContain(`To: "Hanna O." <${pair.sellerLocal}@${domain}>`);
  expect(await store.journal.entry('trace00000000001')).toMatchObject({ bouncedAt: time, bounceReason: 'full' });
  expect(await marksOf('b-1')).toEqual([undefined]);
});

test('in either direction: a buyer whose answer came back is told in the own language', async () => {
  await store.journal.add({ ...entry(pair.id, sentAt, 'trace00000000002'), direction: 'buyer_to_seller' });
  await bounce('gmail-blocked', 'trace00000000002');
  const item = only(await lendAll(store));
  expect(item.recipient).toBe(jane);
  expect(textOf(item)).toContain('Hello Jane R.,');
  expect(textOf(item)).toContain(`Final-Recipient: rfc822; ${pair.sellerLocal}@${domain}`);
});

test('no word of the far side is in what the author gets, whatever mail system wrote it', async () => {
  const names = readdirSync(join(import.meta.dirname, 'bounce')).filter((name) => name.endsWith('.eml'));
  let told = 0;
  for (const [at, name] of names.entries()) {
    const trace = `t${String(at).padStart(15, '0')}`;
    await relayed(trace);
    expect(await bounce(name.slice(0, -4), trace)).toBe(replies.taken);
  }
  for (const item of await lendAll(store)) {
    told += 1;
    expect(textOf(item)).not.toMatch(/jane\.|\broe\b|mail\.example|192\.0|\b55\d\b|Remote-MTA|Diagnostic|smtp;|postfix|exim|gmail/i);
  }
  expect(told).toBeGreaterThan(80);
  // And nothing of it in the log.
  expect(JSON.stringify(noted)).not.toMatch(/jane|roe|mail\.example|550/i);
});

test('once for each message, however often it comes back', async () => {
  await bounce('postfix-unknown');
  const item = only(await lendAll(store));
  await store.outbox.done(item.id);
  time += 10 * 24 * HOUR;
  expect(await bounce('exim-unknown')).toBe(replies.taken);
  expect(await lendAll(store)).toEqual([]);
  expect(await counted('again')).toBe(1);
  const about = { trace: 'trace00000000001', conversation: pair.id, direction: 'seller_to_buyer' };
  expect(told).toEqual([{ type: 'bounced', at: sentAt + HOUR, reason: 'unknown', ...about }]);
  await relayed('trace00000000002');
  await Promise.all([bounce('postfix-full', 'trace00000000002'), bounce('gmail-full', 'trace00000000002')]);
  expect(await lendAll(store)).toHaveLength(1);
});

test.each([
  ['exim-warning', 'delayed'],
  ['postfix-success', 'delivered'],
  ['vacation', 'answer'],
  ['read-receipt', 'answer'],
])('%s is taken and goes nowhere, is counted and stands in the journal', async (name, outcome) => {
  expect(await bounce(name)).toBe(replies.taken);
  expect(await lendAll(store)).toEqual([]);
  expect(await counted(outcome)).toBe(1);
  expect(await store.journal.entry('b0unce0000000001')).toMatchObject({
    disposition: 'drop',
    reason: expect.stringContaining('trace00000000001'),
  });
  expect(await store.journal.entry('trace00000000001')).not.toHaveProperty('bouncedAt');
  expect(await marksOf('b-1')).toEqual([undefined]);
  expect(noted.map(([event]) => event)).toEqual(['bounced', 'message']);
});

test('a return-path of a message that nobody knows, or of parties that are gone: taken, counted, told to nobody', async () => {
  expect(await bounce('postfix-unknown', 'trace00000000009')).toBe(replies.taken);
  await store.directory.forget('s-1');
  expect(await bounce('postfix-unknown')).toBe(replies.taken);
  expect(await counted('stray')).toBe(2);
  expect(await lendAll(store)).toEqual([]);
});

test('a bounce that is faster than our own journal is heard all the same', async () => {
  const taken = bounce('postfix-full', 'trace00000000005');
  setTimeout(() => void relayed('trace00000000005'), 50);
  await taken;
  expect(await lendAll(store)).toHaveLength(1);
});

test('garbage is taken, and told to nobody', async () => {
  for (const raw of ['', '\0\xff', 'Subject: x', 'Content-Type: multipart/report; boundary=""\n\n--\n', '\n\n\n']) {
    expect(await takeBounce(received(raw), 'trace00000000001', ports)).toBe(replies.taken);
  }
  expect(await lendAll(store)).toEqual([]);
});

test('a store that is away defers the bounce, and says so in the log', async () => {
  await store[Symbol.asyncDispose]();
  expect(await bounce('postfix-unknown')).toBe(replies.tryLater);
  expect(await counted('late')).toBe(1);
  expect(noted.map(([event]) => event)).toContain('unexpected');
});

describe('a mailbox that does not exist', () => {
  const [desk, old] = [mailbox('desk@mail.example'), mailbox('old@mail.example')];
  const put = (...addresses: readonly Mailbox[]): Promise<Party> =>
    store.directory.putParty({ ...buyer(...addresses), id: 'b-1', name: 'Jane Roe' });

  test('is marked, with the time; a full one, or one whose provider refused, is not', async () => {
    await bounce('gmail-full');
    await relayed('trace00000000002');
    await bounce('yahoo-policy', 'trace00000000002');
    expect(await marksOf('b-1')).toEqual([undefined]);
    await relayed('trace00000000003');
    await bounce('exchange-html-only', 'trace00000000003');
    expect((await store.directory.party('b-1'))?.mailboxes).toMatchObject([
      { address: jane, unreachable: { at: time, reason: 'unknown' } },
    ]);
    expect(await marksOf('s-1')).toEqual([undefined]);
  });

  test('is the one that the report names, else the one it went to', async () => {
    await put(desk, jane);
    await bounce('postfix-unknown');
    expect(await marksOf('b-1')).toEqual([undefined, 'unknown']);
    await put(old);
    await relayed('trace00000000002');
    // The report names an address behind the mailbox: where that forwards to.
    await bounce('domino', 'trace00000000002');
    expect(await marksOf('b-1')).toEqual(['unknown']);
  });

  test('of several that got it, none is marked where none is named', async () => {
    await put(desk, old);
    await bounce('postfix-unknown');
    expect(await marksOf('b-1')).toEqual([undefined, undefined]);
    expect(await lendAll(store)).toHaveLength(1);
  });

  test('nobody is told where another mailbox of the party got the message', async () => {
    await put(desk, jane);
    await bounce('postfix-unknown');
    expect(await lendAll(store)).toEqual([]);
    expect(await store.journal.entry('trace00000000001')).not.toHaveProperty('bouncedAt');
    // Unless the first one had refused it: then the second one was the last hope.
    await put(desk, jane);
    await store.directory.markMailbox('b-1', desk, { at: sentAt + 1000, reason: 'unknown' });
    await bounce('postfix-unknown');
    expect((await lendAll(store)).map(({ trace }) => trace)).toEqual(['trace00000000001']);
    await put(jane, desk);
    await relayed('trace00000000002');
    await bounce('postfix-unknown', 'trace00000000002');
    expect(await lendAll(store)).toHaveLength(1);
  });

  test('that a late bounce of an earlier message is about does not drag the next one along', async () => {
    await put(old, desk);
    await relayed('trace00000000002', sentAt + 60_000);
    await store.directory.markMailbox('b-1', old, { at: sentAt + 120_000, reason: 'unknown' });
    // It was sent to both; the first one was marked later, and the report names neither.
    await bounce('domino', 'trace00000000002');
    expect(await marksOf('b-1')).toEqual(['unknown', undefined]);
    // It was sent when the first one was known to be gone: so it is about the second.
    await relayed('trace00000000003', sentAt + 180_000);
    await bounce('domino', 'trace00000000003');
    expect(await marksOf('b-1')).toEqual(['unknown', 'unknown']);
  });

  test('keeps its first mark when messages from before come back too', async () => {
    await relayed('trace00000000002');
    await bounce('postfix-unknown');
    time += HOUR;
    await bounce('postfix-unknown', 'trace00000000002');
    const [one] = (await store.directory.party('b-1'))?.mailboxes ?? [];
    expect(one?.unreachable?.at).toBe(time - HOUR);
  });

  test('of the author: nobody can be told, and the journal has it', async () => {
    await store.directory.markMailbox('s-1', hanna, { at: time, reason: 'unknown' });
    await bounce('postfix-full');
    expect(await lendAll(store)).toEqual([]);
    expect(await store.journal.entry('trace00000000001')).toMatchObject({ bounceReason: 'full' });
    expect(noted.find(([event]) => event === 'bounced')?.[1]?.reason).toContain('nobody can be told');
  });
});

test('the author gets it where the author writes from', async () => {
  const party = seller(mailbox('team@oakbench.example'), hanna);
  const mailboxes = party.mailboxes.map((one, at) => ({ ...one, sends: at === 1 }));
  await store.directory.putParty({ ...party, id: 's-1', mailboxes });
  await bounce('postfix-full');
  expect(only(await lendAll(store)).recipient).toBe(hanna);
});

test('a return-path with a wrong check still looks like one; an alias and an answer to a notice do not', () => {
  const address = ownAddress({ kind: 'bounce', trace: 'trace00000000001' }, domain, () => Buffer.alloc(5));
  expect(looksLikeReturnPath(address)).toBe(true);
  for (const other of [`x7k2m4q9x1c5v8n3d@${domain}`, address.replace('b-', 'c-'), `b-${domain}`])
    expect(looksLikeReturnPath(other)).toBe(false);
});
