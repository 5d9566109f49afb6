/** Takes one message the way of the relay, without store, network or clock: what came of it, in the words of oracle.ts. */
import { join } from 'node:path';
import { stopLoop, writerOf } from '../../src/auth/automatic.ts';
import { loadPolicy } from '../../src/config/policy-file.ts';
import { readHeader } from '../../src/mime/header.ts';
import { Refusal } from '../../src/model/reply.ts';
import { transform } from '../../src/transform.ts';
import type { Direction } from '../../src/model/route.ts';
import { lostIn, spelledIn } from './oracle.ts';
import { type Cast, castOf, fill, secretsOf } from './people.ts';
import type { Sample } from './sample.ts';

const policy = loadPolicy(join(import.meta.dirname, '../../config/policy.yaml'), ['relay.example']);

const stationery = {
  trace: 'q7f3k9x2m5t8w1zc',
  messageId: 'ours-2@relay.example',
  inReplyTo: 'ours-1@relay.example',
  references: ['ours-1@relay.example'],
  at: Date.UTC(2025, 2, 11, 9, 0, 7),
  foot: { report: 'https://relay.example/report/r-q7f3k9x2m5t8w1zc-abcdefgh' },
};

export interface Ran {
  readonly sample: Sample;
  readonly direction: Direction;
  readonly kind: 'relay' | 'refuse' | 'hold' | 'drop';
  /** The reply, the rules, or where the gate found what. */
  readonly why: string;
  readonly bytes?: Buffer;
  /** Secrets that left. */
  readonly leaked: readonly string[];
  /** What should have arrived and did not. */
  readonly lost: readonly string[];
}

/** All words that may not leave. */
export const textsOf = ({ plant = [], planted }: Sample, cast: Cast): readonly string[] => [
  ...secretsOf(cast),
  ...plant.map((secret) => fill(secret, cast)),
  ...(planted?.(cast) ?? []),
];

export type Went = Pick<Ran, 'kind' | 'why' | 'bytes'>;

export const run = (sample: Sample, direction: Direction): Promise<Ran> => runAs(sample, castOf(sample.pair ?? 'usual', direction));

export async function runAs(sample: Sample, cast: Cast): Promise<Ran> {
  const { direction } = cast;
  const raw = sample.raw(cast);
  const went = await way(raw, sample.reversePath ?? fill('{{me.mail}}', cast), cast);
  const about = { sample, direction, ...went };
  if (!went.bytes || went.kind !== 'relay') return { ...about, leaked: [], lost: [] };
  const texts = textsOf(sample, cast);
  const leaked = await spelledIn(went.bytes, { texts, octets: sample.octets ?? [] });
  const keep = (sample.keep ?? []).map((words) => fill(words, cast));
  const lost = await lostIn(went.bytes, raw, { keep, files: sample.files ?? [] });
  return { ...about, leaked, lost };
}

export async function way(raw: Buffer, reversePath: string, { route, direction }: Cast): Promise<Went> {
  try {
    const header = readHeader(raw);
    stopLoop(header);
    const writer = writerOf(header, reversePath);
    if (writer.kind === 'nobody') return { kind: 'drop', why: writer.why };
    if (!route.author.mailboxes.includes(header.author)) return { kind: 'refuse', why: `${header.author} is not a party` };
    const situation = { direction, initiates: false, order: { kind: 'standard', completedDaysAgo: 0 }, buyerOptedOut: false } as const;
    const autoSubmitted = writer.kind !== 'person';
    const work = { raw, header, route, situation, policy, stationery: { ...stationery, autoSubmitted } };
    const first = await transform(work);
    // The first message of a process pays for the reading of all phrases; the relay puts it off, and it comes again.
    const done = first.kind === 'judged' && first.disposition.kind === 'late' ? await transform(work) : first;
    if (done.kind === 'unreadable') return { kind: 'refuse', why: `${done.reply.text} (${done.reason})` };
    const found = done.disposition.verdicts.flatMap(({ rule, findings }) =>
      findings.map(({ span, region }) => `${rule} ${region} ${span}`),
    );
    if (done.leaks.length > 0) return { kind: 'hold', why: done.leaks.map((leak) => JSON.stringify(leak)).join(' ') };
    if (done.disposition.kind === 'reject') return { kind: 'refuse', why: found.join('; ') };
    if (done.disposition.kind !== 'relay' || !done.bytes) return { kind: 'hold', why: `${done.disposition.kind}: ${found.join('; ')}` };
    return { kind: 'relay', why: found.join('; '), bytes: Buffer.from(done.bytes) };
  } catch (error) {
    if (!(error instanceof Refusal)) throw error;
    return { kind: 'refuse', why: `${error.reply.text} (${String(error.cause ?? '')})` };
  }
}

/** The way ended as it should: neither silence where an answer was due, nor delivery where nobody could look inside. */
export function rightly({ sample, kind }: Ran): boolean {
  const { answer = 'relay' } = sample;
  if (answer === 'relay') return kind === 'relay';
  if (answer === 'any') return true;
  if (answer === 'either') return kind !== 'hold';
  return answer === 'drop' ? kind === 'drop' || kind === 'refuse' : kind === 'refuse';
}
