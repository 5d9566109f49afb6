/** Who of a conversation takes no messages from the other, and when its aliases end. */
import type { Conversation, Role } from '../model/route.ts';
import type { Directory } from '../store/store.ts';
import { type FieldError, membersOf, type Operation } from './operation.ts';
import { notFound } from './problem.ts';
import { anyId, closed } from './schemas.ts';
import { notATime, shownTime, timeOf } from './time.ts';

const blockBody = closed({
  by: { type: 'string', enum: ['buyer', 'seller'], description: 'Who wants no messages.' },
  blocked: { type: 'boolean' },
});
const time = { type: ['string', 'null'], description: 'ISO 8601: a date, or a date and time with its zone.' };
const expiryBody = closed({ expiresAt: { ...time, maxLength: 40 } });
const expiry = closed({ expiresAt: { ...time, format: 'date-time' } });

/** `known`: the conversation with this id. */
export function reachOperations(directory: Directory, known: (id: string) => Promise<Conversation | undefined>): readonly Operation[] {
  const common = { tag: 'conversations', access: 'token' } as const;
  return [
    {
      ...common,
      id: 'block',
      method: 'PUT',
      path: '/v1/conversations/:id/block',
      summary: 'One side takes no messages from the other, or takes them again. What a current order cannot do without passes.',
      params: anyId,
      body: blockBody,
      answers: { 200: { description: 'As it is now.', schema: blockBody } },
      async run({ params: { id = '' }, body }) {
        const { by, blocked } = body as { readonly by: Role; readonly blocked: boolean };
        if (!(await known(id))) return notFound('conversation');
        await directory.block(id, by, blocked);
        return { status: 200, body: { by, blocked } };
      },
    },
    {
      ...common,
      id: 'expire',
      method: 'PUT',
      path: '/v1/conversations/:id/expiry',
      summary:
        'When the aliases end, 14 days of grace apart; null: as ALIAS_DAYS has it. Opening the conversation or a new order revives them.',
      params: anyId,
      body: expiryBody,
      answers: { 200: { description: 'As it is now.', schema: expiry } },
      check: ({ body }) => expiryErrors(membersOf(body).expiresAt),
      async run({ params: { id = '' }, body }) {
        const { expiresAt } = body as { readonly expiresAt: string | null };
        if (!(await known(id))) return notFound('conversation');
        const at = expiresAt === null ? undefined : timeOf(expiresAt);
        await directory.expire(id, at);
        return { status: 200, body: { expiresAt: at === undefined ? null : shownTime(at) } };
      },
    },
  ];
}

const expiryErrors = (value: unknown): readonly FieldError[] =>
  typeof value === 'string' && timeOf(value) === undefined ? [{ field: '/expiresAt', message: notATime }] : [];
