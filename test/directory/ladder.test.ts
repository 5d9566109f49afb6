/** Strikes fade, and lead up the ladder (requirement G4). */
import fc from 'fast-check';
import { blockAt, climb, latestAt, measureAt, pointsAt, rank, settle, withLifted, withStrike } from '../../src/directory/ladder.ts';
import { emptyLedger, type Ladder, type Ledger, type Strike } from '../../src/model/standing.ts';
import { defaultLadder } from '../../src/policy/ladder.ts';

const day = 86_400_000;
const start = Date.UTC(2026, 2, 9);
const ladder: Ladder = { ...defaultLadder, perDay: 100 };
const strike = (at: number, weight = 2, mark = `${at}`): Strike => ({
  trace: mark,
  mark,
  at,
  conversation: 'c',
  rule: 'marketing',
  weight,
});
const ledgerOf = (...strikes: readonly Strike[]): Ledger => ({ ...emptyLedger, strikes });
/** Each strike is added as the relay adds it. */
const walk = (strikes: readonly Strike[], figures: Ladder = ladder, role: 'buyer' | 'seller' = 'seller'): Ledger =>
  strikes.reduce<Ledger>((ledger, one) => {
    const struck = withStrike(ledger, one);
    return struck === ledger ? ledger : climb(struck, { role, ladder: figures, at: one.at });
  }, emptyLedger);

test('a strike weighs half after its half-life, and nothing before it came or once it was taken away', () => {
  const ledger = ledgerOf(strike(start));
  expect([0, 30, 60].map((days) => pointsAt(ledger, ladder, start + days * day))).toEqual([2, 1, 0.5]);
  expect(pointsAt(ledger, ladder, start - 1)).toBe(0);
  expect(
    pointsAt(
      withLifted(ledger, () => true, true),
      ladder,
      start,
    ),
  ).toBe(0);
});

test('the strikes of one day weigh no more than a day may: a hundred mails from one template are a warning, and the next day’s are a block', () => {
  const blast = Array.from({ length: 100 }, (_, at) => strike(start + at * 1000, 1));
  const first = walk(blast, defaultLadder);
  expect(pointsAt(first, defaultLadder, start + 100_000)).toBe(4);
  expect(measureAt(first, start + 100_000).level).toBe('warned');
  const second = walk([...blast, ...blast.map((one) => strike(one.at + day, 1))], defaultLadder);
  expect(measureAt(second, start + day + 100_000).level).toBe('starting-blocked');
});

test('the same message again is no further strike', () => {
  const ledger = walk([strike(start, 2, 'a'), { ...strike(start + 1, 2, 'a'), trace: 'another' }]);
  expect(ledger.strikes).toHaveLength(1);
});

test('a warning, then a block with an end; a buyer is only warned; nothing happens twice for the same step', () => {
  const many = Array.from({ length: 6 }, (_, at) => strike(start + at * 1000));
  const at = start + 6000;
  expect(walk(many).measures.map(({ level }) => level)).toEqual(['warned', 'starting-blocked']);
  expect(walk(many, ladder, 'buyer').measures.map(({ level }) => level)).toEqual(['warned']);
  expect(walk(many, { ...ladder, allBlocked: { at: 10, days: 30 } }).measures.at(-1)?.level).toBe('all-blocked');
  expect(walk(many, { ...ladder, automatic: false }).measures).toEqual([]);
  const ledger = walk(many);
  expect([blockAt(ledger, true, at)?.level, blockAt(ledger, false, at)]).toEqual(['starting-blocked', undefined]);
  // The block ends by itself; the warning lasts longer; then all is well.
  expect([6, 8, 31].map((days) => measureAt(ledger, start + days * day).level)).toEqual(['starting-blocked', 'warned', 'good']);
});

test('relays that add strikes in any order decide the same', () => {
  const many = [1, 2, 3].map((at) => strike(start + at, 1));
  for (const order of [many, many.toReversed()]) {
    const ledger = walk(order);
    expect(measureAt(ledger, latestAt(ledger, 0)).level).toBe('warned');
  }
});

test('taking strikes away ends what would not have come without them, and no more', () => {
  const many = [0, 1, 2].map((at) => strike(start + at));
  const at = start + day;
  const down = settle(
    withLifted(walk(many), ({ mark }) => mark === `${start + 2}`, true),
    { role: 'seller', ladder, at },
  );
  expect([measureAt(down, at - 1).level, measureAt(down, at).level]).toEqual(['starting-blocked', 'warned']);
  const all = settle(
    withLifted(down, () => true, true),
    { role: 'seller', ladder, at },
  );
  expect(measureAt(all, at).level).toBe('good');
});

test('an operator’s word counts alone while it holds, whatever came by itself', () => {
  const ledger = walk([0, 1, 2].map((at) => strike(start + at)));
  const pardoned: Ledger = { ...ledger, override: { level: 'good', from: start, until: start + day, source: 'operator' } };
  expect([measureAt(pardoned, start + 5).level, measureAt(pardoned, start + day).level]).toEqual(['good', 'starting-blocked']);
  const more = climb(withStrike(pardoned, strike(start + 6, 50)), { role: 'seller', ladder, at: start + 6 });
  expect(more.measures).toBe(pardoned.measures);
});

test('whatever comes: never more points by waiting, never below zero, never a step down by a strike', () => {
  const strikes = fc.array(fc.record({ at: fc.integer({ min: 0, max: 60 * day }), weight: fc.double({ min: 0, max: 5, noNaN: true }) }), {
    maxLength: 30,
  });
  fc.assert(
    fc.property(strikes, fc.integer({ min: 0, max: 90 * day }), (all, wait) => {
      const ordered = all.map(({ at, weight }, index) => strike(start + at, weight, `m${index}`)).toSorted((a, b) => a.at - b.at);
      const ledger = walk(ordered, defaultLadder);
      const end = latestAt(ledger, start);
      const points = pointsAt(ledger, defaultLadder, end);
      expect(points).toBeGreaterThanOrEqual(0);
      expect(pointsAt(ledger, defaultLadder, end + wait)).toBeLessThanOrEqual(points);
      const last = ordered.at(-1);
      if (!last) return;
      const before = measureAt(walk(ordered.slice(0, -1), defaultLadder), last.at).level;
      expect(rank(measureAt(ledger, last.at).level)).toBeGreaterThanOrEqual(rank(before));
      const lifted = settle(
        withLifted(ledger, () => true, true),
        { role: 'seller', ladder: defaultLadder, at: end },
      );
      expect(measureAt(lifted, end).level).toBe('good');
    }),
  );
});
