/** DNS as an object: what a zone says, and what it refuses to say. The double of `auth/resolver.ts`; a name that is not there is NXDOMAIN. */
import type { Resolver } from '../../src/auth/resolver.ts';

/** By name and type: records; `'servfail'`; or `'never'`, where no answer ever comes. */
export type Zone = Readonly<Record<string, Readonly<Record<string, readonly string[] | 'servfail' | 'never'>>>>;

export const dnsOf =
  (zone: Zone): Resolver =>
  async (name, type) => {
    const answer = zone[name.toLowerCase()]?.[type];
    if (answer === 'never') return new Promise(() => {});
    if (answer === 'servfail') throw Object.assign(new Error(`queryTxt ESERVFAIL ${name}`), { code: 'ESERVFAIL' });
    if (answer === undefined) throw Object.assign(new Error(`queryTxt ENOTFOUND ${name}`), { code: 'ENOTFOUND' });
    return type === 'TXT' ? answer.map((text) => [text]) : [...answer];
  };
