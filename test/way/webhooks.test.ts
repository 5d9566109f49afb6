/** What the marketplace is told while mail goes through a relay as it is run: each event, in order, and nothing of anybody (requirement H4). */
import { mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Webhook as Verifier } from 'standardwebhooks';
import { buyer, fieldOf, letter, openScene, type Scene, seller } from '../support/scene.ts';
import { openReceiver, type Receiver } from '../webhook/receiver.ts';

let scene: Scene;
let receiver: Receiver;
let secret = '';
const folder = mkdtempSync(join(tmpdir(), 'postern-policy-'));
beforeAll(async () => {
  const file = join(folder, 'policy.yaml');
  writeFileSync(file, 'languages: [en, de]\nactions: {seller_to_buyer: {contact-phone: hold}}\n');
  symlinkSync(join(import.meta.dirname, '../../config/phrases'), join(folder, 'phrases'));
  receiver = await openReceiver();
  scene = await openScene({ PUBLIC_URL: 'https://relay.market.example', WEBHOOK_ALLOW_PRIVATE: 'on', POLICY_FILE: file });
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
  rmSync(folder, { recursive: true });
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

test('a buyer who wants no more of it, and then does again', async () => {
  const { trace } = await toBuyer('Shall I send it on Monday?');
  const token = tokenIn(scene.left().at(-1) ?? '', 'unsubscribe');
  expect((await post(`/unsubscribe/${token}`, { 'List-Unsubscribe': 'One-Click' })).status).toBe(200);
  expect(await told('opted-out', trace)).toEqual({ ...ids(), trace, party: buyer.id, choice: 'seller' });
  expect((await post(`/unsubscribe/${token}`, { choice: 'none' })).status).toBe(200);
});

test('a message that was relayed, changed, reported, or came back', async () => {
  const relayed = await toSeller('Is it oiled?');
  const about = { ...ids(), trace: relayed.trace };
  expect(await told('relayed', relayed.trace)).toEqual({ ...about, disposition: 'relay', direction: 'buyer_to_seller', rules: [] });
  const to = scene.hop.messages.findLast(({ reversePath }) => reversePath !== '')?.reversePath ?? '';
  const report = await post(`/report/${tokenIn(scene.left().at(-1) ?? '', 'report')}`, { text: 'She wants my address.' });
  expect(report.status).toBe(200);
  expect(await told('reported', relayed.trace)).toEqual({ ...about, party: seller.id });
  const bounce = readFileSync(join(import.meta.dirname, '../bounce/postfix-full.eml'), 'utf8').replaceAll('\r', '');
  expect((await scene.send('', to, bounce)).code).toBe(250);
  expect(await told('bounced', relayed.trace)).toEqual({ ...about, direction: 'buyer_to_seller', reason: 'full' });
  const redacted = await toSeller('Is it waxed? Call me: +44 20 7946 0123.');
  expect(await told('redacted', redacted.trace)).toMatchObject({ disposition: 'relay', rules: ['contact-phone'] });
});

test('a message that waits, and goes when its author says so', async () => {
  const { trace } = await toBuyer('Yes, it is. Call me: +44 20 7946 0123.');
  expect(await told('held', trace)).toEqual({
    ...ids(),
    trace,
    disposition: 'hold',
    direction: 'seller_to_buyer',
    rules: ['contact-phone'],
  });
  const notice = await scene.noticeAbout(trace);
  const to = /<([^>]+)>/.exec(fieldOf(notice, 'From'))?.[1] ?? '';
  expect((await scene.send(seller.mailbox, to, letter({ from: seller.mailbox, to, text: 'SEND' }))).code).toBe(250);
  expect(await told('released', trace)).toMatchObject({ disposition: 'relay', rules: ['contact-phone'] });
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
  expect(types).toEqual([
    ...['relayed', 'opted-out', 'opted-out', 'relayed', 'reported', 'bounced'],
    ...['redacted', 'held', 'released', 'rejected'],
  ]);
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
    '7946',
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
