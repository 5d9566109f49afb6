/**
 * File and environment -> Settings. Whatever is wrong is said at once, each problem with the row it breaks, so that nobody mends one
 * setting per start; and never with the value of a secret.
 */
import { accessSync, constants, readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { readUsers, UsersError } from '../inbound/users.ts';
import { isLoopback } from '../model/loopback.ts';
import { codeOf, type Kept, keep } from './first-start.ts';
import { collect, type Environment, type Given, rowOf, shown } from './given.ts';
import type { Listen } from './readers.ts';
import { key, list, token } from './readers.ts';
import { type Name, rows, type Values } from './rows.ts';
import type { Settings } from './settings.ts';

/** The relay does not start with these settings. `problems`: a sentence each. */
export class SettingsError extends Error {
  override readonly name = 'SettingsError';
  readonly problems: readonly string[];
  constructor(problems: readonly string[]) {
    super(`These settings cannot be used:\n${problems.map((problem) => `- ${problem}`).join('\n')}`);
    this.problems = problems;
  }
}

export interface Place {
  readonly env: Environment;
  /** Relative paths count from here. */
  readonly cwd: string;
  /** A relay that runs reads its files anew, each for itself: what is wrong in one is no reason to leave the others as they were. */
  readonly again?: boolean;
}

/** Reads all settings. Makes secret and token where they may be made. Throws `SettingsError`. */
export function loadSettings({ env, cwd, again = false }: Place): Settings {
  const { given, problems } = collect(env, cwd);
  const { values, misfits } = readAll(given, cwd);
  const wrong = [
    ...problems,
    ...misfits,
    ...missingHalves(given),
    ...missingTls(given),
    ...unequalLists(values),
    ...missingInPublic(given, values),
    ...(again ? [] : wrongUsers(given, values)),
  ];
  if (wrong.length > 0) throw new SettingsError(wrong);
  return assemble(values as Values, given, cwd);
}

function readAll(given: ReadonlyMap<Name, Given>, cwd: string): { readonly values: Partial<Values>; readonly misfits: readonly string[] } {
  const values: Partial<Record<Name, unknown>> = {};
  const misfits: string[] = [];
  for (const name of Object.keys(rows) as Name[]) {
    const row = rowOf(name);
    const one = given.get(name);
    const text = one ? one.text : row.default;
    const value = text === undefined ? undefined : row.read(text, cwd);
    const fits = value !== undefined && !(one && row.file && name !== 'CONFIG_FILE' && ![value].flat().map(String).every(readable));
    if (fits) values[name] = value;
    else if (one) misfits.push(misfit(name, one));
  }
  return { values: values as Partial<Values>, misfits };
}

function misfit(name: Name, { text, kind, where }: Given): string {
  const { secret, takes, sentence } = rowOf(name);
  const what = secret || text === undefined ? kind : shown(text);
  return `${name} ${where}: ${what} does not fit; it takes ${takes}. ${sentence}`;
}

function readable(file: string): boolean {
  try {
    accessSync(file, constants.R_OK);
    return statSync(file).isFile();
  } catch {
    return false;
  }
}

function wrongUsers(given: ReadonlyMap<Name, Given>, { SUBMISSION_USERS: file }: Partial<Values>): readonly string[] {
  if (file === undefined) return [];
  try {
    readUsers(readFileSync(file, 'utf8'));
    return [];
  } catch (error) {
    const what = error instanceof UsersError ? error.message : `the file cannot be read (${codeOf(error)})`;
    return [`SUBMISSION_USERS ${given.get('SUBMISSION_USERS')?.where ?? ''}: ${what}. ${rows.SUBMISSION_USERS.sentence}`];
  }
}

const halves: readonly (readonly [Name, Name])[] = [
  ['TLS_KEY_FILE', 'TLS_CERT_FILE'],
  ['DKIM_KEY_FILE', 'DKIM_SELECTOR'],
  ['SUBMISSION_LISTEN', 'SUBMISSION_USERS'],
];

function missingTls(given: ReadonlyMap<Name, Given>): readonly string[] {
  if (!given.has('SUBMISSION_LISTEN') || given.has('TLS_KEY_FILE')) return [];
  return [
    `TLS_KEY_FILE is missing: SUBMISSION_LISTEN is given, and no password may travel in the clear. ${rowOf('TLS_KEY_FILE').sentence}`,
  ];
}

function missingHalves(given: ReadonlyMap<Name, Given>): readonly string[] {
  return halves.flatMap(([one, other]) => {
    if (given.has(one) === given.has(other)) return [];
    const [there, missing] = given.has(one) ? [one, other] : [other, one];
    return [`${missing} is missing: ${there} is given, and one is of no use without the other. ${rowOf(missing).sentence}`];
  });
}

function unequalLists({ DKIM_KEY_FILE: files, DKIM_SELECTOR: selectors }: Partial<Values>): readonly string[] {
  if (!files || !selectors || files.length === selectors.length) return [];
  return [
    `DKIM_SELECTOR has ${selectors.length} and DKIM_KEY_FILE ${files.length}: each key has a selector. ${rows.DKIM_SELECTOR.sentence}`,
  ];
}

const DAY = 86_400_000;

const onLoopback = ({ host }: Listen): boolean => isLoopback(host);

const inPublic = ({ SMTP_LISTEN, SUBMISSION_LISTEN, HTTP_LISTEN }: Partial<Values>): boolean =>
  [...(SMTP_LISTEN ?? []), ...(SUBMISSION_LISTEN ?? []), ...(HTTP_LISTEN ?? [])].some((listen) => !onLoopback(listen));

const makeOne = 'Make one with: openssl rand -base64 32';

/** What a relay that others can reach must not leave to the defaults of an evaluation. */
function missingInPublic(given: ReadonlyMap<Name, Given>, values: Partial<Values>): readonly string[] {
  if (!inPublic(values)) return [];
  const sentences = {
    RELAY_SECRET: `RELAY_SECRET is missing: a relay with a public listener needs a secret that is kept apart from its data. ${makeOne}`,
    API_TOKEN: `API_TOKEN is missing: a relay with a public listener needs a token for its API. ${makeOne}`,
    OUTBOUND_URL:
      'OUTBOUND_URL is missing: a relay with a public listener must be told where mail goes, ' +
      'as in OUTBOUND_URL=smtp://user:password@mx.example:587, the password for instance of: openssl rand -base64 32',
  } as const;
  return (Object.keys(sentences) as (keyof typeof sentences)[]).filter((name) => !given.has(name)).map((name) => sentences[name]);
}

function assemble(values: Values, given: ReadonlyMap<Name, Given>, cwd: string): Settings {
  const own = makeMissing(values, cwd);
  const harmless = values.SMTP_LISTEN.every(onLoopback) && values.OUTBOUND_URL.kind === 'maildir';
  const senderProof = harmless && !given.has('SENDER_PROOF') ? 'off' : values.SENDER_PROOF;
  const { SUBMISSION_LISTEN: submissionListen, SUBMISSION_USERS: usersFile } = values;
  const { TLS_KEY_FILE: keyFile, TLS_CERT_FILE: certFile, DKIM_KEY_FILE: dkimKeyFiles = [], DKIM_SELECTOR: selectors = [] } = values;
  return Object.freeze({
    relayDomains: values.RELAY_DOMAIN,
    smtpListen: values.SMTP_LISTEN,
    submission: submissionListen && usersFile ? { listen: submissionListen, usersFile } : undefined,
    httpListen: values.HTTP_LISTEN,
    storeUrl: values.STORE_URL,
    outbound: values.OUTBOUND_URL,
    relaySecrets: own.secrets,
    apiToken: own.token,
    senderProof,
    trustedSealers: values.TRUSTED_SEALERS ?? [],
    dnsServers: values.DNS_SERVERS,
    maxMessageBytes: values.MAX_MESSAGE_BYTES,
    maxBytesInMemory: values.MAX_BYTES_IN_MEMORY,
    rateLimits: values.RATE_LIMITS,
    apiPerMinute: values.API_PER_MINUTE,
    unlimitedClients: values.UNLIMITED_CLIENTS ?? [],
    workers: values.WORKERS,
    logLevel: values.LOG_LEVEL,
    publicUrl: values.PUBLIC_URL,
    ehloName: values.EHLO_NAME ?? values.RELAY_DOMAIN[0],
    tls: keyFile && certFile ? { keyFile, certFile } : undefined,
    proxyProtocolFrom: values.PROXY_PROTOCOL_FROM ?? [],
    dkim: dkimKeyFiles.flatMap((file, index) => selectors.slice(index, index + 1).map((selector) => ({ keyFile: file, selector }))),
    aliasDays: values.ALIAS_DAYS,
    archive: values.ARCHIVE_URL === 'off' ? undefined : { place: values.ARCHIVE_URL, days: values.ARCHIVE_DAYS },
    retention: { journal: values.JOURNAL_DAYS * DAY, reviews: values.REVIEW_DAYS * DAY },
    displayNames: values.DISPLAY_NAMES,
    policyFile: values.POLICY_FILE,
    clamd: values.CLAMD_URL && { address: values.CLAMD_URL, fail: values.CLAMD_FAIL },
    allowVolatileRedis: values.ALLOW_VOLATILE_REDIS,
    webhookAllowPrivate: values.WEBHOOK_ALLOW_PRIVATE,
    evaluation: given.size === 0,
    warnings: [...own.warnings, ...warningsOf(values, senderProof, given)],
  });
}

interface Own {
  readonly secrets: Settings['relaySecrets'];
  readonly token: string;
  readonly warnings: readonly string[];
}

/** Secret and token as given, else those of the first start; all that is wrong with both is said at once. */
function makeMissing(values: Values, cwd: string): Own {
  const problems: string[] = [];
  const warnings: string[] = [];
  const kept = <T>(name: 'RELAY_SECRET' | 'API_TOKEN', file: string, read: (text: string) => T | undefined): T | undefined => {
    const one = keptOr(() => keep(join(cwd, file)));
    const value = typeof one === 'string' ? undefined : read(one.text);
    if (typeof one === 'string') problems.push(`${name} is not given, and ${file} can be neither read nor made (${one}). ${makeOne}`);
    else if (value === undefined)
      problems.push(`${name} is not given, and ${file} does not hold ${rows[name].takes}. ${rows[name].sentence}`);
    else warnings.push(`${name} is not given: the one in ${file}, made at the first start, is used; for evaluation only.`);
    if (typeof one !== 'string' && one.open) warnings.push(`${file} can be read by other users of this machine: chmod 600 ${file}`);
    return value;
  };
  const secret = values.RELAY_SECRET ? undefined : kept('RELAY_SECRET', 'var/secret', (text) => list(key)(text, cwd));
  const apiToken = values.API_TOKEN ?? kept('API_TOKEN', 'var/api-token', (text) => token(text, cwd));
  const secrets = values.RELAY_SECRET ?? secret;
  if (!secrets || apiToken === undefined) throw new SettingsError(problems);
  return { secrets, token: apiToken, warnings };
}

/** The system's code where it fails. */
function keptOr(work: () => Kept): Kept | string {
  try {
    return work();
  } catch (error) {
    return codeOf(error);
  }
}

function warningsOf(values: Values, proof: Settings['senderProof'], given: ReadonlyMap<Name, Given>): readonly string[] {
  const open = inPublic(values);
  const when: readonly (readonly [boolean, string])[] = [
    [proof === 'off', 'SENDER_PROOF is off: whoever knows an alias and a mailbox can write in its name; for evaluation only.'],
    [proof === 'monitor', 'SENDER_PROOF is monitor: authors that are not proven are logged and relayed all the same.'],
    [open && !given.has('RELAY_DOMAIN'), `RELAY_DOMAIN is not given: nobody outside can answer to ${values.RELAY_DOMAIN[0]}.`],
    [open && !values.RATE_LIMITS, 'RATE_LIMITS is off on a public listener.'],
    [open && (values.API_TOKEN?.length ?? 20) < 20, `API_TOKEN is short. ${makeOne}`],
    [
      values.MAX_BYTES_IN_MEMORY < values.MAX_MESSAGE_BYTES,
      'MAX_BYTES_IN_MEMORY is less than MAX_MESSAGE_BYTES: the largest messages never get in.',
    ],
    [
      values.CLAMD_URL?.kind === 'tcp' && !isLoopback(values.CLAMD_URL.host),
      'CLAMD_URL names another machine: the files of all messages travel to it in the clear.',
    ],
    [
      !values.STORE_URL.startsWith('sqlite:') && values.ARCHIVE_URL !== 'off' && values.ARCHIVE_URL.kind === 'dir',
      'ARCHIVE_URL is a directory: relays on other machines must see the same one, or what they keep is not found from here.',
    ],
    [values.ALLOW_VOLATILE_REDIS, 'ALLOW_VOLATILE_REDIS is on: what the store acknowledged can get lost.'],
  ];
  return when.filter(([is]) => is).map(([, sentence]) => sentence);
}
