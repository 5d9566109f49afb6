/** The marketplace's word on a mailbox that writes in a party's name. */
import { parseMailbox } from '../../src/model/address.ts';
import { type Api, fieldsOf, registerPair, serveApi } from './serve.ts';

let api: Api;
beforeAll(async () => {
  api = await serveApi();
  await registerPair(api);
});
afterAll(() => api[Symbol.asyncDispose]());

const joe = 'joe@oakbench.example';
const at = (address: string, party = 's-1') => `/v1/parties/${party}/mailboxes/${encodeURIComponent(address)}`;
const admitted = async () => (await api.call('GET', '/v1/parties/s-1')).body.admitted;

test('what the party said is shown, changed and taken back; nobody learns of the mails it was about', async () => {
  const mailbox = parseMailbox(joe);
  if (!mailbox) throw new Error('no mailbox');
  expect(await admitted()).toEqual([]);
  await api.store.directory.admit('s-1', mailbox, { verdict: 'approved', trace: 'k3m9x7q2v8r4t6w1' });
  expect(await admitted()).toEqual([{ address: joe, verdict: 'approved' }]);
  const changed = await api.call('PUT', at('Joe@OakBench.example'), { verdict: 'blocked' });
  expect([changed.status, changed.body.admitted]).toEqual([200, [{ address: joe, verdict: 'blocked' }]]);
  expect((await api.call('DELETE', at('JOE@oakbench.example'))).status).toBe(204);
  expect(await admitted()).toEqual([]);
  expect((await api.call('DELETE', at(joe))).status).toBe(404);
});

test('letters beyond ASCII and those that mean something in a path', async () => {
  for (const address of ['jörg@oakbench.example', 'a+b/c?d#e@oakbench.example', '100%@oakbench.example']) {
    expect((await api.call('PUT', at(address), { verdict: 'approved' })).body.admitted.at(-1)).toEqual({ address, verdict: 'approved' });
    expect((await api.call('DELETE', at(address))).status).toBe(204);
  }
});

test('no such party, a registered mailbox, and what is none', async () => {
  expect((await api.call('PUT', at(joe, 's-9'), { verdict: 'approved' })).status).toBe(404);
  expect((await api.call('DELETE', at(joe, 's-9'))).status).toBe(404);
  expect((await api.call('PUT', at('info@oakbench.example'), { verdict: 'blocked' })).status).toBe(409);
  for (const address of ['joe', 'joe@localhost', `${'x'.repeat(300)}@oakbench.example`, 'joe@relay.test']) {
    const answer = await api.call('PUT', at(address), { verdict: 'approved' });
    expect([answer.status, fieldsOf(answer)]).toEqual([400, ['{address}']]);
  }
  for (const body of [{}, { verdict: 'perhaps' }, { verdict: 'approved', until: 1 }])
    expect((await api.call('PUT', at(joe), body)).status).toBe(400);
  expect(await admitted()).toEqual([]);
});
