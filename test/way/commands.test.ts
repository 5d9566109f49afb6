/** What may be said by mail and by a click: who is obeyed, what is understood, and what is answered (requirements C1, C2, D7, D8, G3, G6, A14). */
import { buyer, fieldOf, letter, openScene, type Scene, seller } from '../support/scene.ts';

let scene: Scene;
beforeAll(async () => {
  scene = await openScene({ PUBLIC_URL: 'https://relay.market.example' });
  await scene.relay.call('PUT', '/v1/orders/4711', { buyer: buyer.id, seller: seller.id, kind: 'standard', item: 'Oak shelf' });
});
afterAll(() => scene[Symbol.asyncDispose]());

const decoded = (message: string): string =>
  Buffer.from(
    message.replace(/=\r?\n/g, '').replace(/=([0-9A-F]{2})/g, (_, hex: string) => String.fromCharCode(Number.parseInt(hex, 16))),
    'latin1',
  )
    .toString()
    .replaceAll('\r', '');
const last = () => decoded(scene.left().at(-1) ?? '');
let count = 0;
const toBuyer = (text = `It is number ${++count}.`) =>
  scene.send(seller.mailbox, scene.buyerAlias, letter({ from: seller.mailbox, to: scene.buyerAlias, text }));
const toSeller = (text = `Is it number ${++count}?`) =>
  scene.send(buyer.mailbox, scene.sellerAlias, letter({ from: buyer.mailbox, to: scene.sellerAlias, text }));
const tokenIn = (message: string, name: string) => new RegExp(`/${name}/([a-z]-[a-z0-9]+-[a-z2-7]{8})`).exec(message)?.[1] ?? '';
const write = (from: string, token: string, text: string, more: object = {}) =>
  scene.send(from, `${token}@relay.localhost`, letter({ from, to: `${token}@relay.localhost`, subject: 'Re: x', text, ...more }));
const page = (path: string, body?: Record<string, string>) =>
  fetch(`${scene.relay.api}${path}`, body && { method: 'POST', body: new URLSearchParams(body) });
const state = async () => (await scene.relay.call('GET', `/v1/conversations/${scene.conversation}`)).body;
const all = async () => (await scene.relay.call('GET', `/v1/parties/${buyer.id}`)).body.optedOut;
/** What is said by the answers from now on; the newest last. */
const answers = async (before: number) => (await scene.noticed(before + 1, 'answer')).slice(before).map(decoded);
const told = () => scene.notices().filter((notice) => fieldOf(notice, 'Postern-Notice') === 'answer').length;
const reports = async () => (await scene.relay.call('GET', '/v1/reports')).body.reports as readonly Record<string, unknown>[];

const speaks = (locale: string) =>
  scene.relay.call('PUT', `/v1/parties/${buyer.id}`, { role: 'buyer', name: buyer.name, mailboxes: [{ address: buyer.mailbox }], locale });

test('STOP at any address of a message, in any of the languages: done, and an answer says what and how to undo it', async () => {
  await speaks('de');
  const { trace } = await toBuyer();
  const [report, unsubscribe] = [tokenIn(last(), 'report'), tokenIn(last(), 'unsubscribe')];
  const before = told();
  expect((await write(buyer.mailbox, report, '“Stopp!”\n\nAm Montag schrieb Hanna:\n> START\n', { id: 'stop@buyer.example' })).code).toBe(
    250,
  );
  expect((await state()).optedOut).toBe(true);
  const [answer = ''] = await answers(before);
  expect(scene.hop.messages.at(-1)).toMatchObject({ reversePath: '', recipients: [buyer.mailbox] });
  expect(fieldOf(answer, 'Auto-Submitted')).toBe('auto-replied');
  expect(fieldOf(answer, 'In-Reply-To')).toBe('<stop@buyer.example>');
  expect(fieldOf(answer, 'From')).toContain(`<${report}@relay.localhost>`);
  expect(answer).toContain('Hanna O. schreibt Ihnen nicht mehr ungefragt. Rückgängig: Antworten Sie START.');
  expect(answer).toMatch(
    new RegExp(`Es geht um die Nachricht von Hanna O. vom 20\\d\\d-[\\s\\S]*https://relay.market.example/help/de[\\s\\S]*${trace}`),
  );
  expect(answer).not.toContain(buyer.mailbox);
  expect(answer).not.toContain(seller.mailbox);
  for (const [text, expected] of [
    ['Avregistrera ALLA', { seller: false, all: true }],
    ['stop', { seller: false, all: true }],
    ['恢复', { seller: false, all: false }],
    ['désabonner, merci', { seller: true, all: false }],
    ['mulai', { seller: false, all: false }],
  ] as const) {
    expect((await write(buyer.mailbox, unsubscribe, text)).code).toBe(250);
    expect({ text, seller: (await state()).optedOut, all: await all() }).toEqual({ text, ...expected });
  }
});

