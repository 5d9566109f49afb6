/** Port for DNS look-ups, with the signature of `dns.promises.resolve`; the one that asks real servers, and a memory for it. */
import { Resolver as DnsResolver } from 'node:dns/promises';

export type Resolver = (name: string, type: string) => Promise<string[] | string[][]>;

const queryTimeout = 3_000;

/** A name that cannot be one is not there, for good; else whoever signs with an impossible selector would be asked to come again for ever. */
function notThere(error: unknown): never {
  if (codeOf(error) !== 'EBADNAME') throw error;
  throw Object.assign(new Error('an impossible name', { cause: error }), { code: 'ENOTFOUND' });
}

/** Asks the given servers (`host:port`), or the system's where none is given; 3 s a query, no retries of its own. */
export function openResolver(servers: readonly string[]): Resolver {
  const resolver = new DnsResolver({ timeout: queryTimeout, tries: 1 });
  if (servers.length > 0) resolver.setServers(servers);
  return (name, type) => (resolver.resolve(name, type) as Promise<string[] | string[][]>).catch(notThere);
}

/**
 * Node tells the time to live of addresses alone, not of TXT records, which SPF, DKIM and DMARC are: a short memory for all, so that a key
 * that is withdrawn is gone within a minute. A caching name server beside the relay honours what the zones say.
 */
const keptMilliseconds = 60_000;
const maxKept = 10_000;
/** Of one answer; keys and policies have less than 2 kB. Whoever publishes more could fill our memory by mail. */
const maxKeptCharacters = 4_096;

/** That a name has no such record is an answer too (RFC 2308); any other error is forgotten at once. */
export const isAnswer = (error: unknown): boolean => ['ENOTFOUND', 'ENODATA'].includes(String(codeOf(error)));

const codeOf = (error: unknown): unknown => (typeof error === 'object' && error !== null && 'code' in error ? error.code : undefined);

/** Asks once for all that ask at the same time, and remembers for a minute. */
export function remembering(ask: Resolver, now: () => number): Resolver {
  const kept = new Map<string, { readonly answer: ReturnType<Resolver>; readonly until: number }>();
  return (name, type) => {
    const key = `${type} ${name.toLowerCase()}`;
    const known = kept.get(key);
    const left = known ? known.until - now() : 0;
    // A clock that was set back must not keep an answer for longer: a key may have been withdrawn.
    if (known && left > 0 && left <= keptMilliseconds) return known.answer;
    const answer = ask(name, type);
    kept.delete(key);
    if (kept.size >= maxKept) kept.delete(kept.keys().next().value ?? '');
    kept.set(key, { answer, until: now() + keptMilliseconds });
    const forget = () => {
      if (kept.get(key)?.answer === answer) kept.delete(key);
    };
    answer.then(
      (records) => {
        if (JSON.stringify(records).length > maxKeptCharacters) forget();
      },
      (error: unknown) => {
        if (!isAnswer(error)) forget();
      },
    );
    return answer;
  };
}
