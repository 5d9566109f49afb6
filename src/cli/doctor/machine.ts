/** What the machine gives: Node's version, open files. */
import { readFileSync } from 'node:fs';
import { defaultLimits } from '../../inbound/limits.ts';
import { type Check, ok, problem, type Said, warning } from './check.ts';

/** Files, store, HTTP, and the connections to the next hop. */
const beside = 200;

export const machine: Check = {
  name: 'machine',
  look: async () => [node(), ...openFiles()],
};

function node(): Said {
  const { node: version } = process.versions;
  if (Number(version.split('.')[0]) < 24) return problem(`Node ${version}`, 'use Node 24: npm ci brings it, npm start uses it');
  return ok(`Node ${version}`);
}

/** Linux alone tells; the limit is that of this shell, and mostly the relay's too. */
function openFiles(): readonly Said[] {
  const limits = textOf('/proc/self/limits');
  const limit = Number(/^Max open files\s+(\d+)/m.exec(limits)?.[1] ?? Number.NaN);
  const wanted = defaultLimits.connections + beside;
  if (Number.isNaN(limit)) return [];
  if (limit < wanted)
    return [
      warning(`${limit} open files are allowed in this shell; a relay under load has up to ${wanted}`, 'raise it: ulimit -n, LimitNOFILE='),
    ];
  return [ok(`${limit} open files are allowed in this shell, a relay has up to ${wanted}`)];
}

function textOf(path: string): string {
  try {
    return readFileSync(path, 'utf8');
  } catch {
    return '';
  }
}
