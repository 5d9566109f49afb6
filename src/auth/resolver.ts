/** Port for DNS look-ups, with the signature of `dns.promises.resolve`, and the one that asks real servers. */
import { Resolver as DnsResolver } from 'node:dns/promises';

export type Resolver = (name: string, type: string) => Promise<string[] | string[][]>;

const queryTimeout = 3_000;

/** Asks the given servers (`host:port`), or the system's where none is given; 3 s a query, no retries of its own. */
export function openResolver(servers: readonly string[]): Resolver {
  const resolver = new DnsResolver({ timeout: queryTimeout, tries: 1 });
  if (servers.length > 0) resolver.setServers(servers);
  return (name, type) => resolver.resolve(name, type) as Promise<string[] | string[][]>;
}
