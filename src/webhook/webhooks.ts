/** Webhooks as a whole: what the ways tell goes into the queues, and from there to the subscribers (requirement H4). */
import type { Tell } from '../model/event.ts';
import type { Store } from '../store/store.ts';
import type { LentDelivery } from '../store/webhooks.ts';
import { startDeliverer } from './deliver.ts';
import { startEvents } from './events.ts';
import type { ShowAlias } from './payload.ts';
import { createPost, type PostSetup } from './post.ts';

export interface WebhookPorts {
  readonly store: Pick<Store, 'webhooks' | 'directory'>;
  readonly show: ShowAlias;
  /** A delivery was put off or given up, or an event reaches nobody; `of`: trace id of the message. */
  readonly told: (what: 'put off' | 'dead' | 'lost', why: string, of?: string) => void;
  readonly failed: (error: unknown) => void;
}

export interface RunningWebhooks {
  readonly tell: Tell;
  /** What was told lies in the store, and no request is under way. */
  close(): Promise<void>;
}

export function startWebhooks({ store, show, told, failed }: WebhookPorts, setup: PostSetup): RunningWebhooks {
  const { webhooks, directory } = store;
  const deliverer = startDeliverer({
    webhooks,
    post: createPost(setup),
    told: (what, { webhook, attempts, trace }: LentDelivery, why) => told(what, `webhook ${webhook}, attempt ${attempts}: ${why}`, trace),
    failed,
    now: Date.now,
    random: Math.random,
  });
  const events = startEvents({
    webhooks,
    directory,
    show,
    wake: deliverer.wake,
    lost: (count, why) => told('lost', `${count} not told: ${why}`),
    now: Date.now,
  });
  return {
    tell: events.tell,
    async close() {
      await events.close();
      await deliverer.close();
    },
  };
}
