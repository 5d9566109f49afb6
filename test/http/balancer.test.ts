/** The API behind a balancer on another machine, one of `PROXY_PROTOCOL_FROM`. */
import { createGuard } from '../../src/http/access.ts';
import { Attempts } from '../../src/inbound/attempts.ts';
import { Forms } from '../../src/inbound/forms.ts';

const token = 'a-token-for-tests-only';
const balancer = '10.89.0.10';
const guardWith = (balancers: readonly string[]) =>
  createGuard({ token, balancers, attempts: new Attempts(() => {}), forms: new Forms([]) });
const caller = (address: string, forwardedFor?: string, text?: string) => ({
  address,
  authorization: text && `Bearer ${text}`,
  forwarded: undefined,
  forwardedFor,
});

test('it asks for health without a token; nobody behind it does, nor does any other machine, nor may it ask for more', () => {
  const guard = guardWith([balancer]);
  expect(guard('health', caller(balancer))).toBeUndefined();
  expect(guard('health', caller(`::ffff:${balancer}`))).toBeUndefined();
  expect(guard('health', caller('127.0.0.1'))).toBeUndefined();
  expect(guard('health', caller(balancer, '192.0.2.7'))).toMatchObject({ status: 401 });
  expect(guard('health', { ...caller(balancer), forwarded: 'for=192.0.2.7' })).toMatchObject({ status: 401 });
  expect(guard('health', caller('10.89.0.11'))).toMatchObject({ status: 401 });
  expect(guard('local', caller(balancer))).toMatchObject({ status: 401 });
  expect(guard('token', caller(balancer))).toMatchObject({ status: 401 });
  expect(guardWith([])('health', caller(balancer))).toMatchObject({ status: 401 });
});

test('one guesser behind it shuts out nobody else, and cannot change who he is', () => {
  const guard = guardWith([balancer]);
  for (let turn = 0; turn < 10; turn++) guard('token', caller(balancer, `10.0.0.${turn}, 192.0.2.7`, 'wrong'));
  expect(guard('token', caller(balancer, '192.0.2.7', token))).toMatchObject({ status: 429 });
  expect(guard('token', caller(balancer, '192.0.2.8', token))).toBeUndefined();
});

test('forms are counted by who is behind it', () => {
  const guard = guardWith([balancer]);
  for (let turn = 0; turn < 60; turn++) expect(guard('form', caller(balancer, '192.0.2.7'))).toBeUndefined();
  expect(guard('form', caller(balancer, '192.0.2.7'))).toMatchObject({ status: 429 });
  expect(guard('form', caller(balancer, '192.0.2.8'))).toBeUndefined();
});
