/** From an event to the subscriber: real store, real requests; the clock is ours. */
import type { ServerResponse } from 'node:http';
import { Webhook as Verifier } from 'standardwebhooks';
import type { Event } from '../../src/model/event.ts';
import type { Rounds } from '../../src/model/rounds.ts';
import type { Conversation } from '../../src/model/route.ts';
import { openSqlite } from '../../src/store/sqlite.ts';
import type { Store } from '../../src/store/store.ts';
import type { Webhook } from '../../src/store/webhooks.ts';
import { startDeliverer } from '../../src/webhook/deliver.ts';
import { type EventPorts, type Events, startEvents } from '../../src/webhook/events.ts';
import { createPost } from '../../src/webhook/post.ts';
import { mintSecret, rotated } from '../../src/webhook/sign.ts';
import { buyer, seller, setupWith } from '../store/fixtures.ts';
import { eventually } from '../support/redis.ts';
import { type Got, openReceiver, type Receiver } from './receiver.ts';

let receiver: Receiver;
let store: Store;
let deliverer: Rounds;
let events: Events;
let time: number;
let notes: string[];
let pairs: readonly [Conversation, Conversation];

beforeEach(async () => {
  time = Date.now();
  notes = [];
  receiver = await openReceiver();
  store = await openSqlite(':memory:', { ...setupWith(), now: () => time });
  const [b, s, other] = [buyer(), seller(), seller()];
  for (const party of [b, s, other]) await store.directory.putParty(party);
  pairs = [await store.directory.open(b.id, s.id), await store.directory.open(b.id, other.id)];
  deliverer = startDeliverer({
    webhooks: store.webhooks,
    post: createPost({ allowPrivate: true }),
    told: (what, { attempts }, why) => notes.push(`${what} ${attempts}: ${why}`),
    failed: (error) => notes.push(String(error)),
    now: () => time,
    random: () => 0,
  });
  events = startEvents(eventPorts());
});
afterEach(async () => {
  await events.close();
  await deliverer.close();
  await store[Symbol.asyncDispose]();
  await receiver[Symbol.asyncDispose]();
});

const eventPorts = (ports: Partial<EventPorts> = {}): EventPorts => ({
  webhooks: store.webhooks,
  directory: store.directory,
  show: (local) => `${local}@relay.example`,
  wake: () => deliverer.wake(),
  lost: (count, why) => notes.push(`lost ${count}: ${why}`),
  now: () => time,
  ...ports,
});
const subscribe = async (id: string, more: Partial<Webhook> = {}): Promise<Webhook> => {
  const webhook: Webhook = {
    id,
    url: `${receiver.url}/${id}`,
    events: ['relayed', 'rejected'],
    scope: ['ids', 'rules'],
    secrets: [{ secret: mintSecret() }],
    createdAt: time,
    ...more,
  };
  return store.webhooks.change(id, () => webhook);
};
const eventAbout = (conversation: Conversation, trace: string, more: Partial<Event> = {}): Event => ({
  type: 'relayed',
  at: time,
  trace,
  conversation: conversation.id,
  direction: 'buyer_to_seller',
  disposition: 'relay',
  rules: [],
  ...more,
});
const traceOf = ({ body }: Got): string => JSON.parse(body).data.trace;
const traces = (): readonly string[] => receiver.got.map(traceOf);
const isWaiting = async (id: string, waiting: number, dead: number) => {
  const depth = await store.webhooks.depth(id);
  return depth.waiting === waiting && depth.dead === dead;
};

