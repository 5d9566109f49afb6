/** Waiting for something no longer than one can: whoever waits goes on, and what comes of the work later is nobody's. */

/** What the work gives; where so many milliseconds are over before, undefined, or rejects with `late`. Rejects as the work does. */
export async function within<T>(milliseconds: number, work: Promise<T>): Promise<T | undefined>;
export async function within<T>(milliseconds: number, work: Promise<T>, late: () => Error): Promise<T>;
export async function within<T>(milliseconds: number, work: Promise<T>, late?: () => Error): Promise<T | undefined> {
  const { promise: over, resolve, reject } = Promise.withResolvers<undefined>();
  const timer = setTimeout(() => (late ? reject(late()) : resolve(undefined)), milliseconds);
  try {
    return await Promise.race([work, over]);
  } finally {
    clearTimeout(timer);
  }
}