test('one click, or STOP, takes nothing back from who wants no messages of any seller', async () => {
  await toBuyer();
  const token = tokenIn(last(), 'unsubscribe');
  await page(`/unsubscribe/${token}`, { choice: 'all' });
  expect(await (await page(`/unsubscribe/${token}`, { 'List-Unsubscribe': 'One-Click' })).text()).toContain('value="all" checked');
  expect(await all()).toBe(true);
  await page(`/unsubscribe/${token}`, { choice: 'none' });
  expect(await all()).toBe(false);
});

test('the same command again, as servers repeat it, changes nothing and answers nothing', async () => {
  await toBuyer();
  const token = tokenIn(last(), 'unsubscribe');
  const stop = letter({ from: buyer.mailbox, to: `${token}@relay.localhost`, text: 'STOP', id: 'again@buyer.example' });
  const before = told();
  const replies = await Promise.all([1, 2, 3].map(() => scene.send(buyer.mailbox, `${token}@relay.localhost`, stop)));
  expect(replies.map(({ code }) => code)).toContain(250);
  await write(buyer.mailbox, token, 'START');
  expect((await scene.send(buyer.mailbox, `${token}@relay.localhost`, stop)).code).toBe(250);
  expect((await state()).optedOut).toBe(false);
  expect(await answers(before + 1)).toHaveLength(1);
});

test('a token obeys its party alone, and one of another message says nothing for this one', async () => {
  await toBuyer();
  const mine = tokenIn(last(), 'unsubscribe');
  expect((await write(seller.mailbox, mine, 'STOP')).text).toMatch(/^550 5\.7\.1 You may not write/);
  expect((await write('eve@elsewhere.example', mine, 'STOP')).text).toMatch(/^550 5\.7\.1 You may not write/);
  await toBuyer();
  const other = tokenIn(last(), 'unsubscribe');
  const mixed = `u-${other.split('-')[1]}-${mine.split('-')[2]}`;
  expect((await write(buyer.mailbox, mixed, 'STOP')).text).toMatch(/^550 5\.1\.1 /);
  expect((await write(buyer.mailbox, mine.replace('u-', 'd-'), 'STOP')).text).toMatch(/^550 5\.1\.1 /);
  expect((await state()).optedOut).toBe(false);
});

test('machines are not obeyed', async () => {
  await toBuyer();
  const token = tokenIn(last(), 'unsubscribe');
  for (const fields of [['Auto-Submitted: auto-replied'], ['Precedence: list'], ['X-Autoreply: yes'], ['Content-Type: multipart/report']])
    await write(buyer.mailbox, token, 'STOP', { fields });
  expect((await state()).optedOut).toBe(false);
});

test('what is not understood is told, and nothing is done; a report stays a report', async () => {
  await toBuyer();
  const [report, unsubscribe] = [tokenIn(last(), 'report'), tokenIn(last(), 'unsubscribe')];
  const before = told();
  const filed = (await reports()).length;
  for (const [token, text] of [
    [unsubscribe, 'strat'],
    [unsubscribe, 'DONE'],
    [report, 'blokc'],
    [report, 'help'],
  ] as const)
    expect((await write(buyer.mailbox, token, text)).code).toBe(250);
  for (const answer of await answers(before + 3))
    expect(answer).toMatch(/Es wurde nichts getan\.[\s\S]*\* REPORT \(MELDEN\): [\s\S]*\* STOP \(STOPP\): /);
  expect(await state()).toMatchObject({ optedOut: false, blockedBy: [] });
  expect(await reports()).toHaveLength(filed);
  const text = 'Help! He wants me to pay outside, and he will not stop asking me for my number.';
  await write(buyer.mailbox, report, text);
  expect((await reports())[0]).toMatchObject({ text });
});

