/**
 * The scanner clamd over its own protocol (clamd(8), commands INSTREAM and PING): a socket for each file, the file with its length before it,
 * one line back. All in bounds: time for a whole message, messages at once, bytes of an answer. The file travels in the clear.
 *
 * Written here, and not with a library: clamdjs 1.0.2 takes any answer with OK in it and no FOUND for clean, clamscan 2.4.0 one that was cut off
 * before its NUL; neither bounds the time of a whole message or how many are scanned at once.
 */
import { connect, type Socket } from 'node:net';
import { deadlines } from '../model/deadlines.ts';
import { type Malware, type Scanner, Unscanned } from './scanner.ts';

export type ClamdAddress =
  | { readonly kind: 'unix'; readonly path: string }
  | { readonly kind: 'tcp'; readonly host: string; readonly port: number };

export interface ClamdSettings {
  readonly address: ClamdAddress;
  /** Milliseconds for all files of a message, waiting for its turn included. */
  readonly patience?: number;
  /** Messages that are scanned at once; clamd has ten threads where nothing else is set. */
  readonly atOnce?: number;
}

const usual = { patience: deadlines.scan, atOnce: 8 } as const;
const pingPatience = 1_000;
const longestAnswer = 1024;
const longestName = 100;

export function openClamd({ address, patience = usual.patience, atOnce = usual.atOnce }: ClamdSettings): Scanner {
  const turns = new Turns(atOnce);
  return {
    scan: (files) =>
      within(patience, async (limit) => {
        await turns.take(limit);
        try {
          return await firstIn(files, (file) => ask(address, streamOf(file), limit));
        } finally {
          turns.give();
        }
      }),
    ping: () => within(pingPatience, (limit) => pingClamd(address, limit)),
  };
}

/** @throws Unscanned where it does not answer as clamd does, before the signal or with it */
export async function pingClamd(address: ClamdAddress, signal: AbortSignal): Promise<void> {
  if ((await ask(address, [Buffer.from('zPING\0')], signal)) !== 'PONG') throw new Unscanned('its answer is none');
}

async function within<T>(milliseconds: number, work: (limit: AbortSignal) => Promise<T>): Promise<T> {
  const limit = new AbortController();
  const timer = setTimeout(() => limit.abort(), milliseconds);
  try {
    return await work(limit.signal);
  } finally {
    clearTimeout(timer);
  }
}

async function firstIn(files: readonly Uint8Array[], look: (file: Uint8Array) => Promise<string>): Promise<Malware | undefined> {
  for (const [file, content] of files.entries()) {
    // A length of 0 would end the stream.
    const name = content.length === 0 ? undefined : foundIn(await look(content));
    if (name !== undefined) return { file, name };
  }
  return undefined;
}

function streamOf(content: Uint8Array): readonly Uint8Array[] {
  const length = Buffer.alloc(4);
  length.writeUInt32BE(content.length);
  return [Buffer.from('zINSTREAM\0'), length, content, Buffer.alloc(4)];
}

/** The name of what was found. Whatever is not the one word for clean is not clean. */
function foundIn(answer: string): string | undefined {
  if (answer === 'stream: OK') return undefined;
  if (answer.startsWith('stream: ') && answer.endsWith(' FOUND')) return nameOf(answer.slice('stream: '.length, -' FOUND'.length));
  throw new Unscanned(answer === 'INSTREAM size limit exceeded. ERROR' ? 'a file is too large for it' : 'its answer is none');
}

const nameOf = (text: string): string => text.slice(0, longestName).replace(/[^\w.:/()+-]/g, '?');

/** Says all of it and reads up to the NUL. QUIRK: clamd answers and hangs up in the midst of a stream that is too long: what it said counts. */
function ask(address: ClamdAddress, words: readonly Uint8Array[], signal: AbortSignal): Promise<string> {
  const { promise, resolve, reject } = Promise.withResolvers<string>();
  if (signal.aborted) return Promise.reject(new Unscanned('no answer in time'));
  const socket: Socket = address.kind === 'unix' ? connect(address.path) : connect(address.port, address.host);
  let answer = '';
  let connected = false;
  const end = (): void => {
    const over = answer.indexOf('\0');
    if (over >= 0) resolve(answer.slice(0, over));
    else reject(new Unscanned(signal.aborted ? 'no answer in time' : connected ? 'the connection broke' : 'it cannot be reached'));
    signal.removeEventListener('abort', end);
    socket.destroy();
  };
  signal.addEventListener('abort', end, { once: true });
  socket.on('connect', () => {
    connected = true;
    socket.cork();
    for (const word of words) socket.write(word);
    socket.uncork();
  });
  socket.on('data', (chunk: Buffer) => {
    answer += chunk.toString('latin1');
    if (answer.includes('\0')) end();
    else if (answer.length > longestAnswer) {
      reject(new Unscanned('its answer is none'));
      end();
    }
  });
  socket.on('error', () => undefined);
  socket.on('close', end);
  return promise;
}

/** So many at once; the others wait in the order of their coming. */
class Turns {
  #free: number;
  readonly #waiting: (() => void)[] = [];

  constructor(atOnce: number) {
    this.#free = atOnce;
  }

  async take(signal: AbortSignal): Promise<void> {
    if (this.#free > 0) {
      this.#free -= 1;
      return;
    }
    const { promise, resolve, reject } = Promise.withResolvers<void>();
    const leave = (): void => {
      this.#waiting.splice(this.#waiting.indexOf(go), 1);
      reject(new Unscanned('no answer in time'));
    };
    const go = (): void => {
      signal.removeEventListener('abort', leave);
      resolve();
    };
    this.#waiting.push(go);
    signal.addEventListener('abort', leave, { once: true });
    await promise;
  }

  give(): void {
    const next = this.#waiting.shift();
    if (next) next();
    else this.#free += 1;
  }
}
