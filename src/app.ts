/** Composition root: settings -> adapters -> relay -> listeners. The only file that knows every adapter. */
import { readFileSync } from 'node:fs';
import { openResolver, remembering } from './auth/resolver.ts';
import { looksLikeReturnPath, takeBounce } from './bounce.ts';
import { createCheck } from './check.ts';
import { takeCommand } from './command.ts';
import { loadPolicy } from './config/policy-file.ts';
import type { Settings } from './config/settings.ts';
import { mintLocal, mintTrace } from './directory/alias.ts';
import { openOwnAddresses, type OwnAddresses } from './directory/own-address.ts';
import { knowsAlias } from './directory/resolve.ts';
import { tellingOfEnds } from './ended.ts';
import { type Http, type HttpPorts, openHttp } from './http/server.ts';
import { Attempts } from './inbound/attempts.ts';
import { type Inbound, type InboundPorts, openInbound } from './inbound/server.ts';
import { Logins, readUsers } from './inbound/users.ts';
import { describe, type Note, openLog } from './journal/log.ts';
import { createMetrics } from './journal/metrics.ts';
import type { Recorder } from './journal/record.ts';
import { startDigests } from './outbound/digests.ts';
import { openMaildir } from './outbound/maildir.ts';
import type { Outbound } from './outbound/outbound.ts';
import { type OutboxPorts, type Sender, startSender } from './outbound/outbox.ts';
import type { DkimSettings } from './outbound/dkim.ts';
import { openSmarthost, type Smarthost } from './outbound/smarthost.ts';
import { digestItem, type Office } from './notice/item.ts';
import type { Policy } from './policy/policy.ts';
import { createPages } from './pages.ts';
import { createStandings } from './verdict.ts';
import { createRelay, createRelease, type Ports } from './relay.ts';
import { openStore } from './store/open.ts';
import type { Store } from './store/store.ts';
import { openVault, type Vault } from './store/vault.ts';
import { transform } from './transform.ts';
import { warmUp } from './warm-up.ts';

interface Address {
  readonly host: string;
  readonly port: number;
}

export interface App {
  readonly smtp: readonly Address[];
  readonly submission: readonly Address[];
  readonly http: readonly Address[];
  readonly note: Note;
  /**
   * Takes key and certificate of TLS and the keys of DKIM from the settings as they are now; what cannot be read or used leaves the ones
   * before in place. No other setting changes.
   */
  reload(again: () => Settings): void;
  /** Running transactions end and get their reply, new ones get 421; then everything is closed. At most a minute and a half. */
  close(): Promise<void>;
}

/** The hand-over's own deadline is 60 s; a message that was wholly received when we were told to stop is not sent away. */
const drainMilliseconds = 75_000;

/** Links to them, and addresses at them, are the relay's own. */
const ownHosts = ({ relayDomains, publicUrl }: Settings): readonly string[] =>
  publicUrl === undefined ? relayDomains : [...relayDomains, new URL(publicUrl).hostname];

/** The relay's store, with the relay's secrets. */
export const openStoreFor = (settings: Settings): Promise<Store> => openStoreWith(openVault(settings.relaySecrets), settings);

const openStoreWith = (vault: Vault, { storeUrl, allowVolatileRedis }: Settings): Promise<Store> =>
  openStore(storeUrl, { vault, mint: () => mintLocal((text) => vault.hash('alias', text)), allowVolatile: allowVolatileRedis });

export async function openApp(settings: Settings): Promise<App> {
  const note = openLog(settings.logLevel);
  const policy = loadPolicy(settings.policyFile, ownHosts(settings));
  const vault = openVault(settings.relaySecrets);
  const metrics = createMetrics();
  const store = await openStoreWith(vault, settings);
  const outbound = openOutbound(settings);
  const recorder = { journal: store.journal, note, metrics };
  const told = noticeTold(note);
  const sender = startSender({ outbox: store.outbox, outbound, told, now: Date.now });
  const core: Core = { settings, vault, own: ownAddressesOf(settings, vault), store, outbound, sender, policy, recorder };
  const office = officeOf(core);
  const { digests, directory, outbox } = store;
  const dailies = startDigests({
    digests,
    outbox,
    async write(day) {
      const party = await directory.party(day.party);
      return party && digestItem(day, party, office, Date.now());
    },
    wake: sender.wake,
    failed: (error) => told('failed', undefined, error),
    now: Date.now,
  });
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
      await inbound.drain(drainMilliseconds);
      await http.close();
      await dailies.close();
      await sender.close();
      await outbound[Symbol.asyncDispose]();
      await store[Symbol.asyncDispose]();
      note('stopped');
    },
  };
}