test('a delivery is verified by the library of Standard Webhooks, with the secret of its subscriber alone', async () => {
  const [secret = { secret: '' }] = (await subscribe('shop')).secrets;
  events.tell(eventAbout(pairs[0], 't1', { rules: ['marketing'] }));
  const [got] = await receiver.until(1);
  if (!got) throw new Error('nothing came');
  const { buyer: b, seller: s, id: conversation } = pairs[0];
  const data = { trace: 't1', conversation, buyer: b, seller: s, rules: ['marketing'] };
  expect(new Verifier(secret.secret).verify(got.body, got.headers)).toEqual({
    type: 'relayed',
    timestamp: new Date(time).toISOString(),
    data,
  });
  expect(got.headers['webhook-id']).toMatch(/^msg_[0-9a-f]{24}$/);
  expect(() => new Verifier(mintSecret()).verify(got.body, got.headers)).toThrow('No matching signature');
  expect(() => new Verifier(secret.secret).verify(got.body.replace('t1', 't2'), got.headers)).toThrow('No matching signature');
  await eventually('it is done', () => isWaiting('shop', 0, 0));
});

test('after a rotation both secrets verify for a day, then the new one alone', async () => {
  const first = await subscribe('shop');
  const [old] = first.secrets;
  const { secrets } = await store.webhooks.change('shop', (known = first) => ({ ...known, secrets: rotated(known.secrets, time) }));
  expect(rotated(secrets, time)).toHaveLength(2);
  const verified = async (trace: string) => {
    events.tell(eventAbout(pairs[0], trace));
    await receiver.until(1, (it) => traceOf(it) === trace);
    const { body = '', headers = {} } = receiver.got.at(-1) ?? {};
    // The library looks at the clock of this machine; the signature is what is at stake.
    const { 'webhook-id': id = '', 'webhook-timestamp': at = '', 'webhook-signature': signature = '' } = headers;
    return [secrets[0], old].map((it) =>
      signature.split(' ').includes(new Verifier(it?.secret ?? '').sign(id, new Date(Number(at) * 1000), body)),
    );
  };
  expect(await verified('t1')).toEqual([true, true]);
  time += 86_400_001;
  expect(await verified('t2')).toEqual([true, false]);
});

test('each subscriber gets the events that it wants, and no more of them than its scope', async () => {
  await subscribe('all', { events: ['relayed', 'rejected', 'suspended'], scope: ['ids', 'alias', 'disposition', 'rules'] });
  await subscribe('bare', { scope: [] });
  await subscribe('none', { events: ['bounced'] });
  const { buyerLocal, sellerLocal } = pairs[0];
  events.tell(eventAbout(pairs[0], 't1', { type: 'rejected', disposition: 'reject', rules: ['contact-email'] }));
  events.tell({ type: 'suspended', at: time, party: 's-1', level: 'all-blocked', until: time + 1000 });
  await receiver.until(3);
  const of = (id: string) => receiver.got.filter(({ path }) => path.endsWith(`/${id}`)).map(({ body }) => JSON.parse(body).data);
  expect(of('all')).toContainEqual({
    trace: 't1',
    conversation: pairs[0].id,
    buyer: pairs[0].buyer,
    seller: pairs[0].seller,
    buyerAlias: `${buyerLocal}@relay.example`,
    sellerAlias: `${sellerLocal}@relay.example`,
    disposition: 'reject',
    direction: 'buyer_to_seller',
    rules: ['contact-email'],
  });
  expect(of('all')).toContainEqual({ party: 's-1', level: 'all-blocked', until: new Date(time + 1000).toISOString() });
  expect(of('bare')).toEqual([{ trace: 't1' }]);
  await events.close();
  expect(await store.webhooks.depth('none')).toEqual({ waiting: 0, dead: 0 });
});

test('in a conversation the next waits for the one before; another conversation does not', async () => {
  await subscribe('shop');
  receiver.answer((_request, response, got) => response.writeHead(traceOf(got) === 'a1' && traces().length < 5 ? 503 : 200).end());
  for (const trace of ['a1', 'a2', 'a3']) events.tell(eventAbout(pairs[0], trace));
  for (const trace of ['b1', 'b2', 'b3']) events.tell(eventAbout(pairs[1], trace));
  await receiver.until(4);
  await eventually('the rest waits', () => isWaiting('shop', 3, 0));
  expect(traces().toSorted()).toEqual(['a1', 'b1', 'b2', 'b3']);
  expect(notes).toEqual(['put off 1: status 503']);
  time += 5_000;
  deliverer.wake();
  await receiver.until(7);
  expect(traces().slice(4)).toEqual(['a1', 'a2', 'a3']);
  const ids = receiver.got.filter((it) => traceOf(it) === 'a1').map(({ headers }) => headers['webhook-id']);
  expect(new Set(ids).size).toBe(1);
});

