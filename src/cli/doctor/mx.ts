/** Does mail to the relay's domains find its way (RFC 5321 section 5.1, RFC 7505)? */
import { type Check, type Deployment, isLocalName, ok, ownAddresses, problem, quoted, type Said, skipped, warning } from './check.ts';
import { mxRecord } from './records.ts';

export const mx: Check = {
  name: 'mx',
  async look(deployment) {
    const all = await Promise.all(deployment.settings.relayDomains.map((domain) => lookAt(domain, deployment)));
    return all.flat();
  },
};

async function lookAt(domain: string, { settings, dns }: Deployment): Promise<readonly Said[]> {
  if (isLocalName(domain)) return [skipped(`${domain} is known on this machine alone`)];
  const publish = `publish: ${mxRecord(domain, settings)}`;
  const exchanges = await dns.mx(domain);
  if (exchanges.length === 0) {
    const direct = await dns.addresses(domain);
    if (direct.length === 0) return [problem(`${domain} has neither MX nor address: no mail reaches it`, publish)];
    return [warning(`${domain} has no MX: mail goes to its own address (${direct.join(', ')})`, publish)];
  }
  if (exchanges.some(({ exchange }) => exchange === '')) return [problem(`${domain} says by a null MX that it takes no mail`, publish)];
  const own = ownAddresses();
  const hosts = await Promise.all(exchanges.map(async ({ exchange }) => ({ exchange, addresses: await dns.addresses(exchange) })));
  const lost = hosts.filter(({ addresses }) => addresses.length === 0).map(({ exchange }) => exchange);
  if (lost.length > 0) {
    const names = lost.map(quoted).join(', ');
    const change = `publish A or AAAA records for ${names}, or take the MX away`;
    return [(lost.length === hosts.length ? problem : warning)(`${domain}: MX ${names} has no address`, change)];
  }
  const told = hosts.map(({ exchange, addresses }) => `${quoted(exchange)} (${addresses.map((one) => shown(one, own)).join(', ')})`);
  const elsewhere = hosts.every(({ addresses }) => addresses.every((address) => !own.includes(address)));
  return [
    ok(`${domain}: MX ${told.join(', ')}${elsewhere ? '; none is an address of this machine: something before it must pass mail on' : ''}`),
  ];
}

const shown = (address: string, own: readonly string[]): string => (own.includes(address) ? `${address}, this machine` : address);
