/** The header of a mail of our own (RFC 5322, RFC 3834), made anew; To is the alias of its reader, never a mailbox. */
import { type OutgoingField, phrase, unstructured } from '../mime/compose.ts';
import { dateOf, idOf } from '../mime/field.ts';
import type { Face } from '../model/route.ts';
import { shown } from './shown.ts';

export interface Heading {
  /** Who writes: words of ours. */
  readonly service: string;
  readonly commandAddress: string;
  readonly own: Face;
  readonly subject: string;
  /** Milliseconds since 1970. */
  readonly at: number;
  /** Without brackets. */
  readonly messageId: string;
  /** Without brackets; the message that this one answers. */
  readonly answers?: string;
  /** `refused`, `redacted`, `held`, `copied`, `stranger`, `answer`, `away`, `disabled`, `answers-only`, `undeliverable`, `ending`, `ended`, `bounced` or `digest`. */
  readonly about: string;
}

/** In the order of the wire. There is no `Postern-Trace`: that marks what was relayed, and tells a loop. */
export function headingFields(heading: Heading): OutgoingField[] {
  const from = `${phrase(heading.service)} <${heading.commandAddress}>`;
  const answers = idOf(heading.answers ?? '');
  return [
    ['From', from],
    ['Reply-To', from],
    ['To', `${phrase(shown(heading.own.name))} <${heading.own.alias}>`],
    ['Subject', unstructured(heading.subject)],
    ['Date', dateOf(heading.at)],
    ['Message-ID', `<${heading.messageId}>`],
    ...(answers === '' ? [] : [['In-Reply-To', answers] as const, ['References', answers] as const]),
    ['Auto-Submitted', heading.about === 'digest' ? 'auto-generated' : 'auto-replied'],
    ['Postern-Notice', heading.about],
  ];
}
