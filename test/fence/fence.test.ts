import { readdirSync } from 'node:fs';
import { setTimeout as sleep } from 'node:timers/promises';
import { Fence } from '../../src/fence/fence.ts';
import { wordsOf } from '../../src/mime/words.ts';
import { Refusal, replyTo } from '../../src/model/reply.ts';
import { type Transformed, transform, type Work } from '../../src/transform.ts';
import { bomb, foldingBomb, heapBomb, mail, policy, wordFile, workOn } from './works.ts';

/** What a message came to: `relay`, `late`, or the reply that its author's server gets. */
async function outcomeOf(done: Promise<Transformed>): Promise<string> {
  try {
    const found = await done;
    return found.kind === 'judged' ? found.disposition.kind : `${found.reply.code} ${found.reply.enhanced}`;
  } catch (error) {
    if (!(error instanceof Refusal)) throw error;
    const { code, enhanced } = replyTo(error);
    return `${code} ${enhanced}`;
  }
}

/** All but the times. */
function resultOf(done: Transformed): object {
  if (done.kind !== 'judged') return done;
  const { steps: _, bytes, ...rest } = done;
  return { ...rest, bytes: bytes && Buffer.from(bytes).toString('latin1') };
}

const large = (): Buffer => mail('The list.', [{ type: 'text/plain', content: Buffer.from('oak, 34 cm, oiled\n'.repeat(5_000)) }]);
const light = (): Buffer => mail('Is it oiled? Write to shop@oakbench.example.');
const threads = (): number => readdirSync('/proc/self/task').length;

async function until(isSo: () => boolean): Promise<void> {
  for (const patience = Date.now() + 10_000; !isSo(); await sleep(5)) if (Date.now() > patience) throw new Error('it never came to that');
}

const sentence = 'The shelf is oiled twice, call me at +44 20 7946 0123 or write to hanna (at) oakbench.example. ';
const samples: Readonly<Record<string, Buffer>> = {
  'a large file': large(),
  'a Word file': mail('The drawing.', [wordFile(2_000)]),
  'a long text that the phrases are about': mail(`${sentence}Visit our shop.\r\n`.repeat(1_000)),
  'a long text': mail(`${sentence}\r\n`.repeat(1_000)),
  'a long HTML': mail(
    'As a table.',
    [],
    `<table>${`<tr><td style="color:red"><a href="https://shop.example/">${sentence}</a></td></tr>`.repeat(800)}</table>`,
  ),
  'many pictures': mail(
    'All of them.',
    Array.from({ length: 6 }, () => ({ type: 'image/png', content: Buffer.from('89504e470d0a1a0a', 'hex') })),
  ),
  'a short text': light(),
  'nothing that can be read': mail(`${'x'.repeat(990)}\r\n`.repeat(1_100)),
  'a multipart without parts': Buffer.from(
    `From: a@oakbench.example\r\nContent-Type: multipart/mixed; boundary=y\r\n\r\n${'z'.repeat(70_000)}\r\n`,
  ),
};

describe('a fence with the limits of the relay', () => {
  const fence = new Fence(policy.phrases);
  afterAll(() => fence[Symbol.asyncDispose]());

  test.each(Object.entries(samples))('%s comes to the same, byte for byte, as without it', async (_, raw) => {
    const before = Buffer.from(raw);
    // Twice: with a thread that has no phrases yet, and one that has them.
    const [first, second, expected] = [
      await fence.transform(workOn(raw)),
      await fence.transform(workOn(raw)),
      await transform(workOn(raw)),
    ];
    expect(resultOf(first)).toEqual(resultOf(expected));
    expect(resultOf(second)).toEqual(resultOf(expected));
    expect(raw.equals(before)).toBe(true);
  });
});

test('no thread is there before a message needs one, and none after it was idle', async () => {
  await using fence = new Fence(policy.phrases, { idleMs: 50 });
  const before = threads();
  expect(await outcomeOf(fence.transform(workOn(light())))).toBe('relay');
  expect(threads()).toBe(before);
  const done = outcomeOf(fence.transform(workOn(large())));
  await until(() => threads() > before);
  expect(await done).toBe('relay');
  await until(() => threads() === before);
  expect(await outcomeOf(fence.transform(workOn(large())))).toBe('relay');
});

test('a bomb ends itself alone: who comes beside it and behind it is relayed, and it is the last of its author to have a turn', async () => {
  await using fence = new Fence(policy.phrases, { cpuMs: 800 });
  await fence.transform(workOn(large()));
  const order: string[] = [];
  const send = (name: string, work: Work) =>
    outcomeOf(fence.transform(work)).then((outcome) => {
      order.push(name);
      return outcome;
    });
  const all = [
    send('bomb', workOn(bomb(), 'bomber')),
    send('again', workOn(bomb(), 'bomber')),
    send('neighbour', workOn(large())),
    send('small', workOn(light())),
  ];
  expect(await Promise.all(all)).toEqual(['554 5.6.0', '554 5.6.0', 'relay', 'relay']);
  expect(order).toEqual(['small', 'bomb', 'neighbour', 'again']);
});

test('who takes too much memory is put off once, then refused; others are relayed', async () => {
  await using fence = new Fence(policy.phrases, { heapMb: 40 });
  const raw = heapBomb();
  expect(await outcomeOf(fence.transform(workOn(raw)))).toBe('451 4.3.0');
  expect(await outcomeOf(fence.transform(workOn(large())))).toBe('relay');
  expect(await outcomeOf(fence.transform(workOn(raw)))).toBe('554 5.6.0');
});

test('who waits too long for a turn is put off, and so is what takes too long by the clock', async () => {
  await using fence = new Fence(policy.phrases, { patienceMs: 50, wallMs: 200 });
  const first = outcomeOf(fence.transform(workOn(bomb())));
  expect(await outcomeOf(fence.transform(workOn(large())))).toBe('451 4.3.2');
  expect(await first).toBe('451 4.3.0');
});

test('what people read in a message is told wherever it is read, folded', async () => {
  await using fence = new Fence(policy.phrases);
  const before = threads();
  expect(await fence.words(light())).toContain('is it oiled? write');
  expect(threads()).toBe(before);
  for (const raw of Object.values(samples)) expect(await fence.words(raw)).toBe(await wordsOf(raw));
  expect(threads()).toBeGreaterThan(before);
});

test('what takes too long to read is not searched, nor what finds no turn; a message behind it is relayed, and nothing is thrown', async () => {
  const events: string[] = [];
  const fence = new Fence(policy.phrases, { cpuMs: 800, patienceMs: 20 }, (event) => events.push(event));
  await fence.transform(workOn(large()));
  const [words, impatient] = [fence.words(foldingBomb()), fence.words(large())];
  expect([await impatient, await words]).toEqual([undefined, undefined]);
  expect(events).toEqual(['turn', 'turn', 'no turn', 'cpu']);
  expect(await outcomeOf(fence.transform(workOn(large())))).toBe('relay');
  await fence[Symbol.asyncDispose]();
  expect(await fence.words(large())).toBeUndefined();
});

test('a fence that closes answers all who are behind it', async () => {
  const fence = new Fence(policy.phrases);
  const all = [outcomeOf(fence.transform(workOn(bomb()))), outcomeOf(fence.transform(workOn(large())))];
  await fence[Symbol.asyncDispose]();
  expect(await Promise.all(all)).toEqual(['421 4.3.2', '421 4.3.2']);
  expect(await outcomeOf(fence.transform(workOn(large())))).toBe('421 4.3.2');
});