/** What a reload changes beside the listeners; the domains stay those that aliases are made at. */
interface Reloaded {
  readonly outbound: Way;
  readonly logins: Logins;
  readonly domains: Settings['relayDomains'];
}

/** Neither file nor key is told of in the log: the reasons are ours. */
const reloading =
  (note: Note, inbound: Inbound, { outbound, logins, domains }: Reloaded): App['reload'] =>
  (again) => {
    try {
      const { tls } = tlsOf(again());
      if (tls) inbound.reloadTls(tls);
      note('tls-reloaded');
    } catch {
      note('tls-not-reloaded', { reason: 'key or certificate cannot be used; the ones before stay' });
    }
    try {
      logins.replace(usersOf(again()));
      note('users-reloaded');
    } catch {
      note('users-not-reloaded', { reason: 'the file of users cannot be read or used; the ones before stay' });
    }
    try {
      const { dkim } = dkimOf({ ...again(), relayDomains: domains });
      if (!dkim || !outbound.replaceKeys) return;
      outbound.replaceKeys(dkim);
      note('dkim-reloaded');
    } catch {
      note('dkim-not-reloaded', { reason: 'a key cannot be read or cannot sign; the ones before stay' });
    }
  };

const noticeTold =
  (note: Note): OutboxPorts['told'] =>
  (what, item, error) =>
    note('notice', { reason: what, ...(item && { of: item.trace }), ...(error !== undefined && { error: describe(error) }) });

/** What both listeners stand on. */
interface Core {
  readonly settings: Settings;
  readonly vault: Vault;
  readonly own: OwnAddresses;
  readonly store: Store;
  readonly outbound: Outbound;
  readonly sender: Sender;
  readonly policy: Policy;
  readonly recorder: Recorder;
}

function ownAddressesOf({ relayDomains: domains, relaySecrets, publicUrl }: Settings, vault: Vault): OwnAddresses {
  const by = (secret: number) => (text: string) => Buffer.from(vault.hashes('own address', text)[secret] ?? '', 'base64url');
  const [, ...older] = relaySecrets;
  return openOwnAddresses({ domains, hashes: [by(0), ...older.map((_, index) => by(index + 1))], publicUrl });
}

const officeOf = ({ settings, own }: Core): Office => ({
  domain: settings.relayDomains[0],
  commandAddressFor: (trace) => own.addressFor({ kind: 'command', trace }),
  helpPageFor: own.helpPageFor,
});

/** What the ways of all messages stand on. */
function portsOf(core: Core): Ports {
  const { settings, vault, own, store, outbound, sender, policy, recorder } = core;
  const { relayDomains, displayNames, senderProof, dnsServers, ehloName, trustedSealers, rateLimits } = settings;
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
    proof: { proof: senderProof, resolver: remembering(openResolver(dnsServers ?? []), Date.now), name: ehloName, trustedSealers },
    aliases: { domains: relayDomains, displayNames, days: settings.aliasDays, checks: (text: string) => vault.hashes('alias', text) },
    transform,
    rateLimits,
    reportLinkFor: (trace) => linkFor('report', trace),
    doneLinkFor: (trace) => linkFor('done', trace),
    answerFor: (trace) => linksFor('approve', trace),
    unsubscribeFor: (trace) => linksFor('unsubscribe', trace),
    messageIdFor: (...parts) => `${vault.hash('message-id', parts.join('\0')).replace(/[^A-Za-z0-9]/g, '')}@${relayDomains[0]}`,
    returnPathFor: (trace) => own.addressFor({ kind: 'bounce', trace }),
    office: officeOf(core),
    wake: sender.wake,
  };
}

