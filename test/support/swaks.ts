/**
 * Debian's swaks as the client of a test: an SMTP client that no one here wrote. Use:
 *
 *   const done = await swaks({ port, from: 'jane@home.example', to: alias, message });
 *   done.ok, done.reply, done.transcript
 */
import { execFile } from 'node:child_process';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

export interface SwaksSetup {
  readonly port: number;
  readonly host?: string;
  /** MAIL FROM; `''` is the null reverse-path. */
  readonly from: string;
  /** RCPT TO, one command for each. */
  readonly to: string | readonly string[];
  /** The complete message with CRLF line ends, sent byte for byte; dots are stuffed here. Without it swaks writes one of its own. */
  readonly message?: string | Uint8Array;
  readonly helo?: string;
  /** Further options of swaks: `['--tls']`, `['--quit-after', 'RCPT']`. */
  readonly options?: readonly string[];
  /** Seconds until swaks gives up waiting for a reply; 30 where not set. */
  readonly timeout?: number;
}

export interface SwaksDone {
  /** 0: taken. 2: no connection, 21 to 26: refused at EHLO, MAIL, RCPT, DATA, the dot … (swaks(1), EXIT CODES). */
  readonly exitCode: number;
  /** The message was taken, or what `--quit-after` asked for went well. */
  readonly ok: boolean;
  /** All of it, both ways, as swaks prints it. */
  readonly transcript: string;
  /** Every reply in order, multi-line ones joined by LF; `220` of the greeting first. */
  readonly replies: readonly string[];
  /** The one that decided: the refusal, or the reply to the last thing that swaks asked before QUIT. */
  readonly reply: string;
}

/** Runs one SMTP session. Throws only where swaks itself cannot be run. */
export async function swaks({
  port,
  host = '127.0.0.1',
  from,
  to,
  message,
  helo = 'client.test',
  options = [],
  timeout = 30,
}: SwaksSetup): Promise<SwaksDone> {
  const folder = await mkdtemp(join(tmpdir(), 'postern-swaks-'));
  try {
    const recipients = typeof to === 'string' ? [to] : to;
    const sender = from === '' ? '<>' : from;
    const args = ['--server', host, '--port', String(port), '--helo', helo, '--from', sender, '--to', recipients.join(',')];
    args.push('--timeout', String(timeout));
    if (message !== undefined) {
      const file = join(folder, 'message');
      await writeFile(file, stuffed(message));
      args.push('--data', `@${file}`, '--no-data-fixup');
    }
    return await run([...args, ...options]);
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

/** With `--no-data-fixup` swaks sends the file as it is and puts a CRLF behind it: the final dot has to be ours. */
function stuffed(message: string | Uint8Array): Buffer {
  const text = Buffer.from(message as Uint8Array).toString('latin1');
  const whole = text.endsWith('\r\n') ? text : `${text}\r\n`;
  return Buffer.from(`${whole.replace(/^\./, '..').replaceAll('\r\n.', '\r\n..')}.`, 'latin1');
}

function run(args: readonly string[]): Promise<SwaksDone> {
  return new Promise((resolve, reject) => {
    const child = execFile('swaks', args, { maxBuffer: 256 * 1024 * 1024, encoding: 'buffer' }, (error, out, err) => {
      const exitCode = child.exitCode;
      if (exitCode === null) return reject(error ?? new Error('swaks ended without an exit code'));
      const transcript = `${out.toString()}${err.toString()}`;
      const replies = repliesIn(out.toString());
      return resolve({ exitCode, ok: exitCode === 0, transcript, replies, reply: decisive(replies) });
    });
    child.stdin?.end();
  });
}

/** Lines of the server begin with `<-  `, `<** ` where swaks takes them for an error, and with `~` for `-` under TLS. */
function repliesIn(transcript: string): string[] {
  const said = transcript.split('\n').flatMap((line) => /^<(?:- |\*\*|~ |~\*) (.*)$/.exec(line)?.[1] ?? []);
  const replies: string[] = [];
  let open = false;
  for (const line of said) {
    if (open) replies.push(`${replies.pop()}\n${line}`);
    else replies.push(line);
    open = /^\d{3}-/.test(line);
  }
  return replies;
}

function decisive(replies: readonly string[]): string {
  const refusal = replies.findLast((reply) => /^[45]/.test(reply));
  return refusal ?? replies.findLast((reply) => !reply.startsWith('221')) ?? '';
}
