import { within } from '../../src/model/within.ts';

test('what comes in time is given, and what goes wrong in time', async () => {
  expect(await within(60_000, Promise.resolve('here'))).toBe('here');
  await expect(within(60_000, Promise.reject(new Error('away')))).rejects.toThrow('away');
});

test('what does not come in time is waited for no longer; that it goes wrong later ends nothing', async () => {
  const { promise, reject } = Promise.withResolvers<string>();
  expect(await within(5, promise)).toBeUndefined();
  reject(new Error('late'));
  await new Promise((resolve) => setTimeout(resolve, 5));
});

test('or what does not come in time is an error, in words of the one who waits', async () => {
  await expect(within(5, new Promise<never>(() => undefined), () => new Error('no answer'))).rejects.toThrow('no answer');
  expect(await within(60_000, Promise.resolve('here'), () => new Error('no answer'))).toBe('here');
});
