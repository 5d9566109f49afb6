/** SEND, while the store fails in the middle: the message goes once, and whoever asks again is not refused for it. */
import { replies } from '../src/model/reply.ts';
import { type SendPorts, send } from '../src/send.ts';
import { openSqlite } from '../src/store/sqlite.ts';
import { holdCase, message, setupWith } from './store/fixtures.ts';

test('a message that was sent and could not be taken out of the store: the same command again does the rest', async () => {
  await using store = await openSqlite(':memory:', setupWith());
  await store.holds.keep(message('k3m9x7q2v8r4t6w1'), holdCase('c-1'));
  let away = true;
  let released = 0;
  const notes: string[] = [];
  const holds: SendPorts['store']['holds'] = {
    ...store.holds,
    async take(trace) {
      if (away) throw new Error('the store is away');
      return store.holds.take(trace);
    },
  };
  const ports: SendPorts = {
    store: { holds, once: store.once },
    note: (event) => notes.push(event),
    async release() {
      released += 1;
      return replies.relayed;
    },
  };
  await expect(send('k3m9x7q2v8r4t6w1', 'a1', ports)).rejects.toThrow('the store is away');
  away = false;
  expect(await send('k3m9x7q2v8r4t6w1', 'a2', ports)).toBe(replies.taken);
  expect([released, notes]).toEqual([1, ['released']]);
  expect(await store.holds.read('k3m9x7q2v8r4t6w1')).toBeUndefined();
  await expect(send('k3m9x7q2v8r4t6w1', 'a3', ports)).rejects.toMatchObject({ reply: replies.nothingHeld });
});
