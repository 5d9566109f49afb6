/** What the archive's index says of one message. */
import type { Entry } from '../model/entry.ts';
import type { Received } from '../model/message.ts';
import type { Verdict } from '../model/verdict.ts';
import type { Archived, Decision } from '../store/archive.ts';
import type { Directory } from '../store/store.ts';

/** What the archive is given of a message. */
export interface ToKeep {
  readonly received: Received;
  readonly entry: Entry;
  /** Not set where the way ended before the policy. */
  readonly judged?: {
    readonly verdicts: readonly Verdict[];
    /** The bytes that left; not set where none did. */
    readonly delivered?: Uint8Array;
  };
}

const mostFindings = 200;
const mostSpan = 500;
const mostDecisions = 10;

/** `before`: what it said until now. Undefined: there is no such conversation. */
export async function recordOf(
  { entry, judged }: ToKeep,
  before: Archived | undefined,
  { directory, now }: { readonly directory: Pick<Directory, 'conversation' | 'orderBetween'>; readonly now: () => number },
): Promise<Archived | undefined> {
  const conversation = entry.conversation === undefined ? undefined : await directory.conversation(entry.conversation);
  if (!conversation) return undefined;
  const { id, buyer, seller } = conversation;
  const order = before?.order ?? (await directory.orderBetween(buyer, seller))?.id;
  return {
    trace: entry.trace,
    at: entry.at,
    conversation: id,
    ...(entry.direction && { direction: entry.direction }),
    buyer,
    seller,
    ...(order !== undefined && { order }),
    decisions: [...(before?.decisions ?? []), decisionOf(entry, judged?.verdicts, now())].slice(-mostDecisions),
    copies: before?.copies ?? {},
    ...(before?.gone?.why === 'forgotten' && { gone: before.gone }),
  };
}

function decisionOf(entry: Entry, verdicts: readonly Verdict[] | undefined, at: number): Decision {
  const { disposition, reply, findings, steps, reason, authentication, repeats, tag } = entry;
  const found = verdicts?.flatMap(({ rule, action, findings: spots }) =>
    spots.map(({ part, region, span }) => ({ rule, action, part, region, span: span.slice(0, mostSpan) })),
  );
  const more = { ...(reason && { reason }), ...(authentication && { authentication }), ...(repeats && { repeats }), ...(tag && { tag }) };
  return { at, disposition, reply, findings: (found ?? findings).slice(0, mostFindings), steps, more };
}
