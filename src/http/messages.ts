/** What went through: entries of the journal, no content. */
import type { Authentication } from '../model/authentication.ts';
import type { Entry } from '../model/entry.ts';
import { idPattern } from '../model/ids.ts';
import type { Store } from '../store/store.ts';
import { filtered } from './filtered.ts';
import { type MessageQuery, messageQuery, timeErrors, wantedOf } from './message-query.ts';
import type { Operation } from './operation.ts';
import { notFound } from './problem.ts';
import { anyId, anyTrace, page } from './schemas.ts';
import { type Search, searchKeys, searchMessages } from '../directory/search.ts';
import { searchQuery } from './search-schema.ts';

/** The one thing that is asked by. */
const keyIn = (query: Readonly<Record<string, unknown>>): Search['key'] | undefined => {
  const given = searchKeys.filter((key) => query[key] !== undefined);
  return given.length === 1 ? given[0] : undefined;
};

export function messageOperations(store: Store): readonly Operation[] {
  const { directory, journal } = store;
  const common = { tag: 'messages', method: 'GET', access: 'token' } as const;
  return [
    {
      ...common,
      id: 'listMessages',
      path: '/v1/conversations/:id/messages',
      summary: 'What went through in a conversation, newest first.',
      params: anyId,
      query: messageQuery,
      answers: { 200: { description: 'A page; `next` leads to the one after it.', schema: page } },
      check: ({ query }) => timeErrors(query),
      async run({ params: { id = '' }, query }) {
        const { limit = 20, cursor, ...wanted } = query as MessageQuery;
        if (!idPattern.test(id) || !(await directory.conversation(id))) return notFound('conversation');
        const { items, next } = await filtered({ limit, cursor, ...wantedOf(wanted) }, async (most, before) => {
          const { entries, ...rest } = await journal.page(id, most, before);
          return { items: entries, ...rest };
        });
        return { status: 200, body: { messages: items.map(shown), ...(next !== undefined && { next }) } };
      },
    },
    {
      ...common,
      id: 'findMessages',
      path: '/v1/messages',
      summary:
        'Messages by Message-ID (the author’s or ours), order, party or conversation, newest first; also those that got no further than to an alias.',
      query: searchQuery,
      answers: { 200: { description: 'A page; `next` leads to the one after it.', schema: page } },
      check: ({ query }) =>
        keyIn(query) ? [] : searchKeys.map((key) => ({ field: `?${key}`, message: `exactly one of ${searchKeys.join(', ')} is needed` })),
      async run({ query }) {
        const { limit = 20, cursor } = query as { readonly limit?: number; readonly cursor?: string };
        const key = keyIn(query) ?? 'messageId';
        const found = await searchMessages({ key, value: String(query[key]), limit, cursor }, store);
        if (!found) return notFound(key === 'messageId' ? 'message' : key);
        return { status: 200, body: { messages: found.entries.map(shown), ...(found.next !== undefined && { next: found.next }) } };
      },
    },
    {
      ...common,
      id: 'getMessage',
      path: '/v1/messages/:trace',
      summary: 'One message: what became of it, and why.',
      params: anyTrace,
      answers: { 200: { description: 'The message.', schema: { $ref: 'Message#' } } },
      async run({ params: { trace = '' } }) {
        const entry = idPattern.test(trace) ? await journal.entry(trace) : undefined;
        return entry ? { status: 200, body: shown(entry) } : notFound('message');
      },
    },
  ];
}

const proof = ({ auth, spf, dkim, arc, aligned }: Authentication): Authentication => ({
  ...(auth && { auth }),
  spf,
  dkim,
  ...(arc && { arc }),
  aligned,
});

/** An allow-list: what the journal may keep one day is not shown by itself. */
function shown(entry: Entry): object {
  const { trace, at, conversation, direction, disposition, reply, findings, bytes, steps, reason } = entry;
  const { authentication, repeats, tag, bouncedAt, bounceReason } = entry;
  return {
    trace,
    at: new Date(at).toISOString(),
    conversation,
    direction,
    disposition,
    reply,
    findings: findings.map(({ rule, action, part, region }) => ({ rule, action, part, region })),
    bytes,
    steps,
    reason,
    authentication: authentication && proof(authentication),
    repeats,
    tag,
    bouncedAt: bouncedAt === undefined ? undefined : new Date(bouncedAt).toISOString(),
    bounceReason,
  };
}
