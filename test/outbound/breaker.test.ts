/** A next hop that is down: mail is put off at once, one message at a time tries again, and the first that gets through opens the way. */
import fc from 'fast-check';
import type { Mailbox } from '../../src/model/address.ts';
import { type BreakerSettings, CircuitBreaker, type Ended } from '../../src/outbound/breaker.ts';
import { openSmarthost } from '../../src/outbound/smarthost.ts';
import { openSink, type Sink, type SinkSetup } from '../support/sink.ts';

const outgoing = {
  reversePath: 'b-abc-defghijk@relay.test',
  recipient: 'real-seller@shop.example' as Mailbox,
  bytes: Buffer.from('From: a@relay.test\r\n\r\nHello\r\n'),
  trace: 'abc',
};
const timeouts = { connect: 300, greeting: 300, silence: 300, whole: 1500 };
const settings: BreakerSettings = { faults: 5, firstPause: 200, longestPause: 800 };

type Told = { readonly to: string; readonly said?: string; readonly ms?: number };

/** The way to a next hop on that port, and what its breaker told. */
function openTo(port: number, changed: Partial<BreakerSettings> = {}) {
  const told: Told[] = [];
  const ports = { told: (change: Told) => void told.push(change), now: () => performance.now(), random: () => 0 };
  const breaker = new CircuitBreaker(ports, { ...settings, ...changed });
  const out = openSmarthost({ host: '127.0.0.1', port, secure: false, ehloName: 'relay.test', maxConnections: 5, timeouts }, breaker);
  return Object.assign(out, { told });
}

type Out = ReturnType<typeof openTo>;

/** The beginning of the reply. */
const give = (out: Out): Promise<string> =>
  out.handOver(outgoing).then(
    () => 'taken',
    (error: Error) => error.message.slice(0, 9),
  );

async function untilRoom(out: Out): Promise<void> {
  for (const end = performance.now() + 5000; out.room === 0; ) {
    if (performance.now() > end) throw new Error('it never tries again');
    await new Promise((resolve) => setTimeout(resolve, 5));
  }
}

async function giveTimes(out: Out, count: number): Promise<string[]> {
  const replies: string[] = [];
  for (let turn = 0; turn < count; turn++) replies.push(await give(out));
  return replies;
}

const away = '451 4.4.1';

