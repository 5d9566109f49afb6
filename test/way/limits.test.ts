/** Whoever floods is put off, by one wall that all relays on a store share (requirement H3). */
import { buyer, fieldOf, letter, openScene, seller } from '../support/scene.ts';

test('the sixty-first message of an hour in a conversation is put off, not refused; the answer is not', async () => {
  await using scene = await openScene({ RATE_LIMITS: 'on' });
  const write = (n: number) => letter({ from: buyer.mailbox, to: scene.sellerAlias, text: `Number ${n}`, id: `${n}@buyer.example` });
  const taken = async (n: number) => expect((await scene.send(buyer.mailbox, scene.sellerAlias, write(n))).code).toBe(250);
  for (let n = 1; n <= 30; n++) await taken(n);
  // What was relayed before does not count again.
  for (let n = 1; n <= 3; n++) await taken(n);
  for (let n = 31; n <= 60; n++) await taken(n);
  await taken(1);
  const over = await scene.send(buyer.mailbox, scene.sellerAlias, write(61));
  expect(over.text).toMatch(/^451 4\.7\.0 Too many messages, try again later/);
  expect(scene.left()).toHaveLength(60);
  const { body } = await scene.relay.call('GET', `/v1/messages/${over.trace}`);
  expect(body).toMatchObject({ disposition: 'defer', reason: 'limit of the conversation' });
  expect((await scene.send(seller.mailbox, scene.buyerAlias, letter({ from: seller.mailbox, to: scene.buyerAlias }))).code).toBe(250);
});

test('mail to the relay’s own addresses counts like other mail, and forms of its pages count by client', async () => {
  await using scene = await openScene({ RATE_LIMITS: 'on', PUBLIC_URL: 'https://relay.market.example' });
  await scene.send(seller.mailbox, scene.buyerAlias, letter({ from: seller.mailbox, to: scene.buyerAlias, text: 'It is oak.' }));
  const links = fieldOf(scene.left().at(-1) ?? '', 'List-Unsubscribe');
  const [, path = '', to = ''] = /<https:\/\/relay\.market\.example(\/unsubscribe\/[^>]+)>, <mailto:([^>]+)>/.exec(links) ?? [];
  const say = (text: string, from: string = buyer.mailbox) => scene.send(from, to, letter({ from, to, text }));
  // Whoever the address does not obey spends nothing of its party's.
  for (let n = 0; n < 3; n++) expect((await say('STOP', seller.mailbox)).text).toMatch(/^550 5\.7\.1 /);
  for (let n = 0; n < 60; n++) expect((await say(n % 2 ? 'START' : 'STOP')).code).toBe(250);
  expect((await say('STOP')).text).toMatch(/^451 4\.7\.0 Too many messages, try again later/);
  const { body } = await scene.relay.call('GET', `/v1/conversations/${scene.conversation}`);
  expect(body.optedOut).toBe(false);
  expect((await scene.send(buyer.mailbox, scene.sellerAlias, letter({ from: buyer.mailbox, to: scene.sellerAlias }))).code).toBe(451);
  const click = (from: string) =>
    fetch(`${scene.relay.api}${path}`, {
      method: 'POST',
      headers: { 'x-forwarded-for': from },
      body: new URLSearchParams({ choice: 'all' }),
    });
  for (let n = 0; n < 60; n++) expect((await click('192.0.2.1')).status).toBe(200);
  const over = await click('192.0.2.1');
  expect([over.status, over.headers.get('retry-after')]).toEqual([429, '60']);
  expect((await click('192.0.2.2')).status).toBe(200);
  expect((await fetch(`${scene.relay.api}${path}`)).status).toBe(200);
}, 30_000);