test('what is never taken is tried ten times in three days, is dead then, lets the next one pass, and can be replayed', async () => {
  await subscribe('shop');
  receiver.answer(500);
  events.tell(eventAbout(pairs[0], 't1'));
  await receiver.until(1);
  for (const [at, seconds] of [5, 300, 1800, 7200, 18_000, 36_000, 50_400, 72_000, 86_400].entries()) {
    await eventually(
      'it was put off',
      async () => notes.length === at + 1 && (await store.webhooks.page('shop', 'waiting', 1)).deliveries[0]?.failure !== undefined,
    );
    time += seconds * 1000 - 1;
    expect(await store.webhooks.lend('shop', 1, 0.001)).toEqual([]);
    time += 1;
    deliverer.wake();
    await receiver.until(at + 2);
  }
  await eventually('it is dead', () => isWaiting('shop', 0, 1));
  expect(notes.at(-1)).toBe('dead 10: status 500');
  expect((await store.webhooks.page('shop', 'dead', 10)).deliveries).toMatchObject([{ trace: 't1', attempts: 10, failure: 'status 500' }]);
  receiver.answer(204);
  events.tell(eventAbout(pairs[0], 't2'));
  await receiver.until(1, (it) => traceOf(it) === 't2');
  expect(await store.webhooks.replay('shop')).toBe(1);
  deliverer.wake();
  await receiver.until(11, (it) => traceOf(it) === 't1');
  await eventually('nothing is left', () => isWaiting('shop', 0, 0));
}, 30_000);

test('who answers 410 is not asked again for that one', async () => {
  await subscribe('shop');
  receiver.answer(410);
  events.tell(eventAbout(pairs[0], 't1'));
  await eventually('it is dead', () => isWaiting('shop', 0, 1));
  expect([receiver.got.length, notes]).toEqual([1, ['dead 1: status 410']]);
});

test('a slow subscriber has four requests at once, and keeps no other waiting', async () => {
  await subscribe('slow');
  const open: ServerResponse[] = [];
  let isSlow = true;
  receiver.answer((request, response) => {
    if (isSlow && request.url?.endsWith('/slow')) open.push(response);
    else response.writeHead(200).end();
  });
  const b = buyer();
  await store.directory.putParty(b);
  const many = await Promise.all(Array.from({ length: 12 }, (_, at) => store.directory.open(b.id, `s-${at}`)));
  for (const [at, conversation] of many.entries()) events.tell(eventAbout(conversation, `t${at}`));
  await receiver.until(4);
  await subscribe('quick');
  events.tell(eventAbout(pairs[0], 'now'));
  await receiver.until(1, ({ path }) => path.endsWith('/quick'));
  expect(receiver.got.filter(({ path }) => path.endsWith('/slow'))).toHaveLength(4);
  isSlow = false;
  for (const response of open) response.writeHead(200).end();
  await receiver.until(13, ({ path }) => path.endsWith('/slow'));
});

test('a conversation is looked up once, however many events of it are told together, and however many want them', async () => {
  for (const id of ['one', 'two', 'three']) await subscribe(id);
  await subscribe('none', { events: ['bounced'] });
  const asked: string[] = [];
  const directory: EventPorts['directory'] = {
    conversation(id) {
      asked.push(id);
      return store.directory.conversation(id);
    },
  };
  const told = startEvents(eventPorts({ directory }));
  for (const trace of ['t1', 't2', 't3']) told.tell(eventAbout(pairs[0], trace));
  told.tell(eventAbout(pairs[1], 't4'));
  await told.close();
  await receiver.until(12);
  // The first one goes at once, what is told meanwhile goes together.
  expect(asked).toEqual([pairs[0].id, pairs[0].id, pairs[1].id]);
  const { data } = JSON.parse(receiver.got.find((got) => traceOf(got) === 't4')?.body ?? '');
  expect(data).toMatchObject({ conversation: pairs[1].id, seller: pairs[1].seller });
});

