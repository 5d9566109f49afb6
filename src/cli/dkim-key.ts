/** `dkim-key FILE.pem`: makes a DKIM key for its owner's eyes alone, and says what to publish and to set. Never writes over a file. */
import { generateKeyPairSync } from 'node:crypto';
import { writeFileSync } from 'node:fs';
import { parseArgs } from 'node:util';
import { collect } from '../config/given.ts';
import { rows } from '../config/rows.ts';
import { dkimRecord, readDkimKey } from '../outbound/dkim-key.ts';
import { txtRecord } from './doctor/records.ts';

const usage = `usage: dkim-key FILE.pem [options]
  --ed25519         an Ed25519 key (RFC 8463), to stand beside an RSA key of 2048 bits
  --selector NAME   default: the month, as in s202611, e202611
`;

interface Asked {
  readonly file: string;
  readonly ed25519: boolean;
  readonly selector: string;
}

export async function dkimKey(args: readonly string[]): Promise<number> {
  const asked = askedIn(args);
  if (!asked) {
    process.stderr.write(usage);
    return 2;
  }
  const { file, ed25519, selector } = asked;
  const pair = ed25519 ? generateKeyPairSync('ed25519') : generateKeyPairSync('rsa', { modulusLength: 2048 });
  const pem = pair.privateKey.export({ type: 'pkcs8', format: 'pem' }).toString();
  try {
    writeFileSync(file, pem, { flag: 'wx', mode: 0o600 });
  } catch (error) {
    const code = error instanceof Error && 'code' in error ? String(error.code) : 'unknown';
    process.stderr.write(`${JSON.stringify(file)} cannot be made (${code})${code === 'EEXIST' ? ': it is there already' : ''}.\n`);
    return 1;
  }
  process.stdout.write(told(asked, relayDomains(), dkimRecord(readDkimKey(pem)), selector));
  return 0;
}

function askedIn(args: readonly string[]): Asked | undefined {
  try {
    const options = { ed25519: { type: 'boolean', default: false }, selector: { type: 'string' } } as const;
    const { values, positionals } = parseArgs({ args: [...args], allowPositionals: true, options });
    const [file, more] = positionals;
    const month = new Date().toISOString().slice(0, 7).replace('-', '');
    const [selector] = rows.DKIM_SELECTOR.read(values.selector ?? `${values.ed25519 ? 'e' : 's'}${month}`, '') ?? [];
    return file === undefined || more !== undefined || selector === undefined ? undefined : { file, ed25519: values.ed25519, selector };
  } catch {
    return undefined;
  }
}

/** The other settings may not fit yet: they may name the very file that is made here. */
function relayDomains(): readonly string[] {
  const cwd = process.cwd();
  return rows.RELAY_DOMAIN.read(collect(process.env, cwd).given.get('RELAY_DOMAIN')?.text ?? rows.RELAY_DOMAIN.default, cwd) ?? [];
}

const told = ({ file }: Asked, domains: readonly string[], record: string, selector: string): string =>
  [
    '; 1. Publish:',
    ...domains.map((domain) => txtRecord(`${selector}._domainkey.${domain}`, record)),
    `; 2. Put ${JSON.stringify(file)} behind the others in DKIM_KEY_FILE and ${selector} behind the others in DKIM_SELECTOR: it does not sign yet`,
    ';    (where there is no other of its kind, it does: publish first, and wait an hour).',
    '; 3. When "doctor" says that it is published, put both first, in the settings file, and kill -HUP the relay (without a file: restart it).',
    '; 4. After a week take the old key out of both, and later its record out of the DNS.',
    '',
  ].join('\n');
