/** How long the aliases of a conversation live. */
import fc from 'fast-check';
import { endOf, graceOf, hasEnded, type Life } from '../../src/directory/life.ts';

const day = 86_400_000;
const now = 1_700_000_000_000;
const life = (state: Partial<Life['state']>, completedDaysAgo?: number | 'open'): Life => ({
  state: { heard: {}, optedOut: false, ...state },
  ...(completedDaysAgo !== undefined && {
    order: {
      id: 'o',
      buyer: 'b',
      seller: 's',
      kind: 'standard',
      ...(completedDaysAgo !== 'open' && { completedAt: now - completedDaysAgo * day }),
    },
  }),
});
/** In days from now. */
const ends = (it: Life, days?: number): number | undefined => {
  const end = endOf(it, days);
  return end === undefined ? undefined : (end - now) / day;
};

test('without a rule, and without a day that the marketplace said, nothing ends', () => {
  expect(ends(life({ heard: { buyer: now - 4000 * day }, openedAt: now - 5000 * day }, 3000))).toBeUndefined();
});

test('it counts from what was last: a word of either side, the opening, the completion of an order', () => {
  const [five, six, seven] = [now - 5 * day, now - 6 * day, now - 7 * day];
  expect(ends(life({ heard: { buyer: five, seller: six }, openedAt: seven }, 8), 100)).toBe(95);
  expect(ends(life({ heard: { buyer: seven, seller: five }, openedAt: six }, 8), 100)).toBe(95);
  expect(ends(life({ heard: { buyer: seven }, openedAt: five }, 8), 100)).toBe(95);
  expect(ends(life({ heard: { buyer: seven }, openedAt: six }, 5), 100)).toBe(95);
});

test('what nobody has used since there is such a rule does not end by it', () => {
  expect(ends(life({}), 100)).toBeUndefined();
});

test('an open order keeps it alive, whatever was said', () => {
  expect(ends(life({ expiresAt: now - 500 * day, heard: { buyer: now - 400 * day } }, 'open'), 100)).toBeUndefined();
});

test('a day that the marketplace said is not moved by messages, and waits for the last order', () => {
  expect(ends(life({ expiresAt: now + day, heard: { seller: now } }))).toBe(1);
  expect(ends(life({ expiresAt: now - day, heard: { seller: now } }), 100)).toBe(-1);
  expect(ends(life({ expiresAt: now - 10 * day }, 2), 100)).toBe(-2);
});

test('at each time it lives, is in its 14 days of grace, or has ended', () => {
  const it = life({ expiresAt: now });
  const at = (days: number) => {
    const clock = { at: now + days * day };
    return [graceOf(it, clock)?.until, hasEnded(it, clock)];
  };
  expect([at(-0.001), at(0), at(13.999), at(14)]).toEqual([
    [undefined, false],
    [now + 14 * day, false],
    [now + 14 * day, false],
    [undefined, true],
  ]);
  const some = fc.option(fc.integer({ min: now - 400 * day, max: now + 400 * day }), { nil: undefined });
  fc.assert(
    fc.property(some, some, some, fc.option(fc.integer({ min: 1, max: 400 }), { nil: undefined }), (expiresAt, openedAt, buyer, days) => {
      const given = life({ ...(expiresAt && { expiresAt }), ...(openedAt && { openedAt }), heard: { ...(buyer && { buyer }) } });
      const clock = { at: now, days };
      expect(graceOf(given, clock) !== undefined && hasEnded(given, clock)).toBe(false);
      if (endOf(given, days) === undefined) expect(hasEnded(given, clock)).toBe(false);
    }),
  );
});
