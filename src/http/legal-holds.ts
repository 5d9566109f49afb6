/** Legal holds: a conversation whose records are kept until somebody says otherwise, and whose parties cannot be forgotten meanwhile. */
import { idPattern } from '../model/ids.ts';
import type { Store } from '../store/store.ts';
import type { LegalHold } from '../store/upkeep.ts';
import type { Operation } from './operation.ts';
import { notFound } from './problem.ts';
import { anyId, legalHold, legalHoldBody } from './schemas.ts';
import { shownTime } from './time.ts';

const shown = ({ since, by, note }: LegalHold): object => ({ since: shownTime(since), by, note });

/** `now`: milliseconds since 1970. */
export function legalHoldOperations({ directory, legalHolds }: Store, now: () => number): readonly Operation[] {
  const common = {
    path: '/v1/conversations/:id/legal-hold',
    tag: 'conversations',
    access: 'token',
    scope: 'operate',
    params: anyId,
  } as const;
  const one = { 200: { description: 'The legal hold.', schema: legalHold } } as const;
  return [
    {
      ...common,
      id: 'putLegalHold',
      method: 'PUT',
      summary: 'Keeps the records of a conversation beyond their time, and its parties from being forgotten, until it is lifted.',
      body: legalHoldBody,
      answers: one,
      async run({ params: { id = '' }, body }) {
        if (!idPattern.test(id) || !(await directory.conversation(id))) return notFound('conversation');
        await legalHolds.put({ conversation: id, since: now(), ...(body as Pick<LegalHold, 'by' | 'note'>) });
        const put = await legalHolds.read(id);
        return put ? { status: 200, body: shown(put) } : notFound('conversation');
      },
    },
    {
      ...common,
      id: 'getLegalHold',
      method: 'GET',
      summary: 'The legal hold of a conversation.',
      answers: one,
      async run({ params: { id = '' } }) {
        const found = idPattern.test(id) ? await legalHolds.read(id) : undefined;
        return found ? { status: 200, body: shown(found) } : notFound('legal hold');
      },
    },
    {
      ...common,
      id: 'liftLegalHold',
      method: 'DELETE',
      summary: 'Lifts the legal hold: the records end in their time, those whose time is over within three days.',
      answers: { 204: { description: 'Lifted.' } },
      async run({ params: { id = '' } }) {
        return idPattern.test(id) && (await legalHolds.lift(id)) ? { status: 204 } : notFound('legal hold');
      },
    },
  ];
}
