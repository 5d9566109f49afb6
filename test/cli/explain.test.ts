/** What `explain` says of the author's proof, in the words of RFC 8601. */
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
