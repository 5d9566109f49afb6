/** How fast a seller answers, and what the seller may send, as the relay sees it: a real relay, real mails, the API. */
import { buyer, letter, openScene, type Scene, seller } from '../support/scene.ts';

let scene: Scene;
beforeAll(async () => {
  scene = await openScene();
});
afterAll(() => scene[Symbol.asyncDispose]());

const toSeller = (more: object = {}) =>
  scene.send(buyer.mailbox, scene.sellerAlias, letter({ from: buyer.mailbox, to: scene.sellerAlias, ...more }));
const toBuyer = (more: object = {}) =>
  scene.send(seller.mailbox, scene.buyerAlias, letter({ from: seller.mailbox, to: scene.buyerAlias, text: 'Yes, twice.', ...more }));

/** The last 7 days. */
async function span(): Promise<unknown> {
  const { body } = await scene.relay.call('GET', `/v1/parties/${seller.id}/responses`);
  return (body as { readonly spans: readonly unknown[] }).spans[0];
}

test('a message that the seller starts is no answer', async () => {
  await toBuyer({ text: 'Your shelf leaves tomorrow at noon, in two parcels.' });
  expect(await span()).toMatchObject({ questions: 0, answered: 0, averageSeconds: null });
});

test('a question waits; neither an automatic answer nor a message that is refused answers it', async () => {
  expect((await toSeller()).code).toBe(250);
  await toSeller({ text: 'And how deep is it?' });
  expect(await span()).toMatchObject({ questions: 1, answered: 0, waiting: 1, shareWithin24h: null });
  expect((await toBuyer({ fields: ['Auto-Submitted: auto-replied'], text: 'I am away until Monday.' })).code).toBe(250);
  await toBuyer({ text: 'Buy three today and get 20 % off with the code SALE20, only this week in our shop!' });
  expect(await span()).toMatchObject({ questions: 1, answered: 0, waiting: 1 });
});

test('the answer ends the wait', async () => {
  expect((await toBuyer({ text: 'It is 30 cm deep, and oiled twice.' })).code).toBe(250);
  expect(await span()).toMatchObject({ questions: 1, answered: 1, answeredWithin24h: 1, waiting: 0, noAnswerNeeded: 0, shareWithin24h: 1 });
});

test('"no answer needed" counts as answered, and has no time', async () => {
  await toSeller({ text: 'Thank you, that is all I wanted to know.' });
  expect(await span()).toMatchObject({ questions: 2, answered: 1, waiting: 1 });
  const address = /(?<![a-z0-9])d-[a-z0-9-]+@relay\.localhost/.exec(scene.left().at(-1)?.replaceAll('=\r\n', '') ?? '')?.[0] ?? '';
  expect((await scene.send(seller.mailbox, address, letter({ from: seller.mailbox, to: address, text: 'DONE' }))).code).toBe(250);
  expect(await span()).toMatchObject({ questions: 2, answered: 2, answeredWithin24h: 2, waiting: 0, noAnswerNeeded: 1 });
});

test('an automatic message of the buyer is no question', async () => {
  await toSeller({ fields: ['Auto-Submitted: auto-replied'], text: 'I am on holiday.' });
  expect(await span()).toMatchObject({ questions: 2, waiting: 0 });
});

test('what the seller may send for the order is what the relay then takes', async () => {
  const asked = async () => (await scene.relay.call('GET', '/v1/orders/4711/permissions')).body.permissions;
  const none = { allowed: true, why: [] };
  expect(await asked()).toEqual(['answer', 'message', 'critical', 'review-request'].map((kind) => ({ kind, ...none })));
  expect((await toBuyer({ text: 'The shelf left our house this morning.' })).code).toBe(250);
  expect(scene.left().at(-1)).toContain('The shelf left our house');
  await scene.relay.call('PUT', `/v1/conversations/${scene.conversation}/block`, { by: 'buyer', blocked: true });
  const closed = { allowed: false, why: [expect.objectContaining({ reason: 'blocked' })] };
  expect(await asked()).toEqual([
    { kind: 'answer', ...closed },
    { kind: 'message', ...closed },
    { kind: 'critical', ...none },
    { kind: 'review-request', ...closed },
  ]);
  const before = scene.left().length;
  await toBuyer({ text: 'It has come as far as Lyon.' });
  expect(scene.left()).toHaveLength(before);
  await toBuyer({ subject: '[Important] The shelf', text: 'It will come on Monday, and not on Friday.' });
  expect(scene.left().at(-1)).toContain('It will come on Monday');
});
