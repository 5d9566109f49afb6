/** The policy file: YAML -> Policy. The door of `yaml` for settings. */
import { readFileSync } from 'node:fs';
import { parse } from 'yaml';
import { type Policy, readPolicy } from '../policy/policy.ts';

/**
 * Reads `policy.yaml`.
 * @throws PolicyError with every problem at once; an error of `node:fs` or `yaml` where the file cannot be read.
 */
export const loadPolicy = (path: string): Policy => readPolicy(parse(readFileSync(path, 'utf8')));
