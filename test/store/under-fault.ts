/**
 * A relay under a light load while something happens to its store, and the books of it: what was promised by a 250 (or an answer of the API), and
 * whether it was kept.
 */
import { buyer, letter, type Scene, seller } from '../support/scene.ts';
import { type Fault, sleep } from './faults.ts';
import { newId } from './fixtures.ts';

export interface Books {
  readonly fault: string;
  /** Answers to messages, by class: `2xx`, `4xx`, `5xx`, `none`. */
  readonly answers: Readonly<Record<string, number>>;
  /** Milliseconds from the end of the fault until a message was relayed and an alias made; of each the first time. */
  readonly recovered: number;
  /** 250, and it never arrived. */
  readonly lost: number;
  /** It arrived twice. */
  readonly doubled: number;
  /** 5xx, and it arrived. */
  readonly ghosts: number;
  /** 250 `a notice tells why`, and no notice came. */
  readonly noticesLost: number;
  readonly noticesDoubled: number;
  readonly aliases: number;
  /** An alias that was given out is refused, or leads nowhere. */
  readonly aliasesLost: number;
  /** The same two were given another one. */
  readonly aliasesDoubled: number;
  /** Longest time that a message waited for its answer, milliseconds. */
  readonly longest: number;
}

/** A notice that was lent when the store went away comes again after its lease, 90 s. */
const LEASE = 95_000;

/** `milliseconds`: how long the fault lasts, at least. */
export interface Timing {
  readonly milliseconds: number;
  /** Until it must have recovered. */
  readonly patience: number;
}

const against = 'Order directly at our own shop next time, there it is 20 % cheaper. Pay by bank transfer and skip the marketplace fees.';

interface Sending {
  readonly id: string;
  readonly kind: 'message' | 'refused';
  readonly codes: number[];
  trace: string;
}

interface Pair {
  readonly buyer: string;
  readonly alias: string;
}

/** Letters alone: digits would be masked. */
const wordOf = (at: number): string => [...String(at)].map((digit) => 'abcdefghij'[Number(digit)]).join('');
let count = 0;

export async function underFault(scene: Scene, fault: Fault, { milliseconds, patience }: Timing): Promise<Books> {
  const sent: Sending[] = [];
  const pairs: Pair[] = [];
  const times: Times = { ended: Number.POSITIVE_INFINITY, longest: 0, over: false };
  const loads = [mailing(scene, sent, times), mailing(scene, sent, times), registering(scene, pairs, times)];
  await sleep(300);
  await fault.begin();
  await sleep(milliseconds);
  await fault.end();
  times.ended = performance.now();
  while (performance.now() < times.ended + patience && !(times.relayed && times.registered)) await sleep(20);
  await sleep(200);
  times.over = true;
  await Promise.all(loads);
  const recovered = Math.max(times.relayed ?? Number.POSITIVE_INFINITY, times.registered ?? Number.POSITIVE_INFINITY) - times.ended;
  return {
    fault: fault.name,
    recovered: Math.round(recovered),
    longest: Math.round(times.longest),
    ...(await audited(scene, sent, pairs)),
  };
}

interface Times {
  ended: number;
  relayed?: number;
  registered?: number;
  longest: number;
  over: boolean;
}

/** Like a sender's server, but more eager: what is deferred comes again, until it is taken or all is over. */
async function mailing(scene: Scene, sent: Sending[], times: Times): Promise<void> {
  while (!times.over) {
    const at = count++;
    const kind = at % 4 === 3 ? 'refused' : 'message';
    const one: Sending = { id: `faults-${wordOf(at)}`, kind, codes: [], trace: '' };
    sent.push(one);
    for (let tries = 0; tries < 5 && !times.over; tries += 1) {
      const began = performance.now();
      const { code, trace } = await send(scene, one).catch(() => ({ code: 0, trace: '' }));
      times.longest = Math.max(times.longest, performance.now() - began);
      one.codes.push(code);
      one.trace = trace;
      if (code === 250 && kind === 'message' && began > times.ended) times.relayed ??= performance.now();
      if (code === 250 || code >= 500) break;
      await sleep(100);
    }
    await sleep(20);
  }
}

