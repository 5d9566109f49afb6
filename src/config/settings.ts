/** The settings as the program gets them. Below `app.ts` nobody imports this: each step is given the two or three values it needs. */
import type { ClamdUrl, Listen, OutboundSettings } from './readers.ts';
import type { ArchivePlace } from './archive-url.ts';
import type { Values } from './rows.ts';

/** All settings, read and checked. Paths are absolute. */
export interface Settings {
  /** The first is the current one. */
  readonly relayDomains: readonly [string, ...string[]];
  readonly smtpListen: readonly Listen[];
  /** None: no submission. */
  readonly submission: { readonly listen: readonly (Listen & { readonly implicitTls: boolean })[]; readonly usersFile: string } | undefined;
  readonly httpListen: readonly Listen[];
  readonly storeUrl: string;
  readonly outbound: OutboundSettings;
  /** 32 bytes each; the first writes, all read. */
  readonly relaySecrets: readonly [Buffer, ...Buffer[]];
  readonly apiToken: string;
  readonly senderProof: 'enforce' | 'monitor' | 'off';
  /** Domains. */
  readonly trustedSealers: readonly string[];
  /** `host:port`; undefined: the system's. */
  readonly dnsServers: readonly string[] | undefined;
  readonly maxMessageBytes: number;
  readonly maxBytesInMemory: number;
  readonly rateLimits: boolean;
  /** Calls of the API, of each token. */
  readonly apiPerMinute: number;
  /** IP addresses. */
  readonly unlimitedClients: readonly string[];
  readonly workers: number;
  readonly logLevel: Values['LOG_LEVEL'];
  /** Without a slash at its end. */
  readonly publicUrl: string | undefined;
  readonly ehloName: string;
  readonly tls: { readonly keyFile: string; readonly certFile: string } | undefined;
  /** IP addresses. */
  readonly proxyProtocolFrom: readonly string[];
  /** In the order given; none: nothing is signed. */
  readonly dkim: readonly { readonly keyFile: string; readonly selector: string }[];
  /** Undefined: aliases do not end by themselves. */
  readonly aliasDays: number | undefined;
  /** Undefined: no copies are kept. */
  readonly archive: { readonly place: ArchivePlace; readonly days: number } | undefined;
  /** Milliseconds. */
  readonly retention: { readonly journal: number; readonly reviews: number };
  readonly displayNames: 'initial' | 'full' | 'role';
  readonly policyFile: string;
  /** Undefined: nothing is scanned for malware. */
  readonly clamd: { readonly address: ClamdUrl; readonly fail: 'defer' | 'pass' } | undefined;
  readonly allowVolatileRedis: boolean;
  readonly webhookAllowPrivate: boolean;
  /** Started with no settings at all. */
  readonly evaluation: boolean;
  /** What the operator should know at the start; no secret in it. */
  readonly warnings: readonly string[];
}
