/** How fast sellers answer, in Redis. */
import { keep } from '../../model/retention.ts';
import type { StoreSetup } from '../codec.ts';
import { dayLength, dayOf, inTimeWithin, type ResponseDay, type Responses } from '../responses.ts';
import { type Commands, key, texts } from './commands.ts';
import { responseKeys } from './response-scripts.ts';

export function createResponses(redis: Commands, { now }: Required<StoreSetup>): Responses {
  const end = async (seller: string, conversation: string, until: number | ''): Promise<void> =>
    void (await redis.run('endQuestion', responseKeys(seller), conversation, now(), until, inTimeWithin, keep.responses));
  return {
    asked: async ({ seller, conversation }, came) =>
      void (await redis.run('askQuestion', [...responseKeys(seller), key.party(seller)], conversation, now(), came, keep.responses)),
    answered: ({ seller, conversation }) => end(seller, conversation, ''),
    settled: ({ seller, conversation }, until) => end(seller, conversation, until),
    counts: async (seller, since) => {
      const reply = await redis.run('responseCounts', responseKeys(seller), now() - inTimeWithin);
      const [days, waiting]: readonly unknown[] = Array.isArray(reply) ? reply : [];
      return {
        days: daysOf(pairsOf(days)).filter(({ day }) => day >= since),
        waiting: pairsOf(waiting)
          .map(([day, questions]) => ({ day: dayNamed(day), questions }))
          .toSorted(latestFirst),
      };
    },
  };
}

/** Name, count, name, count ... */
function pairsOf(reply: unknown): readonly (readonly [string, number])[] {
  const flat = texts(reply);
  return flat.flatMap((name, at) => (at % 2 === 0 ? [[name, Number(flat[at + 1])] as const] : []));
}

/** Days are kept by their number since 1970. */
const dayNamed = (number: string): string => dayOf(Number(number) * dayLength);

const latestFirst = (a: { readonly day: string }, b: { readonly day: string }): number => (a.day < b.day ? 1 : -1);

const nothing: Omit<ResponseDay, 'day'> = { questions: 0, answered: 0, inTime: 0, settled: 0, seconds: 0 };

function daysOf(counts: readonly (readonly [string, number])[]): readonly ResponseDay[] {
  const days = new Map<string, ResponseDay>();
  for (const [name, count] of counts) {
    const [number = '', what = ''] = name.split(':');
    const day = dayNamed(number);
    days.set(day, { ...(days.get(day) ?? { day, ...nothing }), [what]: count });
  }
  return [...days.values()].toSorted(latestFirst);
}

/** The conversation is being forgotten: what waits in it will never be answered, and was never asked. */
export const forgetQuestion = async (redis: Commands, seller: string, conversation: string): Promise<void> =>
  void (await redis.run('dropQuestion', responseKeys(seller), conversation));

export const forgetResponses = async (redis: Commands, seller: string): Promise<void> =>
  void (await redis.call('unlink', ...responseKeys(seller)));
