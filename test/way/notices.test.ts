/** Whoever is refused, changed or held is told, and can answer. */
import { join } from 'node:path';
import { openSqlite } from '../../src/store/sqlite.ts';
import { openVault } from '../../src/store/vault.ts';
import { buyer, fieldOf, letter, openScene, type Scene, seller } from '../support/scene.ts';
import { withPolicy } from '../support/own-policy.ts';

const cheaper = 'Order directly at our own shop next time, there it is 20 % cheaper. Pay by bank transfer and skip the marketplace fees.';

const noticeIn = async (scene: Scene, count = 1): Promise<string> => (await scene.noticed(count)).at(-1) ?? '';

const answerTo = (notice: string, text: string, from: string): string =>
  letter({ from, to: fieldOf(notice, 'From'), subject: `Re: ${fieldOf(notice, 'Subject')}`, text });
const addressIn = (field: string): string => /<([^>]+)>/.exec(field)?.[1] ?? field;

test('a refused message: 250, and a notice in the author’s language says the rule, the words and what to do', async () => {
  await using scene = await openScene();
  await scene.relay.call('PUT', `/v1/parties/${seller.id}`, {
    role: 'seller',
    name: seller.name,
    mailboxes: [{ address: seller.mailbox }],
    locale: 'de-AT',
  });
  const message = letter({
    from: seller.mailbox,
    to: scene.buyerAlias,
    id: 'cheap@oakbench.example',
    text: cheaper,
    subject: 'A better way',
  });
  const sent = await scene.send(seller.mailbox, scene.buyerAlias, message);
  expect(sent.text).toMatch(/^250 2\.0\.0 Not delivered, a notice tells why/);
  const notice = await noticeIn(scene);
  expect(scene.left()).toEqual([]);
  expect(scene.hop.messages[0]).toMatchObject({ reversePath: '', recipients: [seller.mailbox] });
  expect(fieldOf(notice, 'Auto-Submitted')).toBe('auto-replied');
  expect(fieldOf(notice, 'In-Reply-To')).toBe('<cheap@oakbench.example>');
  expect(notice).toMatch(/^X-Postern-Rules: .*off-platform/m);
  expect(notice).toContain(`X-Postern-Trace: ${sent.trace}`);
  expect(notice).toContain('Guten Tag');
  const { body } = await scene.relay.call('GET', `/v1/messages/${sent.trace}`);
  expect(body).toMatchObject({ disposition: 'reject' });

  await scene.send(seller.mailbox, scene.buyerAlias, message);
  expect(scene.notices()).toHaveLength(1);
});

test('who names others in To or Cc learns once that they got it past us; own mailboxes and aliases are no others', async () => {
  await using scene = await openScene();
  const mailboxes = [{ address: seller.mailbox }, { address: 'team@oakbench.example' }];
  await scene.relay.call('PUT', `/v1/parties/${seller.id}`, { role: 'seller', name: seller.name, mailboxes });
  const write = (text: string, to: string) =>
    scene.send(
      seller.mailbox,
      scene.buyerAlias,
      letter({ from: seller.mailbox, to: `${scene.buyerAlias}, ${to}`, text, id: `${text}@x.example` }),
    );
  await write('one', 'team@oakbench.example');
  await write('two', scene.sellerAlias);
  await write('three', 'Carpenter <joe@carpenter.example>');
  await write('four', 'Carpenter <joe@carpenter.example>');
  const notice = await noticeIn(scene);
  expect(fieldOf(notice, 'In-Reply-To')).toBe('<three@x.example>');
  expect(notice).toContain('We gave it to Lara W. alone');
  expect(notice).not.toContain('carpenter');
  await new Promise((resolve) => setTimeout(resolve, 2_500));
  expect(scene.notices()).toHaveLength(1);
  expect(scene.left().every((message) => !/carpenter/i.test(message))).toBe(true);
});

