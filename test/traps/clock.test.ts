/** A relay whose clock is set: an hour forward, an hour back, 400 days forward, and right again (traps.md section 5, row clock). */
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { buyer, letter, openScene, type Scene, seller } from '../support/scene.ts';
import { remembering } from '../../src/auth/resolver.ts';
import { dial } from '../support/smtp.ts';

const hour = 3_600_000;
const day = 24 * hour;
const jumps = [
  ['an hour forward', hour],
  ['an hour back', -hour],
  ['400 days forward', 400 * day],
  ['right again', 0],
] as const;

const folder = mkdtempSync(join(tmpdir(), 'postern-clock-'));
const clock = join(folder, 'clock');
const preload = { NODE_OPTIONS: `--import ${join(import.meta.dirname, 'moved-clock.ts')}`, CLOCK_FILE: clock };

let scene: Scene;
beforeAll(async () => {
  scene = await openScene({ ...preload, RATE_LIMITS: 'on', UNLIMITED_CLIENTS: '127.0.0.1', ALIAS_DAYS: '100' });
}, 60_000);
afterAll(async () => {
  await scene[Symbol.asyncDispose]();
  rmSync(folder, { recursive: true });
});

/** Sets the relay's clock, and waits until its log shows it. */
async function setClock(ahead: number): Promise<void> {
  writeFileSync(clock, String(ahead));
  process.kill(scene.relay.pid, 'SIGUSR2');
  for (const patience = Date.now() + 10_000; Math.abs((await logged()) - Date.now() - ahead) > hour / 2; )
    if (Date.now() > patience) throw new Error('the clock was not moved');
}

/** When the relay believes that a message was refused just now. */
async function logged(): Promise<number> {
  using client = await dial(scene.relay.smtpPort);
  await client.command('MAIL FROM:nobody', /^501 /);
  await new Promise((resolve) => setTimeout(resolve, 10));
  const lines = scene.relay.log().trim().split('\n');
  const line = lines.findLast((text) => text.includes('"event":"sender-refused"'));
  return line === undefined ? 0 : Date.parse(String(JSON.parse(line).time));
}

const toSeller = (text: string) =>
  scene.send(buyer.mailbox, scene.sellerAlias, letter({ from: buyer.mailbox, to: scene.sellerAlias, text, id: `${text}@mail.example` }));
const toBuyer = (text: string) =>
  scene.send(seller.mailbox, scene.buyerAlias, letter({ from: seller.mailbox, to: scene.buyerAlias, text, id: `${text}@shop.example` }));

test.each(jumps)('%s: mail goes on in sessions that are open, each once, by the same aliases', async (name, ahead) => {
  const open = await scene.relay.call('PUT', '/v1/orders/4711', { buyer: buyer.id, seller: seller.id, kind: 'standard' });
  expect(open.status).toBeLessThan(300);
  using client = await dial(scene.relay.smtpPort);
  await client.command(`MAIL FROM:<${buyer.mailbox}>`, /^250 /);
  await setClock(ahead);
  await client.command(`RCPT TO:<${scene.sellerAlias}>`, /^250 /);
  const before = scene.left().length;
  expect([(await toSeller(name)).code, (await toBuyer(name)).code]).toEqual([250, 250]);
  expect((await toSeller(name)).code).toBe(250);
  expect(scene.left()).toHaveLength(before + 2);
  expect((await scene.relay.call('GET', '/readyz')).status).toBe(200);
  const { body } = await scene.relay.call('PUT', '/v1/conversations', { buyer: buyer.id, seller: seller.id });
  expect(body).toMatchObject({ buyerAlias: scene.buyerAlias, sellerAlias: scene.sellerAlias });
});

test('a clock that runs 400 days ahead ends aliases by it for as long, and no longer: nothing of the end stays', async () => {
  const pair = { buyer: 'b-old', seller: 's-old' };
  await scene.relay.call('PUT', '/v1/parties/b-old', { role: 'buyer', name: 'Ada Lund', mailboxes: [{ address: 'ada@old.example' }] });
  await scene.relay.call('PUT', '/v1/parties/s-old', { role: 'seller', name: 'Bo Berg', mailboxes: [{ address: 'bo@old.example' }] });
  const { body } = await scene.relay.call('PUT', '/v1/conversations', pair);
  const write = (text: string) =>
    scene.send('ada@old.example', `${body.sellerAlias}`, letter({ from: 'ada@old.example', to: `${body.sellerAlias}`, text }));
  expect((await write('First.')).code).toBe(250);
  await setClock(400 * day);
  expect((await write('Ahead.')).text).toMatch(/^550 5\.1\.1 /);
  await setClock(0);
  expect((await write('Second.')).code).toBe(250);
  expect((await scene.relay.call('PUT', '/v1/conversations', pair)).body).toMatchObject({ sellerAlias: body.sellerAlias });
});

test('a limit that was reached while the clock was ahead is not reached any more when it is right again', async () => {
  const party = { role: 'buyer', name: 'Eva Holm', mailboxes: [{ address: 'eva@much.example' }] };
  await scene.relay.call('PUT', '/v1/parties/b-much', party);
  const { body } = await scene.relay.call('PUT', '/v1/conversations', { buyer: 'b-much', seller: seller.id });
  let count = 0;
  const write = async (): Promise<number> => {
    count += 1;
    const to = `${body.sellerAlias}`;
    return (await scene.send('eva@much.example', to, letter({ from: 'eva@much.example', to, text: `Number ${count}.` }))).code;
  };
  await setClock(90 * day);
  for (let tries = 0; tries < 60; tries += 1) expect(await write()).toBe(250);
  expect(await write()).toBe(451);
  await setClock(0);
  expect(await write()).toBe(250);
}, 60_000);

test('a notice leaves, though the clock was set back behind it', async () => {
  await setClock(hour);
  const offer = 'Order directly at our own shop next time, there it is 20 % cheaper. Pay by bank transfer and skip the marketplace fees.';
  const { trace, text } = await toBuyer(offer);
  expect(text).toMatch(/^250 2\.0\.0 Not delivered/);
  await setClock(0);
  expect(await scene.noticeAbout(trace)).toContain('Postern-Notice');
});

test('an answer of DNS is not remembered for longer because the clock was set back', async () => {
  let now = 400 * day;
  let asked = 0;
  const resolve = remembering(
    async () => [`key ${++asked}`],
    () => now,
  );
  expect(await resolve('s1._domainkey.shop.example', 'TXT')).toEqual(['key 1']);
  now = 0;
  expect(await resolve('s1._domainkey.shop.example', 'TXT')).toEqual(['key 2']);
  now = 59_000;
  expect(await resolve('s1._domainkey.shop.example', 'TXT')).toEqual(['key 2']);
});