function send(scene: Scene, { id, kind }: Sending) {
  const [from, to] = kind === 'message' ? [buyer.mailbox, scene.sellerAlias] : [seller.mailbox, scene.buyerAlias];
  const text = kind === 'message' ? 'Is it oiled?' : against;
  return scene.send(from, to, letter({ from, to, subject: id, text, id: `${id}@mail.example` }));
}

async function registering({ relay }: Scene, pairs: Pair[], times: Times): Promise<void> {
  while (!times.over) {
    const id = newId('b');
    const began = performance.now();
    const put = await relay.call('PUT', `/v1/parties/${id}`, person(id)).catch(() => undefined);
    const body = { buyer: id, seller: seller.id };
    const opened = put && put.status < 300 ? await relay.call('PUT', '/v1/conversations', body).catch(() => undefined) : undefined;
    if (opened && opened.status < 300) {
      pairs.push({ buyer: id, alias: `${opened.body.sellerAlias}` });
      if (began > times.ended) times.registered ??= performance.now();
    }
    await sleep(50);
  }
}

const person = (id: string) => ({ role: 'buyer', name: 'Jane Doe', mailboxes: [{ address: `${id}@buyer.example` }] });

type Audit = Omit<Books, 'fault' | 'recovered' | 'longest'>;

async function audited(scene: Scene, sent: readonly Sending[], pairs: readonly Pair[]): Promise<Audit> {
  const arrivals = (one: Sending): number =>
    scene.left().filter((message) => message.includes(`Subject: ${one.id}\r\n`) || message.includes(`Subject: ${one.id}\n`)).length;
  const promised = sent.filter(({ kind, codes }) => kind === 'refused' && codes.at(-1) === 250);
  const noticesOf = ({ id }: Sending): number => scene.notices().filter((notice) => notice.includes(`<${id}@mail.example>`)).length;
  for (const end = Date.now() + LEASE; Date.now() < end && promised.some((one) => noticesOf(one) === 0); ) await sleep(50);
  const messages = sent.filter(({ kind }) => kind === 'message');
  const codes = sent.flatMap((one) => one.codes);
  return {
    answers: tally(codes),
    lost: messages.filter((one) => one.codes.at(-1) === 250 && arrivals(one) === 0).length,
    doubled: messages.filter((one) => arrivals(one) > 1).length,
    ghosts: messages.filter((one) => (one.codes.at(-1) ?? 0) >= 500 && arrivals(one) > 0).length,
    noticesLost: promised.filter((one) => noticesOf(one) === 0).length,
    noticesDoubled: sent.filter((one) => one.kind === 'refused' && noticesOf(one) > 1).length,
    ...(await auditedAliases(scene, pairs)),
  };
}

function tally(codes: readonly number[]): Readonly<Record<string, number>> {
  const classes: Record<string, number> = {};
  for (const code of codes) {
    const name = code === 0 ? 'none' : `${Math.trunc(code / 100)}xx`;
    classes[name] = (classes[name] ?? 0) + 1;
  }
  return classes;
}

async function auditedAliases({ relay, send }: Scene, pairs: readonly Pair[]) {
  let [aliasesLost, aliasesDoubled] = [0, 0];
  for (const pair of pairs) {
    const opened = await insisting(
      () => relay.call('PUT', '/v1/conversations', { buyer: pair.buyer, seller: seller.id }),
      ({ status }) => status < 500,
    );
    if (opened?.body.sellerAlias !== pair.alias) aliasesDoubled += 1;
    const from = `${pair.buyer}@buyer.example`;
    const message = letter({ from, to: pair.alias, text: 'Still there?' });
    const answer = await insisting(
      () => send(from, pair.alias, message),
      ({ code }) => code < 400 || code >= 500,
    );
    if (answer?.code !== 250) aliasesLost += 1;
  }
  return { aliases: pairs.length, aliasesLost, aliasesDoubled };
}

/** What is put off is asked again for 10 s. */
async function insisting<T>(ask: () => Promise<T>, isFinal: (answer: T) => boolean): Promise<T | undefined> {
  for (const end = Date.now() + 10_000; ; await sleep(200)) {
    const answer = await ask().catch(() => undefined);
    if (Date.now() > end || (answer !== undefined && isFinal(answer))) return answer;
  }
}

/** What must hold after every fault (traps section 5). */
export const kept = { lost: 0, doubled: 0, ghosts: 0, noticesLost: 0, aliasesLost: 0, aliasesDoubled: 0 } as const;
