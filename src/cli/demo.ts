/** `demo`: a buyer writes, the seller answers, and both sides of each mail stand beside one another. Uses the running relay, or starts one. */
import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { styleText } from 'node:util';
import { openApp } from '../app.ts';
import { loadSettings } from '../config/load.ts';
import type { Settings } from '../config/settings.ts';
import { mintTrace } from '../directory/alias.ts';
import { type Mailbox, parseMailbox } from '../model/address.ts';
import { openSmarthost } from '../outbound/smarthost.ts';
import { besides, digest, type Digest } from './demo/show.ts';

/** Where a relay listens, and where its outgoing mail lies. */
interface Relay extends AsyncDisposable {
  readonly smtp: { readonly host: string; readonly port: number };
  readonly api: string;
  readonly token: string;
  readonly outbox: string;
  readonly how: string;
}

const buyer = { mailbox: 'lara.weber@buyer.example', name: 'Lara Weber' };
const seller = { mailbox: 'hanna.okafor@oakbench.example', name: 'Hanna Okafor' };

export async function demo(): Promise<number> {
  await using relay = (await running()) ?? (await started());
  print(`${styleText('bold', 'Postern demo')}: ${relay.how}\n`);
  const call = caller(relay);
  await call('PUT', '/v1/parties/demo-buyer', { role: 'buyer', name: buyer.name, mailboxes: [{ address: buyer.mailbox }] });
  await call('PUT', '/v1/parties/demo-seller', { role: 'seller', name: seller.name, mailboxes: [{ address: seller.mailbox }] });
  await call('PUT', '/v1/orders/4711', { buyer: 'demo-buyer', seller: 'demo-seller', kind: 'standard' });
  const { buyerAlias, sellerAlias } = await call('PUT', '/v1/conversations', { buyer: 'demo-buyer', seller: 'demo-seller' });
  print(`The marketplace registered a buyer and a seller, an order, and their conversation.
  ${buyer.name} <${buyer.mailbox}> is shown to the seller as ${styleText('cyan', `${buyerAlias}`)}
  ${seller.name} <${seller.mailbox}> is shown to the buyer as ${styleText('cyan', `${sellerAlias}`)}\n`);
  const aliases = { to: `${sellerAlias}`, own: `${buyerAlias}` };
  const first = await exchange(relay, {
    title: '1. The buyer writes to the seller (Gmail)',
    file: 'buyer.eml',
    from: buyer.mailbox,
    ...aliases,
    inReplyTo: '',
  });
  const back = { to: `${buyerAlias}`, own: `${sellerAlias}`, inReplyTo: first.messageId };
  await exchange(relay, { title: '2. The seller answers (Outlook, with a photo)', file: 'seller.eml', from: seller.mailbox, ...back });
  print(
    `Threads: the answer names the buyer's own Message-ID again, so both mail clients show one thread.\nThe bytes that left lie in ${relay.outbox}/new\n`,
  );
  return 0;
}

interface Mail {
  readonly title: string;
  readonly file: string;
  readonly from: string;
  readonly to: string;
  readonly own: string;
  readonly inReplyTo: string;
}

/** Sends one mail over SMTP, finds what came out, and shows both. */
async function exchange(relay: Relay, mail: Mail): Promise<Digest> {
  const now = new Date(Date.now() + 3_600_000).toUTCString().replace('GMT', '+0100');
  const values: Readonly<Record<string, string>> = { ...mail, date: now, messageId: mintTrace() };
  const source = readFileSync(join(import.meta.dirname, 'demo', mail.file), 'utf8').replace(
    /\{\{(\w+)\}\}/g,
    (_, name: string) => values[name] ?? '',
  );
  const sent = Buffer.from(source.replace(/\r?\n/g, '\r\n'));
  const before = new Set(listed(relay.outbox));
  await using client = openSmarthost({ ...relay.smtp, secure: false, tls: 'never', ehloName: 'mail.demo.example', maxConnections: 1 });
  await client.handOver({ reversePath: mail.from, recipient: mailbox(mail.to), bytes: sent, trace: '' });
  const arrived = listed(relay.outbox).find((name) => !before.has(name));
  if (arrived === undefined) throw new Error('the relay answered 250 and nothing lies in its outbox');
  const got = await digest(readFileSync(join(relay.outbox, 'new', arrived)));
  const reader = mail.file === 'buyer.eml' ? 'What the seller got' : 'What the buyer got';
  print(`${styleText('bold', mail.title)}\n\n${besides({ title: 'As sent', ...(await digest(sent)) }, { title: reader, ...got })}\n`);
  return got;
}

/** The demo's own addresses are addresses. */
function mailbox(address: string): Mailbox {
  const parsed = parseMailbox(address);
  if (!parsed) throw new TypeError('the demo made an address that is none');
  return parsed;
}

const listed = (outbox: string): readonly string[] => {
  try {
    return readdirSync(join(outbox, 'new'));
  } catch {
    return [];
  }
};

/** The relay of this folder's settings, if it runs and writes to a Maildir. */
async function running(): Promise<Relay | undefined> {
  const settings = loadSettings({ env: process.env, cwd: process.cwd() });
  const [smtp, http] = [settings.smtpListen[0], settings.httpListen[0]];
  if (settings.outbound.kind !== 'maildir' || !smtp || !http) return undefined;
  const api = `http://${http.host}:${http.port}`;
  const alive = await fetch(`${api}/livez`).then(
    ({ ok }) => ok,
    () => false,
  );
  if (!alive) return undefined;
  const how = `with the relay that runs here, SMTP on ${smtp.host}:${smtp.port}`;
  return { smtp, api, token: settings.apiToken, outbox: settings.outbound.path, how, [Symbol.asyncDispose]: async () => {} };
}

/** A relay of the demo's own, on free ports, in a folder that is deleted at the end. */
async function started(): Promise<Relay> {
  const folder = mkdtempSync(join(tmpdir(), 'postern-demo-'));
  const policy = join(import.meta.dirname, '../../config/policy.yaml');
  const env = { SMTP_LISTEN: '127.0.0.1:0', HTTP_LISTEN: '127.0.0.1:0', LOG_LEVEL: 'silent', POLICY_FILE: policy };
  const settings: Settings = loadSettings({ env, cwd: folder });
  const app = await openApp(settings);
  const [smtp, http] = [app.smtp[0], app.http[0]];
  if (settings.outbound.kind !== 'maildir' || !smtp || !http) throw new Error('the relay did not listen');
  return {
    smtp,
    api: `http://${http.host}:${http.port}`,
    token: settings.apiToken,
    outbox: settings.outbound.path,
    how: `with a relay of its own on free ports (run npm start in another shell to watch the log of a real one)`,
    async [Symbol.asyncDispose]() {
      await app.close();
      rmSync(folder, { recursive: true });
    },
  };
}

/** One call of the relay's API; throws where it is refused. */
function caller({ api, token }: Relay) {
  return async (method: string, path: string, body: object): Promise<Readonly<Record<string, unknown>>> => {
    const headers = { authorization: `Bearer ${token}`, 'content-type': 'application/json' };
    const answer = await fetch(api + path, { method, headers, body: JSON.stringify(body) });
    if (!answer.ok) throw new Error(`${method} ${path} answered ${answer.status}: ${await answer.text()}`);
    return (await answer.json()) as Readonly<Record<string, unknown>>;
  };
}

const print = (text: string): void => void process.stdout.write(`${text}\n`);
