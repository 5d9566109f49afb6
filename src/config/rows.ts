/**
 * The settings: one table, a row each. README's table *Settings* says the same; a test compares them. `load.ts` reads by it.
 * Below `app.ts` nobody imports this: each step is given the two or three values it needs.
 */
import { archiveUrl } from './archive-url.ts';
import {
  choice,
  clamdUrl,
  dnsServer,
  domain,
  integer,
  ipAddress,
  key,
  list,
  listen,
  onOff,
  outboundUrl,
  path,
  publicUrl,
  selector,
  storeUrl,
  submissionListen,
  token,
} from './readers.ts';
import { type Row, row } from './row.ts';

const listenTakes = 'address:port, as in 127.0.0.1:2525 or [::1]:2525, comma separated for several';

export const rows = {
  RELAY_DOMAIN: row({
    read: list(domain),
    default: 'relay.localhost',
    list: true,
    takes: 'host names of at least two labels, comma separated',
    sentence: 'Domain of the aliases; the first is the current one, further, older ones stay valid.',
  }),
  SMTP_LISTEN: row({ read: list(listen), default: '127.0.0.1:2525', list: true, takes: listenTakes, sentence: 'Where mail comes in.' }),
  SUBMISSION_LISTEN: row({
    read: list(submissionListen),
    default: undefined,
    otherwise: 'nowhere',
    list: true,
    takes: 'smtp://address:port (STARTTLS) or smtps://address:port (TLS from the first byte), comma separated for several',
    sentence:
      "Where the marketplace's own application hands in mail with a password, which stands for the author's proof; needs `TLS_KEY_FILE`.",
  }),
  SUBMISSION_USERS: row({
    read: path,
    default: undefined,
    otherwise: 'nobody',
    file: true,
    takes: 'the path of a file that can be read',
    sentence: 'Who may: `name:hash:domain,domain` a line, `*` for any domain; `postern password` makes one; read again on SIGHUP.',
  }),
  HTTP_LISTEN: row({
    read: list(listen),
    default: '127.0.0.1:8025',
    list: true,
    takes: listenTakes,
    sentence: 'Where API, metrics and health are served.',
  }),
  STORE_URL: row({
    read: storeUrl,
    default: 'sqlite:var/postern.db',
    secret: true,
    takes: 'sqlite:PATH, redis://…, rediss://…, redis+sentinel://h1,h2,h3/name or redis+cluster://h1,h2,h3',
    sentence: 'Where parties, aliases and all else that must last are kept.',
  }),
  OUTBOUND_URL: row({
    read: outboundUrl,
    default: 'maildir:var/outbox',
    secret: true,
    takes:
      'maildir:PATH, smtp://user:pass@host:port or smtps://…, user and password percent-encoded, both or none; ?tls=require, opportunistic or never at the end',
    sentence: 'The next hop, or the Maildir that stands for it.',
  }),
  RELAY_SECRET: row({
    read: list(key),
    default: undefined,
    otherwise: 'made at the first start in `var/secret` (evaluation only)',
    secret: true,
    list: true,
    takes: '32 bytes in base64 (44 characters), comma separated for several',
    sentence: 'Key of all that is encrypted and hashed; several for rotation: the first writes, all read.',
  }),
  API_TOKEN: row({
    read: token,
    default: undefined,
    otherwise: 'made at the first start in `var/api-token` (evaluation only)',
    secret: true,
    takes: 'up to 512 letters, digits and any of - . _ ~ + /',
    sentence: 'Bearer token of the API.',
  }),
  SENDER_PROOF: row({
    read: choice('enforce', 'monitor', 'off'),
    default: 'enforce',
    otherwise: 'off, with a warning, where every SMTP listener is on loopback and outbound is a Maildir',
    takes: 'enforce, monitor or off',
    sentence: 'Whether the author must be proven by DKIM or SPF: `enforce`, `monitor` (logs only), `off`.',
  }),
  TRUSTED_SEALERS: row({
    read: list(domain),
    default: undefined,
    otherwise: 'nobody',
    list: true,
    takes: 'host names of at least two labels, comma separated',
    sentence: 'Forwarders whose ARC seals are believed about who wrote a message that they passed on.',
  }),
  DNS_SERVERS: row({
    read: list(dnsServer),
    default: undefined,
    otherwise: "the system's",
    list: true,
    takes: 'host:port with an IP address as host, comma separated',
    sentence: 'The name servers that are asked for SPF, DKIM and DMARC.',
  }),
  MAX_MESSAGE_BYTES: row({
    read: integer(1024, 268_435_456),
    default: '12582912',
    takes: 'a number from 1024 to 268435456',
    sentence: 'Largest message taken, announced by SIZE.',
  }),
  MAX_BYTES_IN_MEMORY: row({
    read: integer(1024, 1_099_511_627_776),
    default: '134217728',
    takes: 'a number from 1024 to 1099511627776',
    sentence: 'Message bytes held at once by one machine.',
  }),
  RATE_LIMITS: row({
    read: onOff,
    default: 'on',
    takes: 'on or off',
    sentence: '`off` for tests and benchmarks on loopback (sizes and deadlines stay).',
  }),
  UNLIMITED_CLIENTS: row({
    read: list(ipAddress),
    default: undefined,
    otherwise: 'nobody',
    list: true,
    takes: 'IP addresses, comma separated',
    sentence: 'Clients that no limit by client counts: an MTA of your own that passes on the mail of all others, a proxy before the pages.',
  }),
  API_PER_MINUTE: row({
    read: integer(1, 1_000_000),
    default: '6000',
    takes: 'a number from 1 to 1000000',
    sentence: 'Calls of the API that each token may make in a minute of each process; none are counted where `RATE_LIMITS` is off.',
  }),
  WORKERS: row({ read: integer(1, 64), default: '1', takes: 'a number from 1 to 64', sentence: 'Relay processes on one listener.' }),
  LOG_LEVEL: row({
    read: choice('fatal', 'error', 'warn', 'info', 'debug', 'trace', 'silent'),
    default: 'info',
    takes: 'fatal, error, warn, info, debug, trace or silent',
    sentence: "pino's levels.",
  }),
  PUBLIC_URL: row({
    read: publicUrl,
    default: undefined,
    otherwise: 'none: a link writes a mail instead',
    takes: 'an https:// URL without path, or http:// on loopback',
    sentence: 'Where people reach the pages of HTTP_LISTEN: report, block, unsubscribe, approve, no answer needed, all commands.',
  }),
  EHLO_NAME: row({
    read: domain,
    default: undefined,
    otherwise: 'the relay domain',
    takes: 'a host name of at least two labels',
    sentence: 'What the relay calls itself, towards the next hop and in its greeting.',
  }),
  TLS_KEY_FILE: row({
    read: path,
    default: undefined,
    otherwise: 'no STARTTLS',
    file: true,
    takes: 'the path of a PEM file that can be read',
    sentence: 'Private key for STARTTLS, together with `TLS_CERT_FILE`; read again on SIGHUP.',
  }),
  TLS_CERT_FILE: row({
    read: path,
    default: undefined,
    otherwise: 'no STARTTLS',
    file: true,
    takes: 'the path of a PEM file that can be read',
    sentence: 'Certificate chain for STARTTLS, together with `TLS_KEY_FILE`; read again on SIGHUP.',
  }),
  PROXY_PROTOCOL_FROM: row({
    read: list(ipAddress),
    default: undefined,
    otherwise: 'nobody',
    list: true,
    takes: 'IP addresses, comma separated',
    sentence: 'The balancers whose PROXY protocol header is believed.',
  }),
  DKIM_KEY_FILE: row({
    read: list(path),
    default: undefined,
    otherwise: 'not signed',
    list: true,
    file: true,
    takes: 'the paths of PEM files that can be read, comma separated',
    sentence:
      'Private keys, each with its `DKIM_SELECTOR`: the first RSA key and the first Ed25519 key sign what leaves; read again on SIGHUP.',
  }),
  DKIM_SELECTOR: row({
    read: list(selector),
    default: undefined,
    otherwise: 'not signed',
    list: true,
    takes: 'labels of letters, digits and hyphens with dots between them, comma separated',
    sentence: 'Selectors of the DKIM keys in the DNS, as many as `DKIM_KEY_FILE` has files, in their order.',
  }),
  ALIAS_DAYS: row({
    read: integer(1, 36_500),
    default: undefined,
    otherwise: 'never',
    takes: 'a number of days from 1 to 36500',
    sentence: 'An alias that nobody has used for so long ends, 14 days of grace later; never while an order is open.',
  }),
  ARCHIVE_URL: row({
    read: archiveUrl,
    default: 'dir:var/archive',
    takes: 'dir:PATH, s3://bucket/prefix?endpoint=https://…&region=…, or off',
    sentence:
      'Where copies of all messages are kept, encrypted: a directory, or an S3 bucket (keys from `AWS_ACCESS_KEY_ID` …); `off`: nowhere.',
  }),
  ARCHIVE_DAYS: row({
    read: integer(1, 36_500),
    default: '400',
    takes: 'a number of days from 1 to 36500',
    sentence: 'So long the archive keeps a message, but for conversations under a legal hold.',
  }),
  JOURNAL_DAYS: row({
    read: integer(30, 3650),
    default: '400',
    takes: 'a number of days from 30 to 3650',
    sentence: 'How long what became of a message is kept, without content; links and commands of a mail work as long. Counts for new ones.',
  }),
  REVIEW_DAYS: row({
    read: integer(30, 3650),
    default: '400',
    takes: 'a number of days from 30 to 3650',
    sentence: 'How long objections and reports are kept. Counts for new ones.',
  }),
  DISPLAY_NAMES: row({
    read: choice('initial', 'full', 'role'),
    default: 'initial',
    takes: 'initial, full or role',
    sentence: 'What the other side sees of a name: `initial` (Jane D.), `full`, `role` (Buyer, Seller).',
  }),
  POLICY_FILE: row({
    read: path,
    default: 'config/policy.yaml',
    file: true,
    takes: 'the path of a YAML file that can be read',
    sentence: 'Which rule does what.',
  }),
  CLAMD_URL: row({
    read: clamdUrl,
    default: undefined,
    otherwise: 'nothing is scanned',
    takes: 'tcp://host:port or unix:/path',
    sentence: 'The malware scanner (clamd) that looks at the files of every message that goes on.',
  }),
  CLAMD_FAIL: row({
    read: choice('defer', 'pass'),
    default: 'defer',
    takes: 'defer or pass',
    sentence: 'What becomes of a message that clamd could not look at: `defer` puts it off with 451, `pass` lets it through unscanned.',
  }),
  ALLOW_VOLATILE_REDIS: row({
    read: onOff,
    default: 'off',
    takes: 'on or off',
    sentence: '`on` starts also on a Redis that evicts or keeps nothing on disk: mail may then get lost.',
  }),
  WEBHOOK_ALLOW_PRIVATE: row({
    read: onOff,
    default: 'off',
    takes: 'on or off',
    sentence: '`on` lets webhooks lead to private addresses too, and to http:// on loopback.',
  }),
  CONFIG_FILE: row({
    read: path,
    default: 'config/relay.json',
    file: true,
    takes: 'the path of a JSON file that can be read',
    sentence: 'The file with these settings, by the same names; the environment goes before it.',
  }),
} as const;

export type Name = keyof typeof rows;

/** What a row's reader gives; undefined where the row has no default and nothing was given. */
export type Values = {
  readonly [N in Name]: (typeof rows)[N] extends Row<infer T, infer Default> ? (Default extends string ? T : T | undefined) : never;
};
