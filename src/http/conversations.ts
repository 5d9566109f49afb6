/** Conversations: the two aliases of a pair, when they end, and who wants no messages from whom. */
import { idPattern } from '../model/ids.ts';
import type { Conversation } from '../model/route.ts';
import type { Directory } from '../store/store.ts';
import type { Operation, ShowAlias } from './operation.ts';
import { pairErrors } from './parties.ts';
import { notFound } from './problem.ts';
import { reachOperations } from './reach.ts';
import { anyId, optOut, pairBody } from './schemas.ts';
import { shownTime } from './time.ts';

/** `now`: milliseconds since 1970. */
export function conversationOperations(directory: Directory, show: ShowAlias, now: () => number): readonly Operation[] {
  const shown = ({ id, buyerLocal, sellerLocal }: Conversation): object => ({
    id,
    buyerAlias: show(buyerLocal),
    sellerAlias: show(sellerLocal),
  });
  const common = { tag: 'conversations', access: 'token' } as const;
  const known = async (id: string): Promise<Conversation | undefined> => (idPattern.test(id) ? directory.conversation(id) : undefined);
  return [
    {
      ...common,
      id: 'openConversation',
      method: 'PUT',
      path: '/v1/conversations',
      summary: 'The conversation of a buyer and a seller; the same pair gets the same answer, for ever.',
      body: pairBody,
      answers: { 200: { description: 'The conversation.', schema: { $ref: 'Conversation#' } } },
      check: ({ body }) => pairErrors(body, directory),
      async run({ body }) {
        const { buyer, seller } = body as { readonly buyer: string; readonly seller: string };
        const conversation = await directory.open(buyer, seller);
        await directory.revive(buyer, seller, now());
        return { status: 200, body: shown(conversation) };
      },
    },
    {
      ...common,
      id: 'getConversation',
      method: 'GET',
      path: '/v1/conversations/:id',
      summary: 'One conversation.',
      params: anyId,
      answers: { 200: { description: 'The conversation.', schema: { $ref: 'ConversationState#' } } },
      async run({ params: { id = '' } }) {
        const conversation = await known(id);
        if (!conversation) return notFound('conversation');
        const { optedOut, noAnswerNeededAt, blockedBy = [], expiresAt = null } = await directory.state(id);
        const settled = noAnswerNeededAt !== undefined && { noAnswerNeededAt: new Date(noAnswerNeededAt).toISOString() };
        const reach = { blockedBy, expiresAt: expiresAt && shownTime(expiresAt) };
        return { status: 200, body: { ...shown(conversation), optedOut, ...settled, ...reach } };
      },
    },
    {
      ...common,
      id: 'optOut',
      method: 'PUT',
      path: '/v1/conversations/:id/opt-out',
      summary: 'The buyer wants no messages that this seller starts, or wants them again. Answers to the buyer pass.',
      params: anyId,
      body: optOut,
      answers: { 200: { description: 'As it is now.', schema: optOut } },
      async run({ params: { id = '' }, body }) {
        const { optedOut } = body as { readonly optedOut: boolean };
        if (!(await known(id))) return notFound('conversation');
        await directory.optOut(id, optedOut);
        return { status: 200, body: { optedOut } };
      },
    },
    ...reachOperations(directory, known),
  ];
}
