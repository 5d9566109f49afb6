/** `explain` beside a running relay: one command says why a mail did not arrive, by whatever an operator has in hand. */
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { explained } from '../../src/cli/explain.ts';
import { buyer, fieldOf, letter, openScene, type Scene, type Sent, seller } from '../support/scene.ts';

let scene: Scene;
const sent: Record<'good' | 'ads' | 'stranger' | 'lost', Sent> = {} as never;

const explain = (...args: readonly string[]) => explainWith({}, ...args);

async function explainWith(
  settings: Record<string, string>,
  ...args: readonly string[]
): Promise<{ readonly status: number; readonly out: string }> {
  const env = { SMTP_LISTEN: '127.0.0.1:0', HTTP_LISTEN: '127.0.0.1:0', ...settings };
  const { status, text } = await explained(args, { env, cwd: scene.relay.folder });
  return { status, out: text };
}

const ads = 'Visit our shop at www.cheap-oak.example and order there directly, call +49 171 5550123.';

beforeAll(async () => {
  scene = await openScene();
  const toSeller = { from: buyer.mailbox, to: scene.sellerAlias };
  sent.good = await scene.send(buyer.mailbox, scene.sellerAlias, letter({ ...toSeller, id: 'Good.1@mail.example' }));
  sent.ads = await scene.send(seller.mailbox, scene.buyerAlias, letter({ from: seller.mailbox, to: scene.buyerAlias, text: ads }));
  const from = 'nobody@elsewhere.example';
  sent.stranger = await scene.send(from, scene.sellerAlias, letter({ from, to: scene.sellerAlias, id: 'stranger@elsewhere.example' }));
  sent.lost = await scene.send(buyer.mailbox, 'nobody@relay.localhost', letter(toSeller));
  await scene.noticeAbout(sent.ads.trace);
});

afterAll(() => scene[Symbol.asyncDispose]());

test('an order: its two, the last messages newest first, and the story of the one that did not arrive', async () => {
  const { status, out } = await explain('--order', '4711');
  expect(status).toBe(0);
  expect(out).toContain('Order 4711 (standard, open)');
  expect(out).toContain(scene.buyerAlias);
  const at = [sent.stranger, sent.ads, sent.good].map(({ trace }) => out.indexOf(trace));
  expect(at.every((place) => place > 0)).toBe(true);
  expect(at).toEqual(at.toSorted((a, b) => a - b));
  expect(out).toMatch(new RegExp(`The newest one that did not arrive:\nMessage ${sent.ads.trace}, seller to buyer`));
  expect(out).toContain('Sent: the notice that it was not delivered.');
  expect(out).toContain('external-link: a link to another site, in the text (new)');
  expect(out).toMatch(/\d\d:\d\d:\d\d\.\d{3} {2}judge +[\d.]+ ms {2}the policy looked at it/);
  expect(out).toContain('What to do: The author was told which rule');
});

test('no mailbox, no name, and nothing of a message stands in it', async () => {
  for (const secret of [buyer.mailbox, buyer.name, seller.mailbox, seller.name, 'cheap-oak', '5550123', 'The shelf', 'elsewhere.example'])
    expect((await explain('--order', '4711')).out).not.toContain(secret);
});

test.each([
  ['the author’s Message-ID in brackets', () => '<Good.1@mail.example>'],
  ['the Message-ID under which it left', () => fieldOf(scene.left()[0] ?? '', 'Message-ID')],
  ['the return-path', () => scene.hop.messages[0]?.reversePath ?? ''],
])('by %s', async (_title, word) => {
  const { status, out } = await explain(word());
  expect(out).toMatch(new RegExp(`^Message ${sent.good.trace}, buyer to seller`));
  expect(status).toBe(0);
});

test('a mail whose author was not known is found by its Message-ID, and by the alias that it was written to', async () => {
  expect((await explain('stranger@elsewhere.example')).out).toContain(`Message ${sent.stranger.trace}, author not known`);
  expect((await explain(scene.sellerAlias.split('@')[0] ?? '')).out).toContain(sent.stranger.trace);
});

