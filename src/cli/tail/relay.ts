/** The log of a running relay, over its API (server-sent events): begun again where it breaks off. */
import { setTimeout as wait } from 'node:timers/promises';
import { readEvent } from './event.ts';
import { linesOf } from './lines.ts';

export interface RelaySetup {
  readonly url: string;
  readonly token: string;
  /** Lines from before. */
  readonly last: number;
  /** Told when the relay is away, in a sentence. */
  readonly away: (sentence: string) => void;
}

/** So many lines the relay remembers. */
const mostPast = 200;
const patience = { first: 500, most: 10_000 } as const;

/** No use to try again. */
export class Refused extends Error {
  override readonly name = 'Refused';
}

/** Never ends by itself. @throws Refused for a wrong token or address */
export async function* linesOfRelay(setup: RelaySetup): AsyncGenerator<string> {
  const fresh = freshOnly();
  let delay: number = patience.first;
  for (let last = setup.last; ; last = mostPast) {
    try {
      for await (const line of eventsOf(setup, last)) {
        delay = patience.first;
        if (fresh.isNew(line)) yield line;
      }
    } catch (error) {
      if (error instanceof Refused) throw error;
    }
    fresh.broke();
    setup.away(`the relay at ${setup.url} is not there; trying again`);
    await wait(delay);
    delay = Math.min(delay * 2, patience.most);
  }
}

/** After a break the relay tells again what it told before. */
function freshOnly() {
  let seen = Number.NEGATIVE_INFINITY;
  let before = seen;
  return {
    isNew(line: string): boolean {
      const at = readEvent(line)?.at ?? seen;
      seen = Math.max(seen, at);
      return at > before;
    },
    broke: (): void => {
      before = seen;
    },
  };
}

/** The data of each event of one connection. The token goes to that very host alone. */
async function* eventsOf({ url, token }: RelaySetup, last: number): AsyncGenerator<string> {
  const answer = await fetch(new URL(`/v1/events?last=${last}`, url), {
    headers: { authorization: `Bearer ${token}`, accept: 'text/event-stream' },
    redirect: 'error',
  });
  if (answer.status === 401 || answer.status === 403) throw new Refused('the relay does not take this token: see --token-file');
  if (answer.status === 404 || answer.status === 405)
    throw new Refused('there is no /v1/events at this address: is it the relay’s HTTP_LISTEN?');
  if (answer.status !== 200 || !answer.body) throw new Error(`the relay answered ${answer.status}`);
  for await (const line of linesOf(answer.body)) {
    if (line.startsWith('data: ')) yield line.slice('data: '.length);
  }
}
