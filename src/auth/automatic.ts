/**
 * Who wrote it: a person, a program on a person's behalf, a responder, or a mail system that nobody needs to hear (RFC 3834, 3464, 8098, 2369,
 * 6047)? And does it go round? Told by the header alone: what a text says may be a person's.
 */
import type { Field, Header } from '../model/message.ts';
import { Refusal, replies } from '../model/reply.ts';

/**
 * `robot`: a help desk marks what its people write as automatic; passed on, marked. `responder`: out of office and its like; passed on
 * once a day. `nobody`: taken, and passed on to no one, for the reason that `why` gives.
 */
export type Writer =
  | { readonly kind: 'person' | 'robot' | 'responder' }
  | { readonly kind: 'nobody'; readonly why: 'bounce or receipt' | 'calendar' | 'mailing list' | 'challenge' };

/** Postfix's own limit is 50; a message that took 30 hops to us goes round. */
const maxHops = 30;

/** Our own trace field: a message that carries it is one of ours that came back whole. */
export const traceField = 'postern-trace';

/** Programs that ask an author to prove that a person wrote; by the name of a field of theirs. */
const challengers = /^x-(?:tmda|boxbe|spamarrest|mailblocks|ask-auth|bluebottle|challenge|sender-verification|cr-)/;

/** What marks an answer that was written before the question came, beside RFC 3834's own field. */
const responderFields = new Set(['x-autoreply', 'x-autorespond', 'x-autoresponder', 'x-mail-autoreply', 'x-ms-exchange-inbox-rules-loop']);

/** @param reversePath `''` is the null reverse-path */
export function writerOf({ fields }: Header, reversePath: string): Writer {
  const value = (name: string): string => valueIn(fields, name);
  const type = value('content-type');
  if (type.startsWith('multipart/report') || type.startsWith('message/disposition-notification'))
    return { kind: 'nobody', why: 'bounce or receipt' };
  if (isCalendar(fields)) return { kind: 'nobody', why: 'calendar' };
  if (value('list-id') !== '' || value('list-post') !== '' || value('precedence') === 'list')
    return { kind: 'nobody', why: 'mailing list' };
  if (fields.some(({ name }) => challengers.test(name))) return { kind: 'nobody', why: 'challenge' };
  const submitted = value('auto-submitted');
  const isMarked = submitted !== '' && !submitted.startsWith('no');
  const answers = submitted.startsWith('auto-replied') || value('precedence') === 'auto_reply' || hasResponderField(fields);
  if (answers || (isMarked && reversePath === '')) return { kind: 'responder' };
  if (isMarked) return { kind: 'robot' };
  return reversePath === '' ? { kind: 'nobody', why: 'bounce or receipt' } : { kind: 'person' };
}

/** Throws a `Refusal` with 554 5.4.6 for a message that has been here before, or nearly everywhere else. */
export function stopLoop({ fields }: Header): void {
  const hops = fields.filter(({ name }) => name === 'received').length;
  if (hops > maxHops || fields.some(({ name }) => name === traceField)) throw new Refusal(replies.loop);
}

const valueIn = (fields: readonly Field[], name: string): string =>
  fields
    .find((field) => field.name === name)
    ?.value.trim()
    .toLowerCase() ?? '';

const hasResponderField = (fields: readonly Field[]): boolean =>
  fields.some(({ name, value }) => responderFields.has(name) && !/^(?:no)?$/i.test(value.trim()));

/** An answer to an invitation, as calendars send it without anybody writing (RFC 6047). */
const isCalendar = (fields: readonly Field[]): boolean =>
  valueIn(fields, 'content-type').startsWith('text/calendar') ||
  valueIn(fields, 'content-class') === 'urn:content-classes:calendarmessage' ||
  valueIn(fields, 'sender').includes('calendar-notification@google.com');
