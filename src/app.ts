/** Composition root: settings -> adapters -> relay -> listeners; and how all of it is closed again. */
import {
  aliasesOf,
  type Core,
  openOutbound,
  openProof,
  openStoreWith,
  ownAddressesOf,
  ownHosts,
  type Reload,
  reloading,
  usersOf,
} from './adapters.ts';
import { createCheck } from './check.ts';
import { loadPolicy } from './config/policy-file.ts';
import type { Settings } from './config/settings.ts';
import { Fence } from './fence/fence.ts';
import { Logins } from './inbound/users.ts';
import { describe, type Note, openLog } from './journal/log.ts';
import { createMetrics } from './journal/metrics.ts';
import { openApi, openSmtp } from './listeners.ts';
import { startDigests } from './outbound/digests.ts';
import { type OutboxPorts, startSender } from './outbound/outbox.ts';
import { digestItem, type Office } from './notice/item.ts';
import { programOf } from './policy/reading/phrases.ts';
import { createPages } from './pages.ts';
import { createStandings } from './verdict.ts';
import { createRelease, type Ports } from './relay.ts';
import { openVault } from './store/vault.ts';
import type { Work } from './transform.ts';
import { startUpkeep } from './upkeep.ts';
import { giveBack, warmUp } from './warm-up.ts';

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

export async function openApp(settings: Settings): Promise<App> {
  const note = openLog(settings.logLevel);
  const policy = loadPolicy(settings.policyFile, ownHosts(settings));
  programOf(policy.phrases);
  giveBack();
  const vault = openVault(settings.relaySecrets);
  const metrics = createMetrics();
  const store = await openStoreWith(vault, settings, (reason) => note('warning', { reason }));
  const upkeep = await startUpkeep({ store, note, others: {} });
  const outbound = openOutbound(settings, { note, metrics });
  const recorder = { journal: store.journal, note, metrics };
  const fence = new Fence(policy.phrases);
  const told = noticeTold(note);
  const sender = startSender({ outbox: store.outbox, outbound, told, now: Date.now });
  const core: Core = { settings, vault, own: ownAddressesOf(settings, vault), store, outbound, sender, policy, fence, recorder };
  const dailies = startDailies(core, (error) => told('failed', undefined, error));
  const transform = (work: Work) => fence.transform(work);
  const check = createCheck({ policy, domain: settings.relayDomains[0], transform, now: Date.now });
  await warmUp(check);
  const ports = portsOf(core);
  const logins = new Logins(usersOf(settings));
  const inbound = await openSmtp(core, ports, logins);
  const pages = createPages({ store, note, read: core.own.readToken, now: Date.now, pass: createRelease(ports, 'as it is') });
  const http = await openApi(core, inbound, { check, ...pages, standing: createStandings(ports, Date.now) });
  return {
    smtp: inbound.addresses,
    submission: inbound.submission,
    http: http.addresses,
    note,
    reload: reloading(note, inbound, { outbound, logins, domains: settings.relayDomains }),
    async close() {
      note('draining');
      // Together: a next hop that says nothing keeps each of them for a minute. What the sender leaves lies in the store.
      await Promise.all([inbound.drain(drainMilliseconds), dailies.close(), sender.close(), upkeep.close()]);
      await http.close();
      await fence[Symbol.asyncDispose]();
      await outbound[Symbol.asyncDispose]();
      await store[Symbol.asyncDispose]();
      note('stopped');
    },
  };
}

const noticeTold =
  (note: Note): OutboxPorts['told'] =>
  (what, item, error) =>
    note('notice', { reason: what, ...(item && { of: item.trace }), ...(error !== undefined && { error: describe(error) }) });

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
  const { settings, vault, own, store, outbound, sender, policy, fence, recorder } = core;
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
    rateLimits: settings.rateLimits,
    reportLinkFor: (trace) => linkFor('report', trace),
    doneLinkFor: (trace) => linkFor('done', trace),
    answerFor: (trace) => linksFor('approve', trace),
    unsubscribeFor: (trace) => linksFor('unsubscribe', trace),
    messageIdFor: (...parts) => `${vault.hash('message-id', parts.join('\0')).replace(/[^A-Za-z0-9]/g, '')}@${settings.relayDomains[0]}`,
    returnPathFor: (trace) => own.addressFor({ kind: 'bounce', trace }),
    office: officeOf(core),
    wake: sender.wake,
  };
}