describe('a next hop that is down', () => {
  test.each<readonly [string, SinkSetup]>([
    ['never greets', { at: { connect: { and: 'hang' } } }],
    ['greets with 554', { at: { connect: { say: '554 5.7.1 no', and: 'close' } } }],
    ['says 421 at EHLO', { at: { ehlo: { say: '421 4.3.2 down', and: 'close' } } }],
    ['says 421 at the dot', { at: { dot: { say: '421 4.3.2 down', and: 'close' } } }],
    ['resets at MAIL', { at: { mail: { and: 'reset' } } }],
    ['hangs at RCPT', { at: { rcpt: { and: 'hang' } } }],
  ])('it %s: the sixth message is put off at once, without a connection', async (_, setup) => {
    await using hop = await openSink(setup);
    await using out = openTo(hop.port, { firstPause: 60_000 });
    expect(await giveTimes(out, 5)).toEqual(Array.from({ length: 5 }, () => away));
    expect(out.room).toBe(0);
    const { length } = hop.sessions;
    expect(await give(out)).toBe(away);
    expect(hop.sessions).toHaveLength(length);
    expect(out.told).toEqual([{ to: 'down', said: expect.stringMatching(/^(?:session|data|dot|mail|rcpt): ./) }]);
    expect(JSON.stringify(out.told)).not.toMatch(/shop|real/);
  });

  test.each([
    ['a wrong password', { login: { user: 'postern', pass: 'right' } }],
    ['a host without an address', {}],
  ])('%s counts as well', async (what, setup) => {
    await using hop = await openSink(setup);
    const told: Told[] = [];
    const breaker = new CircuitBreaker({ told: (change) => told.push(change), now: () => performance.now(), random: () => 0 }, settings);
    const host = what.startsWith('a host') ? 'next-hop.invalid' : '127.0.0.1';
    const to = { host, port: hop.port, secure: false, ehloName: 'relay.test', maxConnections: 5, timeouts };
    await using out = openSmarthost({ ...to, ...('login' in setup && { user: 'postern', pass: 'wrong' }) }, breaker);
    for (let turn = 0; turn < 5; turn++) await expect(out.handOver(outgoing)).rejects.toThrow(away);
    expect(told).toMatchObject([{ to: 'down' }]);
  });

  test('many at once wait for one timeout together, and those that come later for none', async () => {
    await using hop = await openSink({ at: { connect: { and: 'hang' } } });
    await using out = openTo(hop.port, { firstPause: 60_000 });
    const first = await Promise.all(Array.from({ length: 20 }, () => give(out)));
    expect(new Set(first)).toEqual(new Set([away]));
    const { length } = hop.sessions;
    const later = await Promise.all(Array.from({ length: 200 }, () => give(out)));
    expect(new Set(later)).toEqual(new Set([away]));
    expect(hop.sessions).toHaveLength(length);
    expect(out.told).toHaveLength(1);
  });

  test('one at a time tries again, after pauses that grow; the first that gets through opens the way for all', async () => {
    await using hop = await openSink({
      at: { connect: Array.from({ length: 7 }, () => ({ say: '421 4.3.2 down', and: 'close' as const })) },
    });
    await using out = openTo(hop.port);
    let before = performance.now();
    await giveTimes(out, 5);
    const pauses: number[] = [];
    for (let trial = 0; trial < 3; trial++) {
      await untilRoom(out);
      pauses.push(performance.now() - before);
      before = performance.now();
      expect(out.room).toBe(1);
      const given = await Promise.all(Array.from({ length: 10 }, () => give(out)));
      expect(given.filter((reply) => reply === 'taken')).toHaveLength(trial < 2 ? 0 : 1);
    }
    expect(hop.sessions).toHaveLength(8);
    expect(pauses[1]).toBeGreaterThan(350);
    expect(pauses[2]).toBeGreaterThan(700);
    expect(out.told).toMatchObject([{ to: 'down' }, { to: 'up' }]);
    expect(out.told[1]?.ms).toBeGreaterThan(1300);
    const all = await Promise.all(Array.from({ length: 20 }, () => give(out)));
    expect(all.every((reply) => reply === 'taken')).toBe(true);
    expect(hop.messages).toHaveLength(21);
  });
});

describe('a next hop that answers, whatever it says of the message', () => {
  test.each<readonly [string, SinkSetup, string]>([
    ['refuses MAIL', { at: { mail: '554 5.7.1 no' } }, '554 5.4.0'],
    ['defers MAIL', { at: { mail: '451 4.7.1 later' } }, '451 4.4.2'],
    ['does not know the recipient', { at: { rcpt: '550 5.1.1 no' } }, '550 5.1.1'],
    ['greylists', { at: { rcpt: '450 4.2.0 later' } }, '451 4.4.2'],
    ['refuses DATA', { at: { data: '554 5.7.1 no' } }, '554 5.4.0'],
    ['refuses the message', { at: { dot: '554 5.6.0 no' } }, '554 5.4.0'],
    ['defers the message', { at: { dot: '451 4.3.0 later' } }, '451 4.4.2'],
    ['answers the dot with garbage', { at: { dot: 'what?' } }, away],
  ])('it %s ten times: each is asked', async (_, setup, reply) => {
    await using hop: Sink = await openSink(setup);
    await using out = openTo(hop.port);
    expect(await giveTimes(out, 10)).toEqual(Array.from({ length: 10 }, () => reply));
    expect(out.told).toEqual([]);
    expect(out.room).toBe(Number.POSITIVE_INFINITY);
  });

  test('faults with answers between them are no fault', async () => {
    const connect = Array.from({ length: 12 }, (_, turn) => (turn % 5 === 4 ? '220 sink.test' : { and: 'close' as const }));
    await using hop = await openSink({ at: { connect, dot: { say: '450 4.2.0 later', and: 'close' } } });
    await using out = openTo(hop.port);
    await giveTimes(out, 12);
    expect(out.told).toEqual([]);
    expect(hop.sessions.length).toBeGreaterThanOrEqual(12);
  });
});

