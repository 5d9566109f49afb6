/** The malware scanner: a real clamd with one signature of our own, on a socket in a folder of its own; and a double that answers as it is told. */
import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { createServer, type Socket } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pingClamd } from '../../src/scanner/clamd.ts';

/** What the one signature finds, wherever it stands. */
export const harmful = 'POSTERN-TEST-SIGNATURE-f3a1';
export const signature = 'Postern.Test.Harmful';

export interface Clamd extends AsyncDisposable {
  readonly path: string;
  /** For `CLAMD_URL`. */
  readonly url: string;
  kill(): Promise<void>;
  restart(): Promise<void>;
}

/** `lines`: of its configuration. Resolves when it answers. */
export async function startClamd(lines: readonly string[] = []): Promise<Clamd> {
  const folder = mkdtempSync(join(tmpdir(), 'postern-clamd-'));
  const path = join(folder, 'clamd.sock');
  writeFileSync(join(folder, 'own.ndb'), `${signature}:0:*:${Buffer.from(harmful).toString('hex')}\n`);
  const usual = [
    `DatabaseDirectory ${folder}`,
    `LocalSocket ${path}`,
    'FixStaleSocket yes',
    'Foreground yes',
    `TemporaryDirectory ${folder}`,
  ];
  const conf = join(folder, 'clamd.conf');
  writeFileSync(conf, [...usual, 'MaxThreads 4', ...lines, ''].join('\n'));
  const start = async (): Promise<ChildProcess> => {
    const began = spawn('clamd', ['--config-file', conf], {
      stdio: 'ignore',
      env: { ...process.env, PATH: `${process.env.PATH}:/usr/sbin` },
    });
    for (const patience = Date.now() + 15_000; ; await new Promise((resolve) => setTimeout(resolve, 25))) {
      const answers = await pingClamd({ kind: 'unix', path }, AbortSignal.timeout(2_000)).then(
        () => true,
        () => false,
      );
      if (answers) return began;
      if (began.exitCode !== null || Date.now() > patience) throw new Error('clamd did not start');
    }
  };
  let child = await start();
  const kill = async (): Promise<void> => {
    if (child.exitCode !== null || child.signalCode !== null) return;
    child.kill('SIGKILL');
    await once(child, 'exit');
  };
  return {
    path,
    url: `unix:${path}`,
    kill,
    async restart() {
      await kill();
      child = await start();
    },
    async [Symbol.asyncDispose]() {
      await kill();
      rmSync(folder, { recursive: true, force: true });
    },
  };
}

/** What the double does once it was asked for something: says this in these pieces and hangs up, or says it and holds the line. */
export interface Script {
  readonly says: readonly (string | Buffer)[];
  readonly and: 'hang up' | 'hold';
}

export interface ClamdDouble extends AsyncDisposable {
  readonly port: number;
  script: Script;
  /** Most connections that were open at once. */
  readonly most: () => number;
  /** All connections there were. */
  readonly opened: () => number;
  /** All bytes of each connection. */
  readonly heard: () => readonly Buffer[];
}

export async function openClamdDouble(script: Script): Promise<ClamdDouble> {
  const open = new Set<Socket>();
  const heard: Buffer[] = [];
  let most = 0;
  let opened = 0;
  const double = { script };
  const server = createServer((socket) => {
    open.add(socket);
    opened += 1;
    most = Math.max(most, open.size);
    const chunks: Buffer[] = [];
    socket.on('error', () => undefined);
    socket.on('close', () => {
      open.delete(socket);
      heard.push(Buffer.concat(chunks));
    });
    socket.on('data', (chunk) => chunks.push(chunk));
    socket.once('data', () => {
      const { says, and } = double.script;
      for (const piece of says) socket.write(piece);
      if (and === 'hang up') socket.end();
    });
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const address = server.address();
  return Object.assign(double, {
    port: typeof address === 'object' && address ? address.port : 0,
    most: () => most,
    opened: () => opened,
    heard: () => heard,
    async [Symbol.asyncDispose]() {
      for (const socket of open) socket.destroy();
      server.close();
    },
  });
}
