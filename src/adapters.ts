/** ADAPTERS, opened from the settings: store, next hop, name servers, addresses of our own, keys and users; and what a reload changes in them. */
import { readFileSync } from 'node:fs';
import type { Archive } from './archive/archive.ts';
import { type ArchiveFields, type ArchiveSetup, openArchive, type Opened } from './archive/open.ts';
import type { ProofSetup } from './auth/authenticate.ts';
import { organisationOf } from './auth/organisation.ts';
import { openResolver, remembering } from './auth/resolver.ts';
import type { Settings } from './config/settings.ts';
import { mintLocal } from './directory/alias.ts';
import { openOwnAddresses, type OwnAddresses } from './directory/own-address.ts';
import { RecentAliases } from './directory/recent.ts';
import type { ResolveSetup } from './directory/resolve.ts';
import type { Fence } from './fence/fence.ts';
import type { Inbound } from './inbound/server.ts';
import { type Logins, readUsers } from './inbound/users.ts';
import { describe, type Note } from './journal/log.ts';
import type { Metrics } from './journal/metrics.ts';
import type { Recorder } from './journal/record.ts';
import { deadlines } from './model/deadlines.ts';
import type { Rounds } from './model/rounds.ts';
import { CircuitBreaker } from './outbound/breaker.ts';
import type { DkimSettings } from './outbound/dkim.ts';
import { openMaildir } from './outbound/maildir.ts';
import type { NextHop } from './outbound/outbound.ts';
import { openSmarthost, type Smarthost } from './outbound/smarthost.ts';
import type { Policy } from './policy/policy.ts';
import { openClamd } from './scanner/clamd.ts';
import type { Scanner } from './scanner/scanner.ts';
import { openStore } from './store/open.ts';
import type { Store } from './store/store.ts';
import { openVault, type Vault } from './store/vault.ts';

/** What everything stands on. */
export interface Core {
  readonly settings: Settings;
  readonly vault: Vault;
  readonly own: OwnAddresses;
  readonly store: Store;
  /** Not set: no copies are kept. */
  readonly archive?: Archive;
  readonly outbound: NextHop;
  readonly sender: Rounds;
  readonly policy: Policy;
  readonly fence: Fence;
  /** Undefined: nothing is scanned for malware. */
  readonly scanner: Scanner | undefined;
  /** The name of this process, where it is one of several (`WORKERS`). */
  readonly worker: string | undefined;
  readonly recorder: Recorder;
}

/** The relay's store, with the relay's secrets. */
export const openStoreFor = (settings: Settings): Promise<Store> => openStoreWith(openVault(settings.relaySecrets), settings);

/** `warn`: told what may be lost the way the store is set up. */
export const openStoreWith = (
  vault: Vault,
  { storeUrl, allowVolatileRedis: allowVolatile, retention }: Settings,
  warn: (sentence: string) => void = () => undefined,
): Promise<Store> =>
  openStore(storeUrl, { vault, mint: () => mintLocal((text) => vault.hash('alias', text)), allowVolatile, warn, retention });

/** Undefined: the settings name none. */
export const scannerOf = ({ clamd }: Settings): Scanner | undefined => clamd && openClamd({ address: clamd.address });

/** Who says what becomes of copies, and who reads a message for a search. */
interface ArchiveUse {
  readonly note: Note;
  readonly wordsOf: ArchiveSetup['wordsOf'];
}

/** Commands keep nothing and search nothing. */
export const byCommand: ArchiveUse = { note: () => undefined, wordsOf: async () => undefined };

/** Undefined where no copies are kept. */
export async function openArchiveFor(
  { archive, relaySecrets: secrets }: Settings,
  store: Store,
  { note, wordsOf }: ArchiveUse,
): Promise<Opened | undefined> {
  if (!archive) return undefined;
  const said = (event: Parameters<Note>[0], { error, ...fields }: ArchiveFields): void =>
    note(event, { ...fields, ...(error !== undefined && { error: describe(error) }) });
  return openArchive({ ...archive, secrets, store, wordsOf, said, now: Date.now });
}

/** All secrets read them, the first one writes. */
export function ownAddressesOf({ relayDomains: domains, relaySecrets, publicUrl }: Settings, vault: Vault): OwnAddresses {
  const by = (secret: number) => (text: string) => Buffer.from(vault.hashes('own address', text)[secret] ?? '', 'base64url');
  const [, ...older] = relaySecrets;
  return openOwnAddresses({ domains, hashes: [by(0), ...older.map((_, index) => by(index + 1))], publicUrl });
}

export const aliasesOf = ({ relayDomains, displayNames, aliasDays }: Settings, vault: Vault): ResolveSetup => ({
  domains: relayDomains,
  displayNames,
  days: aliasDays,
  checks: (text) => vault.hashes('alias', text),
  organisationOf,
  recent: new RecentAliases(),
});

/** What a name server said is remembered for all messages. */
export function openProof({ senderProof: proof, dnsServers = [], ehloName: name, trustedSealers }: Settings): ProofSetup {
  return { proof, resolver: remembering(openResolver(dnsServers), Date.now), name, trustedSealers };
}

/** A Maildir signs nothing. */
type Way = NextHop & Partial<Smarthost>;

export function openOutbound(settings: Settings, { note, metrics }: { readonly note: Note; readonly metrics: Metrics }): Way {
  const { outbound, ehloName } = settings;
  if (outbound.kind === 'maildir') return openMaildir(outbound.path);
  const breaker = new CircuitBreaker({
    told(change) {
      metrics.nextHopDown(change.to === 'down');
      if (change.to === 'down') note('next-hop-down', { nextHop: change.said });
      else note('next-hop-up', { milliseconds: change.ms });
    },
    now: () => performance.now(),
    random: Math.random,
  });
  const timeouts = { whole: deadlines.handOver };
  return openSmarthost({ ...outbound, ehloName, maxConnections: 50, timeouts, ...dkimOf(settings) }, breaker);
}

function dkimOf({ dkim, relayDomains: domains }: Settings): { readonly dkim?: DkimSettings } {
  const keys = dkim.map(({ keyFile, selector }) => ({ selector, privateKey: readFileSync(keyFile, 'utf8') }));
  return keys.length === 0 ? {} : { dkim: { domains, keys } };
}

/** @throws UsersError, or an error of `node:fs` */
export const usersOf = ({ submission }: Settings) => readUsers(submission ? readFileSync(submission.usersFile, 'utf8') : '');

/** @throws an error of `node:fs` */
export const tlsOf = ({ tls }: Settings) =>
  tls ? { tls: { key: readFileSync(tls.keyFile, 'utf8'), cert: readFileSync(tls.certFile, 'utf8') } } : {};

/**
 * Takes key and certificate of TLS, the users, and the keys of DKIM from the settings as they are now; what cannot be read or used leaves the
 * ones before in place. No other setting changes.
 */
export type Reload = (again: () => Settings) => void;

/** What a reload changes beside the listeners; the domains stay those that aliases are made at. */
interface Reloaded {
  readonly outbound: Way;
  readonly logins: Logins;
  readonly domains: Settings['relayDomains'];
}

/** Neither file nor key is told of in the log: the reasons are ours. */
export const reloading =
  (note: Note, inbound: Inbound, { outbound, logins, domains }: Reloaded): Reload =>
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
