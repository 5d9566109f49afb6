/**
 * The longest block of the event loop by one message (goal: 250 ms, better 100), for the mixes of `mixes.ts` and for messages that are as dear
 * as the limits allow (`hostile.ts`). A real relay with the shipped policy; every message alone; sender proof asked of a name server that
 * knows nothing. Part of `npm run bench`, and by itself:
 *
 *   node test/load/block.ts [--only word] [--proof off|monitor]
 *
 * `cpu`: of the main thread between two turns of its loop, what others do on the machine is no part of it; `wall`: by the clock; `took`: from MAIL
 * to the last reply.
 */
import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { commandLine } from '../support/command-line.ts';
import { peakOf } from '../support/process.ts';
import { openScene, type Scene, seller } from '../support/scene.ts';
import { type Block, type EventLoop, watchEventLoop } from './event-loop.ts';
import { columns } from './goals.ts';
import { hostile, messageOf } from './hostile.ts';
import { writeMixes } from './mixes.ts';
import { startNameServer } from './name-server.ts';
import type { Bench, Report } from './section.ts';

interface Row extends Block {
  readonly name: string;
  /** Of the message. */
  readonly bytes: number;
  /** Milliseconds. */
  readonly took: number;
  /** MB. */
  readonly peak: number;
  readonly reply: string;
}

interface Stage {
  readonly scene: Scene;
  readonly loop: EventLoop;
}

async function measure({ scene, loop }: Stage, name: string, message: string): Promise<Row> {
  await loop.longest(scene.relay.pid);
  const began = performance.now();
  const { text } = await scene.send(seller.mailbox, scene.buyerAlias, message);
  const took = performance.now() - began;
  // What becomes of garbage belongs to the message too.
  await sleep(50);
  const block = await loop.longest(scene.relay.pid);
  return { name, bytes: message.length, ...block, took, peak: peakOf(scene.relay.pid), reply: text.slice(0, 9) };
}

interface Wanted {
  /** The name of a hostile message has this in it; not set: all. */
  readonly only?: string;
  /** SENDER_PROOF. */
  readonly proof: string;
}

async function blocks({ only = '', proof }: Wanted, told: (row: Row) => void): Promise<void> {
  const folder = mkdtempSync(join(tmpdir(), 'postern-block-'));
  const loop = watchEventLoop(folder);
  using names = await startNameServer();
  try {
    await using scene = await openScene({
      ...loop.env,
      POLICY_FILE: join(import.meta.dirname, '../../config/policy.yaml'),
      SENDER_PROOF: proof,
      DNS_SERVERS: names.address,
    });
    const stage = { scene, loop };
    const mail = Object.entries(writeMixes(join(folder, 'mail')));
    for (const round of [1, 2, 3]) {
      for (const [mix, from] of mail) {
        const [name = ''] = readdirSync(from);
        const message = readFileSync(join(from, name), 'latin1').replace(
          /^From:.*$/m,
          `From: <${seller.mailbox}>\r\nMessage-ID: <${mix}${round}@oakbench.example>`,
        );
        const row = await measure(stage, `mix ${mix}`, message);
        // The first of each meets code that no one has run.
        if (round === 3) told(row);
      }
    }
    for (const make of hostile) {
      const message = make();
      if (message.name.includes(only)) told(await measure(stage, message.name, messageOf(message, seller.mailbox)));
    }
  } finally {
    rmSync(folder, { recursive: true });
  }
}

const head = ['message', 'size', 'cpu ms', 'wall ms', 'took ms', 'peak MB', 'reply'];

const cells = ({ name, bytes, cpu, wall, took, peak, reply }: Row): readonly string[] => [
  name,
  bytes >= 1e6 ? `${(bytes / 1e6).toFixed(1)} MB` : `${Math.ceil(bytes / 1e3)} kB`,
  ...[cpu, wall, took, peak].map((value) => value.toFixed(0)),
  reply,
];

const table = (rows: readonly Row[]): string => columns(head, rows.map(cells), ['message', 'reply']);

/** A short look takes the mixes alone. */
export async function longestBlock({ quick, say }: Bench): Promise<Report> {
  const rows: Row[] = [];
  await blocks({ proof: 'monitor', ...(quick && { only: 'no message at all' }) }, (row) => {
    rows.push(row);
    say(`block: ${cells(row).join(', ')}`);
  });
  const measured = Math.max(...rows.map(({ cpu }) => cpu));
  const what = `longest block of the event loop by one message, CPU${quick ? ' (mixes alone)' : ''}`;
  return {
    title: 'The longest block of the event loop',
    text: table(rows),
    goals: [{ what, limit: '<=', goal: 250, stretch: 100, unit: 'ms', measured }],
    data: rows,
  };
}

if (import.meta.main) {
  const { values } = commandLine(import.meta.filename, {
    options: { only: { type: 'string', default: '' }, proof: { type: 'string', default: 'monitor' } },
  });
  const rows: Row[] = [];
  await blocks(values, (row) => {
    rows.push(row);
    process.stderr.write(`${cells(row).join(', ')}\n`);
  });
  process.stdout.write(table(rows));
}
