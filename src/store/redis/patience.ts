/** How long a Redis may take to answer. */

/** Milliseconds. */
export const PATIENCE = 2000;

/** Rejects where there is no answer in so many milliseconds. */
export async function within<T>(work: Promise<T>, milliseconds = PATIENCE): Promise<T> {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<never>((_, reject) => {
    timer = setTimeout(() => reject(new Error(`no answer within ${milliseconds} ms`)), milliseconds);
  });
  try {
    return await Promise.race([work, late]);
  } finally {
    clearTimeout(timer);
  }
}
