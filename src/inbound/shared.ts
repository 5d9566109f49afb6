/** What all sessions of a server share. */
import { Budget } from './budget.ts';
import { Clients, defaultLimits, type Limits } from './limits.ts';
import { Starts } from './pace.ts';
import type { InboundOptions, InboundPorts } from './ports.ts';
import { shortPatience, Stress } from './stress.ts';

export interface Shared {
  readonly ports: InboundPorts;
  /** That of the ports, and never throws. */
  readonly note: InboundPorts['note'];
  /** As they are now: less under stress. */
  readonly limits: Limits;
  readonly stress: Stress;
  readonly clients: Clients;
  /** Of messages on their way through the relay. */
  readonly starts: Starts;
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
  const note = quiet(ports);
  const stress = new Stress(limits, { ...shortPatience, ...options.stressed }, (on, connections) =>
    note(on ? 'stress' : 'stress-over', { connections }),
  );
  return {
    ports,
    note,
    get limits() {
      return stress.limits;
    },
    stress,
    clients: new Clients(limits, rateLimits, options.unlimited),
    starts: new Starts(),
    budget: new Budget(maxBytesInMemory),
    maxMessageBytes,
    closing: false,
    transactions: 0,
  };
}
