/**
 * What is counted and timed. Labels come from closed sets (dispositions, reply codes, rule ids, steps, routes, events, ports of the store); no
 * address, domain, alias or id ever becomes one. What does not look like a member of its set is counted as `other`.
 *
 * Rate, errors and duration of each step: `postern_step_seconds_count`, `postern_step_failures_total`, `postern_step_seconds`. The lag of the
 * event loop is prom-client's own (`nodejs_eventloop_lag_seconds` and its quantiles).
 */
import type { Entry } from '../model/entry.ts';
import type { Reply } from '../model/reply.ts';
import type { BounceReason } from '../model/route.ts';
import type { Depths } from './depths.ts';
import type { Event } from './log.ts';
import { type Figures, type Kit, openRegistry } from './registry.ts';

/**
 * What became of a mail to a return-path: the class of reason of a message that came back; `delayed`, `delivered`, or an `answer` that nobody
 * wrote; it came back `again`; a `stray` for a message that the journal does not know; a `forged` return-path; `late` where the store was away.
 */
export type BounceOutcome = BounceReason | 'delayed' | 'delivered' | 'answer' | 'again' | 'stray' | 'forged' | 'late';

export interface Metrics extends OfMessages, OfMachine {
  /** From now on what these say is asked at each scrape. */
  measure(measured: Measured): void;
  /** All of it in Prometheus' text format. */
  render(): Promise<string>;
  /** The same as plain values. */
  figures(): Promise<Figures>;
  /** The media type of what `render` gives. */
  readonly contentType: string;
}

interface OfMessages {
  /** One message that reached the end of DATA, whatever came of it. */
  message(entry: Pick<Entry, 'disposition' | 'direction' | 'reply' | 'findings' | 'bytes' | 'steps'>): void;
  /** A message was put off (4xx) while this step was under way. */
  failed(step: string, reply: Pick<Reply, 'code' | 'enhanced'>): void;
  /** The gate found a secret in what was about to leave. */
  gateAlarm(): void;
  bounce(outcome: BounceOutcome): void;
  /** One hand-over; `outcome` is what the next hop made of it. */
  nextHop(seconds: number, outcome: 'taken' | 'deferred' | 'refused'): void;
  /** The next hop went down, or is there again. */
  nextHopDown(down: boolean): void;
  /** One look of the malware scanner at all files of a message. */
  scan(seconds: number, outcome: 'clean' | 'found' | 'failed'): void;
  /** The malware scanner cannot look, or can again. */
  scannerAway(away: boolean): void;
  /** What became of one item of the outbox when its turn came. */
  outbox(outcome: 'sent' | 'put off' | 'given up' | 'failed'): void;
}

interface OfMachine {
  /** Something was logged, or would have been at another level. */
  event(event: Event): void;
  /** A client was shut out for a while. */
  shutOut(door: 'smtp' | 'http'): void;
  /** The stress mode of the SMTP server began, or is over. */
  stress(on: boolean): void;
  /** One call of a port of the store. */
  store(port: string, seconds: number, outcome: 'ok' | 'failed'): void;
  /** A message had its turn in the worker thread, or none in time; or the thread ended under it: by CPU, memory, time or something else. */
  fence(outcome: 'turn' | 'no turn' | 'cpu' | 'memory' | 'time' | 'other'): void;
  /** One HTTP request; `route` is the pattern, as in `/v1/parties/:id`, never the URL. */
  request(request: { readonly method: string; readonly route: string; readonly status: number; readonly seconds: number }): void;
}

/** What is so at the moment of a scrape. */
export interface Measured {
  readonly load: () => { readonly connections: number; readonly transactions: number; readonly bytesReserved: number };
  /** Most bytes of messages at once. */
  readonly bytesBudget: number;
  /** Messages that wait for their turn in the worker thread. */
  readonly waiting: () => number;
  /** Undefined: the store does not say. */
  readonly depths: () => Promise<Depths | undefined>;
  /** Milliseconds since 1970. */
  readonly now: () => number;
}

const storeSeconds = [0.00025, 0.0005, 0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5];
const stepSeconds = [0.0005, 0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10];
const hopSeconds = [0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 30, 60];
const sizes = [1_024, 4_096, 16_384, 65_536, 262_144, 1_048_576, 4_194_304, 12_582_912];

/** Two relays in one process do not count into one another. `worker`: the name of this process, where it is one of several. */
export function createMetrics(worker?: string): Metrics {
  const registry = openRegistry(worker);
  const { render, figures, contentType } = registry;
  const look = gaugesOf(registry);
  let measured: Measured | undefined;
  const looked = async <T>(say: () => Promise<T>): Promise<T> => {
    if (measured) await look(measured);
    return say();
  };
  return {
    ...ofMessages(registry),
    ...ofMachine(registry),
    measure(by) {
      measured = by;
    },
    render: () => looked(render),
    figures: () => looked(figures),
    contentType,
  };
}

