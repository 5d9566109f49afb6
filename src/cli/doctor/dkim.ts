/** Are the public halves of our DKIM keys published, and strong enough (RFC 6376 section 3.6.1, RFC 8301, RFC 8463)? */
import { readFileSync } from 'node:fs';
import { type DkimKey, signingKeys } from '../../outbound/dkim.ts';
import { dkimRecord, readDkimKey, type SigningKey } from '../../outbound/dkim-key.ts';
import { type Check, eachSendingDomain, ok, problem, quoted, type Said, warning } from './check.ts';
import { txtRecord } from './records.ts';

export const dkim: Check = {
  name: 'dkim',
  async look(deployment) {
    const { dkim: given, relayDomains } = deployment.settings;
    const keys = given.map(({ keyFile, selector }) => ({ selector, privateKey: readFileSync(keyFile, 'utf8') }));
    const broken = keys.flatMap((key) => unusable(key));
    if (broken.length > 0) return broken;
    const signing = signingKeys(keys);
    const said = await eachSendingDomain(deployment, async (domain) => {
      if (keys.length === 0)
        return [
          warning(`what leaves is not signed here: the next hop must sign for ${domain}`, 'make a key: npm run -s postern -- dkim-key'),
        ];
      return Promise.all(
        keys.map(async ({ selector, privateKey }) => {
          const name = `${selector}._domainkey.${domain}`;
          const signs = signing.some((key) => key.selector === selector);
          return judge({ name, key: readDkimKey(privateKey), records: await deployment.dns.txt(name), signs });
        }),
      );
    });
    const few = signing.length > 0 && signing.every(({ kind }) => kind !== 'rsa');
    const alone = warning(
      'every signing key is Ed25519, which many receivers do not read',
      'put an RSA key beside it: npm run -s postern -- dkim-key',
    );
    return few && relayDomains.length > 0 ? [...said, alone] : said;
  },
};

function unusable({ selector, privateKey }: DkimKey): readonly Said[] {
  try {
    readDkimKey(privateKey);
    return [];
  } catch (error) {
    return [
      problem(`key of ${selector}: ${error instanceof Error ? error.message : 'unreadable'}`, 'make one: npm run -s postern -- dkim-key'),
    ];
  }
}

interface Published {
  readonly name: string;
  readonly key: SigningKey;
  readonly records: readonly string[];
  /** Now; others wait for their turn. */
  readonly signs: boolean;
}

function judge({ name, key, records, signs }: Published): Said {
  const publish = `publish: ${txtRecord(name, dkimRecord(key))}`;
  const [record, second] = records;
  if (record === undefined)
    return signs
      ? problem(`${name} is not there, and this key signs: nobody can verify`, publish)
      : warning(`${name} is not there; its key does not sign yet`, publish);
  if (second !== undefined) return problem(`${name} has ${records.length} records`, `leave one. ${publish}`);
  const tags = tagsOf(record);
  const wrong = wrongIn(tags, key);
  if (wrong !== undefined) return (signs ? problem : warning)(`${name} ${wrong}`, publish);
  if (key.kind === 'rsa' && key.bits < 2048)
    return warning(`${name}: an RSA key of ${key.bits} bits`, 'change to one of 2048 bits: npm run -s postern -- dkim-key');
  if (key.kind === 'rsa' && key.bits > 4096)
    return warning(`${name}: an RSA key of ${key.bits} bits, which not every receiver reads (RFC 8301)`, 'change to one of 2048 bits');
  const flags = (tags.get('t') ?? '').split(':');
  if (flags.includes('y')) return warning(`${name} says t=y: receivers treat our mail as if it were not signed`, publish);
  return ok(`${name}: ${key.kind}, ${key.bits} bits, published as we have it${signs ? ', signs' : '; does not sign yet'}`);
}

/** RFC 6376 section 3.2. */
const tagsOf = (record: string): ReadonlyMap<string, string> =>
  new Map(
    record.split(';').flatMap((tag): [string, string][] => {
      const at = tag.indexOf('=');
      return at < 0 ? [] : [[tag.slice(0, at).trim(), tag.slice(at + 1).replace(/\s/g, '')]];
    }),
  );

function wrongIn(tags: ReadonlyMap<string, string>, { kind, publicKey }: SigningKey): string | undefined {
  const has = (tag: string, usual: string, wanted: readonly string[]): boolean =>
    (tags.get(tag) ?? usual).split(':').some((value) => wanted.includes(value));
  if ((tags.get('v') ?? 'DKIM1') !== 'DKIM1') return `is no DKIM1 record: ${quoted(tags.get('v') ?? '')}`;
  if (!tags.has('p')) return 'has no p=';
  if (tags.get('p') === '') return 'says by an empty p= that the key is revoked';
  if (!has('k', 'rsa', [kind])) return `is for k=${quoted(tags.get('k') ?? 'rsa')}, and the key is ${kind}`;
  if (tags.get('p') !== publicKey) return 'holds another key than ours';
  if (!has('h', 'sha256', ['sha256'])) return 'does not allow SHA-256 (h=)';
  return has('s', '*', ['*', 'email']) ? undefined : 'is not for mail (s=)';
}
