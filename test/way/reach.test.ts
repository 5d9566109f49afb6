/** Who gets through to whom: vacation, messaging turned off, blocks, and aliases that end (requirements A4, A13, A14, G7). */
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { fieldOf, letter, openScene, type Scene } from '../support/scene.ts';
import { dial } from '../support/smtp.ts';

const day = 86_400_000;
const iso = (at: number): string => new Date(at).toISOString();

let scene: Scene;
beforeAll(async () => {
  scene = await openScene({ ALIAS_DAYS: '100' });
});
afterAll(() => scene[Symbol.asyncDispose]());

interface Pair {
  readonly id: string;
  readonly buyer: string;
  readonly seller: string;
  readonly buyerMailbox: string;
  readonly sellerMailbox: string;
  readonly buyerAlias: string;
  readonly sellerAlias: string;
  readonly publicAlias: string;
}

let pairs = 0;
/** A buyer and a seller of their own for each test; `more`: what differs of the seller. */
async function newPair(more: object = {}, buyersLocale = 'en'): Promise<Pair> {
  pairs += 1;
  const [b, s] = [`b-${pairs}-of-reach`, `s-${pairs}-of-reach`];
  const [buyerMailbox, sellerMailbox] = [`lara${pairs}@buyer.example`, `hanna${pairs}@oakbench.example`];
  const { call } = scene.relay;
  await call('PUT', `/v1/parties/${b}`, {
    role: 'buyer',
    name: 'Lara Weber',
    mailboxes: [{ address: buyerMailbox }],
    locale: buyersLocale,
  });
  const { body: party } = await putSeller({ seller: s, sellerMailbox }, more);
  const { body } = await call('PUT', '/v1/conversations', { buyer: b, seller: s });
  return {
    id: `${body.id}`,
    buyer: b,
    seller: s,
    buyerMailbox,
    sellerMailbox,
    buyerAlias: `${body.buyerAlias}`,
    sellerAlias: `${body.sellerAlias}`,
    publicAlias: `${party.publicAlias}`,
  };
}

const putSeller = ({ seller, sellerMailbox }: Pick<Pair, 'seller' | 'sellerMailbox'>, more: object) =>
  scene.relay.call('PUT', `/v1/parties/${seller}`, {
    role: 'seller',
    name: 'Hanna Okafor',
    mailboxes: [{ address: sellerMailbox }],
    ...more,
  });

const asks = ({ buyerMailbox, sellerAlias }: Pair, more: object = {}) =>
  scene.send(buyerMailbox, sellerAlias, letter({ from: buyerMailbox, to: sellerAlias, ...more }));
const writes = ({ sellerMailbox, buyerAlias }: Pair, more: object = {}) =>
  scene.send(sellerMailbox, buyerAlias, letter({ from: sellerMailbox, to: buyerAlias, text: 'It is oak.', ...more }));
const order = ({ buyer, seller }: Pair, more: object = {}) =>
  scene.relay.call('PUT', `/v1/orders/o-${buyer}`, { buyer, seller, kind: 'standard', ...more });
const explain = async (trace: string) => (await scene.relay.call('GET', `/v1/messages/${trace}`)).body;
const block = ({ id }: Pair, by: 'buyer' | 'seller', blocked = true) =>
  scene.relay.call('PUT', `/v1/conversations/${id}/block`, { by, blocked });
const expire = ({ id }: Pair, expiresAt: string | null) => scene.relay.call('PUT', `/v1/conversations/${id}/expiry`, { expiresAt });
const flat = (notice: string): string => notice.replace(/=\r?\n/g, '').replace(/\s+/g, ' ');