test('one review may be asked for in each order; the second request is refused', async () => {
  await using scene = await openScene();
  const ask = (text: string) => scene.send(seller.mailbox, scene.buyerAlias, letter({ from: seller.mailbox, to: scene.buyerAlias, text }));
  const request = 'The shelf should be with you by now. We would be glad about an honest review, good or bad.';
  expect((await ask(request)).text).toMatch(/^250 2\.0\.0 [a-z0-9]{16}$/);
  const again = await ask(`${request} Did you see our mail?`);
  expect(again.text).toMatch(/Not delivered/);
  expect((await scene.relay.call('GET', `/v1/messages/${again.trace}`)).body.findings).toMatchObject([{ rule: 'review-manipulation' }]);
  await scene.relay.call('PUT', '/v1/orders/4712', { buyer: buyer.id, seller: seller.id, kind: 'standard' });
  expect((await ask(`${request} This one is for the second shelf.`)).text).toMatch(/^250 2\.0\.0 [a-z0-9]{16}$/);
});

test('an author who is not proven gets 550 with the rules, and no notice', async () => {
  await using scene = await openScene({ SENDER_PROOF: 'monitor', DNS_SERVERS: '127.0.0.1:1' });
  const sent = await scene.send(seller.mailbox, scene.buyerAlias, letter({ from: seller.mailbox, to: scene.buyerAlias, text: cheaper }));
  expect(sent.text).toMatch(/^550 5\.7\.1 Against the policy of the marketplace: .*off-platform/);
  await new Promise((resolve) => setTimeout(resolve, 2_500));
  expect(scene.notices()).toEqual([]);
}, 40_000);

test('an objection by reply lies in the review list; of anybody but the author it is refused', async () => {
  await using scene = await openScene();
  const sent = await scene.send(seller.mailbox, scene.buyerAlias, letter({ from: seller.mailbox, to: scene.buyerAlias, text: cheaper }));
  const notice = await noticeIn(scene);
  const to = addressIn(fieldOf(notice, 'From'));
  const words = 'I only quoted what the buyer asked.\n\nOn Monday Message service wrote:\n> Your message was not delivered.\n';
  expect((await scene.send(buyer.mailbox, to, answerTo(notice, words, buyer.mailbox))).text).toMatch(/^550 5\.7\.1 /);
  expect((await scene.send(seller.mailbox, to, answerTo(notice, words, seller.mailbox))).code).toBe(250);
  const { body } = await scene.relay.call('GET', '/v1/objections');
  expect(body.objections).toMatchObject([{ trace: sent.trace, party: seller.id, text: 'I only quoted what the buyer asked.' }]);
  expect(scene.relay.log()).not.toContain('only quoted');
  expect((await scene.send(seller.mailbox, to, answerTo(notice, 'SEND', seller.mailbox))).text).toMatch(
    /^550 5\.6\.0 There is no message waiting/,
  );
});

const registerSeller = (scene: Scene, notices: string) =>
  scene.relay.call('PUT', `/v1/parties/${seller.id}`, {
    role: 'seller',
    name: seller.name,
    mailboxes: [{ address: seller.mailbox }],
    notices,
  });
const callMe = 'It is oiled. Or call me: +44 20 7946 0123, any time.';

