/**
 * Counters and times for Prometheus: the door of prom-client. Labels come from closed sets (dispositions, reply codes, rule ids, steps,
 * routes); no address, domain, alias or id ever becomes one. What does not look like a member of its set is counted as `other`.
 */
import { Counter, collectDefaultMetrics, Gauge, Histogram, Registry } from 'prom-client';
import type { Entry } from '../model/entry.ts';
import type { BounceReason } from '../model/route.ts';

/**
 * What became of a mail to a return-path: the class of reason of a message that came back; `delayed`, `delivered`, or an `answer` that nobody
 * wrote; it came back `again`; a `stray` for a message that the journal does not know; a `forged` return-path; `late` where the store was away.
 */
export type BounceOutcome = BounceReason | 'delayed' | 'delivered' | 'answer' | 'again' | 'stray' | 'forged' | 'late';

export interface Metrics {
  /** One message that reached the end of DATA, whatever came of it. */
  message(entry: Pick<Entry, 'disposition' | 'direction' | 'reply' | 'findings' | 'bytes' | 'steps'>): void;
  /** The gate found a secret in what was about to leave. */
  gateAlarm(): void;
  bounce(outcome: BounceOutcome): void;
  /** A client was shut out for a while. */
  shutOut(door: 'smtp' | 'http'): void;
  /** One hand-over; `outcome` is what the next hop made of it. */
  nextHop(seconds: number, outcome: 'taken' | 'deferred' | 'refused'): void;
  /** The next hop went down, or is there again. */
  nextHopDown(down: boolean): void;
  /** The stress mode of the SMTP server began, or is over. */
  stress(on: boolean): void;
  /** One HTTP request; `route` is the pattern, as in `/v1/parties/:id`, never the URL. */
  request(request: { readonly method: string; readonly route: string; readonly status: number; readonly seconds: number }): void;
  /** All of it in Prometheus' text format. */
  render(): Promise<string>;
  /** The media type of what `render` gives. */
  readonly contentType: string;
}

const stepSeconds = [0.0005, 0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10];
const hopSeconds = [0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 30, 60];
const sizes = [1_024, 4_096, 16_384, 65_536, 262_144, 1_048_576, 4_194_304, 12_582_912];

/** A registry of its own: two relays in one process do not count into one another. */
export function createMetrics(): Metrics {
  const register = new Registry();
  const registers = [register];
  collectDefaultMetrics({ register });
  const counter = <Label extends string>(name: string, help: string, ...labelNames: Label[]) =>
    new Counter({ name, help, labelNames, registers });
  /** Is it so now, and how often did it begin? What is over before the next scrape shows in the count alone. */
  const spell = (name: string, help: string) => {
    const now = new Gauge({ name: `postern_${name}`, help: `${help}: 1 while it is so.`, registers });
    const begun = counter(`postern_${name}_total`, `${help}: how often it began.`);
    return (on: boolean): void => {
      now.set(on ? 1 : 0);
      if (on) begun.inc();
    };
  };
  const histogram = <Label extends string>(name: string, help: string, buckets: number[], ...labelNames: Label[]) =>
    new Histogram({ name, help, buckets, labelNames, registers });

  const messages = counter('postern_messages_total', 'Messages that reached the end of DATA.', 'disposition', 'direction');
  const replies = counter('postern_replies_total', 'Replies to messages, by reply code.', 'code');
  const findings = counter('postern_findings_total', 'Findings, by rule and action.', 'rule', 'action');
  const alarms = counter('postern_gate_alarms_total', 'Messages that the gate held: a secret was about to leave.');
  const bounces = counter('postern_bounces_total', 'Mail to our return-paths, by what it was.', 'outcome');
  const shutOuts = counter('postern_shut_out_total', 'Clients shut out for a while: too many misses, failed proofs, wrong tokens.', 'door');
  const requests = counter('postern_http_requests_total', 'HTTP requests.', 'method', 'route', 'status');
  const bytes = histogram('postern_message_bytes', 'Size of received messages.', sizes);
  const steps = histogram('postern_step_seconds', 'Time that each step of the way took.', stepSeconds, 'step');
  const hops = histogram('postern_next_hop_seconds', 'Time until the next hop answered.', hopSeconds, 'outcome');
  const nextHopDown = spell('next_hop_down', 'The next hop is down, mail is put off at once');
  const stress = spell('stress', 'Nearly all SMTP connections are taken, patience is short');
  const requestSeconds = histogram('postern_http_request_seconds', 'Time until an HTTP request was answered.', stepSeconds, 'route');

  return {
    message(entry) {
      messages.inc({ disposition: entry.disposition, direction: entry.direction ?? 'unknown' });
      replies.inc({ code: member(entry.reply.slice(0, 3), /^[245]\d\d$/) });
      bytes.observe(entry.bytes);
      for (const { rule, action } of entry.findings) findings.inc({ rule: member(rule, words), action });
      for (const [step, milliseconds] of Object.entries(entry.steps)) steps.observe({ step: member(step, words) }, milliseconds / 1000);
    },
    gateAlarm: () => alarms.inc(),
    bounce: (outcome) => bounces.inc({ outcome }),
    shutOut: (door) => shutOuts.inc({ door }),
    nextHop: (seconds, outcome) => hops.observe({ outcome }, seconds),
    nextHopDown,
    stress,
    request({ method, route, status, seconds }) {
      requests.inc({ method: member(method, /^[A-Z]{3,7}$/), route: member(route, pattern), status: String(status) });
      requestSeconds.observe({ route: member(route, pattern) }, seconds);
    },
    render: () => register.metrics(),
    contentType: register.contentType,
  };
}

/** Ids of rules and names of steps. */
const words = /^[a-z][a-z -]{0,39}$/;
/** A route's pattern: an id in its place would have digits, `@` or dots. */
const pattern = /^(?:unknown|\/[a-z:/.]{0,60}|\/v1\/[a-z:/]{0,60})$/;

const member = (label: string, set: RegExp): string => (set.test(label) ? label : 'other');
