/**
 * The longest block of the event loop by one message (goal: 250 ms, better 100), for the mixes of `mixes.ts` and for messages that are as dear
 * as the limits allow (`hostile.ts`). A real relay with the shipped policy; every message alone; sender proof asked of a name server that
 * knows nothing.
 *
 *   node test/load/block.ts [--only word] [--proof off|monitor]
 *
 * `cpu`: of the main thread between two turns of its loop, what others do on the machine is no part of it; `wall`: by the clock; `took`: from MAIL
 * to the last reply.
 */
import { createSocket } from 'node:dgram';
import { once } from 'node:events';
import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { parseArgs } from 'node:util';
import { openScene, type Scene, seller } from '../support/scene.ts';
import { type Hostile, hostile } from './hostile.ts';
import { writeMixes } from './mixes.ts';

const { values: given } = parseArgs({ options: { only: { type: 'string', default: '' }, proof: { type: 'string', default: 'monitor' } } });

const folder = mkdtempSync(join(tmpdir(), 'postern-block-'));
const lagFile = join(folder, 'lag.json');

/** NXDOMAIN to everybody (RFC 1035 section 4.1.1). */
async function nameServer(): Promise<{ readonly port: number; close(): void }> {
  const socket = createSocket('udp4');
  socket.on('message', (query, { port, address }) => {
    query.writeUInt16BE(0x8183, 2);
    socket.send(query, port, address);
  });
  socket.bind(0, '127.0.0.1');
  await once(socket, 'listening');
  return { port: socket.address().port, close: () => socket.close() };
}

interface Block {
  readonly wall: number;
  readonly cpu: number;
}

/** Since it was asked before. */
async function longestOf(pid: number): Promise<Block> {
  rmSync(lagFile, { force: true });
  process.kill(pid, 'SIGUSR2');
  while (!existsSync(lagFile)) await sleep(5);
  return JSON.parse(readFileSync(lagFile, 'utf8'));
}

const peakOf = (pid: number): number => Number(/VmHWM:\s+(\d+)/.exec(readFileSync(`/proc/${pid}/status`, 'utf8'))?.[1] ?? 0) / 1024;

const row = (name: string, cells: readonly (string | number)[]): void =>
  void process.stdout.write(
    `${name.padEnd(46)}${cells.map((cell) => (typeof cell === 'number' ? cell.toFixed(0) : cell).padStart(9)).join('')}\n`,
  );

async function measure(scene: Scene, name: string, message: string): Promise<void> {
  const { pid } = scene.relay;
  await longestOf(pid);
  const began = performance.now();
  const { text } = await scene.send(seller.mailbox, scene.buyerAlias, message);
  const took = performance.now() - began;
  // What becomes of garbage belongs to the message too.
  await sleep(50);
  const { cpu, wall } = await longestOf(pid);
  row(name, [
    message.length / 1e6 >= 1 ? `${(message.length / 1e6).toFixed(1)} MB` : `${Math.ceil(message.length / 1e3)} kB`,
    cpu,
    wall,
    took,
    peakOf(pid),
    text.slice(0, 9),
  ]);
}

let count = 0;
const headed = ({ fields = [], body }: Hostile): string => {
  count += 1;
  const own = [`From: Hanna <${seller.mailbox}>`, 'To: x@relay.example', 'Subject: The shelf', `Message-ID: <${count}@oakbench.example>`];
  return `${[...own, ...fields].join('\r\n')}\r\n\r\n${body}`;
};

const server = await nameServer();
try {
  await using scene = await openScene({
    NODE_OPTIONS: `--import=${join(import.meta.dirname, 'lag.ts')}`,
    LAG_FILE: lagFile,
    POLICY_FILE: join(import.meta.dirname, '../../config/policy.yaml'),
    SENDER_PROOF: given.proof,
    DNS_SERVERS: `127.0.0.1:${server.port}`,
  });
  row('', ['size', 'cpu ms', 'wall ms', 'took ms', 'peak MB', 'reply']);
  const mail = writeMixes(join(folder, 'mail'));
  for (const round of [1, 2, 3]) {
    for (const [mix, from] of Object.entries(mail)) {
      const [name = ''] = readdirSync(from);
      const message = readFileSync(join(from, name), 'latin1').replace(
        /^From:.*$/m,
        `From: <${seller.mailbox}>\r\nMessage-ID: <${mix}${round}@oakbench.example>`,
      );
      if (round === 3 || mix === 'a') await measure(scene, `mix ${mix}`, message);
    }
  }
  for (const make of hostile) {
    const message = make();
    if (message.name.includes(given.only)) await measure(scene, message.name, headed(message));
  }
} finally {
  server.close();
  rmSync(folder, { recursive: true });
}
