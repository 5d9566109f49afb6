/**
 * Delivers what lies in the queues: each subscription has a run of its own, so that none waits for a slow one. What is not taken comes again after
 * the pauses that Standard Webhooks names, then it is dead; a subscriber that answers 410 is not asked twice. Several relays may share the queues.
 */
import type { LentDelivery, Webhook, Webhooks } from '../store/webhooks.ts';
import type { Post, Posted } from './post.ts';
import { signatureFields } from './sign.ts';

export interface DeliverPorts {
  readonly webhooks: Pick<Webhooks, 'all' | 'webhook' | 'lend' | 'done' | 'later' | 'bury'>;
  readonly post: Post;
  /** `why`: in words of ours. */
  readonly told: (what: 'put off' | 'dead', delivery: LentDelivery, why: string) => void;
  /** An error that nobody foresaw. */
  readonly failed: (error: unknown) => void;
  /** Milliseconds since 1970. */
  readonly now: () => number;
  /** From 0 to 1. */
  readonly random: () => number;
}

export interface Deliverer {
  /** Something was put: look at once. */
  wake(): void;
  /** Ends when what is under way is done. */
  close(): Promise<void>;
}

/** Requests at once to one subscriber. */
const atOnce = 4;
/** So many milliseconds lie between two rounds of them: 20 requests a second at most. */
const roundMilliseconds = 200;
/** Milliseconds. */
const idle = 2_000;
/** A request's own deadline is 10 s. */
const leaseSeconds = 30;

/** Seconds; after the last one there is no further attempt. */
const pauses = [5, 5 * 60, 30 * 60, 2 * 3600, 5 * 3600, 10 * 3600, 14 * 3600, 20 * 3600, 24 * 3600] as const;

/** Looks every two seconds, and when it is woken. Never throws: a store that does not answer is asked again. */
export function startDeliverer(ports: DeliverPorts): Deliverer {
  const runs = new Map<string, Promise<void>>();
  let closing = false;
  let woken = false;
  let wake = (): void => {};
  const isClosing = (): boolean => closing;
  const pause = (): Promise<void> =>
    new Promise((resolve) => {
      const timer = setTimeout(resolve, idle);
      wake = () => {
        clearTimeout(timer);
        resolve();
      };
      if (closing || woken) wake();
    });
  const begin = ({ id }: Webhook): void => {
    if (runs.has(id)) return;
    const run = deliverAll(id, ports, isClosing).catch(ports.failed);
    runs.set(
      id,
      run.finally(() => runs.delete(id)),
    );
  };
  const look = async (): Promise<void> => {
    while (!closing) {
      woken = false;
      for (const webhook of await ports.webhooks.all().catch(none(ports))) begin(webhook);
      await pause();
    }
  };
  const looking = look();
  return {
    wake() {
      woken = true;
      wake();
    },
    async close() {
      closing = true;
      wake();
      await looking;
      await Promise.all(runs.values());
    },
  };
}

const none =
  ({ failed }: DeliverPorts) =>
  (error: unknown): readonly Webhook[] => {
    failed(error);
    return [];
  };

/** As long as something of this subscription is due, or under way. */
async function deliverAll(id: string, ports: DeliverPorts, isClosing: () => boolean): Promise<void> {
  const under = new Set<Promise<void>>();
  const start = (delivery: LentDelivery, webhook: Webhook): void => {
    const one = deliver(delivery, webhook, ports)
      .catch(ports.failed)
      .finally(() => under.delete(one));
    under.add(one);
  };
  try {
    while (!isClosing()) {
      const lent = await ports.webhooks.lend(id, atOnce - under.size, leaseSeconds);
      const webhook = lent.length === 0 ? undefined : await ports.webhooks.webhook(id);
      if (webhook) for (const delivery of lent) start(delivery, webhook);
      if (under.size === 0) return;
      await new Promise((resolve) => setTimeout(resolve, roundMilliseconds));
      if (under.size === atOnce) await Promise.race(under);
    }
  } finally {
    await Promise.all(under);
  }
}

async function deliver(delivery: LentDelivery, webhook: Webhook, { webhooks, post, told, now, random }: DeliverPorts): Promise<void> {
  const { id, body, attempts } = delivery;
  const fields = signatureFields({ id, body, at: now() }, webhook.secrets);
  const posted: Posted = await post({ url: webhook.url, fields, body });
  if (posted.kind === 'taken') return webhooks.done(delivery);
  const seconds = posted.kind === 'gone' ? undefined : pauses[attempts - 1];
  if (seconds === undefined) {
    told('dead', delivery, posted.reason);
    return webhooks.bury(delivery, posted.reason);
  }
  told('put off', delivery, posted.reason);
  // A little later each: those that failed together do not come back together.
  return webhooks.later(delivery, now() + seconds * (1000 + 100 * random()), posted.reason);
}
