/** A relay that wants proof, with a real name server: what a signed mail can be used for again, and what a forged one brings whom. */
import { startDns, type NameServer } from '../support/dnsmasq.ts';
import { testWith } from '../support/programs.ts';
import { buyer, letter, openScene, type Scene, seller } from '../support/scene.ts';
import { key, recordOf, signed } from './proving.ts';

const domain = 'oakbench.example';
let dns: NameServer;
let scene: Scene;
let elsewhere = { buyerAlias: '', sellerAlias: '' };

beforeAll(async () => {
  const record = recordOf(key);
  dns = await startDns({
    [`s1._domainkey.${domain}`]: [record],
    's1._domainkey.evil.example': [record],
    [`s1._domainkey.${domain}/.evil.example`]: [record],
  });
  scene = await openScene({ SENDER_PROOF: 'enforce', DNS_SERVERS: dns.address });
  for (const [role, id] of [
    ['buyer', 'b-2'],
    ['seller', 's-2'],
  ])
    await scene.relay.call('PUT', `/v1/parties/${id}`, { role, name: `Ann ${id}`, mailboxes: [{ address: `${id}@else.example` }] });
  const { body } = await scene.relay.call('PUT', '/v1/conversations', { buyer: 'b-2', seller: 's-2' });
  elsewhere = { buyerAlias: String(body.buyerAlias), sellerAlias: String(body.sellerAlias) };
});
afterAll(async () => {
  await scene[Symbol.asyncDispose]();
  await dns[Symbol.asyncDispose]();
});

/** A mail of the seller's own, as a bystander may have got hold of it. */
const genuine = (text = 'Twice.', to = scene.buyerAlias): string =>
  signed(letter({ from: seller.mailbox, to, text, id: `1@${domain}` }).replaceAll('\n', '\r\n'), { domain });
const unsigned = (message: string): string => message.slice(message.indexOf('\r\nFrom: ') + 2);
const fromEve = (to: string, message: string) => scene.send('eve@evil.example', to, message);
const counts = () => [scene.left().length, scene.notices().length];

testWith('dnsmasq')('a signed mail is relayed; replayed to the same alias it is taken and goes nowhere', async () => {
  expect((await fromEve(scene.buyerAlias, genuine())).text).toMatch(/^250 2\.0\.0 /);
  expect(counts()).toEqual([1, 0]);
  expect((await fromEve(scene.buyerAlias, genuine())).code).toBe(250);
  expect((await fromEve(scene.buyerAlias, `Received: from a by b; Mon, 10 Mar 2025 10:00:00 +0100\r\n${genuine()}`)).code).toBe(250);
  expect(counts()).toEqual([1, 0]);
});

testWith('dnsmasq').each<[string, () => string]>([
  ['the buyer’s alias of two others', () => elsewhere.buyerAlias],
  ['the seller’s alias of two others', () => elsewhere.sellerAlias],
])('a signed mail replayed to an alias that its author may not write to: %s', async (_, alias) => {
  const before = counts();
  expect((await fromEve(alias(), genuine())).text).toMatch(/^550 5\.7\.1 /);
  expect(counts()).toEqual(before);
});

testWith('dnsmasq')('one replayed to the alias that stands for its author is taken and goes nowhere', async () => {
  const before = counts();
  expect((await fromEve(scene.sellerAlias, genuine())).code).toBe(250);
  expect(counts()).toEqual(before);
});

testWith('dnsmasq').each<[string, (message: string) => string]>([
  ['no signature', (message) => unsigned(message)],
  ['another text', (message) => message.replace('Twice.', 'Pay here.')],
  ['another subject', (message) => message.replace('The shelf', 'Your payment')],
  ['another author', (message) => message.replace(seller.mailbox, buyer.mailbox)],
  ['the signature of evil.example', (message) => signed(unsigned(message), { domain: 'evil.example' })],
  ['d= that ends in evil.example', (message) => signed(unsigned(message), { domain: `${domain}/.evil.example` })],
])('a forged mail is refused while its sender waits, and nobody gets a word about it: %s', async (_, forge) => {
  const before = counts();
  expect((await fromEve(scene.buyerAlias, forge(genuine(`Twice. ${scene.conversation}`)))).text).toMatch(/^550 5\.7\.26 /);
  expect(counts()).toEqual(before);
});

testWith('dnsmasq')('an unsigned word of command is nobody’s, and neither is a signed one of somebody else', async () => {
  const own = scene.hop.messages.at(-1)?.reversePath.replace(/^b-/, 'c-') ?? '';
  expect((await fromEve(own, letter({ from: seller.mailbox, to: own, text: 'SEND' }))).text).toMatch(/^550 5\./);
  const before = counts();
  const word = signed(letter({ from: `eve@${domain}`, to: scene.buyerAlias, text: 'STOP' }).replaceAll('\n', '\r\n'), { domain });
  expect((await fromEve(scene.sellerAlias, word)).text).toMatch(/^550 5\.7\.1 /);
  expect(counts()).toEqual(before);
});

testWith('dnsmasq')('a forged bounce in the seller’s name brings nobody a report', async () => {
  const before = counts();
  const fields = ['Content-Type: multipart/report; report-type=delivery-status; boundary=b', 'Auto-Submitted: auto-replied'];
  expect((await scene.send('', scene.buyerAlias, letter({ from: seller.mailbox, to: scene.buyerAlias, text: '--b--', fields }))).code).toBe(
    250,
  );
  expect(counts()).toEqual(before);
});
