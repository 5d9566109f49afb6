/** A notice as it goes into the outbox: null reverse-path, to the very mailbox that wrote, one for each message and kind. */
import type { Mailbox } from '../model/address.ts';
import type { Header, Received } from '../model/message.ts';
import type { Route } from '../model/route.ts';
import type { Verdict } from '../model/verdict.ts';
import { mentioned, type NoticeKind, type NoticeLimits } from './notice.ts';
import { writeNotice } from './write.ts';

export interface Letter {
  readonly received: Received;
  readonly header: Header;
  readonly route: Route;
}

export interface Judged {
  /** Of the author's message, decoded. */
  readonly subject: string;
  readonly verdicts: readonly Verdict[];
  /** An answer SEND delivers the message without the offending parts. */
  readonly canSend: boolean;
  readonly limits: NoticeLimits;
}

/** What of the relay's own stands in a notice. */
export interface Office {
  readonly domain: string;
  readonly commandAddressFor: (trace: string) => string;
}

export interface NoticeItem {
  readonly id: string;
  readonly trace: string;
  readonly reversePath: '';
  readonly recipient: Mailbox;
  readonly bytes: Uint8Array;
  readonly at: number;
}

/** How long the store keeps a held message. */
const keptHours = 72;

/** Undefined where there is nothing to tell: what went was in quotes or a signature only. */
export function noticeItem(kind: NoticeKind, { received, header, route }: Letter, judged: Judged, office: Office): NoticeItem | undefined {
  if (kind === 'redacted' && mentioned(judged.verdicts).length === 0) return undefined;
  const { trace, at } = received;
  const bytes = writeNotice({
    kind,
    language: route.author.language,
    trace,
    at,
    own: route.author.face,
    other: route.recipient.face,
    ...judged,
    ...(header.messageId !== undefined && { messageId: header.messageId }),
    ...((kind === 'held' || judged.canSend) && { keptHours }),
    commandAddress: office.commandAddressFor(trace),
    domain: office.domain,
  });
  return { id: `notice:${kind}:${trace}`, trace, reversePath: '', recipient: header.author, bytes, at };
}
