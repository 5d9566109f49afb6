/** What `explain` says of a message: of its author's proof, in the words of RFC 8601; of its steps, and of what stopped it. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { tell } from '../../src/cli/explain/story.ts';
import type { Authentication } from '../../src/model/authentication.ts';
import type { Entry } from '../../src/model/entry.ts';

const entry: Entry = {
  trace: 'k3m9x7q2v8r4t6w1',
  at: 0,
  disposition: 'relay',
  reply: '250 2.0.0 k3m9x7q2v8r4t6w1',
  findings: [],
  bytes: 1,
  steps: {},
};

test.each<[Authentication, string]>([
  [{ spf: 'pass', dkim: 'none', aligned: true }, 'spf=pass dkim=none -> proven by SPF.'],
  [{ spf: 'pass', dkim: 'pass', aligned: true }, 'spf=pass dkim=pass -> proven by SPF or DKIM.'],
  [{ spf: 'fail', dkim: 'fail', arc: 'pass', aligned: true }, 'spf=fail dkim=fail arc=pass -> proven by a trusted forwarder’s seal (ARC).'],
  [{ auth: 'pass', spf: 'none', dkim: 'none', aligned: true }, 'auth=pass spf=none dkim=none -> proven by the login.'],
  [{ spf: 'pass', dkim: 'none', aligned: false }, 'spf=pass dkim=none -> not proven, SPF does not stand for the author’s domain.'],
  [{ spf: 'temperror', dkim: 'none', aligned: false }, 'spf=temperror dkim=none -> not proven.'],
])('%j: %s', (authentication, words) => {
  expect(tell({ ...entry, authentication })).toContain(`\nIts author: ${words}\n`);
});

test('says nothing of a proof that nobody asked for', () => {
  expect(tell(entry)).not.toContain('author:');
});

test.each([
  ['malware', 'a file that carries malware'],
  ['identity', 'a file in whose words its author stands'],
  ['starting-blocked', 'its author’s party may not start conversations now'],
  ['all-blocked', 'none of its author’s party’s messages passes now'],
])('what stopped it has words, though it is no rule of the policy: %s', (rule, words) => {
  const findings = [{ rule, action: 'reject', part: 'attachment', region: 'new' }] as const;
  expect(tell({ ...entry, disposition: 'reject', findings })).toContain(
    `  ${rule}: ${words}, in the attachment (new): the message is refused`,
  );
});

test('each step of the way says what was done in it', () => {
  const way = readFileSync(join(import.meta.dirname, '../../src/relay.ts'), 'utf8');
  const transform = readFileSync(join(import.meta.dirname, '../../src/transform.ts'), 'utf8');
  const steps = [...`${way}${transform}`.matchAll(/\blap\('([^']+)'\)/g)].map(([, step = '']) => step);
  expect(steps).toEqual(expect.arrayContaining(['authenticate', 'judge', 'scan', 'hand over']));
  const told = tell({ ...entry, steps: Object.fromEntries(steps.map((step) => [step, 1])) });
  for (const step of steps) expect(told).toMatch(new RegExp(`  ${step} +1\\.00 ms  \\S`));
});
