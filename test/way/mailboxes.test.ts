/** A party with several mailboxes, and mailboxes that are gone (requirements A7, A12, B8). */
import { withPolicy } from '../support/own-policy.ts';
import { fieldOf, letter, openScene, type Scene, seller } from '../support/scene.ts';

const team = 'team@oakbench.example';
const gone = 'gone@oakbench.example';

let scene: Scene;
beforeAll(async () => {
  scene = await openScene({}, { recipients: { [gone]: `550 5.1.1 <${gone}>: no such user` } });
});
afterAll(() => scene[Symbol.asyncDispose]());

const buyer = 'lara.weber@buyer.example';
const ask = (text: string) => scene.send(buyer, scene.sellerAlias, letter({ from: buyer, to: scene.sellerAlias, text }));
const putSeller = (...mailboxes: readonly object[]) =>
  scene.relay.call('PUT', `/v1/parties/${seller.id}`, { role: 'seller', name: seller.name, mailboxes });
const takers = (word: string) => scene.hop.messages.filter(({ bytes }) => bytes.includes(word)).map(({ recipients }) => recipients.join());

async function until(done: () => boolean): Promise<void> {
  for (const end = Date.now() + 10_000; !done() && Date.now() < end; ) await new Promise((resolve) => setTimeout(resolve, 20));
  expect(done()).toBe(true);
}

test('every receiving mailbox gets the same message, with aliases alone; one that only sends gets none', async () => {
  await putSeller({ address: seller.mailbox }, { address: team }, { address: 'desk@oakbench.example', receives: false });
  expect((await ask('Is it walnut?')).code).toBe(250);
  await until(() => takers('walnut').length === 2);
  expect(takers('walnut').toSorted()).toEqual([seller.mailbox, team]);
  const [one, two] = scene.left().filter((message) => message.includes('walnut'));
  expect(one).toBe(two);
  expect(fieldOf(one ?? '', 'To')).toBe(`"Hanna O." <${scene.sellerAlias}>`);
});

test('each mailbox that sends may answer', async () => {
  const answer = letter({ from: team, to: scene.buyerAlias, text: 'It is beech.' });
  expect((await scene.send(team, scene.buyerAlias, answer)).code).toBe(250);
  expect(takers('beech')).toEqual([buyer]);
});

test('where one is gone the next one takes it, and the author is not bothered', async () => {
  await putSeller({ address: gone }, { address: team });
  expect((await ask('Is it maple?')).text).toMatch(/^250 /);
  expect(takers('maple')).toEqual([team]);
});

test('where all are gone the author is told at once, and nothing is left behind that would go later', async () => {
  await putSeller({ address: gone });
  expect((await ask('Is it cherry?')).text).toMatch(/^550 5\.1\.1 /);
  expect(takers('cherry')).toEqual([]);
});

test('a message that is sent by a second SEND, after the next hop failed at the first, goes to every mailbox', async () => {
  const home = 'lara@home.example';
  const answers: Record<string, string> = { [buyer]: '451 4.2.0 later' };
  const tried = async ({ send, hop, relay, buyerAlias, noticeAbout }: Scene) => {
    await relay.call('PUT', '/v1/parties/b-1', { role: 'buyer', name: 'Lara Weber', mailboxes: [{ address: buyer }, { address: home }] });
    const text = 'It is elm. Call me: +44 20 7946 0123';
    const { trace } = await send(seller.mailbox, buyerAlias, letter({ from: seller.mailbox, to: buyerAlias, text }));
    const command = /<([^>]+)>/.exec(fieldOf(await noticeAbout(trace), 'From'))?.[1] ?? '';
    const say = () => send(seller.mailbox, command, letter({ from: seller.mailbox, to: command, text: 'SEND' }));
    expect((await say()).text).toMatch(/^451 /);
    delete answers[buyer];
    expect((await say()).text).toMatch(/^250 /);
    const got = () => hop.messages.flatMap(({ recipients }) => recipients).filter((mailbox) => mailbox !== seller.mailbox);
    await until(() => got().length === 2);
    expect(got().toSorted()).toEqual([home, buyer].toSorted());
  };
  await withPolicy('actions: {seller_to_buyer: {contact-phone: reject}}', tried, { recipients: answers });
}, 40_000);
