/** What the seller of an order may send its buyer now, per kind of message, and why not. */
import { idPattern } from '../model/ids.ts';
import { hindrances, type MessageKind, messageKinds, type Obstruction, type Permissions } from '../model/permission.ts';
import { ruleIds } from '../model/verdict.ts';
import type { HttpPorts, Operation, Schema } from './operation.ts';
import { notFound } from './problem.ts';
import { anyId, closed } from './schemas.ts';
import { shownTime } from './time.ts';

const text: Schema = { type: 'string' };
const count: Schema = { type: 'integer' };

const says: Readonly<Record<MessageKind, string>> = {
  answer: 'an answer to what the buyer wrote in the last 30 days',
  message: 'a message without a tag',
  critical: 'a message with the tag in its subject, as in [Important]',
  'review-request': 'a message that asks for a review',
};

const obstruction = closed(
  {
    reason: { type: 'string', enum: [...Object.keys(hindrances), ...ruleIds], description: 'Of ours, or the rule of the policy.' },
    until: { ...text, format: 'date-time', description: 'Left out: nobody knows.' },
    says: { ...text, description: 'The reason, in words; left out for rules: README has them.' },
  },
  'until',
  'says',
);

const permission = closed({
  kind: { type: 'string', enum: messageKinds, description: messageKinds.map((kind) => `\`${kind}\`: ${says[kind]}`).join('; ') },
  allowed: { type: 'boolean', description: 'What it says is judged when it comes.' },
  why: { type: 'array', items: obstruction, description: 'All that stands against it now.' },
});

const permissions = closed({
  order: text,
  judgedBy: {
    ...closed({ id: text, kind: text, completedDaysAgo: count }),
    description: 'The order that counts between the two now: an open one, else the one completed last.',
  },
  conversation: { type: ['string', 'null'], description: 'Null: it was not opened yet.' },
  initiates: {
    type: 'boolean',
    description: 'Whatever the seller writes now starts the contact: the buyer wrote nothing in the last 30 days.',
  },
  critical: closed({ budget: { ...count, description: 'Messages that may pass by the tag alone in 30 days.' }, left: count }),
  permissions: { type: 'array', items: permission },
});

export const permissionOperations = ({ permissions: ask }: Pick<HttpPorts, 'permissions'>): readonly Operation[] => [
  {
    id: 'getPermissions',
    method: 'GET',
    path: '/v1/orders/:id/permissions',
    summary: 'What the seller of the order may send its buyer now, per kind of message, and why not: by the code that judges messages.',
    tag: 'orders',
    access: 'token',
    params: anyId,
    answers: { 200: { description: 'As of now.', schema: permissions } },
    async run({ params: { id = '' } }) {
      const found = idPattern.test(id) ? await ask(id) : undefined;
      return found ? { status: 200, body: shown(id, found) } : notFound('order');
    },
  },
];

const shown = (order: string, { conversation, permissions: all, ...rest }: Permissions): object => ({
  order,
  ...rest,
  conversation: conversation ?? null,
  permissions: all.map(({ kind, why }) => ({ kind, allowed: why.length === 0, why: why.map(shownReason) })),
});

function shownReason({ reason, until }: Obstruction): object {
  const known: Readonly<Partial<Record<string, string>>> = hindrances;
  const sentence = known[reason];
  return { reason, ...(until !== undefined && { until: shownTime(until) }), ...(sentence !== undefined && { says: sentence }) };
}
