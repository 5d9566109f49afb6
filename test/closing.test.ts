/** The end of a relay: what it has is ended, what could not end in time is not begun, and nothing keeps it longer than its supervisor waits. */
import { setTimeout as sleep } from 'node:timers/promises';
import { closeAll, type Parts } from '../src/closing.ts';
import type { Mailbox } from '../src/model/address.ts';
import { openSmarthost } from '../src/outbound/smarthost.ts';
import { openSink } from './support/sink.ts';

const limits = { drain: 2_700, handOver: 1_800, keeping: 600, spare: 300 };
const forEver = () => new Promise<never>(() => undefined);
const atOnce: Parts = { drain: async () => {}, background: [], outbound: async () => {}, keepers: [], last: [] };

const outgoing = (trace: string) => ({
  reversePath: '',
  recipient: 'jane.doe@shop.example' as Mailbox,
  bytes: Buffer.from('From: a@relay.test\r\n\r\nHello\r\n'),
  trace,
});

test('a hand-over for which there is no time is not begun and put off; those before end, each with the next hop’s answer', async () => {
  await using hop = await openSink({ at: { dot: { after: 1_200, say: '250 2.0.0 Ok' } } });
  const out = openSmarthost({ host: '127.0.0.1', port: hop.port, secure: false, ehloName: 'relay.test', maxConnections: 5 });
  const early = out.handOver(outgoing('early'));
  const given: Promise<unknown>[] = [];
  const drain = async (milliseconds: number) => {
    await sleep(300);
    given.push(out.handOver(outgoing('between')));
    await sleep(1_200);
    given.push(out.handOver(outgoing('late')).catch((error: unknown) => error));
    await sleep(milliseconds - 1_800);
  };
  await closeAll({ ...atOnce, drain, outbound: async () => out[Symbol.asyncDispose]() }, limits);
  await early;
  const [between, late] = await Promise.all(given);
  expect(between).toBeUndefined();
  expect(late).toMatchObject({ reply: { code: 451 } });
  expect(hop.messages).toHaveLength(2);
});

test('parts that never end are not waited for longer than they may', async () => {
  const { jest } = import.meta;
  jest.useFakeTimers();
  try {
    let closed = false;
    const parts: Parts = { drain: forEver, background: [forEver], outbound: forEver, keepers: [forEver], last: [forEver, forEver] };
    void closeAll(parts, limits).then(() => {
      closed = true;
    });
    const all = limits.drain + limits.keeping + 4 * limits.spare;
    await jest.advanceTimersByTimeAsync(all - 1);
    expect(closed).toBe(false);
    await jest.advanceTimersByTimeAsync(1);
    expect(closed).toBe(true);
  } finally {
    jest.useRealTimers();
  }
});

test('all of it in order, and without a wait where nothing is to do', async () => {
  const ended: string[] = [];
  const end = (name: string) => async () => void ended.push(name);
  await closeAll({ drain: end('drain'), background: [end('beside')], outbound: end('out'), keepers: [end('keep')], last: [end('store')] });
  expect(ended).toEqual(['drain', 'beside', 'out', 'keep', 'store']);
});