describe('by a clock of our own', () => {
  const open = (random = 0) => {
    const clock = { now: 0 };
    const told: Told[] = [];
    const breaker = new CircuitBreaker({ told: (change) => told.push(change), now: () => clock.now, random: () => random });
    const fail = () => breaker.begin()?.('down', 'session: ECONNREFUSED');
    return { clock, told, breaker, fail };
  };

  test('the pauses are two seconds, four, and so on up to a minute, less up to a half by chance', () => {
    for (const [random, share] of [
      [0, 1],
      [0.999_999, 0.5],
    ] as const) {
      const { clock, breaker, fail } = open(random);
      for (let turn = 0; turn < 5; turn++) fail();
      const pauses = [2, 4, 8, 16, 32, 60, 60, 60].map((seconds) => {
        const began = clock.now;
        while (breaker.room === 0) clock.now += 10;
        fail();
        return Math.abs(clock.now - began - seconds * 1000 * share) <= 10;
      });
      expect(pauses).toEqual(Array.from({ length: 8 }, () => true));
    }
  });

  test('what began before the next hop was seen well says nothing of it', () => {
    const { clock, told, breaker, fail } = open();
    const slow = Array.from({ length: 20 }, () => breaker.begin());
    for (let turn = 0; turn < 5; turn++) fail();
    clock.now += 2_000;
    breaker.begin()?.('alive');
    for (const ended of slow) ended?.('down', 'session: ETIMEDOUT');
    expect(breaker.room).toBe(Number.POSITIVE_INFINITY);
    expect(told.map(({ to }) => to)).toEqual(['down', 'up']);
  });

  test('a message under way that gets through opens the way before any trial', () => {
    const { told, breaker, fail } = open();
    const slow = breaker.begin();
    for (let turn = 0; turn < 5; turn++) fail();
    slow?.('alive');
    expect(breaker.room).toBe(Number.POSITIVE_INFINITY);
    expect(told.map(({ to }) => to)).toEqual(['down', 'up']);
  });

  test('a trial that shows nothing leaves the place to the next one', () => {
    const { clock, breaker, fail } = open();
    for (let turn = 0; turn < 5; turn++) fail();
    clock.now += 2_000;
    const trial = breaker.begin();
    expect(breaker.room).toBe(0);
    trial?.('nothing');
    expect(breaker.room).toBe(1);
  });

  test('whatever happens: never two trials at once, never shut for more than a minute, and told in turn', () => {
    const step = fc.oneof(
      fc.record({ do: fc.constant('begin' as const) }),
      fc.record({ do: fc.constant('wait' as const), ms: fc.integer({ min: 0, max: 90_000 }) }),
      fc.record({ do: fc.constantFrom('alive' as const, 'down' as const, 'nothing' as const), which: fc.nat(20) }),
    );
    fc.assert(
      fc.property(fc.array(step, { maxLength: 200 }), (steps) => {
        const { clock, told, breaker } = open();
        const running: Ended[] = [];
        for (const one of steps) {
          if (one.do === 'wait') clock.now += one.ms;
          else if (one.do === 'begin') {
            const { room } = breaker;
            const ended = breaker.begin();
            expect(ended === undefined).toBe(room === 0);
            if (ended) running.push(ended);
            if (room === 1) expect(breaker.room).toBe(0);
          } else running.splice(one.which % Math.max(1, running.length), 1)[0]?.(one.do);
        }
        for (const ended of running) ended('nothing');
        clock.now += 60_000;
        expect(breaker.room).toBeGreaterThan(0);
        expect(told.every(({ to }, at) => to === (at % 2 === 0 ? 'down' : 'up'))).toBe(true);
      }),
      { numRuns: 500 },
    );
  });
});
