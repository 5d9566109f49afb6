/** Composition root: settings -> adapters -> relay -> listeners; and how all of it is closed again. */
import {
  aliasesOf,
  type Core,
  openArchiveFor,
  openOutbound,
  openProof,
  openStoreWith,
  ownAddressesOf,
  ownHosts,
  type Reload,
  reloading,
  scannerOf,
  usersOf,
} from './adapters.ts';
import { createCheck } from './check.ts';
import { loadPolicy } from './config/policy-file.ts';
import type { Settings } from './config/settings.ts';
import { Fence } from './fence/fence.ts';
import { giveBack } from './garbage.ts';
import { Logins } from './inbound/users.ts';
import { createMetrics, type Metrics } from './journal/metrics.ts';
import type { Recorder } from './journal/record.ts';
import { Feed } from './journal/feed.ts';
import { describe, type Note, openLog, teeing } from './journal/log.ts';
import { openApi, openSmtp } from './listeners.ts';
import { aliasAt } from './model/address.ts';
import { createScan } from './malware.ts';
import { startDigests } from './outbound/digests.ts';
import { type OutboxPorts, startSender } from './outbound/outbox.ts';
import { digestItem, type Office } from './notice/item.ts';
import { programOf } from './policy/reading/phrases.ts';
import { createPages } from './pages.ts';
import { createPermissions } from './permissions.ts';
import { createStandings } from './verdict.ts';
import { createRelease, type Ports } from './relay.ts';
import type { Store } from './store/store.ts';
import { timed } from './store/timed.ts';
import { openVault } from './store/vault.ts';
import { warmUp } from './warm-up.ts';
import { type RunningWebhooks, startWebhooks } from './webhook/webhooks.ts';

interface Address {
  readonly host: string;
  readonly port: number;
}

export interface App {
  readonly smtp: readonly Address[];
  readonly submission: readonly Address[];
  readonly http: readonly Address[];
  readonly note: Note;
  readonly reload: Reload;
  /** Running transactions end and get their reply, new ones get 421; then everything is closed. At most a minute and a half. */
  close(): Promise<void>;
}

/** The hand-over's own deadline is 60 s; a message that was wholly received when we were told to stop is not sent away. */
const drainMilliseconds = 75_000;

/** What is to be kept when we were told to stop is on a disk soon, and with S3 within a call or two. */
const archiveMilliseconds = 10_000;

/** `worker`: the name of this process, where it is one of several on the same listeners. */
export async function openApp(settings: Settings, worker?: string): Promise<App> {
  const metrics = createMetrics(worker);
  const events = new Feed();
  const log = openLog(
    settings.logLevel,
    teeing((line) => events.write(line)),
  );
  const note = counting(log, metrics);
  const policy = loadPolicy(settings.policyFile, ownHosts(settings));
  programOf(policy.phrases);
  giveBack();
  const vault = openVault(settings.relaySecrets);
  const bare = timed(await openStoreWith(vault, settings, (reason) => note('warning', { reason })), metrics.store);
  const kept = await openArchiveFor(settings, bare, note);
  const store = kept?.store ?? bare;
  const archivist = kept?.start();
  const outbound = openOutbound(settings, { note, metrics });
  const webhooks = startHooks(settings, store, note);
  const recorder = { journal: store.journal, note, metrics, tell: webhooks.tell };
  const fence = new Fence(policy.phrases, {}, metrics.fence);
  const told = noticeTold(recorder);
  const scanner = scannerOf(settings);
  const sender = startSender({ outbox: store.outbox, outbound, told, now: Date.now });
  const own = ownAddressesOf(settings, vault);
  const adapters = { store, outbound, sender, fence, scanner };
  const core: Core = { settings, vault, own, policy, worker, recorder, ...adapters, ...(kept && { archive: kept.archive }) };
  const dailies = startDailies(core, (error) => told('failed', undefined, error));
  const ports = portsOf(core);
  const check = createCheck({ policy, domain: settings.relayDomains[0], transform: ports.transform, now: Date.now });
  await warmUp(check);
  const logins = new Logins(usersOf(settings));
  const inbound = await openSmtp(core, ports, logins);
  const pages = createPages({
    store,
    note,
    tell: webhooks.tell,
    read: core.own.readToken,
    now: Date.now,
    pass: createRelease(ports, 'as it is'),
  });
  const asking = { store, policy, days: settings.aliasDays, rateLimits: settings.rateLimits, now: Date.now };
  const http = await openApi(core, inbound, {
    check,
    ...pages,
    events,
    standing: createStandings(ports, Date.now),
    permissions: createPermissions(asking),
  });
  return {
    smtp: inbound.addresses,
    submission: inbound.submission,
    http: http.addresses,
    note,
    reload: reloading(note, inbound, { outbound, logins, domains: settings.relayDomains }),
    async close() {
      note('draining');
      // Together: a next hop that says nothing keeps each of them for a minute. What the sender leaves lies in the store.
      await Promise.all([inbound.drain(drainMilliseconds), dailies.close(), sender.close()]);
      await Promise.all([http.close(), kept?.archive.close(archiveMilliseconds), archivist?.close()]);
      await webhooks.close();
      await fence[Symbol.asyncDispose]();
      await outbound[Symbol.asyncDispose]();
      await store[Symbol.asyncDispose]();
      note('stopped');
    },
  };
}