describe('a seller who is away', () => {
  const until = Date.parse('2099-12-24');

  test('a new buyer is told until when, in the marketplace’s words too, and the message does not go', async () => {
    const pair = await newPair({ away: { until: iso(until), text: 'Urlaub bis Weihnachten.\nBestellungen gehen weiter.' } }, 'de');
    const before = scene.left().length;
    const { text, trace } = await asks(pair, { subject: 'Das Regal' });
    expect(text).toMatch(/^250 2\.0\.0 Not delivered, a notice tells why/);
    const notice = await scene.noticeAbout(trace);
    expect(scene.left()).toHaveLength(before);
    expect(fieldOf(notice, 'Postern-Notice')).toBe('away');
    expect(fieldOf(notice, 'Subject')).toBe('Hanna O. ist abwesend');
    expect(flat(notice)).toContain('Abwesend bis: 24. Dezember 2099');
    expect(flat(notice)).toContain('Urlaub bis Weihnachten. Bestellungen gehen weiter.');
    expect(fieldOf(notice, 'Content-Type')).toContain('multipart/report');
    expect(notice).toContain(`Final-Recipient: rfc822; ${pair.sellerAlias}`);
    expect(scene.hop.messages.at(-1)).toMatchObject({ reversePath: '', recipients: [pair.buyerMailbox] });
    expect(await explain(trace)).toMatchObject({ disposition: 'reject', reason: 'the seller is away, and the contact is new' });
  });

  test('told once a day; after that the mail is refused in words', async () => {
    const pair = await newPair({ away: 'Back soon' });
    const { trace } = await asks(pair);
    expect((await asks(pair)).text).toMatch(/^550 5\.2\.1 The recipient is away/);
    await scene.noticeAbout(trace);
    expect(scene.notices().filter((notice) => notice.includes(pair.sellerAlias))).toHaveLength(1);
  });

  test('a text that names the seller stays out of the notice, the date stays in', async () => {
    const away = { until: iso(until), text: 'Write to hanna4you at oakbench.example' };
    const pair = await newPair({ away: { ...away, text: 'I am Hanna Okafor, write to me elsewhere.' } });
    const notice = flat(await scene.noticeAbout((await asks(pair)).trace));
    expect(notice).toContain('Away until: December 24, 2099');
    expect(notice).not.toMatch(/Okafor|elsewhere/);
  });

  test('who wrote or was written to before gets through, and so does who has an order', async () => {
    const known = await newPair();
    expect((await asks(known)).text).toMatch(/^250 2\.0\.0 [a-z0-9]{16}$/);
    await putSeller(known, { away: 'Back soon' });
    expect((await asks(known)).text).toMatch(/^250 2\.0\.0 [a-z0-9]{16}$/);
    const buys = await newPair({ away: 'Back soon' });
    await order(buys);
    expect((await asks(buys)).text).toMatch(/^250 2\.0\.0 [a-z0-9]{16}$/);
    const long = await newPair({ away: 'Back soon' });
    await order(long, { completedAt: iso(Date.now() - 31 * day) });
    expect((await asks(long)).text).toMatch(/^250 2\.0\.0 Not delivered/);
  });

  test('once the date has come, nobody is kept away; a buyer’s own absence keeps nobody', async () => {
    const back = await newPair({ away: { until: iso(Date.now() - 1000) } });
    expect((await asks(back)).text).toMatch(/^250 2\.0\.0 [a-z0-9]{16}$/);
    await scene.relay.call('PUT', `/v1/parties/${back.buyer}`, {
      role: 'buyer',
      name: 'Lara Weber',
      mailboxes: [{ address: back.buyerMailbox }],
      away: 'On the sea',
    });
    expect((await writes(back)).text).toMatch(/^250 2\.0\.0 [a-z0-9]{16}$/);
  });

  test('a program is refused in words and gets no notice', async () => {
    const pair = await newPair({ away: 'Back soon' });
    const { text, trace } = await asks(pair, { fields: ['Auto-Submitted: auto-generated'] });
    expect(text).toMatch(/^550 5\.2\.1 The recipient is away/);
    const next = await newPair({ away: 'Back soon' });
    await scene.noticeAbout((await asks(next)).trace);
    expect(scene.notices().some((notice) => notice.includes(trace))).toBe(false);
  });
});

describe('a seller who takes no messages', () => {
  test('a new buyer is told, at the public alias too; with an order, or as an answer, the message goes', async () => {
    const pair = await newPair({ messaging: 'disabled' });
    const { text, trace } = await scene.send(
      pair.buyerMailbox,
      pair.publicAlias,
      letter({ from: pair.buyerMailbox, to: pair.publicAlias }),
    );
    expect(text).toMatch(/^250 2\.0\.0 Not delivered, a notice tells why/);
    expect(flat(await scene.noticeAbout(trace))).toContain('Hanna O. takes no messages by mail.');
    expect(await explain(trace)).toMatchObject({ reason: 'the seller takes no messages' });
    expect((await asks(pair)).text).toMatch(/^550 5\.2\.1 The recipient takes no messages/);
    await order(pair);
    expect((await asks(pair)).text).toMatch(/^250 2\.0\.0 [a-z0-9]{16}$/);
    expect((await writes(pair)).text).toMatch(/^250 2\.0\.0 [a-z0-9]{16}$/);
    await order(pair, { completedAt: iso(Date.now() - 60 * day) });
    expect((await asks(pair)).text).toMatch(/^250 2\.0\.0 [a-z0-9]{16}$/);
  });

  test('who is no party learns no more than of any seller', async () => {
    const { publicAlias } = await newPair({ messaging: 'disabled' });
    expect(
      (await scene.send('eve@elsewhere.example', publicAlias, letter({ from: 'eve@elsewhere.example', to: publicAlias }))).text,
    ).toMatch(/^550 5\.7\.1 You may not write/);
  });

  test('what the seller starts is refused, but for what a current order cannot do without', async () => {
    const pair = await newPair({ messaging: 'disabled' });
    await order(pair);
    const { text, trace } = await writes(pair);
    expect(text).toMatch(/^250 2\.0\.0 Not delivered, a notice tells why/);
    expect(flat(await scene.noticeAbout(trace))).toContain('put [Important] in the subject');
    expect((await writes(pair, { subject: '[Important] A board is missing' })).text).toMatch(/^250 2\.0\.0 [a-z0-9]{16}$/);
  });
});

