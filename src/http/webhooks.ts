/** Webhooks: who is told of what, what could not be told, and telling it again. */
import { type EventScope, type EventType, eventTypes } from '../model/event.ts';
import { idPattern } from '../model/ids.ts';
import type { DeliveryState, ShownDelivery, Webhook } from '../store/webhooks.ts';
import { rotated } from '../webhook/sign.ts';
import { readTarget } from '../webhook/target.ts';
import { type FieldError, type HttpPorts, type HttpSettings, membersOf, type Operation } from './operation.ts';
import { notFound, problem } from './problem.ts';
import { anyId, ownId } from './schemas.ts';
import { shownTime } from './time.ts';
import { deliveryPage, deliveryQuery, newSecret, replayed, replayQuery, webhookBody, webhookList } from './webhook-schemas.ts';

interface WebhookBody {
  readonly url: string;
  readonly events?: readonly EventType[];
  readonly scope?: readonly EventScope[];
}

type Settings = Pick<HttpSettings, 'privateWebhooks'>;
type Ports = Pick<HttpPorts, 'store' | 'now'>;

/** Each one costs requests of its own for each event. */
const mostWebhooks = 20;
const usualScope: readonly EventScope[] = ['ids', 'disposition', 'rules'];
const common = { tag: 'webhooks', access: 'token', scope: 'operate' } as const;
const path = '/v1/webhooks/:id';

export function webhookOperations(ports: Ports, settings: Settings): readonly Operation[] {
  return [putOperation(ports, settings), ...readOperations(ports), rotateOperation(ports), ...deliveryOperations(ports)];
}

function putOperation({ store: { webhooks }, now }: Ports, { privateWebhooks = false }: Settings): Operation {
  return {
    ...common,
    id: 'putWebhook',
    method: 'PUT',
    path,
    summary: 'Subscribes a URL to events, or changes that; the secret stays, and what waits goes to the new URL.',
    params: ownId,
    body: webhookBody,
    answers: { 200: { description: 'The webhook; with its secret, where it is new.', schema: { $ref: 'Webhook#' } } },
    check: ({ body }) => urlErrors(body, privateWebhooks),
    async run({ params: { id = '' }, body }) {
      const { url, events = eventTypes, scope = usualScope } = body as WebhookBody;
      const all = await webhooks.all();
      if (all.length >= mostWebhooks && !all.some((one) => one.id === id))
        return problem(409, `There are ${mostWebhooks} webhooks already.`);
      let isNew = false;
      const webhook = await webhooks.change(id, (known) => {
        isNew = known === undefined;
        return { id, url, events, scope, secrets: known?.secrets ?? rotated([], now()), createdAt: known?.createdAt ?? now() };
      });
      const secret = isNew ? webhook.secrets[0]?.secret : undefined;
      return { status: 200, body: { ...shown(webhook), ...(secret !== undefined && { secret }) } };
    },
  };
}

function urlErrors(body: unknown, privateWebhooks: boolean): readonly FieldError[] {
  const { url } = membersOf(body);
  const target = typeof url === 'string' ? readTarget(url, privateWebhooks) : undefined;
  return typeof target === 'string' ? [{ field: '/url', message: target }] : [];
}

function readOperations({ store: { webhooks } }: Ports): readonly Operation[] {
  return [
    {
      ...common,
      id: 'listWebhooks',
      method: 'GET',
      path: '/v1/webhooks',
      summary: 'All webhooks.',
      answers: { 200: { description: 'In the order of their ids.', schema: webhookList } },
      run: async () => ({ status: 200, body: { webhooks: (await webhooks.all()).map(shown) } }),
    },
    {
      ...common,
      id: 'getWebhook',
      method: 'GET',
      path,
      summary: 'A webhook, and how much waits for it.',
      params: anyId,
      answers: { 200: { description: 'The webhook, without its secret.', schema: { $ref: 'Webhook#' } } },
      async run({ params: { id = '' } }) {
        const webhook = idPattern.test(id) ? await webhooks.webhook(id) : undefined;
        return webhook ? { status: 200, body: { ...shown(webhook), deliveries: await webhooks.depth(id) } } : notFound('webhook');
      },
    },
    {
      ...common,
      id: 'deleteWebhook',
      method: 'DELETE',
      path,
      summary: 'Ends a webhook; what waits for it goes too.',
      params: anyId,
      answers: { 204: { description: 'It is gone.' } },
      run: async ({ params: { id = '' } }) => (idPattern.test(id) && (await webhooks.drop(id)) ? { status: 204 } : notFound('webhook')),
    },
  ];
}

function rotateOperation({ store: { webhooks }, now }: Ports): Operation {
  return {
    ...common,
    id: 'rotateWebhook',
    method: 'POST',
    path: `${path}/secret`,
    summary: 'Makes a new secret; the one before signs beside it for a day.',
    params: anyId,
    answers: { 200: { description: 'The new secret.', schema: newSecret } },
    async run({ params: { id = '' } }) {
      const known = idPattern.test(id) ? await webhooks.webhook(id) : undefined;
      if (!known) return notFound('webhook');
      const { secrets } = await webhooks.change(id, (there = known) => ({ ...there, secrets: rotated(there.secrets, now()) }));
      const [current, old] = secrets;
      return { status: 200, body: { secret: current?.secret, oldUntil: shownTime(old?.until ?? now()) } };
    },
  };
}

function deliveryOperations({ store: { webhooks } }: Ports): readonly Operation[] {
  return [
    {
      ...common,
      id: 'listDeliveries',
      method: 'GET',
      path: `${path}/deliveries`,
      summary: 'What waits to be told, or could not be told (`state=dead`, where it is left out), newest first.',
      params: anyId,
      query: deliveryQuery,
      answers: { 200: { description: 'A page; `next` leads to the one after it.', schema: deliveryPage } },
      async run({ params: { id = '' }, query }) {
        if (!idPattern.test(id) || !(await webhooks.webhook(id))) return notFound('webhook');
        const {
          state = 'dead',
          limit = 20,
          cursor,
        } = query as { readonly state?: DeliveryState; readonly limit?: number; readonly cursor?: string };
        const { deliveries, next } = await webhooks.page(id, state, limit, cursor);
        return {
          status: 200,
          body: { deliveries: deliveries.map((one) => shownDelivery(one, state)), ...(next !== undefined && { next }) },
        };
      },
    },
    {
      ...common,
      id: 'replayDeliveries',
      method: 'POST',
      path: `${path}/replay`,
      summary: 'Dead deliveries wait again, behind all that waits in their conversation; their ids stay.',
      params: anyId,
      query: replayQuery,
      answers: { 200: { description: 'How many.', schema: replayed } },
      async run({ params: { id = '' }, query }) {
        if (!idPattern.test(id) || !(await webhooks.webhook(id))) return notFound('webhook');
        const { delivery } = query as { readonly delivery?: string };
        return { status: 200, body: { replayed: await webhooks.replay(id, delivery) } };
      },
    },
  ];
}

const shown = ({ id, url, events, scope, createdAt }: Webhook): object => ({ id, url, events, scope, createdAt: shownTime(createdAt) });

const shownDelivery = ({ id, attempts, failure, body }: ShownDelivery, state: DeliveryState): object => ({
  id,
  state,
  attempts,
  ...(failure !== undefined && { failure }),
  payload: JSON.parse(body),
});
