/** Composition root: settings -> adapters -> relay -> listeners; and how all of it is closed again. */
import {
  type Core,
  openArchiveFor,
  openOutbound,
  openStoreWith,
  ownAddressesOf,
  type Reload,
  reloading,
  scannerOf,
  usersOf,
} from './adapters.ts';
import { startDailies, startHooks, startSending } from './background.ts';
import type { Opened } from './archive/open.ts';
import { createCheck } from './check.ts';
import { closeAll } from './closing.ts';
import { loadPolicy, ownHosts } from './config/policy-file.ts';
import type { Settings } from './config/settings.ts';
import { Fence } from './fence/fence.ts';
import { giveBack } from './v8.ts';
import { Logins } from './inbound/users.ts';
import { Feed } from './journal/feed.ts';
import { type Note, openLog, teeing } from './journal/log.ts';
import { createMetrics, type Metrics } from './journal/metrics.ts';
import { openApi, openSmtp } from './listeners.ts';
import { createPages } from './pages.ts';
import { createPermissions } from './permissions.ts';
import { createStandings } from './verdict.ts';
import { portsOf } from './ports.ts';
import { createRelease } from './relay.ts';
import { timed } from './store/timed.ts';
import { openVault } from './store/vault.ts';
import { warmUp } from './warm-up.ts';
import { startUpkeep, type UpkeepPorts } from './upkeep.ts';

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

/** `worker`: the name of this process, where it is one of several on the same listeners. */
export async function openApp(settings: Settings, worker?: string): Promise<App> {
  const metrics = createMetrics(worker);
  const events = new Feed();
  const note = openNote(settings, events, metrics);
  const policy = loadPolicy(settings.policyFile, ownHosts(settings));
  giveBack();
  const vault = openVault(settings.relaySecrets);
  const bare = timed(await openStoreWith(vault, settings, (reason) => note('warning', { reason })), metrics.store);
  const fence = new Fence(policy.phrases, {}, metrics.fence);
  const kept = await openArchiveFor(settings, bare, { note, wordsOf: (raw) => fence.words(raw) });
  const store = kept?.store ?? bare;
  const archivist = kept?.start();
  const upkeep = await startUpkeep({ store, note, ...upkeepOf(kept) });
  const outbound = openOutbound(settings, { note, metrics });
  const webhooks = startHooks(settings, store, note);
  const recorder = { journal: store.journal, note, metrics, tell: webhooks.tell };
  const scanner = scannerOf(settings);
  const sender = startSending(store, outbound, recorder);
  const own = ownAddressesOf(settings, vault);
  const adapters = { store, outbound, sender, fence, scanner };
  const core: Core = { settings, vault, own, policy, worker, recorder, ...adapters, ...(kept && { archive: kept.archive }) };
  const dailies = startDailies(core);
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
      await closeAll({
        drain: (milliseconds) => inbound.drain(milliseconds),
        background: [dailies, sender, upkeep, ...(archivist ? [archivist] : [])].map((part) => () => part.close()),
        outbound: async () => outbound[Symbol.asyncDispose](),
        // A call of the API may still make an event.
        keepers: [() => http.close().then(() => webhooks.close()), async (milliseconds) => kept?.archive.close(milliseconds)],
        last: [() => fence[Symbol.asyncDispose](), async () => store[Symbol.asyncDispose]()],
      });
      note('stopped');
    },
  };
}

/** What the archive adds to the upkeep. */
const upkeepOf = (kept: Opened | undefined): Pick<UpkeepPorts, 'others' | 'hourly'> =>
  kept ? { others: { archive: kept.sealed }, hourly: [kept.removal] } : { others: {}, hourly: [] };

/** The log; what reads it as it is written gets each line too, and each event is counted. */
function openNote({ logLevel }: Settings, events: Feed, metrics: Metrics): Note {
  const note = openLog(
    logLevel,
    teeing((line) => events.write(line)),
  );
  return (event, fields) => {
    metrics.event(event);
    note(event, fields);
  };
}
