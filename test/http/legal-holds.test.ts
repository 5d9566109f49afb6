/** A legal hold as the marketplace sees it. */
import { startRelay } from '../support/relay.ts';

const lara = { role: 'buyer', name: 'Lara Weber', mailboxes: [{ address: 'lara@buyer.example' }] };
const hanna = { role: 'seller', name: 'Hanna Okafor', mailboxes: [{ address: 'hanna@oakbench.example' }] };

test('a conversation on legal hold keeps its parties from being forgotten until it is lifted', async () => {
  await using relay = await startRelay();
  await relay.call('PUT', '/v1/parties/b-1', lara);
  await relay.call('PUT', '/v1/parties/s-1', hanna);
  const { body } = await relay.call('PUT', '/v1/conversations', { buyer: 'b-1', seller: 's-1' });
  const place = `/v1/conversations/${body.id}/legal-hold`;
  expect((await relay.call('GET', place)).status).toBe(404);
  expect((await relay.call('PUT', '/v1/conversations/nobodys/legal-hold', { by: 'Kim', note: '' })).status).toBe(404);
  expect((await relay.call('PUT', place, { by: '' })).status).toBe(400);
  const put = await relay.call('PUT', place, { by: 'Kim, Legal', note: 'Case 5' });
  expect(put).toMatchObject({ status: 200, body: { by: 'Kim, Legal', note: 'Case 5' } });
  expect((await relay.call('GET', place)).body).toEqual(put.body);
  for (const id of ['b-1', 's-1']) {
    const refused = await relay.call('DELETE', `/v1/parties/${id}`);
    expect(refused).toMatchObject({ status: 409, body: { title: 'Conflict', detail: expect.stringContaining('legal hold') } });
    expect((await relay.call('GET', `/v1/parties/${id}`)).status).toBe(200);
  }
  expect((await relay.call('DELETE', place)).status).toBe(204);
  expect((await relay.call('DELETE', place)).status).toBe(404);
  expect((await relay.call('DELETE', '/v1/parties/b-1')).status).toBe(204);
}, 30_000);
