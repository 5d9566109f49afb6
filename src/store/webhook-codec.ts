/** Subscriptions and their deliveries as sealed bytes and back; how many of the dead are kept. Same for every engine. */
import { placeOf, TIME_WIDTH } from './codec.ts';
import { contextOf } from './contexts.ts';
import type { Vault } from './vault.ts';
import type { Delivery, ShownDelivery, Webhook } from './webhooks.ts';

/** Of one subscription. */
export const MAX_DEAD = 10_000;
/** In one call. */
export const MAX_REPLAYED = 1000;

export const sealWebhook = (vault: Vault, webhook: Webhook): Buffer => vault.seal(JSON.stringify(webhook), contextOf.webhook(webhook.id));

export const readWebhook = (vault: Vault, id: string, sealed: Uint8Array): Webhook =>
  JSON.parse(vault.open(sealed, contextOf.webhook(id)).toString());

/** In the order of their ids, without those that no secret opens. */
export const readWebhooks = (vault: Vault, rows: readonly { readonly id: string; readonly sealed: Uint8Array }[]): readonly Webhook[] =>
  rows.flatMap(({ id, sealed }) => opened(() => readWebhook(vault, id, sealed))).toSorted((a, b) => (a.id < b.id ? -1 : 1));

export const sealDelivery = (vault: Vault, delivery: Delivery): Buffer =>
  vault.seal(JSON.stringify(delivery), contextOf.delivery(delivery.id));

/** What an engine keeps of a delivery. */
export interface DeliveryRow {
  readonly id: string;
  readonly attempts: number;
  readonly sealed: Uint8Array;
  readonly failure?: string | undefined;
}

/** Without those that no secret opens. */
export const readDeliveries = (vault: Vault, rows: readonly DeliveryRow[]): readonly ShownDelivery[] =>
  rows.flatMap(({ id, attempts, sealed, failure }) =>
    opened((): ShownDelivery => {
      const delivery: Delivery = JSON.parse(vault.open(sealed, contextOf.delivery(id)).toString());
      return { ...delivery, attempts, ...(failure !== undefined && { failure }) };
    }),
  );

function opened<T>(read: () => T): readonly T[] {
  try {
    return [read()];
  } catch {
    return [];
  }
}

/** Time first, so that places sort as text. */
export const placeOfDelivery = ({ at, id }: Pick<Delivery, 'at' | 'id'>): string => placeOf(at, id);

export const deliveryAt = (place: string): string => place.slice(TIME_WIDTH);
