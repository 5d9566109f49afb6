/**
 * Three times the load that the relay can take (README, *Speed and limits*): each message on a connection of its own, as from so many mail
 * servers that do not know of each other. First the load it can take is measured, then come half of that, three times that, and half again;
 * each is sent when it is due, however long the others take. Printed: what was answered, and how soon; what left twice or not at all after
 * a 250; how soon all was normal again; and what the relay said of it.
 *
 *   node test/load/overload.ts [--seconds 25] [--times 3] [--mix a]
 */
import { readdirSync, readFileSync } from 'node:fs';
import { connect } from 'node:net';
import { join } from 'node:path';
import { commandLine } from '../support/command-line.ts';
import { buyer, openScene } from '../support/scene.ts';
import { dataOf } from '../support/smtp.ts';

const { values } = commandLine(import.meta.filename, {
  options: {
    seconds: { type: 'string', default: '25' },
    times: { type: 'string', default: '3' },
    mix: { type: 'string', default: 'a' },
  },
});

/** No sender waits for longer. */
const PATIENCE_MS = 60_000;
/** Normal: all answered 250, and nearly all within so long. */
const NORMAL_MS = 1_000;

interface Answer {
  /** Of the last reply; 0 where there was none. */
  readonly code: number;
  /** When it was due, and how long it took from then, milliseconds. */
  readonly at: number;
  readonly ms: number;
}

/** From the buyer of the scene; its Message-ID comes with each sending. */
const ownMail = (text: string): string => text.replace(/^From: .*$/m, `From: ${buyer.mailbox}`);

await using scene = await openScene({ RATE_LIMITS: 'off' });
const folder = join(import.meta.dirname, 'mail', values.mix);
const mails = readdirSync(folder).map((name) => ownMail(readFileSync(join(folder, name), 'latin1')));
let sent = 0;

/** What is said at each turn of the dialogue; a reply that refuses ends it. */
function linesOf(turn: number): readonly string[] {
  const message = `Message-ID: <${turn}.${process.pid}@load.example>\r\n${mails[turn % mails.length]}`;
  return ['EHLO load.example\r\n', `MAIL FROM:<${buyer.mailbox}>\r\n`, `RCPT TO:<${scene.sellerAlias}>\r\n`, 'DATA\r\n', dataOf(message)];
}

/** One message on a connection of its own. */
function send(at = performance.now()): Promise<Answer> {
  const lines = linesOf(sent++);
  return new Promise((resolve) => {
    let text = '';
    let step = 0;
    const socket = connect(scene.relay.smtpPort, '127.0.0.1');
    const end = (code: number): void => {
      socket.destroy();
      resolve({ code, at, ms: performance.now() - at });
    };
    socket.setNoDelay(true).setTimeout(PATIENCE_MS, () => end(0));
    socket.on('error', () => end(0)).on('close', () => end(0));
    socket.on('data', (chunk: Buffer) => {
      text += chunk.toString('latin1');
      const code = Number(/^(\d{3}) .*\r\n/m.exec(text)?.[1] ?? 0);
      if (code === 0) return;
      text = '';
      const next = lines[step++];
      if (code >= 400 || next === undefined) end(code);
      else socket.write(next, 'latin1');
    });
  });
}

/** Messages a second that get through while so many senders send one after the other. */
async function capacity(senders: number, seconds: number): Promise<number> {
  const end = performance.now() + seconds * 1000;
  let taken = 0;
  const lane = async (): Promise<void> => {
    while (performance.now() < end) if ((await send()).code === 250) taken++;
  };
  await Promise.all(Array.from({ length: senders }, lane));
  return taken / seconds;
}

/** So many messages a second, each when it is due; does not wait for the last answers. */
async function load(perSecond: number, seconds: number): Promise<readonly Promise<Answer>[]> {
  const began = performance.now();
  const running: Promise<Answer>[] = [];
  while (running.length < perSecond * seconds) {
    const due = Math.min(perSecond * seconds, ((performance.now() - began) / 1000) * perSecond);
    while (running.length < due) running.push(send());
    await new Promise((resolve) => setTimeout(resolve, 5));
  }
  return running;
}

const times = (answers: readonly Answer[]): readonly number[] => answers.map(({ ms }) => ms).sort((a, b) => a - b);
const quantile = (sorted: readonly number[], share: number): number => sorted[Math.ceil(share * sorted.length) - 1] ?? 0;
const isTaken = ({ code }: Answer): boolean => code === 250;

function print(name: string, perSecond: number, answers: readonly Answer[]): void {
  const taken = times(answers.filter(isTaken));
  const refused = times(answers.filter(({ code }) => code >= 400));
  const count = (first: number, last: number) => answers.filter(({ code }) => code >= first && code <= last).length;
  const figures = [perSecond, taken.length, count(421, 421), count(422, 499), count(500, 599), count(0, 0)];
  const waits = [quantile(taken, 0.5), quantile(taken, 0.99), quantile(taken, 1), quantile(refused, 0.99), quantile(refused, 1)];
  process.stdout.write(`${name.padEnd(12)}${[...figures, ...waits].map((value) => value.toFixed(0).padStart(9)).join('')}\n`);
}

/** Seconds until every later second was normal. */
function untilNormal(answers: readonly Answer[]): number {
  const began = Math.min(...answers.map(({ at }) => at));
  const isNormal = (some: readonly Answer[]): boolean => some.every(isTaken) && quantile(times(some), 0.99) <= NORMAL_MS;
  const bySecond = Object.values(Object.groupBy(answers, ({ at }) => Math.floor((at - began) / 1000)));
  return bySecond.findLastIndex((some = []) => !isNormal(some)) + 1;
}

const say = (line: string): void => void process.stdout.write(`${line}\n`);

await capacity(20, 3);
const most = await capacity(20, 6);
say(`one message on each connection, mix ${values.mix}: it takes ${most.toFixed(0)} a second\n`);
const heads = ['offered/s', '250', '421', '4xx', '5xx', 'none', 'p50', 'p99', 'most', 'ref. p99', 'ref. most'];
say(`${''.padEnd(12)}${heads.map((head) => head.padStart(9)).join('')}`);
const before = scene.hop.messages.length;
const phases = [
  ['normal', most / 2, 8],
  [`${values.times} times`, most * Number(values.times), Number(values.seconds)],
  ['normal again', most / 2, 12],
] as const;
const running: (readonly Promise<Answer>[])[] = [];
for (const [, perSecond, seconds] of phases) running.push(await load(perSecond, seconds));
const all = await Promise.all(running.map((answers) => Promise.all(answers)));
for (const [at, [name, perSecond]] of phases.entries()) print(name, perSecond, all[at] ?? []);
const left = scene.hop.messages.slice(before).map(({ bytes }) => /^Message-ID: (.*)$/im.exec(bytes.toString('latin1'))?.[1]);
const taken = all.flat().filter(isTaken).length;
const log = scene.relay.log();
const events = (event: string): number => log.split(`"event":"${event}"`).length - 1;
say(`\n${taken} answered 250, ${left.length} left, ${new Set(left).size} of them different`);
say(`normal again after ${untilNormal(all.at(-1) ?? [])} s`);
say(`stress began ${events('stress')} times, was over ${events('stress-over')} times; errors that nobody foresaw: ${events('unexpected')}`);
