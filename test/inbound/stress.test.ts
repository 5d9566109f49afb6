/** Nearly all connections are taken: whoever sits there for nothing has to go, and honest mail finds a place again. */
import { connectSmtp, dial, type SmtpClient } from '../support/smtp.ts';
import { known, type Opened, open, until } from './open.ts';

const mail = 'MAIL FROM:<ada@buyer.example>';
const rcpt = `RCPT TO:<${known}>`;
const patient = { connections: 10, helloMs: 60_000, lineMs: 60_000, quietMs: 60_000, dataWindowMs: 60_000 };
const short = { helloMs: 150, lineMs: 100, quietMs: 200, dataWindowMs: 150 };

const changes = ({ notes }: Opened) => notes.filter(({ event }) => event.startsWith('stress'));

/** So many that are connected. */
const crowd = (server: Opened, size: number): Promise<SmtpClient[]> =>
  Promise.all(Array.from({ length: size }, () => connectSmtp(server.port)));

test('said once when it begins and once when it is over, and not at each connection between', async () => {
  await using server = await open({ limits: patient });
  const clients = await crowd(server, 8);
  await until(() => server.inbound.load().connections === 8);
  expect(changes(server)).toEqual([]);
  for (let turn = 0; turn < 3; turn++) {
    const ninth = await connectSmtp(server.port);
    await until(() => server.inbound.load().connections === 9);
    ninth.destroy();
    await until(() => server.inbound.load().connections === 8);
  }
  expect(changes(server)).toEqual([{ event: 'stress', fields: { connections: 9 } }]);
  for (const client of clients) client.destroy();
  await until(() => server.inbound.load().connections === 0);
  expect(changes(server)).toEqual([
    { event: 'stress', fields: { connections: 9 } },
    { event: 'stress-over', fields: { connections: 7 } },
  ]);
});

type Sit = (client: SmtpClient) => Promise<unknown>;

const sits: readonly (readonly [string, string, Sit])[] = [
  ['never greets', 'no greeting', async () => {}],
  ['greets', 'no message', (client) => client.command('EHLO client.example', /^250/)],
  [
    'begins a line',
    'unfinished line',
    async (client) => {
      await client.command('EHLO client.example', /^250/);
      await client.write('NO');
    },
  ],
  [
    'begins a message',
    'no message',
    async (client) => {
      for (const line of ['EHLO client.example', mail, rcpt]) await client.command(line, /^250/);
    },
  ],
  [
    'sends a message too slowly',
    'slow data',
    async (client) => {
      for (const line of ['EHLO client.example', mail, rcpt, 'DATA']) await client.command(line, /^[23]5[04]/);
    },
  ],
];

test.each(sits)(
  'who %s and sits there goes, also who came before; as soon as there is room again all have their time',
  async (_, reason, sit) => {
    // Who is within a line has sent no message either.
    const stressed = reason === 'unfinished line' ? { ...short, quietMs: 60_000 } : short;
    await using server = await open({ limits: patient, stressed });
    const clients = await crowd(server, 8);
    const greeted = clients.map(async (client) => {
      await client.reply();
      await sit(client);
    });
    await Promise.all(greeted);
    await new Promise((resolve) => setTimeout(resolve, 400));
    expect(server.inbound.load().connections).toBe(8);
    clients.push(await connectSmtp(server.port));
    await until(() => changes(server).length === 2);
    const gone = server.notes.filter(({ event }) => event === 'session-ended');
    expect(gone.map(({ fields }) => fields.reason)).toContain(reason);
    using calm = await dial(server.port);
    await new Promise((resolve) => setTimeout(resolve, 400));
    expect((await calm.message('', known, 'x')).code).toBe(250);
    for (const client of clients) client.destroy();
  },
);

test('one error is enough, and a few commands that lead nowhere; a mail server that behaves is served', async () => {
  await using server = await open({ limits: { ...patient, helloMs: 5_000 } });
  const clients = await crowd(server, 7);
  using one = await dial(server.port);
  clients.push(await dial(server.port));
  await until(() => changes(server).length === 1);
  for (let turn = 0; turn < 3; turn++) {
    expect((await one.message('', known, 'x')).code).toBe(250);
    await one.command('RSET', /^250 /);
  }
  await one.command(mail, /^250 /);
  await one.send('RCPT TO:<nobody@relay.example>');
  expect(await one.rest()).toEqual([expect.stringMatching(/^550 5\.1\.1 /), expect.stringMatching(/^421 4\.7\.0 Too many errors/)]);
  const third = await dial(server.port);
  for (const line of ['NOOP', 'NOOP']) await third.command(line, /^250 /);
  await third.send('NOOP');
  expect(await third.rest()).toEqual(['421 4.7.0 Too many errors']);
  for (const client of clients) client.destroy();
});

test('who waits for our answer is not cut off, however long it takes us', async () => {
  await using server = await open(
    { limits: patient, stressed: { ...short, helloMs: 5_000, quietMs: 500 } },
    { knows: () => new Promise((resolve) => setTimeout(() => resolve('yes'), 1_500)) },
  );
  const clients = await Promise.all(Array.from({ length: 9 }, () => dial(server.port)));
  const answers = await Promise.all(clients.map((client) => client.command(mail).then(() => client.command(rcpt))));
  expect(answers.map(({ code }) => code)).toEqual(Array.from({ length: 9 }, () => 250));
  expect(changes(server).map(({ event }) => event)).toEqual(['stress']);
  for (const client of clients) client.destroy();
});
