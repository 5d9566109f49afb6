/** Work that is done again and again beside the mail, and at once when there is some. */

export interface RoundsSetup {
  /** Milliseconds between two looks, where nothing else begins a round. */
  readonly every: number;
  /** One round; where it answers true there may be more, and the next one begins at once. `goOn` says no once it is to end. */
  readonly work: (goOn: () => boolean) => Promise<unknown>;
  readonly failed: (error: unknown) => void;
}

export interface Rounds {
  /** There is work: looks at once, or, where a round is under way, as soon as that one is done. */
  wake(): void;
  /** Ends when what is under way is done; from then on nothing begins. */
  close(): Promise<void>;
}

/** Works at once, then every so often and when woken; while a round is under way no other one begins. Never throws, and keeps no process alive. */
export function startRounds({ every, work, failed }: RoundsSetup): Rounds {
  let closing = false;
  let woken = false;
  let running: Promise<void> | undefined;
  const run = async (): Promise<void> => {
    let more: boolean;
    do {
      woken = false;
      more = (await work(() => !closing).catch(failed)) === true;
    } while (!closing && (more || woken));
    // In the same breath as the look at `woken`: a wake in between would be lost.
    running = undefined;
  };
  const look = (): void => {
    if (!closing) running ??= run();
  };
  look();
  const timer = setInterval(look, every).unref();
  return {
    wake() {
      woken = true;
      look();
    },
    async close() {
      closing = true;
      clearInterval(timer);
      await running;
    },
  };
}
