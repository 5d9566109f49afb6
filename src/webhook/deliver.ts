/**
 * Delivers what lies in the queues: each subscription has a run of its own, so that none waits for a slow one. What is not taken comes again after
 * the pauses that Standard Webhooks names, then it is dead; a subscriber that answers 410 is not asked twice. Several relays may share the queues.
 */
import { type Rounds, startRounds } from '../model/rounds.ts';
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

/** Requests at once to one subscriber. */
const atOnce = 4;
/** So many milliseconds lie between two rounds of them: 20 requests a second at most. */
const roundMilliseconds = 200;
const everyMilliseconds = 2_000;
/** A request's own deadline is 10 s. */
const leaseSeconds = 30;

/** Seconds; after the last one there is no further attempt. */
const pauses = [5, 5 * 60, 30 * 60, 2 * 3600, 5 * 3600, 10 * 3600, 14 * 3600, 20 * 3600, 24 * 3600] as const;

/** Looks every two seconds, and when it is woken. Never throws: a store that does not answer is asked again. */
export function startDeliverer(ports: DeliverPorts): Rounds {
  const runs = new Map<string, Promise<void>>();
  const begin = (id: string, goOn: () => boolean): void => {
    if (runs.has(id)) return;
    const run = deliverAll(id, ports, goOn).catch(ports.failed);
    runs.set(
      id,
      run.finally(() => runs.delete(id)),
    );
  };
  const rounds = startRounds({
    every: everyMilliseconds,
    async work(goOn) {
      for (const { id } of await ports.webhooks.all()) begin(id, goOn);
    },
    failed: ports.failed,
  });
  return {
    wake: rounds.wake,
    async close() {
      await rounds.close();
      await Promise.all(runs.values());
    },
  };
}

/** As long as something of this subscription is due, or under way. */
async function deliverAll(id: string, ports: DeliverPorts, goOn: () => boolean): Promise<void> {
  const under = new Set<Promise<void>>();
  const start = (delivery: LentDelivery, webhook: Webhook): void => {
    const one = deliver(delivery, webhook, ports)
      .catch(ports.failed)
      .finally(() => under.delete(one));
    under.add(one);
  };
  try {
    while (goOn()) {
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
