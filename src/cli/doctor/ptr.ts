/**
 * Is EHLO_NAME a real name, and do its addresses point back to it (forward-confirmed reverse DNS)? From which addresses the next hop sends
 * on cannot be known here.
 */
import { type Check, type Deployment, isLocalName, ok, quoted, type Said, skipped, warning } from './check.ts';
import { ptrRecord } from './records.ts';

export const ptr: Check = {
  name: 'ptr',
  async look(deployment) {
    const { ehloName } = deployment.settings;
    if (isLocalName(ehloName)) return [skipped(`${ehloName} is known on this machine alone`)];
    const addresses = await deployment.dns.addresses(ehloName);
    if (addresses.length === 0)
      return [
        warning(`EHLO_NAME ${ehloName} has no address`, 'publish A or AAAA records for it, or set EHLO_NAME to a name that has them'),
      ];
    return Promise.all(addresses.map((address) => lookAt(address, deployment)));
  },
};

async function lookAt(address: string, { settings: { ehloName }, dns }: Deployment): Promise<Said> {
  const names = await dns.names(address);
  const publish = `publish: ${ptrRecord(address, ehloName)}`;
  if (names.length === 0) return warning(`${address} (${ehloName}) has no PTR record`, publish);
  const confirmed = await Promise.all(names.slice(0, 5).map(async (name) => (await dns.addresses(name)).includes(address)));
  const told = `${address} (${ehloName}) points back to ${names.slice(0, 5).map(quoted).join(', ')}`;
  return confirmed.includes(true) ? ok(told) : warning(`${told}, which does not have this address`, publish);
}
