/**
 * What an honest client feels while others attack (requirement H3): one that sends a message after the other, alone; beside a client that
 * guesses at addresses as fast as it is let; beside one that guesses at passwords; and what became of the guesses.
 *
 *   node test/load/flood.ts [--guesses 5000] [--messages 300]
 */
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { commandLine } from '../support/command-line.ts';
import { keepPassword } from '../../src/inbound/password.ts';
import { makeCertificate } from '../support/certificate.ts';
import { letter, openScene, type Scene, seller } from '../support/scene.ts';
import { connectSmtp, dial, type SmtpClient } from '../support/smtp.ts';

const { values } = commandLine(import.meta.filename, {
  options: { guesses: { type: 'string', default: '5000' }, messages: { type: 'string', default: '300' } },
});
const guesses = Number(values.guesses);
const messages = Number(values.messages);

/** The flood's own address; the honest one has another. */
const flood = { localAddress: '127.0.0.66', patience: 30_000 };
/** As many connections as one client may have, and some that are refused. */
const connections = 30;

const shown = (ms: number): string => ms.toFixed(1).padStart(9);

/** Buyers, each with an alias to write to: more messages than one may send in an hour. */
interface Pair {
  readonly mailbox: string;
  readonly alias: string;
}

async function makePairs({ relay }: Scene): Promise<readonly Pair[]> {
  const pairs: Pair[] = [];
  for (let at = 0; at < 60; at++) {
    const mailbox = `buyer${at}@buyer.example`;
    await relay.call('PUT', `/v1/parties/b${at}`, { role: 'buyer', name: 'Jane Doe', mailboxes: [{ address: mailbox }] });
    const { body } = await relay.call('PUT', '/v1/conversations', { buyer: `b${at}`, seller: seller.id });
    pairs.push({ mailbox, alias: `${body.sellerAlias}` });
  }
  return pairs;
}

interface Stage {
  readonly scene: Scene;
  readonly pairs: readonly Pair[];
}

/** Milliseconds from MAIL to the last reply. */
async function honest({ scene, pairs }: Stage, count: number): Promise<{ readonly times: readonly number[]; readonly failed: number }> {
  const times: number[] = [];
  let failed = 0;
  using client = await dial(scene.relay.smtpPort, { localAddress: '127.0.0.10', patience: 60_000 });
  for (let turn = 0; turn < count; turn++) {
    const { mailbox, alias } = pairs[turn % pairs.length] as Pair;
    const text = `Is it oiled? ${turn}`;
    const began = performance.now();
    const { code } = await client.message(mailbox, alias, letter({ from: mailbox, to: alias, text }));
    times.push(performance.now() - began);
    if (code !== 250) failed++;
  }
  return { times, failed };
}

function print(name: string, { times, failed }: Awaited<ReturnType<typeof honest>>): void {
  const sorted = times.toSorted((a, b) => a - b);
  const at = (share: number): string => shown(sorted[Math.floor(share * (sorted.length - 1))] ?? 0);
  process.stdout.write(`${name.padEnd(36)}${at(0.5)}${at(0.95)}${at(0.99)}${at(1)}${String(failed).padStart(8)}\n`);
}

/** Begins one guess; answers the reply's code, or 0 where the connection is gone. */
type Guess = (client: SmtpClient) => Promise<number>;

const addressGuess =
  (domain: string): Guess =>
  async (client) =>
    (await client.command(`RCPT TO:<${Math.random().toString(36).slice(2).padEnd(24, '0').slice(0, 24)}@${domain}>`)).code;

const passwordGuess: Guess = async (client) =>
  (await client.command(`AUTH PLAIN ${Buffer.from(`\0app\0${Math.random()}`).toString('base64')}`)).code;

/** So many guesses from one client over its connections, new ones in place of those that were closed. Answers how often each reply came. */
async function attack(left: { guesses: number }, open: () => Promise<SmtpClient>, guess: Guess): Promise<Record<string, number>> {
  const codes: Record<string, number> = {};
  const count = (code: number | string): void => {
    codes[code] = (codes[code] ?? 0) + 1;
    left.guesses--;
  };
  const lane = async (): Promise<void> => {
    while (left.guesses > 0) {
      try {
        using client = await open();
        while (left.guesses > 0) count(await guess(client));
      } catch (error) {
        count(/421/.test(String(error)) ? 421 : 'closed');
      }
    }
  };
  await Promise.all(Array.from({ length: connections }, lane));
  return codes;
}

async function during(
  stage: Stage,
  name: string,
  attackers: (left: { guesses: number }) => Promise<Record<string, number>>,
): Promise<void> {
  const left = { guesses };
  const began = performance.now();
  const attacked = attackers(left).then((codes) => ({ codes, seconds: (performance.now() - began) / 1000 }));
  print(name, await honest(stage, messages));
  left.guesses = Math.min(left.guesses, 0);
  const { codes, seconds } = await attacked;
  process.stdout.write(`  the flood in ${seconds.toFixed(1)} s: ${JSON.stringify(codes)}\n`);
}

const folder = mkdtempSync(join(tmpdir(), 'postern-flood-'));
try {
  const { key, cert } = makeCertificate();
  const users = `app:${await keepPassword('a password of the shop')}:*\n`;
  for (const [name, text] of Object.entries({ key, cert, users })) writeFileSync(join(folder, name), text);
  for (const rateLimits of ['on', 'off']) {
    await using scene = await openScene({
      RATE_LIMITS: rateLimits,
      UNLIMITED_CLIENTS: '127.0.0.10',
      TLS_KEY_FILE: join(folder, 'key'),
      TLS_CERT_FILE: join(folder, 'cert'),
      SUBMISSION_LISTEN: 'smtps://127.0.0.1:0,smtp://127.0.0.1:0',
      SUBMISSION_USERS: join(folder, 'users'),
    });
    const stage: Stage = { scene, pairs: await makePairs(scene) };
    const domain = scene.sellerAlias.split('@')[1] ?? '';
    const [, submission] = [...scene.relay.log().matchAll(/"of":"submission","address":"[^"]*:(\d+)"/g)].map(([, port]) => Number(port));
    process.stdout.write(`\nRATE_LIMITS=${rateLimits}, ${messages} messages one after the other, milliseconds\n`);
    process.stdout.write(`${''.padEnd(36)}${['p50', 'p95', 'p99', 'most', 'failed'].map((head) => head.padStart(9)).join('')}\n`);
    await honest(stage, 50);
    print('alone', await honest(stage, messages));
    await during(stage, 'beside guesses at addresses', (left) =>
      attack(left, async () => greeted(scene.relay.smtpPort, 'MAIL FROM:<>'), addressGuess(domain)),
    );
    await during(stage, 'beside guesses at passwords', (left) => attack(left, async () => secured(submission ?? 0), passwordGuess));
  }
} finally {
  rmSync(folder, { recursive: true, force: true });
}

async function greeted(port: number, first: string): Promise<SmtpClient> {
  const client = await connectSmtp(port, flood);
  const { code, text } = await client.reply();
  if (code !== 220) throw new Error(text);
  await client.command('EHLO flood.example');
  const answer = await client.command(first);
  if (answer.code === 421) throw new Error(answer.text);
  return client;
}

async function secured(port: number): Promise<SmtpClient> {
  const client = await connectSmtp(port, { ...flood, localAddress: '127.0.0.67' });
  const { code, text } = await client.reply();
  if (code !== 220) throw new Error(text);
  await client.command('EHLO flood.example');
  await client.startTls();
  await client.command('EHLO flood.example');
  return client;
}
