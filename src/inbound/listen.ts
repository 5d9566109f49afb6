/** Listening and its end, as promises. */
import type { Server, Socket } from 'node:net';
import { setTimeout as sleep } from 'node:timers/promises';
import type { Address } from './ports.ts';
import type { Shared } from './shared.ts';

/** One address that is listened on, with those who came there. */
interface Listener {
  readonly server: Server;
  readonly open: ReadonlySet<{ drain(): void; cut(): void }>;
  /** Accepted, and not yet at their greeting. */
  readonly _pendingSockets: ReadonlyMap<Socket, Socket>;
}

/** Resolves with the real port. Rejects where the address is taken or is none of this machine's. */
export function listen(server: Server, { host, port }: Address, reusePort: boolean): Promise<Address> {
  return new Promise((resolve, reject) => {
    server.once('error', reject);
    server.listen({ host, port, reusePort }, () => {
      server.off('error', reject);
      const address = server.address();
      resolve({ host, port: typeof address === 'object' && address !== null ? address.port : port });
    });
  });
}

/** Resolves with the real ports, in their order, when all listen. Where some cannot: rejects with what the first of them says. */
export async function listenAll(
  listeners: readonly { readonly place: { readonly address: Address }; readonly server: Server }[],
  reusePort: boolean,
): Promise<readonly Address[]> {
  const opened = await Promise.allSettled(listeners.map(({ server, place }) => listen(server, place.address, reusePort)));
  return opened.map((result) => {
    if (result.status === 'rejected') throw result.reason;
    return result.value;
  });
}

const closed = (server: Server): Promise<void> =>
  new Promise((resolve) => {
    server.close(() => resolve());
  });

/**
 * Takes no more connections, lets running transactions end, and sends all else away; after `ms` what is left is cut off.
 * Resolves when all connections are closed and the relay has settled what it was given, or the time is up.
 */
export async function drain(listeners: readonly Listener[], shared: Shared, ms: number): Promise<void> {
  const end = performance.now() + ms;
  const connections = listeners.flatMap(({ open }) => [...open]);
  const cut = setTimeout(() => {
    for (const connection of connections) connection.cut();
  }, ms);
  shared.closing = true;
  const allClosed = Promise.all(listeners.map(({ server }) => closed(server)));
  for (const { _pendingSockets: pending } of listeners) for (const socket of pending.values()) socket.destroy();
  for (const connection of connections) connection.drain();
  await allClosed;
  clearTimeout(cut);
  while (shared.transactions + shared.clients.connections > 0 && performance.now() < end) await sleep(5);
}