test('one mail for each day: a refused message gets 250 and no notice, and the digest leaves when the day is over', async () => {
  const secret = Buffer.alloc(32, 7);
  await using scene = await openScene({ RELAY_SECRET: secret.toString('base64') });
  await registerSeller(scene, 'daily');
  const send = (text: string, subject: string) =>
    scene.send(seller.mailbox, scene.buyerAlias, letter({ from: seller.mailbox, to: scene.buyerAlias, text, subject }));
  const [first, second] = [await send(cheaper, 'A better way'), await send(callMe, 'The oil')];
  expect([first.text, second.text]).toEqual([
    expect.stringMatching(/^250 2\.0\.0 Not delivered, a notice tells why/),
    `250 2.0.0 ${second.trace}`,
  ]);
  expect(scene.left()).toHaveLength(1);
  await new Promise((resolve) => setTimeout(resolve, 2_500));
  expect(scene.notices()).toEqual([]);

  // The clock of the relay is the machine's: so the entries are moved to a day that is over.
  await scene.relay.stop('SIGTERM');
  const store = await openSqlite(join(scene.relay.folder, 'var/postern.db'), { vault: openVault([secret]), mint: () => '' });
  const lent = await store.digests.lend('9999-01-01', 60);
  if (!lent) throw new Error('nothing to tell');
  expect(lent.day).toBe(new Date(lent.entries[0]?.at ?? 0).toISOString().slice(0, 10));
  await store.digests.done(lent);
  for (const entry of lent.entries) await store.digests.add(entry, '2026-01-02');
  await store[Symbol.asyncDispose]();
  await scene.restart();

  const digest = await noticeIn(scene);
  expect(scene.hop.messages.at(-1)).toMatchObject({ reversePath: '', recipients: [seller.mailbox] });
  expect(fieldOf(digest, 'Postern-Notice')).toBe('digest');
  expect(fieldOf(digest, 'Subject')).toBe('Messages not delivered as written, 2026-01-02 (2)');
  expect(digest).toContain(`Reference: ${first.trace}`);
  expect(digest).toContain(`Reference: ${second.trace}`);
  expect(digest).not.toMatch(/7946|cheaper/);

  const foreign = await scene.send(buyer.mailbox, scene.sellerAlias, letter({ from: buyer.mailbox, to: scene.sellerAlias }));
  const words = `Not ${foreign.trace}, but ${second.trace}: that is the number of the carrier, unquestionably.`;
  const answer = answerTo(digest, words, seller.mailbox);
  expect((await scene.send(seller.mailbox, addressIn(fieldOf(digest, 'From')), answer)).code).toBe(250);
  const { body } = await scene.relay.call('GET', '/v1/objections');
  expect(body.objections).toMatchObject([{ trace: second.trace, party: seller.id }]);
}, 40_000);

test('no notices: a refused message gets 550 with the rules, one that lost a part is delivered in silence', async () => {
  await using scene = await openScene();
  await registerSeller(scene, 'off');
  const send = (text: string) => scene.send(seller.mailbox, scene.buyerAlias, letter({ from: seller.mailbox, to: scene.buyerAlias, text }));
  expect((await send(cheaper)).text).toMatch(/^550 5\.7\.1 Against the policy of the marketplace: .*off-platform/);
  expect((await send(callMe)).text).toMatch(/^250 2\.0\.0 [a-z0-9]{16}$/);
  expect(scene.left()[0]).toContain('[phone number removed]');
  await new Promise((resolve) => setTimeout(resolve, 2_500));
  expect(scene.notices()).toEqual([]);
}, 40_000);

test('a message over which the policy takes too long is put off once and then held; it never passes unjudged', () =>
  withPolicy('limits: {milliseconds: 0}', async (scene) => {
    const message = letter({ from: seller.mailbox, to: scene.buyerAlias });
    expect((await scene.send(seller.mailbox, scene.buyerAlias, message)).text).toMatch(/^451 4\.3\.0 /);
    expect((await scene.send(seller.mailbox, scene.buyerAlias, message)).text).toMatch(/^250 2\.2\.0 Message held/);
    expect(fieldOf(await noticeIn(scene), 'Postern-Notice')).toBe('held');
    expect(scene.left()).toEqual([]);
  }));