test('a report address takes BLOCK, and UNBLOCK undoes it; who says more is heard by a person too', async () => {
  await toBuyer();
  const report = tokenIn(last(), 'report');
  const text = 'Block.\n\nThis man writes to me every night and will not take no for an answer.';
  const before = told();
  await write(buyer.mailbox, report, text);
  expect((await state()).blockedBy).toEqual(['buyer']);
  expect((await reports())[0]).toMatchObject({ text });
  expect((await answers(before))[0]).toMatch(/antworten Sie UNBLOCK|Antworten Sie UNBLOCK/);
  await write(buyer.mailbox, report, 'UNBLOCK');
  expect((await state()).blockedBy).toEqual([]);
});

test('report and block in one click, and the block undone on its page; opening either changes nothing', async () => {
  const { trace } = await toBuyer();
  const token = tokenIn(last(), 'report');
  expect(await (await page(`/report/${token}`)).text()).toContain('name="block"');
  expect((await page(`/block/${token}`)).status).toBe(200);
  expect((await state()).blockedBy).toEqual([]);
  const thanks = await (await page(`/report/${token}`, { text: 'Nachts.', block: 'yes' })).text();
  expect(thanks).toContain(`<a href="/block/${token}">Sperre aufheben</a>`);
  expect((await reports())[0]).toMatchObject({ trace, text: 'Nachts.' });
  expect(await (await page(`/block/${token}`)).text()).toContain('value="blocked" checked');
  expect((await state()).blockedBy).toEqual(['buyer']);
  await page(`/block/${token}`, { choice: 'open' });
  expect((await state()).blockedBy).toEqual([]);
});

test('a seller says that a message needs no answer: by a click, by a mail, never by opening the page; a buyer cannot', async () => {
  const first = await toSeller();
  expect(last()).toContain('– No answer needed: https://relay.market.example/done/d-');
  const token = tokenIn(last(), 'done');
  const entry = (await scene.relay.call('GET', `/v1/messages/${first.trace}`)).body;
  expect((await page(`/done/${token}`)).status).toBe(200);
  expect((await fetch(`${scene.relay.api}/done/${token}`, { method: 'HEAD' })).status).toBe(200);
  expect((await write(buyer.mailbox, token, 'DONE')).text).toMatch(/^550 5\.7\.1 /);
  expect((await write(seller.mailbox, token, 'What is this address, please tell me')).code).toBe(250);
  expect((await state()).noAnswerNeededAt).toBeUndefined();
  const noted = await page(`/done/${token}`, {});
  expect([noted.status, await noted.text()]).toEqual([200, expect.stringContaining('Noted.')]);
  expect((await state()).noAnswerNeededAt).toBe(entry.at);
  const second = await toSeller();
  const later = tokenIn(last(), 'done');
  const before = told();
  expect((await write(seller.mailbox, later, '')).code).toBe(250);
  expect((await state()).noAnswerNeededAt).toBe((await scene.relay.call('GET', `/v1/messages/${second.trace}`)).body.at);
  await write(seller.mailbox, token, 'Erledigt');
  expect((await state()).noAnswerNeededAt).toBe((await scene.relay.call('GET', `/v1/messages/${second.trace}`)).body.at);
  expect((await answers(before))[0]).toContain('this message needs no answer');
  await toBuyer();
  expect(last()).not.toContain('/done/');
  expect((await page(`/done/${token.replace(/.$/, (end) => (end === 'a' ? 'b' : 'a'))}`, {})).status).toBe(404);
});

