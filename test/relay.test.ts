/** What becomes of a message where the gate finds what is not there, and where mailboxes are gone. */
import { randomBytes } from 'node:crypto';
import { mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Fields } from '../src/journal/log.ts';
import { createMetrics } from '../src/journal/metrics.ts';
import { parseMailbox } from '../src/model/address.ts';
import type { Event as Told } from '../src/model/event.ts';
import type { Received } from '../src/model/message.ts';
import { openMaildir } from '../src/outbound/maildir.ts';
import { Refusal, replies } from '../src/model/reply.ts';
import { defaultPolicy } from '../src/policy/policy.ts';
import { createRelay, createRelease, type Ports } from '../src/relay.ts';
import { openSqlite } from '../src/store/sqlite.ts';
import type { Store } from '../src/store/store.ts';
import { openVault } from '../src/store/vault.ts';
import { transform } from '../src/transform.ts';

const domain = 'relay.example';
const folder = mkdtempSync(join(tmpdir(), 'postern-gate-'));
const events: (readonly [string, Fields | undefined])[] = [];
const told: Told[] = [];
let store: Store;
let ports: Ports;
let alias = '';

beforeAll(async () => {
  store = await openSqlite(':memory:', { vault: openVault([randomBytes(32)]), mint: () => `x${randomBytes(10).toString('hex')}` });
  const party = (id: string, role: 'buyer' | 'seller', address: string) => {
    const mailbox = parseMailbox(address);
    if (!mailbox) throw new Error('no mailbox');
    const mailboxes = [{ address: mailbox, receives: true, sends: true }];
    return store.directory.putParty({ id, role, name: 'Jo Doe', mailboxes, locale: 'en', messaging: 'enabled', notices: 'each' });
  };
  await party('b-1', 'buyer', 'jo@buyer.example');
  await party('s-1', 'seller', 'bo@shop.example');
  alias = `${(await store.directory.open('b-1', 's-1')).sellerLocal}@${domain}`;
  const addressFor = (trace: string) => `c-${trace}@${domain}`;
  ports = {
    store,
    outbound: openMaildir(join(folder, 'out')),
    recorder: {
      journal: store.journal,
      note: (event, fields) => events.push([event, fields]),
      metrics: createMetrics(),
      tell: (event) => told.push(event),
    },
    policy: defaultPolicy,
    proof: { proof: 'off', resolver: async () => [], name: domain, trustedSealers: [] },
    aliases: { domains: [domain], displayNames: 'initial', checks: (text) => [text], organisationOf: (name) => name },
    rateLimits: false,
    async transform(work) {
      const done = await transform(work);
      return done.kind === 'judged' ? { ...done, leaks: [{ what: 'mailbox', whose: 'author', where: 'part 1 text/plain' }] } : done;
    },
    messageIdFor: (...parts) => `${parts.join('.')}@${domain}`,
    returnPathFor: addressFor,
    reportLinkFor: addressFor,
    doneLinkFor: addressFor,
    answerFor: (trace) => ({ mail: addressFor(trace) }),
    unsubscribeFor: (trace) => ({ mail: addressFor(trace) }),
    office: { domain, commandAddressFor: addressFor },
    wake: () => {},
  };
});
afterAll(async () => {
  await store[Symbol.asyncDispose]();
  rmSync(folder, { recursive: true });
});

const received = (): Received => ({
  trace: 'q7f3k9x2m5t8w1zc',
  envelope: { reversePath: 'jo@buyer.example', forwardPath: alias, client: { ip: '192.0.2.7', helo: 'mx.buyer.example', tls: true } },
  raw: Buffer.from('From: jo@buyer.example\r\nSubject: hi\r\n\r\nHello.\r\n'),
  at: Date.now(),
});
const left = () => readdirSync(join(folder, 'out/new'));

