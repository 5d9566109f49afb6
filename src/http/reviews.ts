/** What people say of messages, for people of the marketplace to look at: objections of authors, reports of recipients. */
import type { Review, ReviewKind, Reviews } from '../store/store.ts';
import { filtered } from './filtered.ts';
import type { Operation } from './operation.ts';
import { objectionPage, reportPage, reviewQuery } from './standing-schemas.ts';

interface ReviewQuery {
  readonly limit?: number;
  readonly cursor?: string;
  readonly open?: string;
  readonly party?: string;
  readonly conversation?: string;
}

const common = {
  method: 'GET',
  tag: 'messages',
  access: 'token',
  scope: 'operate',
  query: reviewQuery,
} as const;
const description = 'A page; `next` leads to the one after it.';

export function reviewOperations(reviews: Reviews): readonly Operation[] {
  const pageOf = (kind: ReviewKind, member: string) => ({
    async run({ query }: Pick<Parameters<Operation['run']>[0], 'query'>) {
      const { limit = 20, cursor, open, party, conversation } = query as ReviewQuery;
      const fits = (review: Review): boolean =>
        (party === undefined || review.party === party) && (conversation === undefined || review.conversation === conversation);
      const { items, next } = await filtered({ limit, cursor, fits }, async (most, before) => {
        const { reviews: found, ...rest } = await reviews[open === 'true' ? 'openPage' : 'page'](kind, most, before);
        return { items: found, ...rest };
      });
      return { status: 200, body: { [member]: items.map(shown), ...(next !== undefined && { next }) } };
    },
  });
  return [
    {
      ...common,
      id: 'listObjections',
      path: '/v1/objections',
      summary: 'What authors answered to notices, newest first.',
      answers: { 200: { description, schema: objectionPage } },
      ...pageOf('objection', 'objections'),
    },
    {
      ...common,
      id: 'listReports',
      path: '/v1/reports',
      summary: 'What recipients report of messages, newest first.',
      answers: { 200: { description, schema: reportPage } },
      ...pageOf('report', 'reports'),
    },
  ];
}

const shown = ({ trace, at, conversation, party, text, found }: Review): object => ({
  trace,
  at: new Date(at).toISOString(),
  conversation,
  party,
  text,
  ...(found && { outcome: found.outcome, note: found.note, foundAt: new Date(found.at).toISOString() }),
});
