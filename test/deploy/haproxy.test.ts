/** Two relays behind a real HAProxy with our own config/haproxy.cfg: who the client is, and what becomes of mail while relays come and go. */
import { once } from 'node:events';
import { request } from 'node:https';
import { connect } from 'node:tls';
import { testWith } from '../support/programs.ts';
import { eventually } from '../support/redis.ts';
import { buyer, fieldOf, letter, seller } from '../support/scene.ts';
import { connectSmtp, dataOf, dial, SmtpClient } from '../support/smtp.ts';
import { type Fleet, honest, login, openFleet, stranger } from './fleet.ts';

const test = testWith('haproxy', 'redis-server', 'dnsmasq');

let fleet: Fleet;
/** Where the buyer writes to. */
let alias = '';
/** Where the seller writes to. */
let buyerAlias = '';

interface Answered {
  readonly status: number;
  readonly body: Readonly<Record<string, unknown>>;
}

/** One call of the API through HAProxy. */
async function call(path: string, { body, token = fleet.token, from = honest, headers = {} }: Call = {}): Promise<Answered> {
  const asked = request({
    host: '127.0.0.1',
    port: fleet.ports.api,
    path,
    localAddress: from,
    rejectUnauthorized: false,
    agent: false,
    method: body ? 'PUT' : 'GET',
    headers: { ...(token && { authorization: `Bearer ${token}` }), ...(body && { 'content-type': 'application/json' }), ...headers },
  });
  asked.end(body && JSON.stringify(body));
  const [answer] = await once(asked, 'response');
  let text = '';
  for await (const chunk of answer) text += chunk;
  return { status: answer.statusCode, body: JSON.parse(text) };
}

interface Call {
  readonly body?: object;
  readonly token?: string;
  readonly from?: string;
  readonly headers?: Readonly<Record<string, string>>;
}

beforeAll(async () => {
  fleet = await openFleet();
  for (const [role, { id, name, mailbox }] of Object.entries({ buyer, seller }))
    await call(`/v1/parties/${id}`, { body: { role, name, mailboxes: [{ address: mailbox }] } });
  await call('/v1/orders/4711', { body: { buyer: buyer.id, seller: seller.id, kind: 'standard' } });
  const { body } = await call('/v1/conversations', { body: { buyer: buyer.id, seller: seller.id } });
  alias = `${body.sellerAlias}`;
  buyerAlias = `${body.buyerAlias}`;
}, 40_000);
afterAll(() => fleet?.[Symbol.asyncDispose]());

/** Which of the relays it was that greeted. */
async function relayOf(client: SmtpClient): Promise<number> {
  const { text } = await client.command('EHLO client.example');
  return Number(/mx(\d)\.relay\.example/.exec(text)?.[1]) - 1;
}

const subjects = () => fleet.hop.messages.map(({ bytes }) => fieldOf(bytes.toString(), 'Subject'));
const written = (subject: string) => letter({ from: buyer.mailbox, to: alias, subject, text: 'Is the shelf oiled?' });

test('the relays see the address of the client: its SPF stands for the author, and for nobody at another one', async () => {
  for (let turn = 0; turn < 3; turn++) {
    using client = await dial(fleet.ports.smtp, { localAddress: honest });
    expect((await client.message(buyer.mailbox, alias, written(`proven ${turn}`))).text).toMatch(/^250 /);
    using other = await dial(fleet.ports.smtp, { localAddress: stranger });
    expect((await other.message(buyer.mailbox, alias, written(`forged ${turn}`))).text).toMatch(/^550 5\.7\.26 /);
  }
  expect(subjects()).toEqual(['proven 0', 'proven 1', 'proven 2']);
});

test('the limits count the client, and both relays are used alike', async () => {
  const greedy: SmtpClient[] = [];
  try {
    for (let count = 0; count < 40; count++) greedy.push(await dial(fleet.ports.smtp, { localAddress: stranger }));
    const at = await Promise.all(greedy.map(relayOf));
    expect(at.filter((relay) => relay === 0)).toHaveLength(20);
    const late = await connectSmtp(fleet.ports.smtp, { localAddress: stranger });
    expect(await late.rest()).toEqual(['421 4.7.0 Too many connections, try again later']);
    using other = await dial(fleet.ports.smtp, { localAddress: honest });
    await other.command('NOOP', /^250 /);
  } finally {
    for (const client of greedy) client.destroy();
  }
});

test('submission with STARTTLS and with TLS from the first byte: the password stands for the author', async () => {
  const auth = `AUTH PLAIN ${Buffer.from(`\0${login.name}\0${login.password}`).toString('base64')}`;
  const starttls = await dial(fleet.ports.submission);
  await starttls.startTls();
  const socket = connect({ host: '127.0.0.1', port: fleet.ports.submissions, rejectUnauthorized: false });
  await once(socket, 'secureConnect');
  const implicit = new SmtpClient(socket, 10_000);
  await implicit.reply();
  for (const [name, client] of Object.entries({ starttls, implicit })) {
    await client.command('EHLO app.example', /AUTH PLAIN LOGIN/);
    await client.command(auth, /^235 /);
    const message = letter({ from: seller.mailbox, to: buyerAlias, subject: `by ${name}`, text: 'It is.' });
    expect((await client.message(seller.mailbox, buyerAlias, message)).text).toMatch(/^250 /);
    client.destroy();
  }
  expect(subjects().slice(-2)).toEqual(['by starttls', 'by implicit']);
});

