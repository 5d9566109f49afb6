/** Composition root: settings -> adapters -> relay -> listeners. The only file that knows every adapter. */
import { readFileSync } from 'node:fs';
import { openResolver } from './auth/resolver.ts';
import { takeBounce } from './bounce.ts';
import { createCheck } from './check.ts';
import { loadPolicy } from './config/policy-file.ts';
import type { Settings } from './config/settings.ts';
import { mintLocal, mintTrace } from './directory/alias.ts';
import { knowsAlias } from './directory/resolve.ts';
import { openHttp } from './http/server.ts';
import { openInbound } from './inbound/server.ts';
import { describe, type Note, openLog } from './journal/log.ts';
import { createMetrics } from './journal/metrics.ts';
import { domainOf } from './model/address.ts';
import type { Received } from './model/message.ts';
import { openMaildir } from './outbound/maildir.ts';
import type { Outbound } from './outbound/outbound.ts';
import { returnPathFor, traceOfReturnPath } from './outbound/return-path.ts';
import { openSmarthost } from './outbound/smarthost.ts';
import { createRelay } from './relay.ts';
import { openStore } from './store/open.ts';
import type { Store } from './store/store.ts';
import { openVault, type Vault } from './store/vault.ts';
import { transform } from './transform.ts';

interface Address {
  readonly host: string;
  readonly port: number;
}

export interface App {
  readonly smtp: readonly Address[];
  readonly http: readonly Address[];
  readonly note: Note;
  /** Reads key and certificate again; what cannot be read leaves the old ones in place. */
  reloadTls(): void;
  /** Running transactions end and get their reply, new ones get 421; then everything is closed. At most a minute and a half. */
  close(): Promise<void>;
}

/** The hand-over's own deadline is 60 s; a message that was wholly received when we were told to stop is not sent away. */
const drainMilliseconds = 75_000;

/** The relay's store, with the relay's secrets. */
export const openStoreFor = (settings: Settings): Promise<Store> => openStoreWith(openVault(settings.relaySecrets), settings);

const openStoreWith = (vault: Vault, { storeUrl, allowVolatileRedis }: Settings): Promise<Store> =>
  openStore(storeUrl, { vault, mint: () => mintLocal((text) => vault.hash('alias', text)), allowVolatile: allowVolatileRedis });

export async function openApp(settings: Settings): Promise<App> {
  const note = openLog(settings.logLevel);
  const policy = loadPolicy(settings.policyFile, settings.relayDomains);
  const vault = openVault(settings.relaySecrets);
  const metrics = createMetrics();
  const store = await openStoreWith(vault, settings);
  const outbound = openOutbound(settings);
  const [domain] = settings.relayDomains;
  const aliases = { domains: settings.relayDomains, displayNames: settings.displayNames, checks: (text: string) => vault.hashes('alias', text) };
  const hashBy = (secret: number) => (text: string) => Buffer.from(vault.hashes('return-path', text)[secret] ?? '', 'base64url');
  const recorder = { journal: store.journal, note, metrics };
  const relay = createRelay({
    store,
    outbound,
    recorder,
    policy,
    proof: { proof: settings.senderProof, resolver: openResolver(settings.dnsServers ?? []), name: settings.ehloName },
    aliases,
    transform,
    messageIdFor: (...parts) => `${vault.hash('message-id', parts.join('\0')).replace(/[^A-Za-z0-9]/g, '')}@${domain}`,
    returnPathFor: (trace) => returnPathFor(trace, domain, hashBy(0)),
  });
  const hashesOfAll = settings.relaySecrets.map((_, secret) => hashBy(secret));
  const bounceOf = (forwardPath: string): string | undefined =>
    settings.relayDomains.includes(domainOf(forwardPath)) ? traceOfReturnPath(forwardPath, hashesOfAll) : undefined;
  const inbound = await openInbound(
    {
      listen: settings.smtpListen,
      name: settings.ehloName,
      maxMessageBytes: settings.maxMessageBytes,
      maxBytesInMemory: settings.maxBytesInMemory,
      rateLimits: settings.rateLimits,
      proxyFrom: settings.proxyProtocolFrom,
      reusePort: settings.workers > 1,
      ...tlsOf(settings),
    },
    {
      async knows(forwardPath, reversePath) {
        if (bounceOf(forwardPath) !== undefined) return reversePath === '' ? 'yes' : 'no';
        const known = await knowsAlias(forwardPath, store.directory, aliases);
        if (known === 'lost') note('alias-lost');
        return known;
      },
      async relay(received: Received) {
        const of = bounceOf(received.envelope.forwardPath);
        return of === undefined ? relay(received) : takeBounce(received, of, recorder);
      },
      mintTrace,
      note: (event, { error, ...fields }) => note(event, { ...fields, ...(error !== undefined && { error: describe(error) }) }),
    },
  );
  const http = await openHttp(
    { listen: settings.httpListen, token: settings.apiToken, relayDomains: settings.relayDomains, maxMessageBytes: settings.maxMessageBytes },
    {
      store,
      check: createCheck({ policy, domain, transform, now: Date.now }),
      ready: async () => {
        const storeSays = await store.ping().then(
          () => 'ok' as const,
          () => 'the store does not answer',
        );
        const draining = inbound.closing ? 'shutting down' : ('ok' as const);
        return { ready: storeSays === 'ok' && draining === 'ok', checks: { store: storeSays, listener: draining } };
      },
      metrics,
      failed: (error) => note('unexpected', { error: describe(error) }),
      now: Date.now,
    },
  );
  return {
    smtp: inbound.addresses,
    http: http.addresses,
    note,
    reloadTls() {
      try {
        const { tls } = tlsOf(settings);
        if (tls) inbound.reloadTls(tls);
        note('tls-reloaded');
      } catch {
        note('tls-not-reloaded', { reason: 'key or certificate cannot be used; the ones before stay' });
      }
    },
    async close() {
      note('draining');
      await inbound.drain(drainMilliseconds);
      await http.close();
      await outbound[Symbol.asyncDispose]();
      await store[Symbol.asyncDispose]();
      note('stopped');
    },
  };
}

function openOutbound({ outbound, ehloName, dkim, relayDomains }: Settings): Outbound {
  if (outbound.kind === 'maildir') return openMaildir(outbound.path);
  const key = dkim && { domain: relayDomains[0], selector: dkim.selector, privateKey: readFileSync(dkim.keyFile, 'utf8') };
  return openSmarthost({ ...outbound, ehloName, maxConnections: 50, ...(key && { dkim: key }) });
}

const tlsOf = ({ tls }: Settings) => (tls ? { tls: { key: readFileSync(tls.keyFile, 'utf8'), cert: readFileSync(tls.certFile, 'utf8') } } : {});