test('SEND delivers a message that was stopped, without the parts that stopped it, once', () =>
  withPolicy('actions: {seller_to_buyer: {contact-phone: reject}}', async (scene) => {
    const text = 'It is oiled. Or call me: +44 20 7946 0123, any time.';
    await scene.send(seller.mailbox, scene.buyerAlias, letter({ from: seller.mailbox, to: scene.buyerAlias, text }));
    const notice = await noticeIn(scene);
    expect(notice).toContain('SEND');
    expect(scene.left()).toEqual([]);
    const command = answerTo(notice, 'Send\n\n> Your message was not delivered', seller.mailbox);
    expect((await scene.send(seller.mailbox, addressIn(fieldOf(notice, 'From')), command)).code).toBe(250);
    expect(scene.left()[0]).toMatch(/It is oiled\. Or call me: \[phone number removed\]/);
    expect((await scene.send(seller.mailbox, addressIn(fieldOf(notice, 'From')), command)).text).toMatch(/^550 5\.6\.0 /);
    expect(scene.left()).toHaveLength(1);
  }));

test('a message that the policy holds waits for a person; SEND delivers it without the spot', () =>
  withPolicy('actions: {seller_to_buyer: {contact-phone: hold}}', async (scene) => {
    const text = 'It is oiled. Or call me: +44 20 7946 0123, any time.';
    const { trace } = await scene.send(seller.mailbox, scene.buyerAlias, letter({ from: seller.mailbox, to: scene.buyerAlias, text }));
    const notice = await noticeIn(scene);
    expect((await scene.relay.call('GET', `/v1/messages/${trace}`)).body).toMatchObject({ disposition: 'hold' });
    expect((await scene.send(seller.mailbox, addressIn(fieldOf(notice, 'From')), answerTo(notice, 'SEND', seller.mailbox))).code).toBe(250);
    expect(scene.left()[0]).toContain('[phone number removed]');
  }));

test('a message that lost a part is delivered, and the author is told which', async () => {
  await using scene = await openScene();
  const text = 'It is oiled. Or call me: +44 20 7946 0123, any time.';
  const sent = await scene.send(seller.mailbox, scene.buyerAlias, letter({ from: seller.mailbox, to: scene.buyerAlias, text }));
  expect(sent.text).toBe(`250 2.0.0 ${sent.trace}`);
  expect(scene.left()[0]).toMatch(/It is oiled\. Or call me: \[phone number removed\]/);
  const notice = await noticeIn(scene);
  expect(fieldOf(notice, 'Postern-Notice')).toBe('redacted');
  expect(notice).toContain('+44 20 7946 0123');
});

test('a buyer who opted out of a seller gets nothing that the seller starts, and every answer', async () => {
  await using scene = await openScene();
  await scene.relay.call('PUT', `/v1/conversations/${scene.conversation}/opt-out`, { optedOut: true });
  const fromSeller = (text: string, subject = 'The colour') => letter({ from: seller.mailbox, to: scene.buyerAlias, subject, text });
  const ask = 'Which of the two colours shall I take for your shelf, oak or ash?';
  expect((await scene.send(seller.mailbox, scene.buyerAlias, fromSeller(ask))).text).toContain('Not delivered');
  expect(await noticeIn(scene)).toMatch(/X-Postern-Rules: opted-out/);
  expect((await scene.send(seller.mailbox, scene.buyerAlias, fromSeller(ask, '[Important] The colour'))).text).toMatch(
    /^250 2\.0\.0 [a-z0-9]{16}$/,
  );
  await scene.send(buyer.mailbox, scene.sellerAlias, letter({ from: buyer.mailbox, to: scene.sellerAlias }));
  expect((await scene.send(seller.mailbox, scene.buyerAlias, fromSeller('Ash it is, as you asked.'))).text).toMatch(
    /^250 2\.0\.0 [a-z0-9]{16}$/,
  );
  expect(scene.left()).toHaveLength(3);
});

test('a notice that the next hop defers is put off, and stays in the outbox', async () => {
  await using scene = await openScene({}, { at: { dot: ['451 4.7.1 later'] } });
  await scene.send(seller.mailbox, scene.buyerAlias, letter({ from: seller.mailbox, to: scene.buyerAlias, text: cheaper }));
  for (const patience = Date.now() + 8_000; !scene.relay.log().includes('"reason":"put off"') && Date.now() < patience; ) {
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
  expect(scene.relay.log()).toContain('"reason":"put off"');
});
