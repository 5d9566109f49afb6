/** The policy file and the phrase files beside it: YAML -> Policy. */
import { readdirSync, readFileSync } from 'node:fs';
import { basename, dirname, join } from 'node:path';
import { load } from 'js-yaml';
import { type Policy, readPolicy } from '../policy/policy.ts';
import { readPhrases } from '../policy/reading/phrases.ts';
import type { Settings } from './settings.ts';

/** Links to them, and addresses at them, are the relay's own. */
export const ownHosts = ({ relayDomains, publicUrl }: Pick<Settings, 'relayDomains' | 'publicUrl'>): readonly string[] =>
  publicUrl === undefined ? relayDomains : [...relayDomains, new URL(publicUrl).hostname];

/**
 * Reads `policy.yaml` and, beside it, `phrases/<language>.yaml` of the languages that it names. Addresses at the relay's own hosts are
 * aliases, and links to them its own: they stand in every quoted "… wrote:" and break nothing.
 * @throws PolicyError or PhrasesError with every problem at once; an error of `node:fs` or `js-yaml` where a file cannot be read.
 */
export function loadPolicy(path: string, ownHosts: readonly string[] = []): Policy {
  const policy = readPolicy(readYaml(path));
  const folder = join(dirname(path), 'phrases');
  const names = readdirSync(folder).filter((name) => name.endsWith('.yaml') && policy.languages.includes(basename(name, '.yaml')));
  const documents = names.sort().map((name) => ({ name, document: readYaml(join(folder, name)) }));
  const marketplace = [...policy.allowed.marketplace, ...ownHosts];
  return { ...policy, allowed: { ...policy.allowed, marketplace }, phrases: readPhrases(documents) };
}

const readYaml = (path: string): unknown => load(readFileSync(path, 'utf8'), { filename: path });
