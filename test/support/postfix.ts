/**
 * Debian's Postfix as the next hop of a test: software that no one here wrote takes the outgoing mail and delivers it to a Maildir, where
 * the test reads it. It has its own configuration, queue, data and port, and shares nothing with a Postfix of the system. Use:
 *
 *   await using postfix = await startPostfix({ domains: ['shop.example'] });
 *   ... hand over to 127.0.0.1:postfix.port ...
 *   const [mail] = await postfix.waitFor('jane@shop.example', 1);
 *
 * Needs the Debian package `postfix` and root: Postfix changes users by itself. `postfixIsThere()` says whether both are given.
 */
import { execFile, execFileSync } from 'node:child_process';
import { once } from 'node:events';
import { chmod, chown, mkdir, mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { type AddressInfo, connect, createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { domainToASCII, domainToUnicode } from 'node:url';
import { promisify } from 'node:util';
import { programs } from './programs.ts';

const run = promisify(execFile);

export interface PostfixSetup {
  /** Mail to any address in these is delivered; everything else is refused with 554 5.7.1. */
  readonly domains: readonly string[];
  /** Where given, only these addresses exist; the others in `domains` get `550 5.1.1 <address>: … User unknown …`. */
  readonly recipients?: readonly string[];
  /** Bytes; larger messages get 552 5.3.4. */
  readonly maxMessageBytes?: number;
  /** Where given, nothing is delivered: all goes to that port of 127.0.0.1 before it is queued (SMTPD_PROXY_README). */
  readonly proxyFilter?: number;
  /** Seconds after which it ends by itself, should the one who started it die; 900 where nothing is said. */
  readonly longestLife?: number;
}

/** A message as it lies in the Maildir. */
export interface Delivered {
  /** RCPT TO, from the `Delivered-To` that Postfix writes; the domain in its ASCII form. */
  readonly recipient: string;
  /** MAIL FROM, from the `Return-Path` that Postfix writes; `''` is the null one. */
  readonly reversePath: string;
  /** The fields that Postfix put on top, its `Received` among them, line ends LF. */
  readonly added: string;
  /** What the relay sent, with the line ends CRLF that Postfix stores as LF. */
  readonly bytes: Buffer;
}

export interface Postfix extends AsyncDisposable {
  readonly port: number;
  /** Of the master: all others are its children. */
  readonly pid: number;
  /** What has been delivered so far, to this recipient or to all, oldest first. */
  messages(recipient?: string): Promise<Delivered[]>;
  /** Waits until so many messages for the recipient have been delivered, 15 s at most; throws with the log where they do not come. */
  waitFor(recipient: string, count: number): Promise<Delivered[]>;
  /** Postfix's own log so far. */
  log(): Promise<string>;
}

/** Postfix is installed and we are root. */
export const postfixIsThere = (): boolean => programs.has('postfix') && process.getuid?.() === 0;

/** Mail is delivered in the name of Debian's user `nobody`. */
const nobody = 65_534;

/** Starts Postfix on a free port of 127.0.0.1, in about two seconds (`postfix check`). Disposing stops it and removes its files. */
export async function startPostfix(setup: PostfixSetup): Promise<Postfix> {
  if (!postfixIsThere()) throw new Error('Postfix is not installed, or these tests do not run as root');
  const folder = await mkdtemp(join(tmpdir(), 'postern-postfix-'));
  const port = await freePort();
  const stop = () => run('postfix', ['-c', join(folder, 'etc'), 'stop']).catch(() => {});
  try {
    await prepare(folder, port, setup);
    const master = join(execFileSync('postconf', ['-d', '-h', 'daemon_directory']).toString().trim(), 'master');
    await run('postfix', ['-c', join(folder, 'etc'), 'check']);
    await run(master, ['-c', join(folder, 'etc'), '-w', '-e', String(setup.longestLife ?? 900)]);
    await greeted(port);
  } catch (error) {
    const log = await logOf(folder);
    await stop();
    await rm(folder, { recursive: true, force: true });
    throw new Error(`Postfix did not start: ${String(error)}\n${log}`);
  }
  return {
    port,
    pid: Number(await readFile(join(folder, 'queue/pid/master.pid'), 'utf8')),
    messages: (recipient) => read(folder, recipient),
    waitFor: (recipient, count) => waitFor(folder, recipient, count),
    log: () => logOf(folder),
    async [Symbol.asyncDispose]() {
      await stop();
      await rm(folder, { recursive: true, force: true });
    },
  };
}

async function prepare(folder: string, port: number, setup: PostfixSetup): Promise<void> {
  await chmod(folder, 0o755);
  for (const name of ['etc', 'queue', 'data', 'mail', 'mail/all']) await mkdir(join(folder, name));
  const owner = execFileSync('id', ['-u', 'postfix']).toString().trim();
  await chown(join(folder, 'data'), Number(owner), -1);
  for (const name of ['mail', 'mail/all']) await chown(join(folder, name), nobody, nobody);
  await writeFile(join(folder, 'etc/main.cf'), mainCf(folder, setup));
  await writeFile(join(folder, 'etc/master.cf'), masterCf(port, setup.proxyFilter));
  await writeFile(join(folder, 'etc/recipients'), (setup.recipients ?? []).map((address) => `${address} all/\n`).join(''));
}

/** postconf(5). Everything goes to one Maildir: `Delivered-To` tells the recipients apart. */
function mainCf(folder: string, { domains, recipients, maxMessageBytes = 30_000_000 }: PostfixSetup): string {
  const settings = {
    compatibility_level: '3.6',
    queue_directory: join(folder, 'queue'),
    data_directory: join(folder, 'data'),
    maillog_file: join(folder, 'log'),
    maillog_file_prefixes: folder,
    mail_owner: 'postfix',
    setgid_group: 'postdrop',
    inet_interfaces: '127.0.0.1',
    inet_protocols: 'ipv4',
    myhostname: 'next-hop.test',
    mydestination: '',
    mynetworks: '127.0.0.0/8',
    alias_maps: '',
    alias_database: '',
    local_recipient_maps: '',
    // Under SMTPUTF8 a domain comes in Unicode, else in ASCII.
    virtual_mailbox_domains: domains.flatMap((domain) => [domainToASCII(domain), domainToUnicode(domain)]).join(' '),
    virtual_mailbox_base: join(folder, 'mail'),
    virtual_mailbox_maps: recipients ? `texthash:${join(folder, 'etc/recipients')}` : 'static:all/',
    virtual_uid_maps: `static:${nobody}`,
    virtual_gid_maps: `static:${nobody}`,
    virtual_mailbox_limit: '0',
    message_size_limit: String(maxMessageBytes),
    smtpd_recipient_restrictions: 'reject_unauth_destination, permit_mynetworks, reject',
    smtpd_relay_restrictions: 'reject_unauth_destination, permit_mynetworks, reject',
    smtpd_peername_lookup: 'no',
    // No Message-Id and Date where the message has none: what lies in the Maildir is what was sent.
    local_header_rewrite_clients: '',
    // Nothing may leave this machine.
    default_transport: 'error:nothing leaves the test',
    relay_transport: 'error:nothing leaves the test',
    disable_dns_lookups: 'yes',
    notify_classes: '',
    in_flow_delay: '0',
    smtpd_client_connection_count_limit: '0',
    smtpd_client_event_limit_exceptions: '127.0.0.0/8',
  };
  return Object.entries(settings)
    .map(([name, value]) => `${name} = ${value}\n`)
    .join('');
}

/** master(5); nothing is chrooted. */
function masterCf(port: number, proxyFilter: number | undefined): string {
  const services = [
    `127.0.0.1:${port} inet n - n - - smtpd${proxyFilter === undefined ? '' : ` -o smtpd_proxy_filter=127.0.0.1:${proxyFilter}`}`,
    'cleanup unix n - n - 0 cleanup',
    'qmgr unix n - n 300 1 qmgr',
    'rewrite unix - - n - - trivial-rewrite',
    'bounce unix - - n - 0 bounce',
    'defer unix - - n - 0 bounce',
    'trace unix - - n - 0 bounce',
    'verify unix - - n - 1 verify',
    'flush unix n - n 1000? 0 flush',
    'proxymap unix - - n - - proxymap',
    'showq unix n - n - - showq',
    'error unix - - n - - error',
    'retry unix - - n - - error',
    'discard unix - - n - - discard',
    'local unix - n n - - local',
    'virtual unix - n n - - virtual',
    'anvil unix - - n - 1 anvil',
    'tlsmgr unix - - n 1000? 1 tlsmgr',
    'postlog unix-dgram n - n - 1 postlogd',
  ];
  return `${services.join('\n')}\n`;
}

async function waitFor(folder: string, recipient: string, count: number): Promise<Delivered[]> {
  const patience = Date.now() + 15_000;
  for (;;) {
    const found = await read(folder, recipient);
    if (found.length >= count) return found;
    if (Date.now() > patience) throw new Error(`${found.length} of ${count} messages were delivered\n${await logOf(folder)}`);
    await new Promise((resolve) => setTimeout(resolve, 20));
  }
}

/** File names begin with the second of delivery and go on with its microsecond, so they sort by time. */
async function read(folder: string, recipient?: string): Promise<Delivered[]> {
  const maildir = join(folder, 'mail/all/new');
  const names = await readdir(maildir).catch(() => []);
  const sorted = names.toSorted((a, b) => momentOf(a) - momentOf(b));
  const all = await Promise.all(sorted.map(async (name) => asDelivered(await readFile(join(maildir, name)))));
  return recipient === undefined ? all : all.filter((one) => one.recipient === recipient);
}

/** `1700000000.V801I2aM123456.next-hop.test` -> 1700000000123456. */
function momentOf(name: string): number {
  const [, second = '0', micro = '0'] = /^(\d+)\.\w*?M(\d+)/.exec(name) ?? [];
  return Number(second) * 1_000_000 + Number(micro);
}

/** Postfix puts Return-Path, X-Original-To, Delivered-To and one Received on top, each of them folded at will. */
function asDelivered(file: Buffer): Delivered {
  const text = file.toString('latin1');
  const added = /^(?:(?:Return-Path|X-Original-To|Delivered-To):.*\n(?:[ \t].*\n)*)*Received:.*\n(?:[ \t].*\n)*/.exec(text)?.[0] ?? '';
  return {
    recipient: withAsciiDomain(decoded(/^Delivered-To: (.*)$/m.exec(added)?.[1])),
    reversePath: decoded(/^Return-Path: <(.*)>$/m.exec(added)?.[1]),
    added,
    bytes: Buffer.from(text.slice(added.length).replaceAll('\n', '\r\n'), 'latin1'),
  };
}

const withAsciiDomain = (address: string): string => address.replace(/[^@]+$/, (domain) => domainToASCII(domain));

const decoded = (latin1 = ''): string => Buffer.from(latin1, 'latin1').toString();

const logOf = (folder: string): Promise<string> => readFile(join(folder, 'log'), 'utf8').catch(() => '');

/** A port that was free a moment ago: Postfix has to be told its own. */
async function freePort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;
  server.close();
  await once(server, 'close');
  return port;
}

async function greeted(port: number): Promise<void> {
  const socket = connect({ host: '127.0.0.1', port });
  const [chunk] = (await once(socket, 'data', { signal: AbortSignal.timeout(10_000) })) as [Buffer];
  socket.end('QUIT\r\n');
  if (!chunk.toString().startsWith('220 ')) throw new Error(`Postfix greets with ${chunk.toString()}`);
}
