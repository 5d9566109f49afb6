import { persistently } from '../../src/archive/persistently.ts';

test('a store that does not answer is asked again each second', async () => {
  let asked = 0;
  const done = persistently(async () => {
    asked += 1;
    if (asked < 4) throw new Error('away');
    return asked;
  });
  // With growing pauses the fourth time would be later than a test may take.
  await expect(done).resolves.toBe(4);
}, 15_000);