test('API: a guesser shuts out himself alone, whoever he says he is; health and metrics are not for everybody', async () => {
  const guess = async (turn: number) =>
    (await call(`/v1/parties/${buyer.id}`, { token: 'wrong', from: stranger, headers: { 'x-forwarded-for': `192.0.2.${turn}` } })).status;
  const guessed = [];
  for (let turn = 0; turn < 22; turn++) guessed.push(await guess(turn));
  expect(guessed).toEqual([...Array(20).fill(401), 429, 429]);
  expect((await call(`/v1/parties/${buyer.id}`)).status).toBe(200);
  expect((await call('/readyz', { token: '' })).status).toBe(401);
  expect((await call('/metrics', { token: '' })).status).toBe(401);
});

test('a relay that drains gets no new connections, ends what it has, and gets new ones when it is back', async () => {
  using client = await dial(fleet.ports.smtp, { localAddress: honest });
  const draining = await relayOf(client);
  await client.command(`MAIL FROM:<${buyer.mailbox}>`, /^250 /);
  await client.command(`RCPT TO:<${alias}>`, /^250 /);
  await client.command('DATA', /^354 /);
  const data = dataOf(written('half before, half after'));
  await client.write(data.slice(0, 100));
  const idle = await Promise.all(Array.from({ length: 7 }, () => dial(fleet.ports.smtp, { localAddress: honest })));
  for (const one of idle) if ((await relayOf(one)) === draining) one.destroy();
  // The one that drains has fewer connections now, and would be HAProxy's choice.
  const ended = fleet.end(draining);
  await eventually('it drains', () => fleet.relays[draining]?.log().includes('"event":"draining"') ?? false);
  for (let turn = 0; turn < 3; turn++) {
    using early = await dial(fleet.ports.smtp, { localAddress: honest });
    expect(await relayOf(early)).toBe(1 - draining);
  }
  await fleet.said(draining, 'DOWN');
  for (const one of idle) one.destroy();
  using late = await dial(fleet.ports.smtp, { localAddress: honest });
  expect(await relayOf(late)).toBe(1 - draining);
  expect((await call(`/v1/parties/${buyer.id}`)).status).toBe(200);
  await client.write(data.slice(100));
  expect((await client.reply()).text).toMatch(/^250 /);
  expect(await ended).toBe(0);
  expect(subjects().at(-1)).toBe('half before, half after');
  const before = fleet.times(draining, 'UP');
  await fleet.begin(draining);
  await fleet.said(draining, 'UP', before + 1);
  const fresh = await Promise.all(Array.from({ length: 2 }, () => dial(fleet.ports.smtp, { localAddress: honest })));
  expect((await Promise.all(fresh.map(relayOf))).sort()).toContain(draining);
  for (const one of fresh) one.destroy();
}, 30_000);

test('a rolling restart while mail flows: every mail arrives once, and every call of the API is answered', async () => {
  let flowing = true;
  const lost: string[] = [];
  const taken: string[] = [];
  const calls = new Map<number, number>();
  const flow = async (lane: number): Promise<void> => {
    for (let count = 0; flowing && count < mostOfOneLane; count++) {
      const subject = `mail ${lane}.${count}`;
      const message = written(subject);
      while (!(await offer(message, lost))) await pause(100);
      taken.push(subject);
      await pause(400);
    }
  };
  const ask = async (): Promise<void> => {
    while (flowing) {
      const { status } = await call(`/v1/parties/${buyer.id}`).catch(() => ({ status: 0 }));
      calls.set(status, (calls.get(status) ?? 0) + 1);
      await pause(25);
    }
  };
  const all = Promise.all([flow(0), flow(1), ask()]);
  const ends: unknown[] = [];
  try {
    for (const relay of [0, 1]) {
      await pause(300);
      const before = fleet.times(relay, 'UP');
      ends.push(await fleet.end(relay));
      await fleet.begin(relay);
      await fleet.said(relay, 'UP', before + 1);
    }
  } finally {
    flowing = false;
    await all;
  }
  const got = subjects().filter((subject) => subject.startsWith('mail '));
  expect(got.toSorted()).toEqual(taken.toSorted());
  expect(taken.length).toBeGreaterThan(5);
  expect(ends).toEqual([0, 0]);
  expect([...calls.keys()]).toEqual([200]);
  expect(lost.filter((why) => why.startsWith('5'))).toEqual([]);
}, 60_000);

/** A buyer may write sixty mails an hour in one conversation. */
const mostOfOneLane = 25;

/** As a mail server does it: whatever is no 250 and no 5xx is tried again. `lost`: why a try was of no use. */
async function offer(message: string, lost: string[]): Promise<boolean> {
  try {
    using client = await dial(fleet.ports.smtp, { localAddress: honest, patience: 30_000 });
    const { code, text } = await client.message(buyer.mailbox, alias, message);
    if (code === 250) return true;
    lost.push(text);
  } catch (error) {
    lost.push(String(error));
  }
  if (lost.length > 20) throw new Error(lost.join('\n'));
  return false;
}

const pause = (ms: number): Promise<void> => new Promise((resolve) => setTimeout(resolve, ms));