function ofMessages({ counter, histogram, spell }: Kit): OfMessages {
  const messages = counter('postern_messages_total', 'Messages that reached the end of DATA.', 'disposition', 'direction');
  const replies = counter('postern_replies_total', 'Replies to messages, by reply code.', 'code');
  const findings = counter('postern_findings_total', 'Findings, by rule and action.', 'rule', 'action');
  const rules = counter('postern_rule_messages_total', 'Messages with findings of a rule, by what became of them.', 'rule', 'disposition');
  const alarms = counter('postern_gate_alarms_total', 'Messages that the gate held: a secret was about to leave.');
  const bounces = counter('postern_bounces_total', 'Mail to our return-paths, by what it was.', 'outcome');
  const items = counter('postern_outbox_items_total', 'Items of the outbox whose turn came, by what became of them.', 'outcome');
  const bytes = histogram('postern_message_bytes', 'Size of received messages.', sizes);
  const steps = histogram('postern_step_seconds', 'Time that each step of the way took.', stepSeconds, 'step');
  const failures = counter('postern_step_failures_total', 'Messages put off, by the step that could not be done.', 'step', 'reply');
  const hops = histogram('postern_next_hop_seconds', 'Time until the next hop answered.', hopSeconds, 'outcome');
  const scans = histogram('postern_scan_seconds', 'Time until the malware scanner had looked at a message.', hopSeconds, 'outcome');
  return {
    message(entry) {
      const { disposition } = entry;
      messages({ disposition, direction: entry.direction ?? 'unknown' });
      replies({ code: member(entry.reply.slice(0, 3), /^[245]\d\d$/) });
      bytes(entry.bytes);
      for (const { rule, action } of entry.findings) findings({ rule: member(rule, words), action });
      for (const rule of new Set(entry.findings.map((one) => member(one.rule, words)))) rules({ rule, disposition });
      for (const [step, milliseconds] of Object.entries(entry.steps)) steps(milliseconds / 1000, { step: member(step, words) });
    },
    failed: (step, { code, enhanced }) =>
      failures({ step: member(step, words), reply: member(`${code} ${enhanced}`, /^4\d\d 4\.\d{1,2}\.\d{1,2}$/) }),
    gateAlarm: () => alarms(),
    bounce: (outcome) => bounces({ outcome }),
    nextHop: (seconds, outcome) => hops(seconds, { outcome }),
    nextHopDown: spell('next_hop_down', 'The next hop is down, mail is put off at once'),
    scan: (seconds, outcome) => scans(seconds, { outcome }),
    scannerAway: spell('scanner_away', 'The malware scanner cannot look'),
    outbox: (outcome) => items({ outcome }),
  };
}

function ofMachine({ counter, histogram, spell }: Kit): OfMachine {
  const events = counter('postern_events_total', 'Events of the log, at any level.', 'event');
  const shutOuts = counter('postern_shut_out_total', 'Clients shut out for a while: too many misses, failed proofs, wrong tokens.', 'door');
  const calls = histogram('postern_store_seconds', 'Time of each call of a port of the store.', storeSeconds, 'port', 'outcome');
  const turns = counter('postern_fence_total', 'Messages for the worker thread: turns, none in time, and what ended it.', 'outcome');
  const requests = counter('postern_http_requests_total', 'HTTP requests.', 'method', 'route', 'status');
  const requestSeconds = histogram('postern_http_request_seconds', 'Time until an HTTP request was answered.', stepSeconds, 'route');
  return {
    event: (event) => events({ event: member(event, words) }),
    shutOut: (door) => shutOuts({ door }),
    stress: spell('stress', 'Nearly all SMTP connections are taken, patience is short'),
    store: (port, seconds, outcome) => calls(seconds, { port: member(port, /^[a-z][A-Za-z]{0,39}$/), outcome }),
    fence: (outcome) => turns({ outcome }),
    request({ method, route, status, seconds }) {
      requests({ method: member(method, /^[A-Z]{3,7}$/), route: member(route, pattern), status: String(status) });
      requestSeconds(seconds, { route: member(route, pattern) });
    },
  };
}

/** What lies in the store is the same for all relays on it: there the largest of their answers counts, not their sum. */
function gaugesOf({ gauge }: Kit): (measured: Measured) => Promise<void> {
  const connections = gauge('postern_smtp_connections', 'Open SMTP connections.');
  const transactions = gauge('postern_smtp_transactions', 'Messages between MAIL and the reply to DATA.');
  const bytes = gauge('postern_message_bytes_in_flight', 'Bytes reserved for messages on their way.');
  const budget = gauge('postern_message_bytes_budget', 'Most bytes of messages at once.');
  const waiting = gauge('postern_fence_waiting', 'Messages that wait for their turn in the worker thread.');
  const storeUp = gauge('postern_store_up', 'Whether the store said how much waits in it.');
  const outbox = gauge('postern_outbox_items', 'Items in the outbox; of all relays on the store.');
  const outboxAge = gauge('postern_outbox_oldest_seconds', 'Age of the oldest item in the outbox; of all relays on the store.');
  const held = gauge('postern_held_messages', 'Messages held; of all relays on the store.');
  const heldAge = gauge('postern_held_oldest_seconds', 'Age of the message that was held first; of all relays on the store.');
  const copies = gauge('postern_archive_queued_copies', 'Copies that wait in the store for the archive; of all relays on the store.');
  const copiesAge = gauge('postern_archive_queued_oldest_seconds', 'Age of the copy that waits longest; of all relays on the store.');
  return async ({ load, bytesBudget, waiting: queue, depths, now }) => {
    const { connections: open, transactions: running, bytesReserved } = load();
    connections(open);
    transactions(running);
    bytes(bytesReserved);
    budget(bytesBudget);
    waiting(queue());
    const found = await depths();
    const ageOf = (oldest = now()): number => Math.max(0, now() - oldest) / 1000;
    storeUp(found ? 1 : 0);
    outbox(found?.outbox.count);
    outboxAge(found && ageOf(found.outbox.oldest));
    held(found?.holds.count);
    heldAge(found && ageOf(found.holds.oldest));
    copies(found?.copies.count);
    copiesAge(found && ageOf(found.copies.oldest));
  };
}

/** Ids of rules, names of steps and of events. */
const words = /^[a-z][a-z -]{0,39}$/;
/** A route's pattern: an id in its place would have digits, `@` or dots. */
const pattern = /^(?:unknown|\/[a-z:/.]{0,60}|\/v1\/[a-z:/]{0,60})$/;

const member = (label: string, set: RegExp): string => (set.test(label) ? label : 'other');
