/** A line of the log as people read it. */
import { styleText } from 'node:util';
import type { Event } from '../../journal/log.ts';
import { isTrace } from '../../model/ids.ts';
import { type LogEvent, printable } from './event.ts';

type Style = Parameters<typeof styleText>[0];

export interface Look {
  readonly colour: boolean;
}

const events: Readonly<Record<Event, string>> = {
  listening: 'listening',
  started: 'started',
  warning: 'warning',
  draining: 'told to stop: what runs is finished',
  stopped: 'stopped',
  message: 'message',
  bounced: 'a bounce came',
  notice: 'a notice of ours',
  released: 'its author released it',
  objected: 'its author objected',
  reported: 'its recipient reported it',
  standing: 'a party moved on the ladder',
  'review-found': 'a person judged a review',
  admitted: 'a party spoke of a mailbox',
  'opted-out': 'a buyer chose which messages to get',
  'needs-no-answer': 'a seller said that no answer is needed',
  blocked: 'a party blocked the other one, or no more',
  'webhook-put-off': 'a webhook did not take an event: again later',
  'webhook-dead': 'a webhook did not take an event, and is not asked again',
  'webhook-lost': 'EVENTS REACH NO WEBHOOK',
  'connection-refused': 'connection refused',
  'connection-failed': 'connection failed',
  'sender-refused': 'refused at MAIL',
  'recipient-refused': 'refused at RCPT',
  'message-refused': 'refused at DATA',
  'login-refused': 'login refused',
  'shut-out': 'a client is shut out for a while',
  'session-ended': 'session ended',
  'next-hop-down': 'THE NEXT HOP IS DOWN: mail is put off',
  'next-hop-up': 'the next hop is there again',
  stress: 'nearly all connections are taken: patience is short',
  'stress-over': 'connections are free again',
  malware: 'malware in a file: refused',
  'scanner-away': 'THE MALWARE SCANNER CANNOT LOOK',
  'scanner-back': 'the malware scanner looks again',
  'not-scanned': 'passed without a look at its files',
  'gate-alarm': 'GATE ALARM: a secret was about to leave, the message is held',
  'alias-lost': 'THE STORE HAS LOST AN ALIAS',
  unexpected: 'unexpected error',
  'not-recorded': 'something could not be recorded',
  'not-archived': 'no copy of a message is in the archive',
  'archive-queued': 'the archive did not take a copy: it waits',
  'archive-behind': 'THE ARCHIVE TAKES NO COPIES',
  'archive-caught-up': 'the archive has all copies again',
  'archive-failed': 'the archive: unexpected error',
  resealed: 'values were sealed anew under the first secret',
  'users-reloaded': 'users reloaded',
  'users-not-reloaded': 'users not reloaded',
  'tls-reloaded': 'TLS key reloaded',
  'tls-not-reloaded': 'TLS key not reloaded',
  'dkim-reloaded': 'DKIM keys reloaded',
  'dkim-not-reloaded': 'DKIM keys not reloaded',
};

const outcomes: Readonly<Record<string, { readonly word: string; readonly style: Style }>> = {
  relay: { word: 'relayed', style: 'green' },
  hold: { word: 'held', style: 'yellow' },
  reject: { word: 'rejected', style: 'red' },
  defer: { word: 'put off', style: 'magenta' },
  drop: { word: 'dropped', style: 'gray' },
  repeat: { word: 'repeated', style: 'gray' },
};

const directions: Readonly<Record<string, string>> = { buyer_to_seller: 'buyer to seller', seller_to_buyer: 'seller to buyer' };

/** Hours, minutes and seconds of this machine's zone. */
const clock = new Intl.DateTimeFormat('sv', { hour: '2-digit', minute: '2-digit', second: '2-digit' });
const day = new Intl.DateTimeFormat('sv', { year: 'numeric', month: '2-digit', day: '2-digit' });

/** One line; `today`: of which no day is said. */
export function eventLine(event: LogEvent, look: Look & { readonly today?: string }): string {
  const date = day.format(event.at);
  const time = `${date === look.today ? '' : `${date} `}${clock.format(event.at)}`;
  const rest = event.event === 'message' ? messageWords(event, look) : otherWords(event, look);
  return `${paint('dim', time, look)}  ${rest}`;
}

/** The day that is left out of a line. */
export const dayOf = (at: number): string => day.format(at);

const paint = (style: Style, text: string, { colour }: Look): string => (colour ? styleText(style, text, { validateStream: false }) : text);

const shown = (value: unknown): string => (typeof value === 'string' ? printable(value.slice(0, 600)) : '');

function messageWords(event: LogEvent, look: Look): string {
  const { trace, direction, disposition, rules, reply, ms, bytes, conversation, reason, nextHop } = event;
  const { word, style } = outcomes[shown(disposition)] ?? { word: shown(disposition) || '?', style: 'bold' };
  const broken = Array.isArray(rules) ? rules.map(shown).join(',') : '';
  const parts = [
    shown(trace).padEnd(16),
    (directions[shown(direction)] ?? 'from nobody known').padEnd(17),
    paint(style, word.padEnd(8), look),
    ...(broken === '' ? [] : [paint('cyan', broken, look)]),
    shown(reply).replace(/ ?\(?(?:trace )?[a-z0-9]{16}\)?$/, ''),
    ...(typeof ms === 'number' ? [`${Math.round(ms)} ms`] : []),
    ...(typeof bytes === 'number' ? [sizeOf(bytes)] : []),
    ...(conversation === undefined ? [] : [`in ${shown(conversation)}`]),
    ...(reason === undefined ? [] : [`because: ${shown(reason)}`]),
    ...(nextHop === undefined ? [] : [`next hop: ${shown(nextHop)}`]),
    ...proofWords(event),
  ];
  return parts.join('  ');
}

/** Only where the author was not proven: that is what is looked for. */
const proofWords = ({ spf, dkim, aligned }: LogEvent): readonly string[] =>
  aligned === false ? [`author not proven (spf=${shown(spf)} dkim=${shown(dkim)})`] : [];

const sizeOf = (bytes: number): string =>
  bytes < 1024 ? `${bytes} B` : bytes < 1_048_576 ? `${Math.round(bytes / 1024)} kB` : `${(bytes / 1_048_576).toFixed(1)} MB`;

/** In this order, where they are there. */
const told = [
  'of',
  'address',
  'reply',
  'reason',
  'conversation',
  'where',
  'nextHop',
  'error',
  'messages',
  'errors',
  'connections',
  'milliseconds',
] as const;
const levelStyles: Readonly<Partial<Record<LogEvent['level'], Style>>> = {
  warn: 'yellow',
  error: 'red',
  fatal: 'red',
  debug: 'gray',
  trace: 'gray',
};

function otherWords(event: LogEvent, look: Look): string {
  const words = Object.hasOwn(events, event.event) ? events[event.event as Event] : shown(event.event);
  const style = levelStyles[event.level];
  const fields = told.flatMap((name) => {
    const value = event[name];
    const text = Array.isArray(value) ? value.map(shown).join('; ') : typeof value === 'number' ? String(value) : shown(value);
    return text === '' ? [] : [`${name === 'of' && isTrace(text) ? '' : `${name} `}${text}`];
  });
  return [shown(event.trace).padEnd(16), style ? paint(style, words, look) : words, ...fields].join('  ').trimEnd();
}
