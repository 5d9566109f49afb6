/** What authors say against decisions of the policy: the list that people of the marketplace review. */
import type { Objection, Objections } from '../store/store.ts';
import type { Operation } from './operation.ts';
import { objectionPage, pageQuery } from './schemas.ts';

export function objectionOperations(objections: Objections): readonly Operation[] {
  return [
    {
      id: 'listObjections',
      method: 'GET',
      path: '/v1/objections',
      summary: 'What authors answered to notices, newest first.',
      tag: 'messages',
      access: 'token',
      query: pageQuery,
      answers: { 200: { description: 'A page; `next` leads to the one after it.', schema: objectionPage } },
      async run({ query }) {
        const { limit = 20, cursor } = query as { readonly limit?: number; readonly cursor?: string };
        const { objections: found, next } = await objections.page(limit, cursor);
        return { status: 200, body: { objections: found.map(shown), ...(next !== undefined && { next }) } };
      },
    },
  ];
}

const shown = ({ trace, at, conversation, party, text }: Objection): object => ({
  trace,
  at: new Date(at).toISOString(),
  conversation,
  party,
  text,
});
