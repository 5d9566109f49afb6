/** Are the secrets long, kept apart, and for the relay's eyes alone? None of them is shown. */
import { statSync } from 'node:fs';
import { resolve } from 'node:path';
import { collect } from '../../config/given.ts';
import { type Name, rows } from '../../config/rows.ts';
import { type Check, type Deployment, ok, problem, type Said, warning } from './check.ts';

export const secrets: Check = {
  name: 'secrets',
  async look(deployment) {
    const said = [...weak(deployment.settings), ...files(deployment)];
    return said.length > 0 ? said : [ok('long enough, all different, and not for everybody to read')];
  },
};

function weak({ relaySecrets, apiToken }: Deployment['settings']): readonly Said[] {
  const said: Said[] = [];
  // 32 random bytes have 15 or fewer different ones about never.
  if (relaySecrets.some((secret) => new Set(secret).size < 16))
    said.push(problem('a RELAY_SECRET is not random', 'put a new one first: openssl rand -base64 32'));
  if (apiToken.length < 20) said.push(warning('API_TOKEN is short', 'openssl rand -base64 32'));
  if (relaySecrets.some((secret) => secret.toString('base64') === apiToken))
    said.push(problem('API_TOKEN and RELAY_SECRET are the same', 'openssl rand -base64 32, for API_TOKEN'));
  return said;
}

function files({ settings: { dkim, tls, submission }, env, cwd }: Deployment): readonly Said[] {
  const { given } = collect(env, cwd);
  const inFile = [...given].some(([name, { where }]) => isSecret(name) && where === 'in the settings file');
  const paths = [
    ...(inFile ? [resolve(cwd, env.CONFIG_FILE?.trim() || rows.CONFIG_FILE.default)] : []),
    ...(given.has('RELAY_SECRET') ? [] : [resolve(cwd, 'var/secret')]),
    ...(given.has('API_TOKEN') ? [] : [resolve(cwd, 'var/api-token')]),
    ...[...given.values()].flatMap(({ file }) => file ?? []),
    ...dkim.map(({ keyFile }) => keyFile),
    ...(tls ? [tls.keyFile] : []),
    ...(submission ? [submission.usersFile] : []),
  ];
  // A group of its own is a usual way to give a file to several programs; everybody is not.
  const open = paths
    .filter((path) => ((statSync(path, { throwIfNoEntry: false })?.mode ?? 0) & 0o007) !== 0)
    .map((path) => JSON.stringify(path));
  return open.map((path) => problem(`everybody on this machine can read ${path}, which holds a secret`, `chmod 600 ${path}`));
}

const isSecret = (name: Name): boolean => 'secret' in rows[name];
