/** What all sessions of a server share. */
import { Budget } from './budget.ts';
import { Clients, defaultLimits, type Limits } from './limits.ts';
import type { InboundOptions, InboundPorts } from './ports.ts';

export interface Shared {
  readonly ports: InboundPorts;
  /** That of the ports, and never throws. */
  readonly note: InboundPorts['note'];
  readonly limits: Limits;
  readonly clients: Clients;
  readonly budget: Budget;
  readonly maxMessageBytes: number;
  /** No new transaction begins any more. */
  closing: boolean;
  /** From MAIL to the reply to DATA, and on until the relay has settled. */
  transactions: number;
}

/** A log that fails must change no reply and end no process. */
function quiet(ports: InboundPorts): InboundPorts['note'] {
  return (event, fields) => {
    try {
      ports.note(event, fields);
    } catch {
      // It is the app's, and so is its alarm.
    }
  };
}

export function share(options: InboundOptions, ports: InboundPorts): Shared {
  const { maxMessageBytes, maxBytesInMemory, rateLimits } = options;
  const limits = { ...defaultLimits, ...options.limits };
  const clients = new Clients(limits, rateLimits, options.unlimited);
  const budget = new Budget(maxBytesInMemory);
  return { ports, note: quiet(ports), limits, clients, budget, maxMessageBytes, closing: false, transactions: 0 };
}
