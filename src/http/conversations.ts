/** Conversations: the two aliases of a pair. */
import type { Conversation } from '../model/route.ts';
import type { Directory } from '../store/store.ts';
import type { Operation, ShowAlias } from './operation.ts';
import { pairErrors } from './parties.ts';
import { notFound } from './problem.ts';
import { anyId, idPattern, pairBody } from './schemas.ts';

export function conversationOperations(directory: Directory, show: ShowAlias): readonly Operation[] {
  const shown = ({ id, buyerLocal, sellerLocal }: Conversation): object => ({
    id,
    buyerAlias: show(buyerLocal),
    sellerAlias: show(sellerLocal),
  });
  const answers = { 200: { description: 'The conversation.', schema: { $ref: 'Conversation#' } } };
  const common = { tag: 'conversations', access: 'token', answers } as const;
  return [
    {
      ...common,
      id: 'openConversation',
      method: 'PUT',
      path: '/v1/conversations',
      summary: 'The conversation of a buyer and a seller; the same pair gets the same answer, for ever.',
      body: pairBody,
      check: ({ body }) => pairErrors(body, directory),
      async run({ body }) {
        const { buyer, seller } = body as { readonly buyer: string; readonly seller: string };
        return { status: 200, body: shown(await directory.open(buyer, seller)) };
      },
    },
    {
      ...common,
      id: 'getConversation',
      method: 'GET',
      path: '/v1/conversations/:id',
      summary: 'One conversation.',
      params: anyId,
      async run({ params: { id = '' } }) {
        const conversation = idPattern.test(id) ? await directory.conversation(id) : undefined;
        return conversation ? { status: 200, body: shown(conversation) } : notFound('conversation');
      },
    },
  ];
}
