/** The header of what leaves: a list of fields, each made anew (leaks.md HDR). From and To take aliases, by type. */
import { type OutgoingField, phrase, unstructured } from '../mime/compose.ts';
import { cleanLine } from '../mime/clean.ts';
import { dateOf, idOf } from '../mime/field.ts';
import { domainOf } from '../model/address.ts';
import type { Face, Route } from '../model/route.ts';

export interface Heading {
  readonly subject: string;
  readonly messageId: string;
  readonly inReplyTo?: string;
  readonly references: readonly string[];
  /** Milliseconds since 1970. */
  readonly at: number;
  readonly autoSubmitted: boolean;
  readonly trace: string;
  /** For a message that a seller started: where the buyer says that such are not wanted (RFC 2369, RFC 8058). */
  readonly unsubscribe?: Unsubscribe;
}

export interface Unsubscribe {
  /** Takes the one click of a mail client. */
  readonly page?: string | undefined;
  /** An address of ours. */
  readonly mail: string;
}

const maxSubject = 998;
const maxReferences = 20;

/** In the order of the wire. `MIME-Version` and the fields of the body are the builder's. */
export function fieldsOf({ author, recipient }: Route, heading: Heading): OutgoingField[] {
  const references = heading.references.map(idOf).filter((id) => id !== '');
  const inReplyTo = idOf(heading.inReplyTo ?? '');
  return [
    ['From', mailbox(author.face)],
    ['To', mailbox(recipient.face)],
    ['Subject', unstructured(subjectOf(heading.subject))],
    ['Date', dateOf(heading.at)],
    ['Message-ID', idOf(heading.messageId)],
    ...(inReplyTo === '' ? [] : [['In-Reply-To', inReplyTo] as const]),
    ...(references.length === 0 ? [] : [['References', references.slice(-maxReferences).join(' ')] as const]),
    // RFC 3834: an answer of a machine stays one, so that no machine answers it.
    ...(heading.autoSubmitted ? [['Auto-Submitted', 'auto-replied'] as const] : []),
    ...unsubscribeFields(heading.unsubscribe),
    ['Postern-Trace', heading.trace],
  ];
}

function unsubscribeFields(unsubscribe: Unsubscribe | undefined): OutgoingField[] {
  if (unsubscribe === undefined) return [];
  const { page, mail } = unsubscribe;
  if (page === undefined) return [['List-Unsubscribe', `<mailto:${mail}>`]];
  return [
    ['List-Unsubscribe', `<${page}>, <mailto:${mail}>`],
    ['List-Unsubscribe-Post', 'List-Unsubscribe=One-Click'],
  ];
}

/** The domain of the aliases, which is where ids of our own live. */
export const relayDomain = ({ author }: Route): string => domainOf(author.face.alias);

const mailbox = ({ name, alias }: Face): string => `${phrase(cleanLine(name))} <${alias}>`;

/** Without marks that turn the direction of what follows; cut where a line of the wire would end. */
function subjectOf(subject: string): string {
  const plain = cleanLine(subject.replace(/[\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069]/g, ''));
  return plain.slice(0, maxSubject).toWellFormed();
}
