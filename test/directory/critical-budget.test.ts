/** How often a seller's tag counts, and what takes it away (requirement C5). */
import fc from 'fast-check';
import { budgetFor, leftAt, tagAwayAt, useTag, withComplaint, withVerdict } from '../../src/directory/critical-budget.ts';
import { type Complaint, emptyLedger, type Ledger } from '../../src/model/standing.ts';
import { defaultCritical as figures } from '../../src/policy/ladder.ts';

const day = 86_400_000;
const start = Date.UTC(2026, 2, 9);
const about = (at: number, budget = 3) => ({ figures, budget, at });
const use = (ledger: Ledger, mark: string, at: number) => useTag(ledger, mark, about(at)).ledger;

test('five for each 100 orders, three at least, a thousand at most', () => {
  expect([0, 59, 60, 80, 119, 120, 1000, 1_000_000].map((orders) => budgetFor(orders, figures))).toEqual([3, 3, 3, 4, 5, 6, 50, 1000]);
});

test('each message uses it once; it is back when the oldest use is 30 days old', () => {
  let ledger: Ledger = emptyLedger;
  for (const [mark, days] of [
    ['a', 0],
    ['b', 1],
    ['b', 2],
    ['c', 2],
  ] as const)
    ledger = use(ledger, mark, start + days * day);
  expect(ledger.tagUses).toHaveLength(3);
  expect(leftAt(ledger, about(start + 2 * day))).toBe(0);
  expect(tagAwayAt(ledger, about(start + 2 * day))).toEqual({ why: 'used-up', until: start + 30 * day, budget: 3 });
  expect(useTag(ledger, 'd', about(start + 3 * day)).away?.why).toBe('used-up');
  expect(useTag(ledger, 'c', about(start + 3 * day))).toEqual({ ledger });
  expect(useTag(ledger, 'd', about(start + 30 * day)).away).toBeUndefined();
  // Fewer orders, a smaller budget: several uses have to grow old.
  expect(tagAwayAt(ledger, about(start + 2 * day, 1))?.until).toBe(start + 32 * day);
});

describe('reports', () => {
  const complaint = (by: string, days: number, trace = `${by}${days}`): Complaint => ({ trace, by, at: start + days * day });
  const kept = (...complaints: readonly Complaint[]) => complaints.reduce(withComplaint, emptyLedger);
  const awayUntil = (ledger: Ledger, days: number) => tagAwayAt(ledger, about(start + days * day))?.until;

  test('of one buyer do nothing, however many; of two within 30 days they take the tag away for 30 days', () => {
    expect(awayUntil(kept(complaint('a', 0), complaint('a', 1), complaint('a', 2)), 2)).toBeUndefined();
    const two = kept(complaint('a', 0), complaint('b', 10));
    expect([10, 39, 40].map((days) => awayUntil(two, days))).toEqual([start + 40 * day, start + 40 * day, undefined]);
    expect(awayUntil(kept(complaint('a', 0), complaint('b', 31)), 31)).toBeUndefined();
    expect(useTag(two, 'm', about(start + 11 * day)).away?.why).toBe('reported');
  });

  test('one that was upheld does it alone, from then on; one that was dismissed counts no more, also when it comes again', () => {
    const one = complaint('a', 0);
    const upheld = withVerdict(kept(one), { ...one, judged: { outcome: 'upheld', at: start + 20 * day } });
    expect(awayUntil(upheld, 20)).toBe(start + 50 * day);
    const dismissed = withVerdict(kept(one, complaint('b', 1)), { ...one, judged: { outcome: 'dismissed', at: start + 2 * day } });
    expect(awayUntil(dismissed, 2)).toBeUndefined();
    expect(awayUntil(withComplaint(dismissed, { ...one, at: start + 3 * day }), 3)).toBeUndefined();
  });
});

test('never more than the budget in any 30 days, whatever the order of messages', () => {
  const messages = fc.array(fc.record({ mark: fc.integer({ min: 0, max: 40 }), at: fc.integer({ min: 0, max: 90 * day }) }), {
    maxLength: 60,
  });
  fc.assert(
    fc.property(messages, (all) => {
      const ordered = all.toSorted((a, b) => a.at - b.at);
      const passed = new Map<string, number>();
      let ledger: Ledger = emptyLedger;
      for (const { mark, at } of ordered) {
        const used = useTag(ledger, `${mark}`, about(start + at));
        if (!used.away && !passed.has(`${mark}`)) passed.set(`${mark}`, start + at);
        ledger = used.ledger;
      }
      const times = [...passed.values()];
      for (const time of times) expect(times.filter((it) => it <= time && it > time - 30 * day).length).toBeLessThanOrEqual(3);
    }),
  );
});
