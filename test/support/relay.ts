/** A relay as it is run: `node src/main.ts` in a folder of its own, watched through its log. */
import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

const root = join(import.meta.dirname, '../..');

export interface Relay extends AsyncDisposable {
  readonly smtpPort: number;
  readonly api: string;
  readonly token: string;
  readonly folder: string;
  readonly pid: number;
  /** Every line of its log so far, as it was written. */
  readonly log: () => string;
  readonly greeting: () => string;
  /** Resolves with the exit code, or the signal's name. */
  stop(signal: NodeJS.Signals): Promise<number | string>;
  /** One call of the API; answers status and body. */
  call(method: string, path: string, body?: object): Promise<{ readonly status: number; readonly body: Record<string, unknown> }>;
}

export interface Start {
  readonly env?: Readonly<Record<string, string>>;
  /** Where `var/` is; a folder of its own where none is given. Kept when it was given. */
  readonly folder?: string;
}

const token = 'a-token-for-tests-only';

/** Milliseconds; a machine that is busy takes its time. What cannot start ends by itself. */
const longestStart = 60_000;

/** Starts a relay and waits until it listens. Ports are free ones unless the environment names some. */
export async function startRelay({ env = {}, folder: given }: Start = {}): Promise<Relay> {
  const folder = given ?? mkdtempSync(join(tmpdir(), 'postern-relay-'));
  const child = spawn(process.execPath, [join(root, 'src/main.ts')], {
    cwd: folder,
    env: {
      PATH: process.env.PATH ?? '',
      SMTP_LISTEN: '127.0.0.1:0',
      HTTP_LISTEN: '127.0.0.1:0',
      API_TOKEN: token,
      POLICY_FILE: join(import.meta.dirname, 'two-languages/policy.yaml'),
      ...env,
    },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  const said = { out: '', err: '' };
  child.stdout?.setEncoding('utf8').on('data', (text: string) => {
    said.out += text;
  });
  child.stderr?.setEncoding('utf8').on('data', (text: string) => {
    said.err += text;
  });
  const ended = once(child, 'exit').then(([code, signal]): number | string => code ?? signal);
  const ports = await listening(child, said).catch(async (error: unknown) => {
    await stop(child, ended, 'SIGKILL');
    throw error;
  });
  return {
    ...ports,
    token,
    folder,
    pid: child.pid ?? 0,
    log: () => said.out,
    greeting: () => said.err,
    stop: (signal) => stop(child, ended, signal),
    async call(method, path, body) {
      const headers = { authorization: `Bearer ${token}`, ...(body && { 'content-type': 'application/json' }) };
      const answer = await fetch(ports.api + path, { method, headers, ...(body && { body: JSON.stringify(body) }) });
      const text = await answer.text();
      return { status: answer.status, body: text === '' ? {} : JSON.parse(text) };
    },
    async [Symbol.asyncDispose]() {
      await stop(child, ended, 'SIGKILL');
      if (given === undefined) rmSync(folder, { recursive: true, force: true });
    },
  };
}

async function stop(child: ChildProcess, ended: Promise<number | string>, signal: NodeJS.Signals): Promise<number | string> {
  if (child.exitCode === null && child.signalCode === null) child.kill(signal);
  return ended;
}

/** The ports that its log names; throws with what it said where it ends instead. */
async function listening(
  child: ChildProcess,
  said: { readonly out: string; readonly err: string },
): Promise<{ smtpPort: number; api: string }> {
  const patience = Date.now() + longestStart;
  for (;;) {
    const smtp = /"of":"smtp","address":"[^"]*:(\d+)"/.exec(said.out)?.[1];
    const http = /"of":"http","address":"([^"]+)"/.exec(said.out)?.[1];
    if (smtp && http) return { smtpPort: Number(smtp), api: `http://${http}` };
    if (child.exitCode !== null || Date.now() > patience) throw new Error(`the relay did not start: ${said.err}${said.out}`);
    await new Promise((resolve) => setTimeout(resolve, 20));
  }
}
