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
  /** Ids of author and recipient, where the way knows them. */
  readonly parties?: readonly string[];
  /** Not set where the way ended before the policy. */
  readonly judged?: {
    readonly verdicts: readonly Verdict[];
    /** The order that stood between the two. */
    readonly order?: string;
    /** The bytes that left; not set where none did. */
    readonly delivered?: Uint8Array;
  };
}

const mostFindings = 200;
const mostSpan = 500;
const mostDecisions = 10;

/** Where a message belongs. */
type Whose = Pick<Archived, 'conversation' | 'buyer' | 'seller'>;

export interface RecordPorts {
  readonly directory: Pick<Directory, 'conversation' | 'orderBetween'>;
  /** Milliseconds since 1970. */
  readonly now: () => number;
}

async function whoseOf({ entry, parties: [author, recipient] = [] }: ToKeep, { directory }: RecordPorts): Promise<Whose | undefined> {
  const { conversation: id = '', direction } = entry;
  if (author !== undefined && recipient !== undefined && direction !== undefined)
    return direction === 'buyer_to_seller'
      ? { conversation: id, buyer: author, seller: recipient }
      : { conversation: id, buyer: recipient, seller: author };
  const found = await directory.conversation(id);
  return found && { conversation: id, buyer: found.buyer, seller: found.seller };
}

/** `before`: what it said until now. Undefined: there is no such conversation. */
export async function recordOf(copy: ToKeep, before: Archived | undefined, ports: RecordPorts): Promise<Archived | undefined> {
  const whose = await whoseOf(copy, ports);
  if (!whose) return undefined;
  const { conversation, buyer, seller } = whose;
  const { entry, judged } = copy;
  const { directory, now } = ports;
  const order = before?.order ?? (judged ? judged.order : (await directory.orderBetween(buyer, seller))?.id);
  return {
    trace: entry.trace,
    at: entry.at,
    conversation,
    ...(entry.direction && { direction: entry.direction }),
    buyer,
    seller,
    ...(order !== undefined && { order }),
    decisions: [...(before?.decisions ?? []), decisionOf(entry, judged?.verdicts, now())].slice(-mostDecisions),
    copies: before?.copies ?? {},
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
