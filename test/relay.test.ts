/** What becomes of a message where the gate finds what is not there, and where mailboxes are gone. */
import { randomBytes } from 'node:crypto';
import { mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { RecentAliases } from '../src/directory/recent.ts';
import type { Fields } from '../src/journal/log.ts';
import { createMetrics } from '../src/journal/metrics.ts';
import { parseMailbox } from '../src/model/address.ts';
import type { Event as Told } from '../src/model/event.ts';
import type { Received } from '../src/model/message.ts';
import { openMaildir } from '../src/outbound/maildir.ts';
import { Refusal, type Reply, replies } from '../src/model/reply.ts';
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
/** Milliseconds by which the store's clock is ahead. */
let ahead = 0;

beforeAll(async () => {
  store = await openSqlite(':memory:', {
    vault: openVault([randomBytes(32)]),
    mint: () => `x${randomBytes(10).toString('hex')}`,
    now: () => Date.now() + ahead,
  });
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
    aliases: {
      domains: [domain],
      displayNames: 'initial',
      checks: (text) => [text],
      organisationOf: (name) => name,
      recent: new RecentAliases(),
    },
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
    ahead = 3_600_000;
    const lent = await store.outbox.lend(10, 0.001);
    ahead = 0;
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
    at: Date.now() - 3_600_000,
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

  test('while mailboxes are tried one after the other the outbox has no copy to send, however old the message is', async () => {
    const due: number[] = [];
    const next = withNextHop((recipient) => {
      if (recipient !== boxes[2]) throw new Refusal(replies.recipientUnknown);
    });
    const { outbound } = next;
    const slow: Ports = {
      ...next,
      outbound: {
        ...outbound,
        async handOver(outgoing) {
          // The last moment that it may take.
          ahead = 119_000;
          due.push((await store.outbox.lend(10, 0.001)).filter(({ id }) => id.startsWith('copy:dddd')).length);
          await outbound.handOver(outgoing);
        },
      },
    };
    seen.length = 0;
    expect(await createRelay(slow)(message('dddddddddddddddd'))).toMatchObject({ code: 250 });
    ahead = 0;
    expect(due).toEqual([0, 0, 0]);
    expect(seen).toEqual([boxes[2]]);
  });

  test('mailboxes that take too long to be refused: no further one is tried, no copy stays, and the message comes again', async () => {
    const { now } = performance;
    const tried: string[] = [];
    const relay = createRelay(
      withNextHop((recipient) => {
        tried.push(recipient);
        performance.now = () => now.call(performance) + 60_001;
        throw new Refusal(replies.recipientUnknown);
      }),
    );
    const reply = await relay(message('eeeeeeeeeeeeeeee')).finally(() => {
      performance.now = now;
    });
    expect(reply).toMatchObject({ code: 451 });
    expect(tried).toEqual([boxes[0]]);
    expect(await waiting()).toEqual([]);
  });

  test('a message whose hand-over takes all the time it may is not handed over twice', async () => {
    const again: Reply[] = [];
    const outbound: Ports['outbound'] = {
      async handOver() {
        seen.push('one');
        // Behind a turn, the work, the scanner and a first mailbox; its sender has had its 451.
        ahead = 219_000;
        if (seen.length === 1) again.push(await createRelay(slow)(message('gggggggggggggggg')));
      },
      [Symbol.asyncDispose]: async () => {},
    };
    const slow: Ports = { ...ports, transform, outbound };
    seen.length = 0;
    const reply = await createRelay(slow)(message('gggggggggggggggg'));
    ahead = 0;
    expect(reply).toMatchObject({ code: 250 });
    expect(again).toMatchObject([{ code: 451, enhanced: '4.4.5' }]);
    expect(seen).toEqual(['one']);
    expect(await waiting()).toEqual([boxes[1], boxes[2]]);
    for (const index of [1, 2]) await store.outbox.done(`copy:gggggggggggggggg:${index}`);
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

describe('a mail from a mailbox that the party did not register', () => {
  const isAway = async (): Promise<never> => {
    throw new Error('the disk is full');
  };
  const mail = (trace: string, forwardPath: string): Received => ({
    ...received(),
    trace,
    envelope: { ...received().envelope, forwardPath },
    raw: Buffer.from(`From: eve@shop.example\r\nSubject: hi\r\n\r\nHello ${trace.slice(0, 4)}.\r\n`),
  });
  const failing = {
    holds: (): Store => ({ ...store, holds: { ...store.holds, keep: isAway } }),
    outbox: (): Store => ({ ...store, outbox: { ...store.outbox, put: isAway } }),
  };
  let toBuyer = '';
  beforeAll(async () => {
    toBuyer = `${(await store.directory.open('b-1', 's-1')).buyerLocal}@${domain}`;
  });

  test.each(Object.keys(failing) as (keyof typeof failing)[])(
    'however often the %s fail, it comes again and its party is asked',
    async (part) => {
      const relay = createRelay({ ...ports, store: failing[part]() });
      for (let calls = 0; calls < 4; calls++)
        expect(await relay(mail(`${part.slice(0, 4)}q7f3k9x2m5t${calls}`, toBuyer))).toMatchObject({ code: 451 });
      expect(await createRelay(ports)(mail(`${part.slice(0, 4)}q7f3k9x2m5tz`, toBuyer))).toMatchObject(replies.held);
    },
  );

  test('what cannot be counted is asked all the same, once', async () => {
    const { spend } = store.quota;
    const uncounted: Store = { ...store, quota: { ...store.quota, spend: (uses) => (uses.length === 1 ? isAway() : spend(uses)) } };
    const relay = createRelay({ ...ports, store: uncounted });
    for (const trace of ['once111111111111', 'once222222222222']) expect(await relay(mail(trace, toBuyer))).toMatchObject(replies.held);
  });

  test('of many at once no more are asked for than one after the other', async () => {
    const relay = createRelay(ports);
    const answered = await Promise.all(Array.from({ length: 8 }, (_, at) => relay(mail(`bu${at}k111111111111`, toBuyer))));
    expect(answered.filter(({ code }) => code === 250)).toHaveLength(1);
    expect(answered.filter(({ code }) => code === 451)).toHaveLength(7);
    expect(await relay(mail('last111111111111', toBuyer))).toMatchObject({ code: 550 });
    const questions = (await store.outbox.lend(100, 60)).filter(({ id }) => id.startsWith('notice:stranger'));
    expect(questions).toHaveLength(4);
  });
});
