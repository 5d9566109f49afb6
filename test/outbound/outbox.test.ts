/** What nobody waits for, while the next hop is down: it lies still, and goes out as soon as there is a way again. */
import type { Mailbox } from '../../src/model/address.ts';
import { CircuitBreaker } from '../../src/outbound/breaker.ts';
import { type OutboxPorts, startSender } from '../../src/outbound/outbox.ts';
import { openSmarthost } from '../../src/outbound/smarthost.ts';
import { openSqlite } from '../../src/store/sqlite.ts';
import { openSink } from '../support/sink.ts';
import { setupWith } from '../store/fixtures.ts';
import { eventually } from '../support/redis.ts';

const bytes = Buffer.from('From: a@relay.test\r\n\r\nHello\r\n');
const item = (id: string) => ({ id, trace: id, reversePath: '', recipient: `${id}@shop.example` as Mailbox, bytes, at: Date.now() });

test('no item is tried, and none has to wait longer for it afterwards', async () => {
  await using hop = await openSink({
    at: { connect: Array.from({ length: 5 }, () => ({ say: '421 4.3.2 down', and: 'close' as const })) },
  });
  const timeouts = { connect: 500, greeting: 500, silence: 500, whole: 1500 };
  const to = { host: '127.0.0.1', port: hop.port, secure: false, ehloName: 'relay.test', maxConnections: 2, timeouts };
  const ports = { told: () => undefined, now: () => performance.now(), random: () => 0 };
  await using outbound = openSmarthost(to, new CircuitBreaker(ports, { faults: 5, firstPause: 1_000, longestPause: 1_000 }));
  await using store = await openSqlite(':memory:', setupWith());
  for (let turn = 0; turn < 5; turn++) await expect(outbound.handOver(item('first'))).rejects.toThrow('451 4.4.1');
  expect(outbound.room).toBe(0);

  const told: { readonly what: string; readonly attempts: number }[] = [];
  const noted: OutboxPorts['told'] = (what, one) => void told.push({ what, attempts: one?.attempts ?? 0 });
  for (const id of ['ann', 'bo', 'cy']) await store.outbox.put(item(id), Date.now());
  const sender = startSender({ outbox: store.outbox, outbound, told: noted, now: Date.now });
  for (const end = performance.now() + 8_000; told.length < 3 && performance.now() < end; ) await new Promise((go) => setTimeout(go, 20));
  await sender.close();
  expect(told).toEqual(Array.from({ length: 3 }, () => ({ what: 'sent', attempts: 1 })));
  expect(hop.messages.map(({ recipients }) => recipients[0]).sort()).toEqual(['ann@shop.example', 'bo@shop.example', 'cy@shop.example']);
  expect(await store.outbox.depth()).toEqual({ count: 0 });
});

test('what is put while a round runs leaves as soon as that one is done, not at the next look', async () => {
  const { promise: answered, resolve: answer } = Promise.withResolvers<void>();
  const left: string[] = [];
  const waiting = [{ ...item('ann'), attempts: 1 }];
  let emptySeen = 0;
  const sender = startSender(
    {
      outbox: {
        async lend() {
          const lent = waiting.splice(0);
          if (lent.length > 0) return lent;
          // The outbox has been read, and its answer is on its way.
          emptySeen += 1;
          if (emptySeen === 1) await answered;
          return [];
        },
        done: async () => {},
        later: async () => {},
      },
      outbound: { room: 10, handOver: async ({ recipient }) => void left.push(recipient), [Symbol.asyncDispose]: async () => {} },
      told: () => undefined,
      now: Date.now,
    },
    600_000,
  );
  await eventually('the outbox is found empty', async () => emptySeen === 1);
  waiting.push({ ...item('bo'), attempts: 1 });
  sender.wake();
  answer();
  await eventually('the second one left', async () => left.length === 2);
  await sender.close();
  expect(left).toEqual(['ann@shop.example', 'bo@shop.example']);
});

test('an item that was on its way when the next hop went down comes again after a minute, however often it failed before', async () => {
  await using hop = await openSink({ at: { connect: { and: 'close' } } });
  const to = { host: '127.0.0.1', port: hop.port, secure: false, ehloName: 'relay.test', maxConnections: 1 };
  const ports = { told: () => undefined, now: () => performance.now(), random: () => 0 };
  await using outbound = openSmarthost(to, new CircuitBreaker(ports, { faults: 1, firstPause: 60_000, longestPause: 60_000 }));
  const dues: number[] = [];
  const lent = [{ ...item('ann'), attempts: 5 }];
  const sender = startSender({
    outbox: { lend: async () => lent.splice(0), done: async () => {}, later: async (_, due) => void dues.push(due) },
    outbound,
    told: () => undefined,
    now: () => 1_000,
  });
  for (const end = performance.now() + 5_000; dues.length < 1 && performance.now() < end; ) await new Promise((go) => setTimeout(go, 20));
  await sender.close();
  expect(dues).toEqual([61_000]);
});
