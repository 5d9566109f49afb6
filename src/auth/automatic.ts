/** Who wrote it: a person, an automatic responder, or a mail system with a report (RFC 3834, RFC 3464, RFC 8098)? And does it go round? */
import type { Header } from '../model/message.ts';
import { Refusal, replies } from '../model/reply.ts';

/** `robot`: passed on with a null reverse-path and marked; `report`: a bounce or receipt, never passed on. */
export type Writer = 'person' | 'robot' | 'report';

/** Postfix's own limit is 50; a message that took 30 hops to us goes round. */
const maxHops = 30;

/** Our own trace field: a message that carries it is one of ours that came back whole. */
export const traceField = 'postern-trace';

export function writerOf({ fields }: Header, reversePath: string): Writer {
  const valueIn = (name: string): string =>
    fields
      .find((field) => field.name === name)
      ?.value.trim()
      .toLowerCase() ?? '';
  if (valueIn('content-type').startsWith('multipart/report')) return 'report';
  const submitted = valueIn('auto-submitted');
  const automatic = (submitted !== '' && !submitted.startsWith('no')) || valueIn('x-autoreply') !== '' || valueIn('x-autorespond') !== '';
  if (automatic) return 'robot';
  return reversePath === '' ? 'report' : 'person';
}

/** Throws a `Refusal` with 554 5.4.6 for a message that has been here before, or nearly everywhere else. */
export function stopLoop({ fields }: Header): void {
  const hops = fields.filter(({ name }) => name === 'received').length;
  if (hops > maxHops || fields.some(({ name }) => name === traceField)) throw new Refusal(replies.loop);
}
