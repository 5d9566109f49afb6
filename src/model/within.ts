/** Waiting for something no longer than one can: whoever waits goes on, and what comes of the work later is nobody's. */

/** What the work gives; undefined where so many milliseconds are over before. Rejects as the work does. */
export async function within<T>(milliseconds: number, work: Promise<T>): Promise<T | undefined> {
  const { promise: over, resolve } = Promise.withResolvers<undefined>();
  const timer = setTimeout(resolve, milliseconds, undefined);
  try {
    return await Promise.race([work, over]);
  } finally {
    clearTimeout(timer);
  }
}
