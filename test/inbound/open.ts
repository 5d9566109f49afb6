/** An inbound server with ports that remember what they were told. */
import type { Received } from '../../src/model/message.ts';
import { type Reply, replies } from '../../src/model/reply.ts';
import {
  type Inbound,
  type InboundEvent,
  type InboundFields,
  type InboundOptions,
  type InboundPorts,
  openInbound,
} from '../../src/inbound/server.ts';

export interface Opened extends AsyncDisposable {
  readonly inbound: Inbound;
  readonly port: number;
  readonly received: Received[];
  readonly asked: { readonly forwardPath: string; readonly reversePath: string }[];
  readonly notes: { readonly event: InboundEvent; readonly fields: InboundFields }[];
  /** The bytes of the messages, as text. */
  bodies(): string[];
}

export const known = 'known@relay.example';

/** `known@relay.example` is known; everything is relayed; rate limits are off unless the options say otherwise. */
export async function open(options: Partial<InboundOptions> = {}, ports: Partial<InboundPorts> = {}): Promise<Opened> {
  const received: Received[] = [];
  const asked: Opened['asked'] = [];
  const notes: Opened['notes'] = [];
  let traces = 0;
  const inbound = await openInbound(
    {
      listen: [{ host: '127.0.0.1', port: 0 }],
      name: 'mx.relay.example',
      maxMessageBytes: 1_000_000,
      maxBytesInMemory: 16_000_000,
      rateLimits: false,
      proxyFrom: [],
      ...options,
    },
    {
      async knows(forwardPath, reversePath) {
        asked.push({ forwardPath, reversePath });
        return ports.knows ? ports.knows(forwardPath, reversePath) : forwardPath.toLowerCase() === known ? 'yes' : 'no';
      },
      async relay(message): Promise<Reply> {
        received.push(message);
        return ports.relay ? ports.relay(message) : replies.relayed;
      },
      login: ports.login ?? (async () => undefined),
      mintTrace: ports.mintTrace ?? (() => `trace${++traces}`),
      note(event, fields) {
        notes.push({ event, fields });
        ports.note?.(event, fields);
      },
    },
  );
  return {
    inbound,
    port: inbound.addresses[0]?.port ?? 0,
    received,
    asked,
    notes,
    bodies: () => received.map(({ raw }) => Buffer.from(raw).toString('latin1')),
    [Symbol.asyncDispose]: () => inbound.drain(0),
  };
}

/** Waits until it is so; fails after 20 s. */
export async function until(condition: () => boolean): Promise<void> {
  for (const end = performance.now() + 20_000; performance.now() < end; ) {
    if (condition()) return;
    await new Promise((resolve) => setTimeout(resolve, 5));
  }
  throw new Error(`not within 20 s: ${condition}`);
}