test('telling waits for nothing and throws nothing; what a store that is away did not take comes later, and what is lost is noted', async () => {
  await subscribe('shop');
  let away = true;
  const flaky: EventPorts['webhooks'] = {
    ...store.webhooks,
    all: async () => (away ? Promise.reject(new Error('away')) : store.webhooks.all()),
  };
  const told = startEvents(eventPorts({ webhooks: flaky }));
  for (let at = 0; at < 10_002; at += 1) told.tell(eventAbout(pairs[0], `t${at}`));
  expect(notes).toEqual(Array.from({ length: 2 }, () => 'lost 1: too many wait for the store'));
  await told.close();
  expect(notes.at(-1)).toBe('lost 10000: the store does not answer');

  const again = startEvents(eventPorts({ webhooks: flaky }));
  again.tell(eventAbout(pairs[0], 'x1'));
  await new Promise((resolve) => setImmediate(resolve));
  away = false;
  await receiver.until(1);
  expect(traces()).toEqual(['x1']);
  await again.close();
});

test('a put that fails in the middle leaves the order of the conversation as it was', async () => {
  await subscribe('shop');
  await deliverer.close();
  let failing = true;
  const flaky: EventPorts['webhooks'] = {
    ...store.webhooks,
    put: async (delivery) => {
      if (failing && delivery.trace === 't1') throw new Error('away');
      await store.webhooks.put(delivery);
    },
  };
  const told = startEvents(eventPorts({ webhooks: flaky }));
  for (const trace of ['t0', 't1', 't2', 't3']) told.tell(eventAbout(pairs[0], trace));
  await eventually('the first is put', () => isWaiting('shop', 1, 0));
  failing = false;
  await told.close();
  const order: string[] = [];
  for (let rounds = 0; rounds < 4; rounds += 1) {
    for (const it of await store.webhooks.lend('shop', 10, 60)) {
      order.push(it.trace ?? '');
      await store.webhooks.done(it);
    }
  }
  expect(order).toEqual(['t0', 't1', 't2', 't3']);
});

test('what waits in the queue outlives the process', async () => {
  await subscribe('shop');
  await deliverer.close();
  events.tell(eventAbout(pairs[0], 't1'));
  await events.close();
  expect(receiver.got).toEqual([]);
  const next = startDeliverer({
    webhooks: store.webhooks,
    post: createPost({ allowPrivate: true }),
    told: () => undefined,
    failed: (error) => notes.push(String(error)),
    now: () => time,
    random: Math.random,
  });
  await receiver.until(1);
  await next.close();
  expect(traces()).toEqual(['t1']);
});

test('a queue without end is not: what is too much is noted', async () => {
  await subscribe('shop');
  const full: EventPorts['webhooks'] = { ...store.webhooks, depth: async () => ({ waiting: 100_000, dead: 0 }) };
  const told = startEvents(eventPorts({ webhooks: full }));
  told.tell(eventAbout(pairs[0], 't1'));
  await told.close();
  expect(notes).toEqual(['lost 1: the queue of webhook shop is full']);
});

test('a clock that is set back does not keep a queue full that has room again', async () => {
  await subscribe('shop');
  let waiting = 100_000;
  const queue: EventPorts['webhooks'] = { ...store.webhooks, depth: async () => ({ waiting, dead: 0 }) };
  const told = startEvents(eventPorts({ webhooks: queue }));
  told.tell(eventAbout(pairs[0], 't1'));
  await eventually('the first is lost', () => notes.length === 1);
  waiting = 0;
  time -= 3_600_000;
  told.tell(eventAbout(pairs[0], 't2'));
  await told.close();
  expect(notes).toEqual(['lost 1: the queue of webhook shop is full']);
  await receiver.until(1);
  expect(traces()).toEqual(['t2']);
});
