/**
 * The thread of the fence: parse, rewrite and gate of one message after the other, or its words for a search. What is short enough is judged by the relay, which has the
 * phrases in its memory; the thread asks for them, and makes its own of them, with the first long text.
 */
import { isMainThread, parentPort } from 'node:worker_threads';
import { createCheck } from '../check.ts';
import { wordsOf } from '../mime/words.ts';
import type { Disposition } from '../model/verdict.ts';
import type { Policy } from '../policy/policy.ts';
import type { Phrases } from '../policy/reading/phrases.ts';
import { type Judge, judgeInTime, type Transformed, transform, type Work } from '../transform.ts';
import { warmUp } from '../warm-up.ts';
import { type FromThread, judgeable, type ToThread } from './talk.ts';
import { isLong } from './weight.ts';

if (isMainThread || parentPort === null) throw new Error('this is a worker thread');
const port = parentPort;
const say = (word: FromThread, transfer: readonly ArrayBuffer[] = []): void => port.postMessage(word, [...transfer]);

let answered: (word: ToThread) => void = () => {};

function ask(question: FromThread): Promise<ToThread> {
  const { promise, resolve } = Promise.withResolvers<ToThread>();
  answered = resolve;
  say(question);
  return promise;
}

let phrases: Phrases | undefined;

/** Warm before it is needed: the time that the policy has for a message is that of a relay which has judged some before. */
async function withPhrases(policy: Policy): Promise<Policy> {
  if (phrases) return { ...policy, phrases };
  const answer = await ask({ kind: 'phrases' });
  if (answer.kind !== 'phrases') throw new Error(`no phrases but ${answer.kind}`);
  phrases = answer.phrases;
  const own = { ...policy, phrases };
  await warmUp(createCheck({ policy: own, domain: 'relay.localhost', transform, now: () => 0 }));
  return own;
}

async function judgedThere(message: Parameters<Judge>[0]): Promise<Disposition> {
  const answer = await ask({ kind: 'judge', message: judgeable(message) });
  if (answer.kind !== 'judged') throw new Error(`no judgement but ${answer.kind}`);
  return answer.disposition;
}

const judge: Judge = async (message, situation, policy) =>
  isLong(message) ? judgeInTime(message, situation, await withPhrases(policy)) : judgedThere(message);

async function take(work: Work): Promise<void> {
  const done = await transform(work, judge);
  say({ kind: 'done', done }, ownMemoryOf(done));
}

const read = async (raw: Uint8Array): Promise<void> => say({ kind: 'words', words: await wordsOf(raw) });

const failed = (error: unknown): void => say({ kind: 'failed', error });

/** The outgoing bytes are given away where they fill their memory: nobody here wants them any more. */
function ownMemoryOf(done: Transformed): readonly ArrayBuffer[] {
  const bytes = done.kind === 'judged' ? done.bytes : undefined;
  return bytes?.buffer instanceof ArrayBuffer && bytes.byteLength === bytes.buffer.byteLength ? [bytes.buffer] : [];
}

port.on('message', (word: ToThread) => {
  if (word.kind === 'work') take(word.work).catch(failed);
  else if (word.kind === 'read') read(word.raw).catch(failed);
  else answered(word);
});
say({ kind: 'ready' });
