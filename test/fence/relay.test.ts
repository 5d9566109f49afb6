import { readdirSync } from 'node:fs';
import { setTimeout as sleep } from 'node:timers/promises';
import { buyer, letter, openScene, type Scene, type Sent, seller } from '../support/scene.ts';
import { mail, wordFile } from './works.ts';

/**
 * SIGUSR2 ends the thread the relay has started last, or else the next one: a thread is there a moment before `worker` tells of it,
 * and without a listener the signal would end the relay.
 */
const killer = `
  const threads = [];
  process.on('worker', (thread) => threads.push(thread));
  process.on('SIGUSR2', () => {
    if (threads.length > 0) threads.pop().terminate();
    else process.once('worker', () => threads.pop().terminate());
  });`;

let scene: Scene;
beforeAll(async () => {
  scene = await openScene({ NODE_OPTIONS: `--import=data:text/javascript,${encodeURIComponent(killer)}` });
});
afterAll(() => scene[Symbol.asyncDispose]());

/** A second of work, and more. */
const heavy = (): string =>
  mail(
    'Is it oiled?',
    Array.from({ length: 8 }, () => wordFile()),
  ).toString();
const threads = (): number => readdirSync(`/proc/${scene.relay.pid}/task`).length;

/** Sends it, and answers as soon as the relay has a thread for it. */
async function underWay(message: string): Promise<{ readonly reply: Promise<Sent> }> {
  const before = threads();
  const reply = scene.send(seller.mailbox, scene.buyerAlias, message.replace('hanna.okafor@oakbench.example', seller.mailbox));
  for (const patience = Date.now() + 10_000; threads() === before; await sleep(2)) {
    if (Date.now() > patience) throw new Error('no thread came');
  }
  return { reply };
}

test('a thread that is killed costs the message a 451, and the next one has a new thread', async () => {
  const { reply } = await underWay(heavy());
  process.kill(scene.relay.pid, 'SIGUSR2');
  expect((await reply).text).toMatch(/^451 4\.3\.0 /);
  expect(scene.left()).toHaveLength(0);
});

test('others are relayed while one message takes long, which is relayed in the end', async () => {
  const order: string[] = [];
  const { reply } = await underWay(heavy());
  const long = reply.then(({ text }) => order.push(`long ${text.slice(0, 9)}`));
  for (const name of ['first', 'second', 'third']) {
    const { text } = await scene.send(buyer.mailbox, scene.sellerAlias, letter({ from: buyer.mailbox, to: scene.sellerAlias }));
    order.push(`${name} ${text.slice(0, 9)}`);
  }
  await long;
  expect(order).toEqual(['first 250 2.0.0', 'second 250 2.0.0', 'third 250 2.0.0', 'long 250 2.0.0']);
  expect(scene.left()).toHaveLength(4);
});

test('what is worked on when the relay is told to stop is relayed before it ends', async () => {
  await scene.relay.stop('SIGKILL');
  await scene.restart();
  const { reply } = await underWay(heavy());
  const [{ text }, code] = await Promise.all([reply, scene.relay.stop('SIGTERM')]);
  expect(text).toMatch(/^250 2\.0\.0 /);
  expect(code).toBe(0);
});
