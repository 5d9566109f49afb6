/**
 * One thread of the fuzzing: takes mutated mails of the leak corpus the way of the relay, and tells its parent when one of them does what none
 * may: throw, take longer than the limit, or let a mailbox out.
 */
import { parentPort, workerData } from 'node:worker_threads';
import { simpleParser } from 'mailparser';
import { corpus } from '../leaks/corpus.ts';
import { type Cast, castOf, directions, fill } from '../leaks/people.ts';
import { way } from '../leaks/run.ts';
import { randomFrom } from '../support/random.ts';
import { mutate, oneOf } from './mutate.ts';

export interface Task {
  readonly seed: number;
  readonly count: number;
}

/** `begun`: this mail is on its way now. `fault`: what it did. `done`: so many are through. */
export type Told =
  | { readonly kind: 'begun'; readonly seed: number }
  | { readonly kind: 'fault'; readonly seed: number; readonly what: string; readonly mail: Uint8Array }
  | { readonly kind: 'done'; readonly count: number; readonly relayed: number; readonly slowest: number };

/** The mail that a seed stands for, and who writes it. */
function mailOf(seed: number): { readonly mail: Buffer; readonly reversePath: string; readonly cast: Cast } {
  const random = randomFrom(Math.imul(seed + 1, 0x9e3779b1));
  for (let skip = 0; skip < 8; skip += 1) random();
  const sample = oneOf(random, corpus);
  const cast = castOf(sample.pair ?? 'usual', oneOf(random, directions));
  const mail = mutate(sample.raw(cast), oneOf(random, corpus).raw(cast), random);
  return { mail, reversePath: sample.reversePath ?? fill('{{me.mail}}', cast), cast };
}

/** A mailbox of the author's as it is written, and not as the beginning of a longer one, in anything that a mail client would show or keep. */
async function standsIn(bytes: Buffer, mailboxes: readonly string[]): Promise<boolean> {
  const { headerLines, subject = '', text = '', html, attachments } = await simpleParser(bytes, shown);
  const files = attachments.flatMap(({ filename = '', content }) => [filename, content.toString('latin1')]);
  const all = [bytes.toString('latin1'), ...headerLines.map(({ line }) => line), subject, text, html || '', ...files];
  const forms = mailboxes.map((mailbox) => new RegExp(`${mailbox.replaceAll('.', '\\.')}(?![a-z0-9-])`, 'i'));
  return all.some((one) => forms.some((form) => form.test(one)));
}

const shown = { skipImageLinks: true, skipHtmlToText: true, skipTextToHtml: true, skipTextLinks: true };

interface Tried {
  readonly mail: Buffer;
  readonly relayed: boolean;
  /** Of CPU, for the relay's part. */
  readonly milliseconds: number;
  /** Not set where all was as it should be. */
  readonly fault?: string;
}

async function tryMail(seed: number): Promise<Tried> {
  const { mail, reversePath, cast } = mailOf(seed);
  const began = process.threadCpuUsage();
  try {
    const { bytes } = await way(mail, reversePath, cast);
    const { user, system } = process.threadCpuUsage(began);
    const leaks = bytes !== undefined && (await standsIn(bytes, cast.me.mailboxes));
    const tried = { mail, relayed: bytes !== undefined, milliseconds: (user + system) / 1_000 };
    return leaks ? { ...tried, fault: 'a mailbox left' } : tried;
  } catch (error) {
    return { mail, relayed: false, milliseconds: 0, fault: error instanceof Error ? (error.stack ?? error.message) : String(error) };
  }
}

async function work({ seed, count }: Task, tell: (told: Told) => void): Promise<void> {
  let [relayed, slowest] = [0, 0];
  for (let at = 0; at < count; at += 1) {
    tell({ kind: 'begun', seed: seed + at });
    const tried = await tryMail(seed + at);
    if (tried.fault !== undefined) tell({ kind: 'fault', seed: seed + at, what: tried.fault, mail: tried.mail });
    relayed += Number(tried.relayed);
    slowest = Math.max(slowest, tried.milliseconds);
    if ((at + 1) % 100 === 0 || at + 1 === count) {
      tell({ kind: 'done', count: (at % 100) + 1, relayed, slowest });
      relayed = 0;
    }
  }
}

if (parentPort) {
  const port = parentPort;
  await work(workerData as Task, (told) => port.postMessage(told));
}