test('by a buyer’s mailbox, and by a party: what stands in the way now', async () => {
  expect((await explain(buyer.mailbox)).out).toContain(`Party ${buyer.id}, buyer`);
  await scene.relay.call('PUT', '/v1/parties/b-1', { role: 'buyer', name: 'x', mailboxes: [{ address: buyer.mailbox }], optedOut: true });
  const conversation = (await explain('--conversation', scene.conversation)).out;
  expect(conversation).toContain('the buyer wants no messages that sellers start');
  const off = { role: 'seller', name: 'x', mailboxes: [{ address: seller.mailbox }], messaging: 'disabled', away: '' };
  await scene.relay.call('PUT', '/v1/parties/s-1', off);
  const { out } = await explain('--party', seller.id);
  expect(out).toContain('takes no messages but answers (messaging: disabled)');
  expect(out).toContain('the seller is away: new buyers are told so');
});

test('refused before DATA: the log says it', async () => {
  const log = join(scene.relay.folder, 'relay.log');
  writeFileSync(log, scene.relay.log());
  expect((await explain(sent.lost.trace)).status).toBe(1);
  const { status, out } = await explain(sent.lost.trace, '--log', log);
  expect(out).toMatch(/refused at RCPT {2}reply 550 5\.1\.1/);
  expect(status).toBe(0);
});

test('nothing ever arrived: what is known, and what to do', async () => {
  await scene.relay.call('PUT', '/v1/parties/b-2', { role: 'buyer', name: 'x', mailboxes: [{ address: 'b2@buyer.example' }] });
  await scene.relay.call('PUT', '/v1/orders/4712', { buyer: 'b-2', seller: seller.id, kind: 'wine' });
  expect(await explain('--order', '4712')).toMatchObject({ status: 1, out: expect.stringContaining('have no conversation') });
  await scene.relay.call('PUT', '/v1/conversations', { buyer: 'b-2', seller: seller.id });
  expect(await explain('--order', '4712')).toMatchObject({
    status: 0,
    out: expect.stringContaining('No such mail reached the end of DATA'),
  });
  expect(await explain('--order', '4713')).toMatchObject({ status: 1, out: expect.stringContaining('There is no order "4713"') });
  expect(await explain('no-such@mail.example')).toMatchObject({ status: 1, out: expect.stringContaining('Nothing here is known by this') });
});

test('nothing is known for longer than JOURNAL_DAYS says', async () => {
  for (const unknown of ['k3m9x7q2v8r4t6w1', 'no-such@mail.example']) {
    expect((await explain(unknown)).out).toContain(' 400 days');
    const { out } = await explainWith({ JOURNAL_DAYS: '30' }, unknown);
    expect(out).toContain(' 30 days');
    expect(out).not.toContain('400');
  }
});

test('the API finds the same', async () => {
  const found = async (query: string) =>
    (await scene.relay.call('GET', `/v1/messages?${query}`)) as never as { status: number; body: { messages?: { trace: string }[] } };
  const traces = async (query: string) => (await found(query)).body.messages?.map(({ trace }) => trace);
  const all = [sent.stranger, sent.ads, sent.good].map(({ trace }) => trace);
  expect(await traces('order=4711')).toEqual(all);
  expect(await traces('party=s-1')).toEqual(all);
  expect(await traces(`conversation=${scene.conversation}&limit=2`)).toEqual(all.slice(0, 2));
  expect(await traces(`messageId=${encodeURIComponent('<Good.1@mail.example>')}`)).toEqual([sent.good.trace]);
  expect(await traces('messageId=nope')).toEqual([]);
  for (const wrong of ['', 'order=4711&party=s-1', 'order=%00']) expect((await found(wrong)).status).toBe(400);
  for (const unknown of ['order=1', 'party=x', 'conversation=x']) expect((await found(unknown)).status).toBe(404);
});

test('after its party is forgotten, its messages are found by trace alone', async () => {
  await scene.relay.call('DELETE', `/v1/parties/${buyer.id}`);
  expect((await explain('Good.1@mail.example')).status).toBe(1);
  expect((await explain(scene.buyerAlias)).out).toContain('This alias was forgotten with its party');
  expect((await explain('--order', '4711')).out).toContain('Order 4711 is known');
  expect((await explain(sent.good.trace)).status).toBe(0);
});

test('called wrongly, and asked for help', async () => {
  for (const args of [[], ['a', 'b'], ['--order', '1', 'x'], ['--limit', '0', 'x'], ['--nope']])
    expect((await explain(...args)).status).toBe(2);
  expect(await explain('--help')).toMatchObject({ status: 0, out: expect.stringContaining('--order ID') });
});
