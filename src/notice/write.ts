/**
 * NOTICE: tells an author, in the author's language, that a message was refused, changed or held: a report (RFC 6522) with a part for
 * people, one for machines (RFC 3464), and what is needed to find the message again. Pure; who gets it and when is for others to decide.
 */
import { compose, type OutgoingPart } from '../mime/compose.ts';
import { headingFields } from './heading.ts';
import type { Notice } from './notice.ts';
import { headersPart, statusPart } from './report.ts';
import { shown } from './shown.ts';
import { textOf } from './text.ts';
import { fill, wordsOf } from './words.ts';

/** A complete message, 7-bit, in lines of at most 998 octets; the same notice gives the same bytes. */
export function writeNotice(notice: Notice): Uint8Array {
  const words = wordsOf[notice.language];
  const subject = fill(words.kinds[notice.kind].title, { subject: shown(notice.subject) || words.noSubject });
  const fields = headingFields({
    ...notice,
    service: words.service,
    subject,
    messageId: `notice.${notice.trace}@${notice.domain}`,
    ...(notice.messageId === undefined ? {} : { answers: notice.messageId }),
    about: notice.kind,
  });
  const text: OutgoingPart = { kind: 'text', type: 'text/plain', text: textOf(notice) };
  const parts = [text, statusPart(notice), headersPart(notice)];
  return compose(fields, { kind: 'multipart', type: 'multipart/report; report-type=delivery-status', parts }, notice.trace);
}
