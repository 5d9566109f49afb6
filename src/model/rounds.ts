/** Work that is done again and again beside the mail. */

export interface RoundsSetup {
  /** Milliseconds from the beginning of a round to that of the next one. */
  readonly every: number;
  /** One round; `goOn` says no once it is to end. */
  readonly work: (goOn: () => boolean) => Promise<void>;
  readonly failed: (error: unknown) => void;
}

/** Works at once and then every so often; while a round is under way no other one begins. Never throws. `close` ends when that one is done. */
export function startRounds({ every, work, failed }: RoundsSetup): { close(): Promise<void> } {
  let closing = false;
  let running: Promise<void> | undefined;
  const look = (): void => {
    running ??= work(() => !closing)
      .catch(failed)
      .finally(() => {
        running = undefined;
      });
  };
  look();
  const timer = setInterval(look, every).unref();
  return {
    async close() {
      closing = true;
      clearInterval(timer);
      await running;
    },
  };
}
