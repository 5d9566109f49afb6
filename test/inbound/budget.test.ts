import { Budget, type Reservation } from '../../src/inbound/budget.ts';

const never = new AbortController().signal;
const MB = 1_000_000;
const reserve = (budget: Budget, bytes: number, ms = 1000, givenUp = never) => budget.reserve(bytes, ms, givenUp);

test('large messages wait for one another, first come first served; small ones have an eighth of their own', async () => {
  const budget = new Budget(8 * MB);
  const order: string[] = [];
  const take = async (name: string, bytes: number): Promise<Reservation | undefined> => {
    const reservation = await reserve(budget, bytes);
    order.push(name);
    return reservation;
  };
  const first = await take('first', 5 * MB);
  const second = take('second', 4 * MB);
  const third = take('third', 1 * MB);
  const small = await take('small', 60_000);
  expect(order).toEqual(['first', 'small']);
  expect(budget.reserved).toBe(5 * MB + 60_000);
  first?.release();
  await Promise.all([second, third]);
  expect(order).toEqual(['first', 'small', 'second', 'third']);
  for (const reservation of [await second, await third, small]) reservation?.release();
  expect(budget.reserved).toBe(0);
});

test('who waits too long or goes away gets nothing, and does not stop those behind', async () => {
  const budget = new Budget(8 * MB);
  const first = await reserve(budget, 6 * MB);
  const gone = new AbortController();
  const late = reserve(budget, 6 * MB, 30);
  const left = reserve(budget, 6 * MB, 1000, gone.signal);
  const fits = reserve(budget, 1 * MB);
  setTimeout(() => gone.abort(), 10);
  expect(await left).toBeUndefined();
  expect(await late).toBeUndefined();
  expect((await fits)?.bytes).toBe(1 * MB);
  first?.release();
  expect(budget.reserved).toBe(1 * MB);
  expect(await reserve(budget, 1 * MB, 1000, gone.signal)).toBeUndefined();
});

test('a message larger than the whole budget is alone, not for ever outside', async () => {
  const budget = new Budget(8 * MB);
  const all = await reserve(budget, 50 * MB);
  expect(all?.bytes).toBe(7 * MB);
  expect(await reserve(budget, 1 * MB, 10)).toBeUndefined();
});

test('a reservation grows only into what is free, never before those who wait, and gives back what it does not need', async () => {
  const budget = new Budget(8 * MB);
  const small = await reserve(budget, 10_000);
  expect(small?.extend(3 * MB)).toBe(true);
  expect(budget.reserved).toBe(3 * MB);
  expect(small?.extend(9 * MB)).toBe(false);
  expect(small?.bytes).toBe(3 * MB);
  const waiting = reserve(budget, 7 * MB);
  expect(small?.contended).toBe(true);
  expect(small?.extend(4 * MB)).toBe(false);
  small?.shrink(5000);
  expect(small?.bytes).toBe(5000);
  expect((await waiting)?.bytes).toBe(7 * MB);
  small?.release();
  small?.release();
  expect(budget.reserved).toBe(7 * MB);
});