describe('who was blocked', () => {
  test.each(['buyer', 'seller'] as const)('by the %s: nothing arrives, answers neither, and nobody says why', async (by) => {
    const pair = await newPair();
    await order(pair);
    const [blocker, blocked] = by === 'buyer' ? [asks, writes] : [writes, asks];
    expect((await block(pair, by)).body).toEqual({ by, blocked: true });
    const { text, trace } = await blocked(pair);
    expect(text).toMatch(/^250 2\.0\.0 Not delivered, a notice tells why/);
    const notice = await scene.noticeAbout(trace);
    expect(flat(notice)).toMatch(/Your message to (Hanna O|Lara W)\. cannot be delivered\./);
    expect(notice).not.toMatch(/block/i);
    expect((await blocked(pair)).text).toMatch(/^550 5\.7\.1 The message cannot be delivered to this recipient/);
    expect((await blocker(pair)).text).toMatch(/^250 2\.0\.0 [a-z0-9]{16}$/);
    expect((await blocked(pair)).code).toBe(550);
    expect((await scene.relay.call('GET', `/v1/conversations/${pair.id}`)).body).toMatchObject({ blockedBy: [by] });
    expect((await block(pair, by, false)).body).toEqual({ by, blocked: false });
    expect((await blocked(pair)).text).toMatch(/^250 2\.0\.0 [a-z0-9]{16}$/);
  });

  test('gets through with what a current order cannot do without, a few times a week', async () => {
    const pair = await newPair();
    await block(pair, 'buyer');
    const critical = () => writes(pair, { subject: '【Wichtig】 Ihre Bestellung', text: `Which board? ${Math.random()}` });
    expect((await critical()).text).toMatch(/^250 2\.0\.0 Not delivered/);
    await order(pair);
    for (let count = 0; count < 5; count += 1) expect((await critical()).text).toMatch(/^250 2\.0\.0 [a-z0-9]{16}$/);
    expect((await critical()).text).toMatch(/^550 5\.7\.1 The message cannot be delivered/);
    const made = await newPair();
    await order(made, { kind: 'custom' });
    await block(made, 'buyer');
    expect((await writes(made)).text).toMatch(/^250 2\.0\.0 [a-z0-9]{16}$/);
    await order(made, { kind: 'custom', completedAt: iso(Date.now() - 31 * day) });
    expect((await writes(made)).text).toMatch(/^250 2\.0\.0 Not delivered/);
  });

  test('a stranger cannot tell: the alias answers as any other', async () => {
    const pair = await newPair();
    const stranger = () =>
      scene.send('eve@elsewhere.example', pair.sellerAlias, letter({ from: 'eve@elsewhere.example', to: pair.sellerAlias }));
    const before = await stranger();
    await block(pair, 'seller');
    const after = await stranger();
    expect(after.text.replace(after.trace, '')).toBe(before.text.replace(before.trace, ''));
  });
});

