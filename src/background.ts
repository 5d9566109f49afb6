/** BACKGROUND: what runs beside the ways of messages and is waited for by nobody: notices, daily mails, webhooks. */
import type { Core } from './adapters.ts';
import type { Settings } from './config/settings.ts';
import { describe, type Note } from './journal/log.ts';
import type { Recorder } from './journal/record.ts';
import { aliasAt } from './model/address.ts';
import type { Rounds } from './model/rounds.ts';
import { digestItem } from './notice/item.ts';
import { startDigests } from './outbound/digests.ts';
import type { NextHop } from './outbound/outbound.ts';
import { type OutboxPorts, startSender } from './outbound/outbox.ts';
import { officeOf } from './ports.ts';
import type { Store } from './store/store.ts';
import { type RunningWebhooks, startWebhooks } from './webhook/webhooks.ts';

/** Sends what lies in the outbox. */
export const startSending = ({ outbox }: Store, outbound: NextHop, recorder: Recorder): Rounds =>
  startSender({ outbox, outbound, told: noticeTold(recorder), now: Date.now });

const noticeTold =
  ({ note, metrics }: Recorder): OutboxPorts['told'] =>
  (what, item, error) => {
    metrics.outbox(what);
    note('notice', { reason: what, ...(item && { of: item.trace }), ...(error !== undefined && { error: describe(error) }) });
  };

/** Writes the daily mails of parties that want no more than that, and puts them into the outbox. */
export function startDailies(core: Core): { close(): Promise<void> } {
  const { digests, directory, outbox } = core.store;
  const office = officeOf(core);
  return startDigests({
    digests,
    outbox,
    async write(day) {
      const party = await directory.party(day.party);
      return party && digestItem(day, party, office, Date.now());
    },
    wake: core.sender.wake,
    failed: (error) => noticeTold(core.recorder)('failed', undefined, error),
    now: Date.now,
  });
}

/** Tells subscribers what happened. */
export function startHooks({ relayDomains, webhookAllowPrivate: allowPrivate }: Settings, store: Store, note: Note): RunningWebhooks {
  const events = { 'put off': 'webhook-put-off', dead: 'webhook-dead', lost: 'webhook-lost' } as const;
  return startWebhooks(
    {
      store,
      show: (local) => aliasAt(local, relayDomains[0]),
      told: (what, reason, of) => note(events[what], { reason, ...(of !== undefined && { of }) }),
      failed: (error) => note('unexpected', { error: describe(error) }),
    },
    { allowPrivate },
  );
}
