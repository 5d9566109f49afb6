/** What the API keeps in Redis: its tokens, answers for calls that are repeated, and how fast sellers answer. */
import { keep } from '../../model/retention.ts';
import type { ApiToken } from '../../model/token.ts';
import { type AnswerClaim, type Answers, CALL_DIGITS, type KeyedCall } from '../answers.ts';
import { leaseOf, type StoreSetup } from '../codec.ts';
import { contextOf } from '../contexts.ts';
import type { Store } from '../store.ts';
import { hasEnded, oldestFirst, type Tokens } from '../tokens.ts';
import { bytes, type Commands, type KeepingCommands, key as names, texts } from './commands.ts';
import { createResponses } from './responses.ts';

type Setup = Required<StoreSetup>;

export const createApiParts = (redis: KeepingCommands, setup: Setup): Pick<Store, 'tokens' | 'answers' | 'responses'> => ({
  tokens: createTokens(redis.kept, setup),
  answers: createAnswers(redis.kept, setup),
  responses: createResponses(redis, setup),
});

/** What stands in the one hash, under its digest. Tokens are few. */
interface TokenRow {
  readonly digest: string;
  readonly token: ApiToken;
}

function createTokens(redis: Commands, { now }: Setup): Tokens {
  const rows = async (): Promise<readonly TokenRow[]> =>
    texts(await redis.call('hvals', names.tokens)).map((json): TokenRow => JSON.parse(json));
  return {
    add: async (token, digest) => void (await redis.call('hset', names.tokens, digest, JSON.stringify({ digest, token }))),
    find: async (digest) => {
      const json = bytes(await redis.call('hget', names.tokens, digest));
      const row: TokenRow | undefined = json && JSON.parse(json.toString());
      return row && !hasEnded(row.token, now()) ? row.token : undefined;
    },
    list: async () => (await rows()).map(({ token }) => token).toSorted(oldestFirst),
    revoke: async (id) => {
      const found = (await rows()).find(({ token }) => token.id === id);
      return found !== undefined && (await redis.call('hdel', names.tokens, found.digest)) === 1;
    },
  };
}

/** The digest of the call, then the sealed answer once there is one. */
function createAnswers(redis: Commands, { vault }: Setup): Answers {
  const read = (value: Buffer, { key, call }: KeyedCall): AnswerClaim => {
    if (value.toString('latin1', 0, CALL_DIGITS) !== call) return { kind: 'other' };
    if (value.length === CALL_DIGITS) return { kind: 'busy' };
    return { kind: 'done', answer: vault.open(value.subarray(CALL_DIGITS), contextOf.answer(key)).toString() };
  };
  return {
    claim: async (keyed, leaseSeconds) => {
      const there = bytes(await redis.call('set', names.answer(keyed.key), keyed.call, 'PX', leaseOf(leaseSeconds), 'NX', 'GET'));
      return there ? read(there, keyed) : { kind: 'claimed' };
    },
    keep: async ({ key, call }, answer) => {
      const value = Buffer.concat([Buffer.from(call, 'latin1'), vault.seal(answer, contextOf.answer(key))]);
      await redis.call('set', names.answer(key), value, 'PX', keep.answers);
    },
    release: async ({ key, call }) => void (await redis.run('removeIfSame', [names.answer(key)], call)),
  };
}
