/** A buyer opts out by one click, on the page, or by a mail; and in again (requirements C1, C2, C3). */
import { buyer, fieldOf, letter, openScene, type Scene, seller } from '../support/scene.ts';

let scene: Scene;
beforeAll(async () => {
  scene = await openScene({ PUBLIC_URL: 'https://relay.market.example' });
  const mailboxes = [{ address: buyer.mailbox }];
  await scene.relay.call('PUT', `/v1/parties/${buyer.id}`, { role: 'buyer', name: buyer.name, mailboxes, locale: 'sv' });
});
afterAll(() => scene[Symbol.asyncDispose]());

const start = (text: string) => scene.send(seller.mailbox, scene.buyerAlias, letter({ from: seller.mailbox, to: scene.buyerAlias, text }));
const answer = (text: string) => scene.send(buyer.mailbox, scene.sellerAlias, letter({ from: buyer.mailbox, to: scene.sellerAlias, text }));
const last = () => scene.left().at(-1) ?? '';
const page = (path: string, body?: Record<string, string>) =>
  fetch(`${scene.relay.api}${path}`, body && { method: 'POST', body: new URLSearchParams(body) });
const state = async () => {
  const [conversation, party] = await Promise.all([
    scene.relay.call('GET', `/v1/conversations/${scene.conversation}`),
    scene.relay.call('GET', `/v1/parties/${buyer.id}`),
  ]);
  return { seller: conversation.body.optedOut, all: party.body.optedOut };
};
let link = '';
let mail = '';

test('a message that a seller starts says where to unsubscribe: a page that takes one click, and a mail', async () => {
  expect((await start('Shall I send it on Monday?')).code).toBe(250);
  const [, path = '', address = ''] =
    /^<https:\/\/relay\.market\.example(\/unsubscribe\/u-[a-z0-9-]+)>, <mailto:(u-[a-z0-9-]+@relay\.localhost)>$/.exec(
      fieldOf(last(), 'List-Unsubscribe'),
    ) ?? [];
  expect(fieldOf(last(), 'List-Unsubscribe-Post')).toBe('List-Unsubscribe=One-Click');
  expect(last()).not.toContain(buyer.mailbox);
  [link, mail] = [path, address];
  expect(link).not.toBe('');
});

test('a look at the page changes nothing; it speaks the language of the buyer', async () => {
  const shown = await page(link);
  expect(shown.status).toBe(200);
  const text = await shown.text();
  expect(text).toContain('<h1>Meddelanden från säljare</h1>');
  expect(text).toMatch(/value="none" checked/);
  expect(await state()).toEqual({ seller: false, all: false });
});

test('one click: this seller starts no more, and still answers', async () => {
  expect((await page(link, { 'List-Unsubscribe': 'One-Click' })).status).toBe(200);
  expect(await state()).toEqual({ seller: true, all: false });
  expect((await start('Shall I send it on Tuesday?')).text).toMatch(/Not delivered/);
  expect((await answer('When does it come?')).code).toBe(250);
  expect(fieldOf(last(), 'List-Unsubscribe')).toBe('');
  expect((await start('On Wednesday.')).text).toMatch(/^250 2\.0\.0 [a-z0-9]{16}$/);
  expect(fieldOf(last(), 'List-Unsubscribe')).toBe('');
});

test('one click comes as a form, with the words of RFC 8058 or with nothing in it; nothing else says anything', async () => {
  const click = (init: RequestInit) => fetch(`${scene.relay.api}${link}`, { method: 'POST', ...init });
  const form = { 'content-type': 'application/x-www-form-urlencoded' };
  const again = () => page(link, { choice: 'none' });
  for (const init of [
    { headers: form, body: 'List-Unsubscribe=One-Click' },
    { headers: { 'content-type': 'application/x-www-form-urlencoded; charset=UTF-8' }, body: 'List-Unsubscribe=One-Click' },
    { headers: form },
    {},
    // Bytes have no type of their own.
    { body: Buffer.from('List-Unsubscribe=One-Click') },
  ]) {
    await again();
    expect([(await click(init)).status, init]).toEqual([200, init]);
    expect(await state()).toEqual({ seller: true, all: false });
  }
  await again();
  const others: readonly (readonly [RequestInit, number])[] = [
    [{ headers: { 'content-type': 'application/json' }, body: '{"List-Unsubscribe":"One-Click"}' }, 415],
    [{ headers: { 'content-type': 'text/plain' }, body: 'List-Unsubscribe=One-Click' }, 415],
    [{ headers: form, body: 'List-Unsubscribe=Two-Clicks' }, 400],
    [{ headers: form, body: 'choice=all&more=1' }, 400],
  ];
  for (const [init, status] of others) expect([(await click(init)).status, init.body]).toEqual([status, init.body]);
  for (const method of ['GET', 'HEAD']) expect((await fetch(`${scene.relay.api}${link}`, { method })).status).toBe(200);
  for (const method of ['PUT', 'DELETE', 'PATCH']) expect((await fetch(`${scene.relay.api}${link}`, { method })).status).toBe(405);
  expect(await state()).toEqual({ seller: false, all: false });
});

test('on the page: no seller at all, and everything as before', async () => {
  expect(await (await page(link, { choice: 'all' })).text()).toMatch(/value="all" checked/);
  expect(await state()).toEqual({ seller: false, all: true });
  await page(link, { choice: 'none' });
  expect(await state()).toEqual({ seller: false, all: false });
  expect((await page(link, { choice: 'everything' })).status).toBe(400);
  expect((await page(link.replace('/u-', '/r-'))).status).toBe(400);
  expect(
    (
      await page(
        link.replace(/.$/, (end) => (end === 'a' ? 'b' : 'a')),
        { choice: 'all' },
      )
    ).status,
  ).toBe(404);
  expect(await state()).toEqual({ seller: false, all: false });
});

test('by mail, as mail clients send it, without a word; START and ALL are understood; nobody else is heard', async () => {
  const write = (from: string, text: string) => scene.send(from, mail, letter({ from, to: mail, subject: 'unsubscribe', text }));
  expect((await write(seller.mailbox, '')).text).toMatch(/^550 5\.7\.1 /);
  expect(await state()).toEqual({ seller: false, all: false });
  for (const [text, expected] of [
    ['', { seller: true, all: false }],
    ['ALL', { seller: false, all: true }],
    ['Start, please', { seller: false, all: false }],
  ] as const) {
    expect((await write(buyer.mailbox, text)).code).toBe(250);
    expect(await state()).toEqual(expected);
  }
});
