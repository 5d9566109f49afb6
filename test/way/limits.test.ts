/** Whoever floods is put off, by one wall that all relays on a store share (requirement H3). */
import { buyer, letter, openScene, seller } from '../support/scene.ts';

test('the sixty-first message of an hour in a conversation is put off, not refused; the answer is not', async () => {
  await using scene = await openScene({ RATE_LIMITS: 'on' });
  const write = (n: number) => letter({ from: buyer.mailbox, to: scene.sellerAlias, text: `Number ${n}`, id: `${n}@buyer.example` });
  for (let n = 1; n <= 60; n++) expect((await scene.send(buyer.mailbox, scene.sellerAlias, write(n))).code).toBe(250);
  const over = await scene.send(buyer.mailbox, scene.sellerAlias, write(61));
  expect(over.text).toMatch(/^451 4\.7\.0 Too many messages, try again later/);
  expect(scene.left()).toHaveLength(60);
  const { body } = await scene.relay.call('GET', `/v1/messages/${over.trace}`);
  expect(body).toMatchObject({ disposition: 'defer', reason: 'limit of the conversation' });
  expect((await scene.send(seller.mailbox, scene.buyerAlias, letter({ from: seller.mailbox, to: scene.buyerAlias }))).code).toBe(250);
});