test('the answer to a notice: SEND alone is a command, a sentence is an objection, a slip of the finger neither', async () => {
  const refused = await toBuyer(
    'Order directly at our own shop next time, there it is 20 % cheaper. Pay by bank transfer and skip the fees.',
  );
  const notice = await scene.noticeAbout(refused.trace);
  const token = /<(c-[^@]+)@/.exec(fieldOf(notice, 'From'))?.[1] ?? '';
  expect(decoded(notice)).toContain('All that you can say by mail: https://relay.market.example/help/en');
  const objections = async () => (await scene.relay.call('GET', '/v1/objections')).body.objections as readonly Record<string, unknown>[];
  const before = told();
  for (const text of ['SNED', '', 'help']) expect((await write(seller.mailbox, token, text)).code).toBe(250);
  expect(await objections()).toEqual([]);
  for (const answer of await answers(before + 2)) expect(answer).toMatch(/Nothing was done[\s\S]*\* SEND: /);
  const text = 'Send me the rule that says so, please. I have quoted the buyer.';
  expect((await write(seller.mailbox, token, text)).code).toBe(250);
  expect(await objections()).toMatchObject([{ trace: refused.trace, party: seller.id, text }]);
  expect((await answers(before + 3))[0]).toContain('A person will look at what you wrote');
});

test('twenty answers a day to a party: then commands are obeyed in silence, and what is not understood is refused', async () => {
  await toSeller();
  const token = tokenIn(last(), 'done');
  for (let n = 0; n < 21; n += 1) await write(seller.mailbox, token, `word ${n}`);
  expect((await write(seller.mailbox, token, 'one more')).text).toMatch(/^550 5\.6\.0 /);
  expect((await write(seller.mailbox, token, 'DONE')).code).toBe(250);
  const toHer = () =>
    scene.hop.messages.filter(
      ({ bytes, recipients }) => recipients[0] === seller.mailbox && /^Postern-Notice: answer/m.test(bytes.toString()),
    );
  await scene.noticed(told(), 'answer');
  expect(toHer().length).toBeLessThanOrEqual(20);
});

test('one page says all commands, in each language, to everybody', async () => {
  const english = await page('/help');
  expect(english.status).toBe(200);
  expect(english.headers.get('content-security-policy')).toMatch(/default-src 'none'.*form-action 'self'; frame-ancestors 'none'/);
  expect(english.headers.get('x-frame-options')).toBe('DENY');
  expect(english.headers.get('cache-control')).toBe('no-store');
  expect(english.headers.get('set-cookie')).toBeNull();
  expect(await english.text()).toMatch(/<td>STOP<\/td>[\s\S]*<td>DONE<\/td>[\s\S]*href="\/help\/zh"/);
  const german = await (await page('/help/de')).text();
  expect(german).toMatch(/<html lang="de">[\s\S]*<td>DONE, ERLEDIGT<\/td>/);
  expect(german).not.toMatch(/<script|<form|http:/);
  expect((await page('/help/xx')).status).toBe(400);
});

test('an author who is not proven gets 550 for what is not understood, and no mail', async () => {
  await using loose = await openScene({ SENDER_PROOF: 'monitor', DNS_SERVERS: '127.0.0.1:1' });
  await loose.send(seller.mailbox, loose.buyerAlias, letter({ from: seller.mailbox, to: loose.buyerAlias }));
  const to = /<mailto:(u-[^>]+)>/.exec(fieldOf(loose.left()[0] ?? '', 'List-Unsubscribe'))?.[1] ?? '';
  const say = (text: string) => loose.send(buyer.mailbox, to, letter({ from: buyer.mailbox, to, text }));
  expect((await say('strat')).text).toMatch(/^550 5\.6\.0 No command is understood in this/);
  expect((await say('STOP')).code).toBe(250);
  expect(await (await loose.relay.call('GET', `/v1/conversations/${loose.conversation}`)).body).toMatchObject({ optedOut: true });
  expect(loose.relay.log()).not.toContain('"event":"notice"');
  expect(loose.notices()).toEqual([]);
}, 30_000);
