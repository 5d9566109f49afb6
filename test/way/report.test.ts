/** The line above or below a mail, and reports by mail and on the page that its link opens (requirements B9, G3). */
import { buyer, letter, openScene, type Scene, seller } from '../support/scene.ts';

let scene: Scene;
beforeAll(async () => {
  scene = await openScene({ PUBLIC_URL: 'https://relay.market.example' });
  await scene.relay.call('PUT', '/v1/orders/4711', { buyer: buyer.id, seller: seller.id, kind: 'custom', item: 'Oak shelf, 80 cm' });
  const mailboxes = [{ address: buyer.mailbox }];
  await scene.relay.call('PUT', `/v1/parties/${buyer.id}`, { role: 'buyer', name: buyer.name, mailboxes, locale: 'de' });
});
afterAll(() => scene[Symbol.asyncDispose]());

const unfolded = (message: string): string =>
  Buffer.from(
    message.replace(/=\r?\n/g, '').replace(/=([0-9A-F]{2})/g, (_, hex: string) => String.fromCharCode(Number.parseInt(hex, 16))),
    'latin1',
  ).toString();
const last = () => unfolded(scene.left().at(-1) ?? '').replaceAll('\r', '');
const write = (text: string) => scene.send(seller.mailbox, scene.buyerAlias, letter({ from: seller.mailbox, to: scene.buyerAlias, text }));
const linkIn = (message: string) => /https:\/\/relay\.market\.example(\/report\/(r-[a-z0-9-]+))/.exec(message) ?? [];
const page = (path: string, init?: RequestInit) => fetch(`${scene.relay.api}${path}`, init);
const form = (text: string) => ({ method: 'POST', body: new URLSearchParams({ text }) });
const reports = async () => (await scene.relay.call('GET', '/v1/reports')).body.reports as readonly Record<string, unknown>[];

test('what was ordered and a report link stand above the mail, and do not come back with the answer', async () => {
  await write('Shall I oil it twice?');
  const got = last();
  expect(got).toContain('[Bestellung 4711: Oak shelf, 80 cm – Diese Nachricht melden: https://relay.market.example/report/r-');
  const quoted = got.split('\n\n').slice(1).join('\n\n').replace(/^/gm, '> ');
  const answer = letter({ from: buyer.mailbox, to: scene.sellerAlias, text: `Yes, please.\n\n${quoted}` });
  expect((await scene.send(buyer.mailbox, scene.sellerAlias, answer)).code).toBe(250);
  const back = last();
  expect(back).toContain('> Shall I oil it twice?');
  expect(back.match(/\[Order 4711: Oak shelf, 80 cm/g)).toHaveLength(1);
  expect(back).not.toContain('Bestellung');
});

test('the page reports the message, in the reader’s language; opening it does not', async () => {
  const { trace } = await write('Shall I oil it thrice?');
  const [, path = ''] = linkIn(last());
  const before = (await reports()).length;
  const shown = await page(path);
  expect(shown.status).toBe(200);
  expect(shown.headers.get('content-security-policy')).toContain("default-src 'none'");
  expect(await shown.text()).toContain('<h1>Diese Nachricht melden</h1>');
  expect(await reports()).toHaveLength(before);
  const sent = await page(path, form('Er will, dass ich <b>privat</b> zahle.'));
  expect(sent.status).toBe(200);
  expect(await sent.text()).toContain('Vielen Dank');
  expect((await reports())[0]).toMatchObject({ trace, party: buyer.id, text: 'Er will, dass ich <b>privat</b> zahle.' });
});

test('a made-up or changed link leads nowhere, and the page of the API takes no form', async () => {
  const [, path = ''] = linkIn(last());
  expect((await page(path.replace(/.$/, (end) => (end === 'a' ? 'b' : 'a')))).status).toBe(404);
  expect((await page('/report/r-abc', form('x'))).status).toBe(400);
  expect((await page('/v1/check', form('x'))).status).toBe(401);
  expect((await page(path, { method: 'POST', body: '{}', headers: { 'content-type': 'application/json' } })).status).toBe(415);
});

test('the recipient may report by mail; the author may not', async () => {
  const { trace } = await write('Shall I oil it once more?');
  const [, , local = ''] = linkIn(last());
  const to = `${local}@relay.localhost`;
  expect((await scene.send(seller.mailbox, to, letter({ from: seller.mailbox, to }))).text).toMatch(/^550 5\.7\.1 /);
  expect((await scene.send(buyer.mailbox, to, letter({ from: buyer.mailbox, to, text: 'Again and again.' }))).code).toBe(250);
  expect((await reports())[0]).toMatchObject({ trace, party: buyer.id, text: 'Again and again.' });
});

test('where nothing is told of an order, the links stand below everything, for both sides, and do not come back', async () => {
  await scene.relay.call('PUT', '/v1/orders/4711', { buyer: buyer.id, seller: seller.id, kind: 'custom' });
  const said: string[] = [];
  const answer = async (text: string, from: typeof buyer | typeof seller) => {
    const before = last().split('\n\n').slice(1).join('\n\n').trim();
    const to = from === buyer ? scene.sellerAlias : scene.buyerAlias;
    const quoted = said.length === 0 ? '' : `\n\nOn Monday somebody wrote:\n${before.replace(/^/gm, '> ')}`;
    said.push(text);
    const { code, trace } = await scene.send(from.mailbox, to, letter({ from: from.mailbox, to, text: `${text}${quoted}` }));
    expect(code).toBe(250);
    const got = last();
    for (const words of said) expect(got).toContain(words);
    const [, path = '', local = ''] = linkIn(got);
    expect(local).toContain(trace);
    expect(got.match(/\/(?:report|done)\//g)).toHaveLength(from === buyer ? 2 : 1);
    expect(got).not.toMatch(/> *\n\s*\[/);
    return { got, path, trace };
  };
  const { got: first } = await answer('Shall I wax it?', seller);
  expect(first).toMatch(/\n\nShall I wax it\?\n\n\[Diese Nachricht melden: https:\S+\/report\/r-\S+\]\n$/);
  const second = await answer('Wax it, please.', buyer);
  expect(second.got).toMatch(/\n> Shall I wax it\?\n\n\[Report this message: \S+ - No answer needed: \S+\/done\/d-\S+\]\n$/);
  const { got: third } = await answer('So be it.', seller);
  expect(third).toMatch(/\n> > Shall I wax it\?\n\n\[Diese Nachricht melden: \S+\]\n$/);
  await page(second.path, form('He is rude.'));
  expect((await reports())[0]).toMatchObject({ trace: second.trace, party: seller.id, text: 'He is rude.' });
});
