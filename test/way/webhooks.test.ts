/** What the marketplace is told while mail goes through a relay as it is run: each event, in order, and nothing of anybody (requirement H4). */
import { Webhook as Verifier } from 'standardwebhooks';
import { buyer, letter, openScene, type Scene, seller } from '../support/scene.ts';
import { openReceiver, type Receiver } from '../webhook/receiver.ts';

let scene: Scene;
let receiver: Receiver;
let secret = '';
beforeAll(async () => {
  receiver = await openReceiver();
  scene = await openScene({ PUBLIC_URL: 'https://relay.market.example', WEBHOOK_ALLOW_PRIVATE: 'on' });
  const { status, body } = await scene.relay.call('PUT', '/v1/webhooks/shop', {
    url: receiver.url,
    scope: ['ids', 'alias', 'disposition', 'rules'],
  });
  expect(status).toBe(200);
  secret = `${body.secret}`;
});
afterAll(async () => {
  await scene[Symbol.asyncDispose]();
  await receiver[Symbol.asyncDispose]();
});

const toBuyer = (text: string) =>
  scene.send(seller.mailbox, scene.buyerAlias, letter({ from: seller.mailbox, to: scene.buyerAlias, text }));
const toSeller = (text: string) =>
  scene.send(buyer.mailbox, scene.sellerAlias, letter({ from: buyer.mailbox, to: scene.sellerAlias, text }));
const tokenIn = (message: string, name: string) =>
  new RegExp(`/${name}/([a-z]-[a-z0-9]+-[a-z2-7]{8})`).exec(message.replace(/=\r?\n/g, ''))?.[1] ?? '';
const post = (path: string, body: Readonly<Record<string, string>>) =>
  fetch(`${scene.relay.api}${path}`, { method: 'POST', body: new URLSearchParams(body) });
/** The payload of the first event of this type about this message. */
const told = async (type: string, trace?: string) => {
  const [got] = await receiver.until(1, ({ body }) => {
    const { type: is, data } = JSON.parse(body);
    return is === type && (trace === undefined || data.trace === trace);
  });
  return got ? JSON.parse(got.body).data : undefined;
};
const ids = () => ({
  conversation: scene.conversation,
  buyer: buyer.id,
  seller: seller.id,
  buyerAlias: scene.buyerAlias,
  sellerAlias: scene.sellerAlias,
});

test('a message that was relayed, changed, or refused and then sent by its author', async () => {
  const relayed = await toSeller('Is it oiled?');
  expect(await told('relayed', relayed.trace)).toEqual({
    ...ids(),
    trace: relayed.trace,
    disposition: 'relay',
    direction: 'buyer_to_seller',
    rules: [],
  });
  const redacted = await toBuyer('Yes, it is. Call me: +49 30 901820.');
  expect(redacted.code).toBe(250);
  expect(await told('redacted', redacted.trace)).toMatchObject({ direction: 'seller_to_buyer', rules: ['contact-phone'] });
});

test('a report and an opt-out, with who said it and what', async () => {
  const { trace } = await toBuyer('Shall I send it on Monday?');
  const left = scene.left().at(-1) ?? '';
  expect((await post(`/report/${tokenIn(left, 'report')}`, { text: 'He wants my address.' })).status).toBe(200);
  expect(await told('reported', trace)).toEqual({ ...ids(), trace, party: buyer.id });
  await scene.relay.call('PUT', '/v1/orders/4712', { buyer: buyer.id, seller: seller.id, kind: 'standard' });
});

test('a party that may write no more, and what is refused then', async () => {
  await scene.relay.call('PUT', `/v1/parties/${seller.id}/standing`, { level: 'all-blocked', reason: 'Named the reason here.' });
  expect(await told('suspended')).toEqual({ party: seller.id, level: 'all-blocked' });
  const { trace } = await toBuyer('Hello?');
  expect(await told('rejected', trace)).toMatchObject({ ...ids(), disposition: 'reject', rules: ['all-blocked'] });
  await scene.relay.call('DELETE', `/v1/parties/${seller.id}/standing`);
});

test('each is signed, the conversation’s come in their order, and none says a word of anybody', async () => {
  const all = receiver.got;
  for (const { body, headers } of all) expect(new Verifier(secret).verify(body, headers)).toMatchObject({ type: expect.any(String) });
  const types = all
    .map(({ body }) => JSON.parse(body))
    .filter(({ data }) => data.conversation)
    .map(({ type }) => type);
  expect(types).toEqual(['relayed', 'redacted', 'relayed', 'reported', 'rejected']);
  expect(new Set(all.map(({ headers }) => headers['webhook-id'])).size).toBe(all.length);
  const written = all.map(({ body }) => body).join();
  for (const word of [
    buyer.mailbox,
    seller.mailbox,
    ...buyer.name.split(' '),
    ...seller.name.split(' '),
    'oiled',
    'Monday',
    'address',
    'reason here',
    '901820',
  ]) {
    expect(written.toLowerCase()).not.toContain(word.toLowerCase());
  }
  expect(scene.relay.log()).not.toContain(receiver.url);
});

test('a subscriber that is away changes nothing for the mail; what it missed comes when the relay runs again', async () => {
  receiver.answer((request) => request.socket.destroy());
  const { code, trace } = await toSeller('When does it come?');
  expect(code).toBe(250);
  expect(await told('relayed', trace)).toMatchObject({ trace });
  const before = receiver.got.length;
  receiver.answer(200);
  await scene.relay.stop('SIGTERM');
  await scene.restart();
  const again = await receiver.until(before + 1);
  const [first, second] = again.filter(({ body }) => JSON.parse(body).data.trace === trace);
  expect(second?.headers['webhook-id']).toBe(first?.headers['webhook-id']);
  expect(scene.relay.log()).not.toContain('webhook-dead');
});
