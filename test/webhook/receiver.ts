/** A subscriber: a real HTTP or HTTPS server on loopback that keeps what it gets and answers as it is told. */
import { once } from 'node:events';
import { createServer, type IncomingMessage, type RequestListener, type ServerResponse } from 'node:http';
import { createServer as createTlsServer } from 'node:https';
import type { AddressInfo } from 'node:net';
import { eventually } from '../support/redis.ts';

export interface Got {
  readonly path: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string;
}

export interface Receiver extends AsyncDisposable {
  readonly url: string;
  readonly port: number;
  readonly got: readonly Got[];
  /** What it answers from now on: a status, or what it does with the request. */
  answer(how: number | ((request: IncomingMessage, response: ServerResponse, got: Got) => void)): void;
  /** Resolves with the first ones that fit, as soon as so many came. */
  until(count: number, fits?: (got: Got) => boolean): Promise<readonly Got[]>;
}

export async function openReceiver(tls?: { readonly key: string; readonly cert: string }): Promise<Receiver> {
  const got: Got[] = [];
  let how: Parameters<Receiver['answer']>[0] = 204;
  const listener: RequestListener = (request, response) => {
    const chunks: Buffer[] = [];
    request.on('data', (chunk: Buffer) => chunks.push(chunk));
    request.on('end', () => {
      const one = { path: request.url ?? '', headers: request.headers as Got['headers'], body: Buffer.concat(chunks).toString() };
      got.push(one);
      if (typeof how === 'number') response.writeHead(how, how === 302 ? { location: '/elsewhere' } : {}).end('thanks');
      else how(request, response, one);
    });
  };
  const server = tls ? createTlsServer(tls, listener) : createServer(listener);
  server.on('tlsClientError', () => undefined);
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;
  return {
    url: `${tls ? 'https' : 'http'}://localhost:${port}/hook`,
    port,
    got,
    answer(next) {
      how = next;
    },
    async until(count, fits = () => true) {
      await eventually(`${count} requests came`, async () => got.filter(fits).length >= count);
      return got.filter(fits).slice(0, count);
    },
    async [Symbol.asyncDispose]() {
      server.closeAllConnections();
      server.close();
    },
  };
}