function startHooks({ relayDomains, webhookAllowPrivate: allowPrivate }: Settings, store: Store, note: Note): RunningWebhooks {
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
const counting =
  (note: Note, metrics: Metrics): Note =>
  (event, fields) => {
    metrics.event(event);
    note(event, fields);
  };

const noticeTold =
  ({ note, metrics }: Recorder): OutboxPorts['told'] =>
  (what, item, error) => {
    metrics.outbox(what);
    note('notice', { reason: what, ...(item && { of: item.trace }), ...(error !== undefined && { error: describe(error) }) });
  };

const officeOf = ({ settings, own }: Core): Office => ({
  domain: settings.relayDomains[0],
  commandAddressFor: (trace) => own.addressFor({ kind: 'command', trace }),
  helpPageFor: own.helpPageFor,
});

function startDailies(core: Core, failed: (error: unknown) => void) {
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
    failed,
    now: Date.now,
  });
}

/** What the ways of all messages stand on. */
function portsOf(core: Core): Ports {
  const { settings, vault, own, store, archive, outbound, sender, policy, fence, scanner, recorder } = core;
  const linksFor = (kind: 'approve' | 'unsubscribe', trace: string) => ({
    page: own.pageFor({ kind, trace }),
    mail: own.addressFor({ kind, trace }),
  });
  const linkFor = (kind: 'report' | 'done', trace: string) => own.pageFor({ kind, trace }) ?? `mailto:${own.addressFor({ kind, trace })}`;
  return {
    store,
    outbound,
    recorder,
    policy,
    proof: openProof(settings),
    aliases: aliasesOf(settings, vault),
    transform: (work) => fence.transform(work),
    ...(scanner && { scan: createScan({ scanner, fail: settings.clamd?.fail ?? 'defer', recorder }) }),
    rateLimits: settings.rateLimits,
    reportLinkFor: (trace) => linkFor('report', trace),
    doneLinkFor: (trace) => linkFor('done', trace),
    answerFor: (trace) => linksFor('approve', trace),
    unsubscribeFor: (trace) => linksFor('unsubscribe', trace),
    messageIdFor: (...parts) => `${vault.hash('message-id', parts.join('\0')).replace(/[^A-Za-z0-9]/g, '')}@${settings.relayDomains[0]}`,
    returnPathFor: (trace) => own.addressFor({ kind: 'bounce', trace }),
    office: officeOf(core),
    wake: sender.wake,
    ...(archive && { archive }),
  };
}
