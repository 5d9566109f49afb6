/**
 * Counts how often a client asks a Redis and waits: a proxy before it, that sees what goes out together. What is asked before an answer to
 * it has begun to come is one trip, however many commands it is.
 */
import { createHash } from 'node:crypto';
import { once } from 'node:events';
import { connect, createServer, type Socket } from 'node:net';
import { scripts } from '../../src/store/redis/scripts.ts';

export interface Trips extends AsyncDisposable {
  readonly port: number;
  /** What was asked so far: for each trip the names of its commands, of scripts the name that we gave them. */
  readonly all: readonly (readonly string[])[];
}

const nameOfScript = new Map(
  Object.entries(scripts).map(([name, { lua }]) => [createHash('sha1').update(lua).digest('hex'), name] as const),
);

/** In front of the Redis on this port of 127.0.0.1. */
export async function countTrips(port: number): Promise<Trips> {
  const all: string[][] = [];
  const sockets = new Set<Socket>();
  const server = createServer((client) => {
    const upstream = connect(port, '127.0.0.1');
    let answered = true;
    let rest: Buffer = Buffer.alloc(0);
    client.on('data', (chunk) => {
      const { names, left } = commandsIn(Buffer.concat([rest, chunk]));
      rest = left;
      if (answered) all.push([]);
      all.at(-1)?.push(...names);
      answered = false;
      upstream.write(chunk);
    });
    upstream.on('data', (chunk) => {
      answered = true;
      client.write(chunk);
    });
    for (const [one, other] of [
      [client, upstream],
      [upstream, client],
    ] as const) {
      sockets.add(one);
      one.setNoDelay(true);
      one.on('error', () => undefined);
      one.on('close', () => other.destroy());
    }
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const address = server.address();
  if (address === null || typeof address === 'string') throw new Error('no port');
  return {
    port: address.port,
    all,
    async [Symbol.asyncDispose]() {
      for (const socket of sockets) socket.destroy();
      server.close();
      await once(server, 'close');
    },
  };
}

/** Whole commands at the beginning of these bytes (RESP: arrays of bulk strings), and what is left of them. */
function commandsIn(bytes: Buffer): { readonly names: readonly string[]; readonly left: Buffer } {
  const names: string[] = [];
  let at = 0;
  for (;;) {
    const command = commandAt(bytes, at);
    if (!command) return { names, left: bytes.subarray(at) };
    names.push(command.name);
    at = command.end;
  }
}

function commandAt(bytes: Buffer, start: number): { readonly name: string; readonly end: number } | undefined {
  const count = lineAt(bytes, start);
  if (!count) return undefined;
  const words: string[] = [];
  let at = count.end;
  for (let word = 0; word < count.value; word += 1) {
    const length = lineAt(bytes, at);
    if (!length || length.end + length.value + 2 > bytes.length) return undefined;
    words.push(bytes.toString('latin1', length.end, length.end + length.value));
    at = length.end + length.value + 2;
  }
  const [name = '', first = ''] = words;
  return { name: nameOfScript.get(first) ?? name.toLowerCase(), end: at };
}

/** A line like `*3` or `$12`. */
function lineAt(bytes: Buffer, start: number): { readonly value: number; readonly end: number } | undefined {
  const end = bytes.indexOf('\r\n', start);
  return end < 0 ? undefined : { value: Number(bytes.toString('latin1', start + 1, end)), end: end + 2 };
}
