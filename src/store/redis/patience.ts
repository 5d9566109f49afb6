/** How long a Redis may take to answer. */
import { within } from '../../model/within.ts';

/** Milliseconds. */
export const PATIENCE = 2000;

/** Rejects where there is no answer in so many milliseconds. */
export const answered = <T>(work: Promise<T>, milliseconds = PATIENCE): Promise<T> =>
  within(milliseconds, work, () => new Error(`no answer within ${milliseconds} ms`));
