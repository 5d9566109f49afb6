/** Work beside the mail: it begins when there is some, never twice at once, and ends when it is told to. */
import { setImmediate as turn } from 'node:timers/promises';
import { type Rounds, startRounds } from '../../src/model/rounds.ts';

const never = 600_000;
const failures: unknown[] = [];
const failed = (error: unknown): void => void failures.push(error);
/** Until nothing that is ready is left to run. */
const settled = async (): Promise<void> => {
  for (let turns = 0; turns < 5; turns += 1) await turn();
};
/** Rounds of which each waits until it is let go, with its answer. */
function openGated(): {
  readonly rounds: Rounds;
  readonly begun: () => number;
  readonly under: () => number;
  end(answer?: boolean): Promise<void>;
} {
  const waiting: ((answer?: boolean) => void)[] = [];
  let begun = 0;
  const rounds = startRounds({
    every: never,
    work: () => {
      begun += 1;
      return new Promise<boolean | undefined>((resolve) => void waiting.push(resolve));
    },
    failed,
  });
  return {
    rounds,
    begun: () => begun,
    under: () => waiting.length,
    async end(answer) {
      waiting.shift()?.(answer);
      await settled();
    },
  };
}

test('looks at once, and no more until it is woken', async () => {
  const { rounds, begun, end } = openGated();
  await end();
  expect(begun()).toBe(1);
  rounds.wake();
  expect(begun()).toBe(2);
  await end();
  expect(begun()).toBe(2);
  await rounds.close();
});

test('a wake while a round runs begins one more after it, however often it is woken', async () => {
  const { rounds, begun, under, end } = openGated();
  for (let times = 0; times < 3; times += 1) rounds.wake();
  expect(under()).toBe(1);
  await end();
  expect([begun(), under()]).toEqual([2, 1]);
  await end();
  expect([begun(), under()]).toEqual([2, 0]);
  await rounds.close();
});

test('a wake in any moment of the end of a round is not lost', async () => {
  for (let late = 0; late < 12; late += 1) {
    let begun = 0;
    const { promise, resolve } = Promise.withResolvers<void>();
    const rounds = startRounds({ every: never, work: () => (++begun === 1 ? promise : Promise.resolve()), failed });
    resolve();
    for (let steps = 0; steps < late; steps += 1) await Promise.resolve();
    rounds.wake();
    await settled();
    expect(begun).toBe(2);
    await rounds.close();
  }
});

test('a round that says that there is more is followed by the next one at once', async () => {
  const { rounds, begun, end } = openGated();
  await end(true);
  expect(begun()).toBe(2);
  await end(false);
  expect(begun()).toBe(2);
  await rounds.close();
});

test('looks every so often, and an error ends its own round only', async () => {
  let begun = 0;
  const rounds = startRounds({
    every: 5,
    work: async () => {
      begun += 1;
      if (begun === 1) throw new Error('away');
    },
    failed,
  });
  for (const end = performance.now() + 5_000; begun < 3 && performance.now() < end; ) await turn();
  await rounds.close();
  expect(failures.map(String)).toEqual(['Error: away']);
  expect(begun).toBeGreaterThanOrEqual(3);
});

test('closing waits for the round that runs, tells it to end, and no other one begins', async () => {
  const { promise, resolve } = Promise.withResolvers<void>();
  let begun = 0;
  let may: () => boolean = () => true;
  const rounds = startRounds({
    every: never,
    async work(goOn) {
      begun += 1;
      may = goOn;
      await promise;
      return true;
    },
    failed,
  });
  expect(may()).toBe(true);
  let closed = false;
  const closing = rounds.close().then(() => {
    closed = true;
  });
  rounds.wake();
  await settled();
  expect([may(), closed]).toEqual([false, false]);
  resolve();
  await closing;
  rounds.wake();
  await settled();
  expect(begun).toBe(1);
});
