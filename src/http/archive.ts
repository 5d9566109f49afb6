/** The archive: what was decided about which message, and its bytes. Shows content. */
import { idPattern } from '../model/ids.ts';
import { otherRuleIds, ruleIds } from '../model/verdict.ts';
import type { Archived, ArchiveQuestion, Decision } from '../store/archive.ts';
import type { Answer, Call, FieldError, HttpPorts, Operation, Schema } from './operation.ts';
import { notFound, problem } from './problem.ts';
import { anyTrace, closed, message, pageQuery } from './schemas.ts';
import { notATime, shownTime, timeOf } from './time.ts';

const text: Schema = { type: 'string' };
const time: Schema = { type: 'string', format: 'date-time' };
const id: Schema = { type: 'string', pattern: idPattern.source };
const day: Schema = { type: 'string', maxLength: 40, description: 'ISO 8601: a date, or a date and time with its zone.' };
const of: Schema = { type: 'string', enum: ['received', 'delivered'] };

const properties = (schema: Schema): Readonly<Record<string, Schema>> => schema.properties as Readonly<Record<string, Schema>>;
const { disposition = {}, direction = {}, findings = {}, steps = {}, reason = {}, authentication = {}, tag = {} } = properties(message);
const finding = findings.items as Schema;

const questions = {
  conversation: id,
  party: id,
  order: id,
  from: { ...day, description: 'Received then or later. ISO 8601.' },
  to: { ...day, description: 'Received before. ISO 8601.' },
  disposition: { ...disposition, description: 'What was decided last.' },
  rule: { type: 'string', enum: [...ruleIds, ...otherRuleIds], description: 'Found at any time.' },
  text: {
    type: 'string',
    minLength: 2,
    maxLength: 200,
    description:
      'Stands in subject or text, whatever its case; only with `conversation` or `party`. At most 50 messages are looked through for a page.',
  },
} as const satisfies Record<string, Schema>;
const query = closed({ ...questions, ...properties(pageQuery) }, ...Object.keys(questions), 'limit', 'cursor');

const decision = closed(
  {
    at: time,
    disposition,
    reply: text,
    findings: {
      type: 'array',
      items: closed({ ...properties(finding), span: { type: 'string', description: 'The very words.' } }, 'span'),
    },
    steps,
    reason,
    authentication,
    repeats: text,
    tag,
  },
  'reason',
  'authentication',
  'repeats',
  'tag',
);
const copy = closed({ sha256: text, bytes: { type: 'integer' } });
const record = closed(
  {
    trace: text,
    at: time,
    conversation: text,
    direction,
    buyer: text,
    seller: text,
    order: text,
    decisions: { type: 'array', items: decision, description: 'The oldest first: a held message that is released later has two.' },
    copies: { ...closed({ received: copy, delivered: copy }, 'received', 'delivered'), description: 'What can be read with `…/content`.' },
    gone: closed({ at: time, why: { type: 'string', enum: ['forgotten', 'no room'] } }),
  },
  'direction',
  'order',
  'gone',
);
const unread = {
  type: 'array',
  items: text,
  description: 'Trace ids of messages that were not searched: to read them takes too long, or too much memory.',
} as const satisfies Schema;
const page = closed({ messages: { type: 'array', items: record }, next: text, unread }, 'next', 'unread');

type Asked = Readonly<Partial<Record<keyof typeof questions | 'cursor', string>>> & { readonly limit?: number };

const off = (): Answer => problem(404, 'No archive is kept here: ARCHIVE_URL is off.');

export function archiveOperations({ archive }: Pick<HttpPorts, 'archive'>): readonly Operation[] {
  const common = { tag: 'messages', method: 'GET', access: 'token', scope: 'archive' } as const;
  return [
    {
      ...common,
      id: 'listArchive',
      path: '/v1/archive',
      summary: 'Archived messages by conversation, party, order, time, disposition, rule or text, newest first.',
      query,
      answers: { 200: { description: 'A page; it may be short and have a `next` all the same.', schema: page } },
      check: checkQuery,
      async run({ query: asked }) {
        const { limit = 20, cursor, from, to, ...rest } = asked as Asked;
        if (!archive) return off();
        const times = { ...(from !== undefined && { from: timeOf(from) }), ...(to !== undefined && { to: timeOf(to) }) };
        const { records, ...more } = await archive.page({ ...rest, ...times } as ArchiveQuestion, limit, cursor);
        return { status: 200, body: { messages: records.map(shown), ...more } };
      },
    },
    {
      ...common,
      id: 'getContent',
      path: '/v1/messages/:trace/content',
      summary: 'A message as it was received, or as it was delivered, byte for byte.',
      params: anyTrace,
      query: closed({ of }, 'of'),
      answers: { 200: { description: 'RFC 5322.', schema: text, type: 'message/rfc822' } },
      async run({ params: { trace = '' }, query: { of = 'received' } }) {
        if (!archive) return off();
        const found = idPattern.test(trace) ? await archive.record(trace) : undefined;
        const bytes = found && (await archive.read(found, of === 'delivered' ? 'delivered' : 'received'));
        return bytes ? { status: 200, body: bytes, headers: fileHeaders(`${trace}-${String(of)}.eml`) } : notFound('content');
      },
    },
  ];
}

/** What strangers wrote: no browser may show it as anything. */
const fileHeaders = (name: string): Readonly<Record<string, string>> => ({
  'content-type': 'message/rfc822',
  'content-disposition': `attachment; filename="${name}"`,
  'content-security-policy': "default-src 'none'; sandbox",
});

function checkQuery({ query: asked }: Call): readonly FieldError[] {
  const { from, to, text: words, conversation, party } = asked as Asked;
  const isTime = (given: unknown): boolean => given === undefined || (typeof given === 'string' && timeOf(given) !== undefined);
  const alone = words !== undefined && conversation === undefined && party === undefined;
  return [
    ...(isTime(from) ? [] : [{ field: '?from', message: notATime }]),
    ...(isTime(to) ? [] : [{ field: '?to', message: notATime }]),
    ...(alone ? [{ field: '?text', message: 'needs a conversation or a party' }] : []),
  ];
}

/** An allow-list: where copies lie is nobody's business. */
const shown = ({ trace, at, conversation, direction, buyer, seller, order, decisions, copies, gone }: Archived): object => ({
  trace,
  at: shownTime(at),
  conversation,
  direction,
  buyer,
  seller,
  order,
  decisions: decisions.map(shownDecision),
  copies: gone ? {} : Object.fromEntries(Object.entries(copies).map(([name, { sha256, bytes }]) => [name, { sha256, bytes }])),
  gone: gone && { at: shownTime(gone.at), why: gone.why },
});

const shownDecision = ({ at, disposition: what, reply, findings: found, steps: ms, more }: Decision): object => ({
  at: shownTime(at),
  disposition: what,
  reply,
  findings: found.map(({ rule, action, part, region, span }) => ({ rule, action, part, region, span })),
  steps: ms,
  ...more,
});
