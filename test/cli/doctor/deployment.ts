/** A deployment for the doctor's checks: settings as they would be read in a folder of its own, and a real name server. */
import { randomBytes } from 'node:crypto';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { openResolver } from '../../../src/auth/resolver.ts';
import type { Check, Deployment } from '../../../src/cli/doctor/check.ts';
import { dnsOf } from '../../../src/cli/doctor/dns.ts';
import { loadSettings } from '../../../src/config/load.ts';

const root = join(import.meta.dirname, '../../..');

export interface Folder extends Disposable {
  readonly path: string;
  /** Writes a file; answers its path. */
  put(name: string, text: string, mode?: number): string;
  /** What the check says of a relay that is started here with these settings, a line each: `state found -> change`. */
  says(check: Check, env?: Readonly<Record<string, string>>): Promise<readonly string[]>;
  deployment(env?: Readonly<Record<string, string>>): Deployment;
}

export function makeFolder(): Folder {
  const path = mkdtempSync(join(tmpdir(), 'postern-doctor-'));
  const deployment = (changes: Readonly<Record<string, string>> = {}): Deployment => {
    const usual = {
      RELAY_DOMAIN: 'good.example',
      RELAY_SECRET: randomBytes(32).toString('base64'),
      API_TOKEN: randomBytes(32).toString('hex'),
      OUTBOUND_URL: 'smtp://hop.provider.example',
      POLICY_FILE: join(root, 'config/policy.yaml'),
    };
    const env = { ...usual, ...changes };
    const settings = loadSettings({ env, cwd: path });
    return { settings, dns: dnsOf(openResolver(settings.dnsServers ?? [])), env, cwd: path };
  };
  return {
    path,
    put(name, text, mode = 0o600) {
      writeFileSync(join(path, name), text, { mode });
      return join(path, name);
    },
    async says(check, env) {
      const said = await check.look(deployment(env), AbortSignal.timeout(5000));
      return said.map(({ state, found, change }) => `${state} ${found}${change === undefined ? '' : ` -> ${change}`}`);
    },
    deployment,
    [Symbol.dispose]: () => rmSync(path, { recursive: true, force: true }),
  };
}