test('what the gate stops is kept, with an alarm that says where, and nothing leaves', async () => {
  expect(await createRelay(ports)(received())).toMatchObject({ code: 250, text: 'Message held for review' });
  expect(events).toContainEqual(['gate-alarm', { trace: 'q7f3k9x2m5t8w1zc', where: ["author's mailbox in part 1 text/plain"] }]);
  expect(told).toMatchObject([{ type: 'held', trace: 'q7f3k9x2m5t8w1zc', disposition: 'hold' }]);
  expect(JSON.stringify(told)).not.toContain('gate');
  expect(left()).toEqual([]);
  expect(await store.holds.read('q7f3k9x2m5t8w1zc')).toMatchObject({ reason: "gate: author's mailbox in part 1 text/plain", party: 'b-1' });
  expect(await store.journal.entry('q7f3k9x2m5t8w1zc')).toMatchObject({ disposition: 'hold' });
  const [notice] = await store.outbox.lend(1, 60);
  expect(Buffer.from(notice?.bytes ?? '').toString()).not.toContain('SEND');
});

test('no SEND lets it out', async () => {
  expect(await createRelease(ports, 'softened')(received())).toMatchObject({ text: 'Message held for review' });
  expect(left()).toEqual([]);
});

describe('a party with several mailboxes', () => {
  const seen: string[] = [];
  const withNextHop = (answer: (recipient: string) => void): Ports => ({
    ...ports,
    transform,
    outbound: {
      async handOver({ recipient }) {
        answer(recipient);
        seen.push(recipient);
      },
      [Symbol.asyncDispose]: async () => {},
    },
  });
  const waiting = async () => {
    const lent = await store.outbox.lend(10, 0.001);
    return lent.filter(({ id }) => id.startsWith('copy:')).map(({ recipient }) => recipient);
  };
  const boxes = ['bo@shop.example', 'ann@shop.example', 'joe@shop.example'];
  beforeAll(async () => {
    const mailboxes = boxes.flatMap((address) => {
      const mailbox = parseMailbox(address);
      return mailbox ? [{ address: mailbox, receives: true, sends: true }] : [];
    });
    await store.directory.putParty({
      id: 's-1',
      role: 'seller',
      name: 'Jo Doe',
      mailboxes,
      locale: 'en',
      messaging: 'enabled',
      notices: 'each',
    });
  });
  const message = (trace: string): Received => ({
    ...received(),
    trace,
    raw: Buffer.from(`From: jo@buyer.example\r\nSubject: hi\r\n\r\nHello ${trace}.\r\n`),
    at: Date.now() - 120_001,
  });

  test('one takes it, the others get copies; one that took it in place of another gets no second one', async () => {
    const relay = createRelay(
      withNextHop((recipient) => {
        if (recipient === boxes[0]) throw new Refusal(replies.recipientUnknown);
      }),
    );
    expect(await relay(message('aaaaaaaaaaaaaaaa'))).toMatchObject({ code: 250 });
    expect(seen).toEqual([boxes[1]]);
    expect(await waiting()).toEqual([boxes[2]]);
  });

  test('where nobody takes it, no copy stays behind', async () => {
    await store.outbox.done('copy:aaaaaaaaaaaaaaaa:2');
    const relay = createRelay(
      withNextHop(() => {
        throw new Refusal(replies.nextHopAway);
      }),
    );
    expect(await relay(message('bbbbbbbbbbbbbbbb'))).toMatchObject({ code: 451 });
    expect(await waiting()).toEqual([]);
  });

  test('where one copy cannot be kept, nothing leaves and none stays behind', async () => {
    const { outbox } = store;
    const put: typeof outbox.put = (item, due) =>
      item.id.endsWith(':2') ? Promise.reject(new Error('the disk is full')) : outbox.put(item, due);
    const broken = { ...withNextHop(() => {}), store: { ...store, outbox: { ...outbox, put } } };
    const before = seen.length;
    expect(await createRelay(broken)(message('cccccccccccccccc'))).toMatchObject({ code: 451 });
    expect(seen).toHaveLength(before);
    expect(await waiting()).toEqual([]);
  });
});
