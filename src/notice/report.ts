/** The part of a notice for machines (RFC 3464): it names the alias, our rules and our trace id, and nothing of the far side. */
import { type FieldsPart, type OutgoingField, unstructured } from '../mime/compose.ts';
import { dateOf, idOf } from '../mime/field.ts';
import { mentioned, type Notice, type NoticeKind } from './notice.ts';
import { shown } from './shown.ts';

interface Outcome {
  readonly action: 'failed' | 'relayed' | 'delayed';
  /** RFC 3463. */
  readonly status: string;
  readonly code: number;
}

/** RFC 3464 sections 2.3.3, 2.3.4. The code goes with the status, whatever the client was told: it may have got a 250 and this notice. */
const outcomes: Readonly<Record<NoticeKind, Outcome>> = {
  refused: { action: 'failed', status: '5.7.1', code: 550 },
  redacted: { action: 'relayed', status: '2.0.0', code: 250 },
  held: { action: 'delayed', status: '4.7.1', code: 450 },
};

/** RFC 3464 section 2.1: fields of the message, a blank line, fields of its one recipient. */
export function statusPart(notice: Notice): FieldsPart {
  const { action, status, code } = outcomes[notice.kind];
  const rules = mentioned(notice.verdicts)
    .map(({ rule }) => rule)
    .filter((id) => /^[a-z0-9-]{1,64}$/.test(id));
  const message: OutgoingField[] = [
    ['Reporting-MTA', `dns; ${notice.domain}`],
    ['Arrival-Date', dateOf(notice.at)],
  ];
  const recipient: OutgoingField[] = [
    ['Original-Recipient', `rfc822; ${notice.other.alias}`],
    ['Final-Recipient', `rfc822; ${notice.other.alias}`],
    ['Action', action],
    ['Status', status],
    ['Diagnostic-Code', ['smtp;', code, status, ...rules].join(' ')],
    ['X-Postern-Trace', notice.trace],
    ['X-Postern-Rules', rules.join(', ')],
  ];
  return { kind: 'fields', type: 'message/delivery-status', groups: [message, recipient.filter(([, value]) => value !== '')] };
}

/** RFC 6522 section 4: by these the author's mail client or help desk finds the message. */
export function headersPart({ subject, messageId }: Notice): FieldsPart {
  const id = idOf(messageId ?? '');
  const fields: OutgoingField[] = [['Subject', unstructured(shown(subject))]];
  if (id !== '') fields.push(['Message-ID', id]);
  return { kind: 'fields', type: 'text/rfc822-headers', groups: [fields] };
}
