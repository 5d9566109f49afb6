/** Who may call, and how often somebody may try. */
import { Attempts } from '../../src/inbound/attempts.ts';
import { Forms } from '../../src/inbound/forms.ts';
import { createGuard } from '../../src/http/access.ts';

const token = 'a-token-for-tests-only';
const caller = { address: '192.0.2.1', forwarded: undefined, forwardedFor: undefined };
const bearing = (text: string, more: object = {}) => ({ ...caller, authorization: `Bearer ${text}`, ...more });
const guardWith = (told: () => void = () => {}) => createGuard({ token, attempts: new Attempts(told) });

test('the token and nothing else: no beginning of it, no longer one, no other scheme', () => {
  const guard = createGuard({ token });
  expect(guard('token', bearing(token))).toBeUndefined();
  expect(guard('token', { ...bearing(token), authorization: `bEARER ${token}` })).toBeUndefined();
  const wrong = [...Array(token.length).keys()].map((length) => token.slice(0, length));
  for (const text of [...wrong, `${token}x`, token.toUpperCase(), `${token}\0`]) {
    expect(guard('token', bearing(text))).toMatchObject({ status: 401 });
  }
  expect(guard('token', { ...bearing(token), authorization: `Basic ${token}` })).toMatchObject({ status: 401 });
  expect(guard('token', { ...bearing(token), authorization: undefined })).toMatchObject({ status: 401 });
});

test('a wrong token is compared as a digest of fixed length: what it has in common with the right one cannot show', () => {
  const guard = createGuard({ token });
  // timingSafeEqual throws where lengths differ: it would if the tokens themselves were compared.
  for (const text of ['', 'x', 'x'.repeat(10_000)]) expect(() => guard('token', bearing(text))).not.toThrow();
});

test('after ten wrong ones nothing from there is listened to, the right one neither; others are', () => {
  let told = 0;
  const guard = guardWith(() => {
    told++;
  });
  for (let turn = 0; turn < 10; turn++) expect(guard('token', bearing(`wrong ${turn}`))).toMatchObject({ status: 401 });
  const late = guard('token', bearing(token));
  expect(late).toMatchObject({ status: 429, headers: { 'retry-after': '60' } });
  expect(guard('local', bearing(token))).toMatchObject({ status: 429 });
  expect(guard('open', bearing('wrong'))).toBeUndefined();
  expect(guard('token', bearing(token, { address: '192.0.2.2' }))).toBeUndefined();
  expect(told).toBe(1);
});

test('a call without a token counts for nothing, and the right one wipes out what was wrong', () => {
  const guard = guardWith();
  for (let turn = 0; turn < 50; turn++) expect(guard('token', { ...caller, authorization: undefined })).toMatchObject({ status: 401 });
  for (let turn = 0; turn < 50; turn++) {
    expect(guard('token', bearing('wrong'))).toMatchObject({ status: 401 });
    if (turn % 5 === 0) expect(guard('token', bearing(token))).toBeUndefined();
  }
});

test('IPv6: a /64 is one client', () => {
  const guard = guardWith();
  for (let turn = 1; turn <= 10; turn++) guard('token', bearing('wrong', { address: `2001:db8::${turn}` }));
  expect(guard('token', bearing(token, { address: '2001:db8::ffff' }))).toMatchObject({ status: 429 });
  expect(guard('token', bearing(token, { address: '2001:db8:0:1::1' }))).toBeUndefined();
});

test('behind a proxy on this machine each of its clients stands alone; from elsewhere nobody is believed', () => {
  const guard = guardWith();
  const via = (forwardedFor: string, text: string, address = '127.0.0.1') => guard('token', bearing(text, { address, forwardedFor }));
  for (let turn = 0; turn < 10; turn++) via(`10.0.0.${turn}, 192.0.2.7`, 'wrong');
  expect(via('192.0.2.7', token)).toMatchObject({ status: 429 });
  expect(via('192.0.2.8', token)).toBeUndefined();
  expect(guard('token', bearing(token, { address: '127.0.0.1' }))).toBeUndefined();
  for (let turn = 0; turn < 10; turn++) via(`192.0.2.${turn}`, 'wrong', '198.51.100.1');
  expect(via('192.0.2.99', token, '198.51.100.1')).toMatchObject({ status: 429 });
});

test('forms: sixty a minute from one client, then 429; others, the API and clients that speak for everybody go on', () => {
  const guard = createGuard({ token, forms: new Forms(['192.0.2.9']) });
  const form = (address: string, more: object = {}) => guard('form', { ...caller, authorization: undefined, address, ...more });
  for (let turn = 0; turn < 60; turn++) expect(form('192.0.2.1')).toBeUndefined();
  expect(form('192.0.2.1')).toMatchObject({ status: 429, headers: { 'retry-after': '60' } });
  // As a listener on `::` names the same client.
  expect(form('::ffff:192.0.2.1')).toMatchObject({ status: 429 });
  expect(form('::ffff:192.0.2.2')).toBeUndefined();
  expect(guard('open', { ...caller, authorization: undefined })).toBeUndefined();
  expect(guard('token', bearing(token))).toBeUndefined();
  for (let turn = 0; turn < 200; turn++) expect(form('192.0.2.9')).toBeUndefined();
  for (let turn = 0; turn < 61; turn++) form('127.0.0.1', { forwardedFor: '192.0.2.7' });
  expect(form('127.0.0.1', { forwardedFor: '192.0.2.7' })).toMatchObject({ status: 429 });
  expect(form('127.0.0.1', { forwardedFor: '192.0.2.8' })).toBeUndefined();
});

test('forms are not counted where nothing counts them', () => {
  const guard = createGuard({ token });
  for (let turn = 0; turn < 200; turn++) expect(guard('form', { ...caller, authorization: undefined })).toBeUndefined();
});
