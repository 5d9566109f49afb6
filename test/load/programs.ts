/** What is measured side by side, each started on a port of its own in front of the same sink. */
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { connect } from 'node:net';
import { join } from 'node:path';
import { freePort } from '../support/redis.ts';
import { startRelay } from '../support/relay.ts';
import { author } from './mixes.ts';

const root = join(import.meta.dirname, '../..');

export interface Program extends AsyncDisposable {
  readonly name: string;
  /** Of the process whose work counts, and that of all below it. */
  readonly pid: number;
  readonly port: number;
  /** A recipient that it takes; `{seq:N}` and the like are the load generator's. */
  readonly to: string;
}

/** A process of Node's that listens on `port`; ready when it can be connected to. */
export async function startNode(name: string, args: readonly string[], port: number): Promise<Omit<Program, 'to'>> {
  const child = spawn(process.execPath, args, { cwd: root, stdio: ['ignore', 'ignore', 'inherit'] });
  await reachable(port);
  return {
    name,
    pid: child.pid ?? 0,
    port,
    async [Symbol.asyncDispose]() {
      if (child.exitCode !== null || child.signalCode !== null) return;
      const gone = once(child, 'exit');
      child.kill('SIGKILL');
      await gone;
    },
  };
}

async function reachable(port: number): Promise<void> {
  for (const patience = Date.now() + 30_000; ; ) {
    const answered = await new Promise((resolve) => {
      const socket = connect(port, '127.0.0.1', () => resolve(true)).on('error', () => resolve(false));
      socket.on('connect', () => socket.destroy());
    });
    if (answered) return;
    if (Date.now() > patience) throw new Error(`nothing listens on port ${port}`);
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
}

/** The next hop of all: takes everything, and forgets it. */
export async function startSink(): Promise<Omit<Program, 'to'>> {
  const port = await freePort();
  return startNode('sink', [join(import.meta.dirname, 'sink.mjs'), '--port', String(port)], port);
}

/** smtp-server to nodemailer's pool, and nothing between them: the floor of this stack. */
export async function startNullProxy(next: number): Promise<Program> {
  const port = await freePort();
  const args = [join(import.meta.dirname, 'null-proxy.mjs'), '--port', String(port), '--next', String(next)];
  return { ...(await startNode('null proxy', args, port)), to: 'anybody@relay.example' };
}

export interface Ours {
  readonly name: string;
  readonly storeUrl: string;
  readonly env?: Readonly<Record<string, string>>;
}

/** The relay with all its work, as it is run; sender proof and rate limits off. */
export async function startOurs(next: number, { name, storeUrl, env }: Ours): Promise<Program> {
  const relay = await startRelay({
    env: {
      STORE_URL: storeUrl,
      OUTBOUND_URL: `smtp://127.0.0.1:${next}?tls=never`,
      SENDER_PROOF: 'off',
      RATE_LIMITS: 'off',
      POLICY_FILE: join(root, 'config/policy.yaml'),
      ...env,
    },
  });
  await relay.call('PUT', '/v1/parties/b', { role: 'buyer', name: 'Anna Buyer', mailboxes: [{ address: author }] });
  await relay.call('PUT', '/v1/parties/s', { role: 'seller', name: 'Bo Seller', mailboxes: [{ address: 'bo@shop.example' }] });
  await relay.call('PUT', '/v1/orders/1', { buyer: 'b', seller: 's', kind: 'standard' });
  const { body } = await relay.call('PUT', '/v1/conversations', { buyer: 'b', seller: 's' });
  return {
    name,
    pid: relay.pid,
    port: relay.smtpPort,
    to: String(body.sellerAlias),
    [Symbol.asyncDispose]: () => relay[Symbol.asyncDispose](),
  };
}
