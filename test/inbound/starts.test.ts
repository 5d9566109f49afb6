/** However many messages came at once, the event loop turns between them: that is when connections are taken. `test/load/overload.ts` shows what for. */
import { setImmediate as turn } from 'node:timers/promises';
import { replies } from '../../src/model/reply.ts';
import { dial } from '../support/smtp.ts';
import { known, open } from './open.ts';

test('of messages that are whole at the same moment a few are begun at a time', async () => {
  let turns = 0;
  let counting = true;
  const count = async (): Promise<void> => {
    for (; counting; turns++) await turn();
  };
  const starts: { readonly turns: number; readonly body: string }[] = [];
  await using server = await open(
    {},
    {
      async relay({ raw }) {
        starts.push({ turns, body: Buffer.from(raw).toString().trim() });
        return replies.relayed;
      },
    },
  );
  const clients = await Promise.all(Array.from({ length: 40 }, () => dial(server.port)));
  for (const client of clients) {
    for (const line of ['MAIL FROM:<a@b.example> SIZE=100', `RCPT TO:<${known}>`, 'DATA']) await client.command(line, /^[23]5[04]/);
  }
  const counted = count();
  await Promise.all(clients.map((client, at) => client.write(`${at}\r\n.\r\n`)));
  for (const client of clients) expect((await client.reply()).code).toBe(250);
  counting = false;
  await counted;
  expect(starts.map(({ body }) => Number(body)).sort((one, other) => one - other)).toEqual(clients.map((_, at) => at));
  for (const [earlier, later] of [
    [0, 16],
    [16, 32],
  ] as const) {
    expect((starts[later]?.turns ?? 0) - (starts[earlier]?.turns ?? 0)).toBeGreaterThanOrEqual(60);
  }
  for (const client of clients) client.destroy();
});

test('one that comes alone waits for nobody, and one that hangs keeps nobody waiting', async () => {
  let first = true;
  await using server = await open(
    {},
    {
      relay() {
        if (!first) return Promise.resolve(replies.relayed);
        first = false;
        return new Promise(() => {});
      },
    },
  );
  using stuck = await dial(server.port);
  for (const line of ['MAIL FROM:<a@b.example>', `RCPT TO:<${known}>`, 'DATA']) await stuck.command(line, /^[23]5[04]/);
  await stuck.write('x\r\n.\r\n');
  using client = await dial(server.port);
  expect((await client.message('', known, 'x')).code).toBe(250);
});
