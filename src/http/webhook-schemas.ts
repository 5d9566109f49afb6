/** The shapes of webhooks and their deliveries; beside those of `schemas.ts`. */
import { eventScopes, eventTypes } from '../model/event.ts';
import type { Schema } from './operation.ts';
import { closed, pageQuery } from './schemas.ts';

const text: Schema = { type: 'string' };
const time: Schema = { type: 'string', format: 'date-time' };
const state: Schema = { type: 'string', enum: ['waiting', 'dead'] };

const webhookFields = {
  url: { type: 'string', maxLength: 2048, description: 'https://, without user, password and fragment. Redirects are not followed.' },
  events: {
    type: 'array',
    minItems: 1,
    uniqueItems: true,
    maxItems: eventTypes.length,
    items: { type: 'string', enum: eventTypes },
    description: 'Left out: all of them.',
  },
  scope: {
    type: 'array',
    uniqueItems: true,
    maxItems: eventScopes.length,
    items: { type: 'string', enum: eventScopes },
    description: 'What is told beside type, time and trace. Left out: ids, disposition and rules.',
  },
} as const satisfies Record<string, Schema>;

export const webhookBody = closed(webhookFields, 'events', 'scope');

const secret: Schema = { type: 'string', description: 'Shown this once: `whsec_` and base64, as Standard Webhooks has it.' };
const counts: Schema = { ...closed({ waiting: { type: 'integer' }, dead: { type: 'integer' } }), description: 'Of its deliveries.' };
export const webhook = closed({ id: text, ...webhookFields, createdAt: time, deliveries: counts, secret }, 'deliveries', 'secret');
export const webhookList = closed({ webhooks: { type: 'array', items: { $ref: 'Webhook#' } } });
export const newSecret = closed({ secret, oldUntil: { ...time, description: 'Until then the secret before signs too.' } });

export const deliveryQuery = closed({ state, ...(pageQuery.properties as Readonly<Record<string, Schema>>) }, 'state', 'limit', 'cursor');
const delivery = closed(
  {
    id: { ...text, description: 'The `webhook-id` of each attempt.' },
    state,
    attempts: { type: 'integer' },
    failure: { ...text, description: 'Why the last attempt failed.' },
    payload: { type: 'object', additionalProperties: true, description: 'What is sent.' },
  },
  'failure',
);
export const deliveryPage = closed({ deliveries: { type: 'array', items: delivery }, next: text }, 'next');

export const replayQuery = closed({ delivery: { type: 'string', maxLength: 64, description: 'Left out: the 1000 oldest.' } }, 'delivery');
export const replayed = closed({ replayed: { type: 'integer' } });

/** Referred to as `Webhook#`. */
export const namedOfWebhooks: Readonly<Record<string, Schema>> = { Webhook: webhook };