function openSmtp({ settings, own, store, recorder }: Core, ports: Ports, logins: Logins): Promise<Inbound> {
  const { proof, aliases } = ports;
  const relay = createRelay(ports);
  const tellOfEnd = tellingOfEnds({ ...ports, mintTrace, now: Date.now });
  const held = { release: createRelease(ports, 'softened'), pass: createRelease(ports, 'as it is') };
  const commands = { store, proof, note: recorder.note, aliases, own, wake: ports.wake, ...held };
  const { smtpListen: listen, ehloName, maxMessageBytes, maxBytesInMemory, rateLimits, proxyProtocolFrom: proxyFrom, workers } = settings;
  const door: InboundPorts = {
    async knows(forwardPath, reversePath) {
      const ours = own.readAddress(forwardPath);
      if (ours) return (ours.kind === 'bounce') === (reversePath === '') ? 'yes' : 'no';
      if (reversePath === '' && looksLikeReturnPath(forwardPath)) recorder.metrics.bounce('forged');
      const known = await knowsAlias({ forwardPath, at: Date.now() }, store.directory, aliases);
      if (known === 'lost') recorder.note('alias-lost');
      if (known !== 'ended') return known;
      tellOfEnd({ forwardPath, reversePath });
      return 'no';
    },
    async relay(received) {
      const ours = own.readAddress(received.envelope.forwardPath);
      if (!ours) return relay(received);
      if (ours.kind === 'bounce') return takeBounce(received, ours.trace, ports);
      return takeCommand(received, ours, commands);
    },
    login: (name, password) => logins.login(name, password),
    mintTrace,
    note(event, { error, ...fields }) {
      const shutOut = event === 'shut-out';
      if (shutOut) recorder.metrics.shutOut('smtp');
      recorder.note(event, { ...fields, ...(shutOut && { of: 'smtp' }), ...(error !== undefined && { error: describe(error) }) });
    },
  };
  const { submission, unlimitedClients: unlimited } = settings;
  const options = { listen, name: ehloName, maxMessageBytes, maxBytesInMemory, rateLimits, unlimited, proxyFrom, reusePort: workers > 1 };
  return openInbound({ ...options, ...(submission && { submission: submission.listen }), ...tlsOf(settings) }, door);
}

/** What others than the store answer. */
type Answering = Pick<HttpPorts, 'check' | 'report' | 'block' | 'done' | 'optOut' | 'approval' | 'standing'>;

function openApi({ settings, store, recorder }: Core, inbound: Inbound, more: Answering): Promise<Http> {
  const { httpListen: listen, apiToken: token, relayDomains, maxMessageBytes, workers } = settings;
  const shutOut = () => {
    recorder.metrics.shutOut('http');
    recorder.note('shut-out', { of: 'http' });
  };
  return openHttp(
    {
      listen,
      token,
      relayDomains,
      maxMessageBytes,
      reusePort: workers > 1,
      ...(settings.rateLimits && { attempts: new Attempts(shutOut) }),
    },
    {
      store,
      ...more,
      async ready() {
        const away = () => 'the store does not answer';
        const checks = { store: await store.ping().then(() => 'ok', away), listener: inbound.closing ? 'shutting down' : 'ok' };
        return { ready: Object.values(checks).every((check) => check === 'ok'), checks };
      },
      metrics: recorder.metrics,
      failed: (error) => recorder.note('unexpected', { error: describe(error) }),
      now: Date.now,
    },
  );
}

/** A Maildir signs nothing. */
type Way = Outbound & Partial<Smarthost>;

function openOutbound(settings: Settings): Way {
  const { outbound, ehloName } = settings;
  if (outbound.kind === 'maildir') return openMaildir(outbound.path);
  return openSmarthost({ ...outbound, ehloName, maxConnections: 50, ...dkimOf(settings) });
}

function dkimOf({ dkim, relayDomains: domains }: Settings): { readonly dkim?: DkimSettings } {
  const keys = dkim.map(({ keyFile, selector }) => ({ selector, privateKey: readFileSync(keyFile, 'utf8') }));
  return keys.length === 0 ? {} : { dkim: { domains, keys } };
}

const usersOf = ({ submission }: Settings) => readUsers(submission ? readFileSync(submission.usersFile, 'utf8') : '');

const tlsOf = ({ tls }: Settings) =>
  tls ? { tls: { key: readFileSync(tls.keyFile, 'utf8'), cert: readFileSync(tls.certFile, 'utf8') } } : {};
