/**
 * The notice that a message came back: what the far side's mail system said becomes a report of our own (RFC 3464), to the author of the
 * message, that names the other side's alias, a class of reason and our trace id. No word of the far side's is in it: each may name it.
 */
import { compose, type FieldsPart, type OutgoingField, type OutgoingPart } from '../mime/compose.ts';
import { dateOf, idOf } from '../mime/field.ts';
import type { Mailbox } from '../model/address.ts';
import type { BounceReason, Face, Language } from '../model/route.ts';
import { headingFields } from './heading.ts';
import type { NoticeItem, Office } from './item.ts';
import { shown } from './shown.ts';
import { timeOf } from './text.ts';
import { fill, wordsOf } from './words.ts';

export interface Bounced {
  readonly reason: BounceReason;
  readonly language: Language;
  /** Of the author's message. */
  readonly trace: string;
  /** When the author's message came; milliseconds since 1970. */
  readonly sent: number;
  /** When it came back; becomes the Date as well. */
  readonly at: number;
  /** The author's own, without brackets; not set where it cannot be told any more. */
  readonly messageId?: string;
  /** The author, as the other side sees them. */
  readonly own: Face;
  readonly other: Face;
}

/** RFC 3463. The class of the code is that of a message that was given up, whatever the far side may do with the next one. */
const statusOf: Readonly<Record<BounceReason, string>> = { unknown: '5.1.1', full: '5.2.2', policy: '5.7.1', other: '5.0.0' };

/** One for each message, however often it comes back. `recipient`: the author's mailbox. */
export function bouncedItem(bounced: Bounced, recipient: Mailbox, office: Office): NoticeItem {
  const { trace, at } = bounced;
  return { id: `notice:bounced:${trace}`, trace, reversePath: '', recipient, bytes: writeBounced(bounced, office), at };
}

/** A complete message, 7-bit, in lines of at most 998 octets; the same values give the same bytes. */
export function writeBounced(bounced: Bounced, { domain, commandAddressFor }: Office): Uint8Array {
  const { language, trace, at, own, other, messageId } = bounced;
  const words = wordsOf[language];
  const fields = headingFields({
    own,
    at,
    service: words.service,
    commandAddress: commandAddressFor(trace),
    subject: fill(words.bounced.title, { other: shown(other.name) }),
    messageId: `notice.bounced.${trace}@${domain}`,
    ...(messageId === undefined ? {} : { answers: messageId }),
    about: 'bounced',
  });
  const text: OutgoingPart = { kind: 'text', type: 'text/plain', text: textOf(bounced) };
  const parts = [text, statusPart(bounced, domain), ...returnedPart(bounced)];
  return compose(fields, { kind: 'multipart', type: 'multipart/report; report-type=delivery-status', parts }, trace);
}

/** For people. */
function textOf({ language, reason, trace, sent, own, other }: Bounced): string {
  const words = wordsOf[language];
  const { labels, headings, bounced } = words;
  const { why, mend } = bounced.reasons[reason];
  const paragraphs = [
    fill(words.greeting, { own: shown(own.name) }),
    fill(bounced.happened, { other: shown(other.name) }),
    [`  ${labels.to}${shown(other.name)}`, `  ${labels.sent}${timeOf(sent)}`].join('\n'),
    `${labels.reason}${why}`,
    [headings.now, `* ${mend}`, `* ${bounced.question}`].join('\n'),
    `${labels.trace}${trace}`,
  ];
  return `${paragraphs.join('\n\n')}\n`;
}

/** For machines (RFC 3464 section 2): neither Diagnostic-Code nor Remote-MTA, and the Reporting-MTA is ourselves. */
function statusPart({ reason, trace, sent, other }: Bounced, domain: string): FieldsPart {
  const message: OutgoingField[] = [
    ['Reporting-MTA', `dns; ${domain}`],
    ['Arrival-Date', dateOf(sent)],
  ];
  const recipient: OutgoingField[] = [
    ['Original-Recipient', `rfc822; ${other.alias}`],
    ['Final-Recipient', `rfc822; ${other.alias}`],
    ['Action', 'failed'],
    ['Status', statusOf[reason]],
    ['X-Postern-Trace', trace],
  ];
  return { kind: 'fields', type: 'message/delivery-status', groups: [message, recipient] };
}

/** RFC 6522 section 4: by this the author's mail client or help desk finds the message; left out where it is not known. */
function returnedPart({ messageId }: Bounced): readonly FieldsPart[] {
  const id = idOf(messageId ?? '');
  return id === '' ? [] : [{ kind: 'fields', type: 'text/rfc822-headers', groups: [[['Message-ID', id]]] }];
}
