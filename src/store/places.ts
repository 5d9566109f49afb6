/** Places of entries that come from several lists, as one: newest first, each once. Same for every engine. */
import { placeOf, TIME_WIDTH } from './codec.ts';

/** So many Message-IDs of one message are kept, and so many messages found under one. */
export const MAX_MESSAGE_IDS = 4;
export const MAX_TRACES = 20;

/** Places sort as text. `size`: how many are wanted at most. */
export const mergePlaces = (lists: readonly (readonly string[])[], size: number): readonly string[] =>
  [...new Set(lists.flat())].toSorted((a, b) => (a < b ? 1 : -1)).slice(0, size);

export const traceAt = (place: string): string => place.slice(TIME_WIDTH);

export const placeOfNoted = ({ at, trace }: { readonly at: number; readonly trace: string }): string => placeOf(at, trace);
