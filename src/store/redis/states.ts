/** What changes in a conversation, in Redis: fields beside the fixed ones of its hash. */
import type { Role } from '../../model/route.ts';
import { NEEDED_WITHIN } from '../codec.ts';
import type { ConversationState, Directory } from '../store.ts';
import { type Commands, key, list, pairOf, text } from './commands.ts';
import { conversationIn } from './pairs.ts';

const heardField: Readonly<Record<Role, string>> = { buyer: 'hb', seller: 'hs' };
const blockedField: Readonly<Record<Role, string>> = { buyer: 'xb', seller: 'xs' };
const changing = ['hb', 'hs', 'o', 'hd', 'xb', 'xs', 'e', 'n'] as const;

type States = Pick<Directory, 'heard' | 'optOut' | 'needsNoAnswer' | 'block' | 'expire' | 'revive' | 'state'>;

export function createStates(redis: Commands): States {
  /** An empty value takes the field away; nothing happens where there is no such conversation. */
  const setField = async (conversation: string, field: string, value: string): Promise<void> =>
    void (await redis.run('setState', [key.conversation(conversation)], field, value));
  const raise = async (conversation: string, field: string, at: number): Promise<void> =>
    void (await redis.run('heard', [key.conversation(conversation)], field, at));
  return {
    heard: (conversation, from, at) => raise(conversation, heardField[from], at),
    optOut: (conversation, optedOut) => setField(conversation, 'o', optedOut ? '1' : ''),
    needsNoAnswer: (conversation, until) => raise(conversation, 'hd', until),
    block: (conversation, by, blocked) => setField(conversation, blockedField[by], blocked ? '1' : ''),
    expire: (conversation, at) => setField(conversation, 'e', at === undefined ? '' : String(at)),
    revive: async (buyer, seller, at) => {
      const record = text(await redis.call('get', key.pair(pairOf(buyer, seller))));
      if (record !== undefined) await redis.run('revive', [key.conversation(conversationIn(record))], at, NEEDED_WITHIN);
    },
    state: async (conversation) => stateOf(list(await redis.call('hmget', key.conversation(conversation), ...changing))),
  };
}

/** The conversation is being forgotten. */
export const forgetState = async (redis: Commands, conversation: string): Promise<void> =>
  void (await redis.call('hdel', key.conversation(conversation), ...changing));

function stateOf(values: readonly (Buffer | undefined)[]): ConversationState {
  const [buyer, seller, out, noAnswerNeededAt, expiresAt, openedAt] = [0, 1, 2, 3, 6, 7].map((at) => values[at] && Number(values[at]));
  const blockedBy = (['buyer', 'seller'] as const).filter((_, at) => values[4 + at] !== undefined);
  return {
    heard: { ...(buyer && { buyer }), ...(seller && { seller }) },
    optedOut: out !== undefined,
    ...(noAnswerNeededAt !== undefined && { noAnswerNeededAt }),
    ...(blockedBy.length > 0 && { blockedBy }),
    ...(expiresAt !== undefined && { expiresAt }),
    ...(openedAt !== undefined && { openedAt }),
  };
}
