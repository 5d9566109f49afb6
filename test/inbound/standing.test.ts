import * as fc from 'fast-check';
import { Attempts } from '../../src/inbound/attempts.ts';
import { defaultLimits } from '../../src/inbound/limits.ts';
import { Standing } from '../../src/inbound/standing.ts';

const minute = 60_000;
const after = (points: readonly number[], at = 1000): Standing => {
  const standing = new Standing(defaultLimits);
  for (const each of points) standing.count('a', each, at);
  return standing;
};
const times = (count: number, points: number): number[] => Array.from({ length: count }, () => points);

test('nothing for a few mistakes; then each answer waits longer, up to a bound', () => {
  expect(after([]).delay('a', 1000)).toBe(0);
  expect(after([1, 1]).delay('a', 1000)).toBe(0);
  expect([3, 4, 5].map((count) => after(times(count, 1)).delay('a', 1000))).toEqual([500, 1000, 1500]);
  expect(after(times(29, 1)).delay('a', 1000)).toBe(5000);
  expect(after(times(29, 1)).delay('b', 1000)).toBe(0);
});

test('shut out for a while, said once; afterwards it does not begin from nothing', () => {
  const standing = new Standing(defaultLimits);
  const falls = times(40, 1).map((points) => standing.count('a', points, 1000));
  expect(falls.indexOf(true)).toBe(29);
  expect(falls.filter(Boolean)).toHaveLength(1);
  expect(standing.shutOut('a', 1000)).toBe(15 * minute);
  expect(standing.shutOut('a', 1000 + 15 * minute)).toBe(0);
  expect(standing.shutOut('b', 1000)).toBe(0);
  expect(standing.delay('a', 1001 + 15 * minute)).toBeGreaterThan(0);
});

test('it fades', () => {
  const standing = after(times(20, 1));
  expect(standing.delay('a', 1000 + 10 * minute)).toBe(4000);
  expect(standing.delay('a', 1000 + 60 * minute)).toBe(0);
});

test('relayed messages weigh for a client, up to a bound: one bad customer does not shut out a provider', () => {
  expect(after([...times(500, -1), ...times(32, 1)]).delay('a', 1000)).toBe(0);
  expect(after([...times(500, -1), ...times(61, 1)]).shutOut('a', 1000)).toBeGreaterThan(0);
  const mixed = after(Array.from({ length: 2000 }, (_, index) => (index % 3 === 0 ? 1 : -1)));
  expect(mixed.delay('a', 1000)).toBe(0);
});

test('remembers a bounded number of clients, those that were counted last', () => {
  const standing = new Standing(defaultLimits, 100);
  for (let client = 0; client < 1000; client++) for (const points of times(40, 1)) standing.count(`${client}`, points, 1000);
  expect(standing.shutOut('950', 1000)).toBeGreaterThan(0);
  expect(standing.shutOut('1', 1000)).toBe(0);
});

test('whatever happens, a delay is within its bounds and time alone makes nothing worse', () => {
  const deed = fc.record({ points: fc.constantFrom(-1, 1, 3), wait: fc.integer({ min: 0, max: 20 * minute }) });
  fc.assert(
    fc.property(fc.array(deed, { maxLength: 200 }), fc.integer({ min: 0, max: 60 * minute }), (deeds, later) => {
      const standing = new Standing(defaultLimits);
      let at = 1000;
      for (const { points, wait } of deeds) {
        at += wait;
        standing.count('a', points, at);
      }
      const now = standing.delay('a', at);
      expect(now).toBeGreaterThanOrEqual(0);
      expect(now).toBeLessThanOrEqual(defaultLimits.mostDelayMs);
      expect(standing.delay('a', at + later)).toBeLessThanOrEqual(now);
      expect(standing.shutOut('a', at + later)).toBeLessThanOrEqual(standing.shutOut('a', at));
    }),
  );
});

test('wrong tokens: ten of a client, then none of its calls for a while; a right one before wipes them out', () => {
  let shutOut = 0;
  const attempts = new Attempts(() => {
    shutOut++;
  });
  const fail = (count: number, address: string) => {
    for (let turn = 0; turn < count; turn++) attempts.failed(address);
  };
  fail(9, '192.0.2.1');
  attempts.passed('192.0.2.1');
  fail(9, '192.0.2.1');
  expect(attempts.wait('192.0.2.1')).toBe(0);
  fail(1, '192.0.2.1');
  expect(attempts.wait('192.0.2.1')).toBe(60);
  expect(attempts.wait('192.0.2.2')).toBe(0);
  fail(5, '2001:db8::1');
  fail(5, '2001:db8::2');
  expect(attempts.wait('2001:db8::3')).toBe(60);
  expect(shutOut).toBe(2);
});