describe('an alias that ends', () => {
  const long = () => iso(Date.now() - 15 * day);
  /** What RCPT says to each, after MAIL FROM this mailbox. */
  const rcpt = async (from: string, to: string): Promise<string> => {
    using client = await dial(scene.relay.smtpPort);
    await client.command(`EHLO mail.example`);
    await client.command(`MAIL FROM:<${from}>`);
    return (await client.command(`RCPT TO:<${to}>`)).text.replace(/trace [a-z0-9]{16}/, 'trace …');
  };

  test('is answered as one that never was; its party is told once, and nobody else', async () => {
    const pair = await newPair({}, 'fr');
    await expire(pair, long());
    const [domain] = pair.sellerAlias.split('@').slice(1);
    const unknown = await rcpt(pair.buyerMailbox, `0123456789abcdefghjk0000@${domain}`);
    expect(await rcpt('eve@elsewhere.example', pair.sellerAlias)).toBe(unknown);
    expect(await rcpt(pair.buyerMailbox, pair.sellerAlias)).toBe(unknown);
    expect(await rcpt(pair.buyerMailbox, pair.sellerAlias)).toBe(unknown);
    expect(await rcpt(pair.sellerMailbox, pair.buyerAlias)).toBe(unknown);
    const told = await until(() => scene.notices().filter((notice) => fieldOf(notice, 'Postern-Notice') === 'ended'), 2);
    const ours = scene.hop.messages.filter(({ bytes }) => told.includes(bytes.toString()));
    expect(ours.map(({ recipients }) => recipients).toSorted()).toEqual([[pair.sellerMailbox], [pair.buyerMailbox]]);
    const trace = /R=C3=A9f=C3=A9rence=C2=A0: ([a-z0-9]{16})/.exec(told.join('\n').replace(/=\r?\n/g, ''))?.[1] ?? '';
    expect(await explain(trace)).toMatchObject({ conversation: pair.id, reason: 'the aliases have ended', disposition: 'reject' });
  });

  test('serves the two for 14 days more, and each is told once', async () => {
    const pair = await newPair();
    const ended = Date.now() - 13 * day;
    await expire(pair, iso(ended));
    const first = await asks(pair);
    expect(first.text).toMatch(/^250 2\.0\.0 [a-z0-9]{16}$/);
    await asks(pair);
    await writes(pair);
    const mine = () => scene.notices().filter((notice) => [pair.buyerAlias, pair.sellerAlias].some((it) => notice.includes(it)));
    const [one = '', other = ''] = await until(mine, 2);
    const last = new Intl.DateTimeFormat('en', { dateStyle: 'long', timeZone: 'UTC' }).format(ended + 14 * day);
    expect(fieldOf(one, 'Subject')).toBe(`Your address for Hanna O. works until ${last}`);
    expect(fieldOf(other, 'Subject')).toBe(`Your address for Lara W. works until ${last}`);
    await asks(pair);
    await scene.noticeAbout((await asks(await newPair({ away: 'Back soon' }))).trace);
    expect(mine()).toHaveLength(2);
  });

  test('comes to its end when nobody has used it for ALIAS_DAYS; what is written in the days of grace does not move the end', async () => {
    const pair = await newPair();
    await asks(pair);
    const daysAgo = (days: number): void => {
      using store = new DatabaseSync(join(scene.relay.folder, 'var/postern.db'), { timeout: 5_000 });
      for (const sql of [
        'UPDATE heard SET at = ?1 WHERE conversation = ?2',
        'UPDATE conversation SET opened_at = ?1, expires_at = NULL WHERE id = ?2',
      ])
        store.prepare(sql).run(Date.now() - days * day, pair.id);
    };
    const shown = async () => (await scene.relay.call('GET', `/v1/conversations/${pair.id}`)).body.expiresAt;
    daysAgo(99);
    expect((await asks(pair)).code).toBe(250);
    expect(await shown()).toBeNull();
    daysAgo(101);
    expect((await asks(pair)).code).toBe(250);
    expect((await writes(pair)).code).toBe(250);
    expect(Date.parse(`${await shown()}`) / day).toBeCloseTo(Date.now() / day - 1, 1);
    daysAgo(115);
    expect((await asks(pair)).text).toMatch(/^550 5\.1\.1 /);
  });

  test('does not while an order is open, and comes back with a new one, with a new PUT, and by the public alias', async () => {
    const pair = await newPair();
    await order(pair);
    await expire(pair, long());
    expect((await asks(pair)).code).toBe(250);
    const done = { completedAt: iso(Date.now() - 20 * day) };
    await order(pair, done);
    expect((await asks(pair)).text).toMatch(/^550 5\.1\.1 /);
    const { buyer, seller } = pair;
    const revivals = [
      () => scene.relay.call('PUT', `/v1/orders/new-${buyer}`, { buyer, seller, kind: 'standard', ...done }),
      () => scene.relay.call('PUT', '/v1/conversations', { buyer, seller }),
      () => scene.send(pair.buyerMailbox, pair.publicAlias, letter({ from: pair.buyerMailbox, to: pair.publicAlias })),
      () => expire(pair, null),
    ];
    for (const revive of revivals) {
      await expire(pair, long());
      expect((await asks(pair)).text).toMatch(/^550 5\.1\.1 /);
      await revive();
      expect((await asks(pair)).text).toMatch(/^250 2\.0\.0 [a-z0-9]{16}$/);
    }
  });

  async function until<T>(look: () => readonly T[], count: number): Promise<readonly T[]> {
    for (const patience = Date.now() + 10_000; look().length < count; ) {
      if (Date.now() > patience) throw new Error('it never came');
      await new Promise((resolve) => setTimeout(resolve, 20));
    }
    return look();
  }
});
