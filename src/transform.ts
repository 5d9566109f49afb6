/**
 * The heavy part of the way: parse, judge, rewrite, gate. Takes plain values and gives plain values, without I/O and without a clock
 * but for its own stopwatch, so that it runs in a worker thread as it runs here. `POST /v1/check` and `check` run the very same.
 */
import { parse } from './mime/parse.ts';
import type { File, Header, Message } from './model/message.ts';
import { Refusal, type Reply } from './model/reply.ts';
import type { Route, Situation } from './model/route.ts';
import { stopwatch } from './model/stopwatch.ts';
import type { Disposition, Finding, Verdict } from './model/verdict.ts';
import { budgetFor, judge as judgeOnce } from './policy/judge.ts';
import type { Policy } from './policy/policy.ts';
import { fileNamed } from './rewrite/attachments.ts';
import { type Leak, leaks } from './rewrite/gate.ts';
import { type Rewriting, rewrite } from './rewrite/rewrite.ts';

export type { Unsubscribe } from './rewrite/headers.ts';

export interface Work {
  readonly raw: Uint8Array;
  readonly header: Header;
  readonly route: Route;
  readonly situation: Situation;
  readonly policy: Policy;
  readonly stationery: Omit<Rewriting, 'verdicts'>;
  /** The files as they came are wanted beside what may leave. */
  readonly wantsFiles?: boolean;
}

/** `unreadable`: a message that no reader could read. `leaks`: what the gate found; the bytes may then not leave. */
export type Transformed =
  | { readonly kind: 'unreadable'; readonly reply: Reply; readonly reason: string }
  | {
      readonly kind: 'judged';
      readonly disposition: Disposition;
      /** Of the received message, decoded; for the notice to its author. */
      readonly subject: string;
      /** What may leave; undefined where the disposition is to reject, or was not reached. */
      readonly bytes?: Uint8Array;
      readonly leaks: readonly Leak[];
      /** As they came; where they were wanted, and something may leave. */
      readonly files?: readonly File[];
      /** Milliseconds, by step. */
      readonly steps: Readonly<Record<string, number>>;
    };

/** Judges what was read, in time: here, or wherever the phrases are. An error that it throws ends the work, unless it is a `Refusal`. */
export type Judge = (message: Message, situation: Situation, policy: Policy) => Disposition | Promise<Disposition>;

export async function transform(work: Work, judge: Judge = judgeInTime): Promise<Transformed> {
  const { raw, header, route, situation, policy } = work;
  const { lap, steps } = stopwatch();
  try {
    const message = await parse(raw, header);
    lap('parse');
    const disposition = await judge(message, situation, policy);
    const { subject } = message;
    lap('judge');
    if (disposition.kind === 'reject' || disposition.kind === 'late') return { kind: 'judged', disposition, subject, leaks: [], steps };
    const files = work.wantsFiles ? { files: message.files } : {};
    const stationery = stationeryFor(work, disposition);
    const bytes = await rewrite(message, route, { ...stationery, verdicts: disposition.verdicts });
    lap('rewrite');
    const found = leaks(bytes, route);
    lap('gate');
    const telling = tellingFiles(found, message);
    if (telling === undefined) return { kind: 'judged', disposition, subject, bytes, leaks: found, ...files, steps };
    const verdicts = [...disposition.verdicts, telling];
    const without = await rewrite(message, route, { ...stationery, verdicts });
    lap('rewrite again');
    const judged = { ...disposition, verdicts };
    return { kind: 'judged', disposition: judged, subject, bytes: without, leaks: leaks(without, route), ...files, steps };
  } catch (error) {
    if (error instanceof Refusal)
      return { kind: 'unreadable', reply: error.reply, reason: typeof error.cause === 'string' ? error.cause : '' };
    throw error;
  }
}

/** A message that its seller tagged is reported on top, where it is read first. */
function stationeryFor({ stationery }: Work, { tag }: Disposition): Work['stationery'] {
  const { foot, ...rest } = stationery;
  return tag === undefined || foot === undefined ? stationery : { ...rest, context: foot };
}

/** Files in whose words the author stands go out, and the rest may leave; undefined where there are none, or not they alone tell it. */
function tellingFiles(found: readonly Leak[], { files }: Message): Verdict | undefined {
  const named = [...new Set(found.map(({ file }) => file))];
  if (named.length === 0) return undefined;
  const findings = named.flatMap((name): Finding[] => {
    const file = name === undefined ? -1 : fileNamed(name, files);
    const span = files[file]?.filename;
    return span === undefined ? [] : [{ part: 'attachment', region: 'new', span, file }];
  });
  return findings.length === named.length ? { rule: 'identity', action: 'redact', findings } : undefined;
}

/** A second look where the first took too long: it may have been a collection of garbage that another message left. */
export function judgeInTime(message: Message, situation: Situation, policy: Policy): Disposition {
  const budget = budgetFor(message, policy);
  const first = judgeOnce(message, situation, policy, overdue(budget));
  return first.kind === 'late' ? judgeOnce(message, situation, policy, overdue(budget)) : first;
}

/** Whether this thread has worked for longer than that since now; what others do on a busy machine does not count. */
function overdue(milliseconds: number): () => boolean {
  const [beganAt, began] = [performance.now(), process.threadCpuUsage()];
  return () => {
    // By the clock it is never less, and to ask that costs nothing.
    if (performance.now() - beganAt < milliseconds) return false;
    const { user, system } = process.threadCpuUsage(began);
    return user + system >= milliseconds * 1000;
  };
}
