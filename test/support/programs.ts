/**
 * Programs of the system that some tests use. `test/run` installs them; where they are missing all the same, a test that needs one fails,
 * unless POSTERN_TEST_ALLOW_MISSING=1 says that it may be skipped. Use `testWith('swaks')('name', …)` in place of `test`.
 */
import { accessSync, constants } from 'node:fs';
import { delimiter, join } from 'node:path';

const names = ['postfix', 'swaks', 'redis-server', 'dnsmasq', 'clamd', 'promtool', 'haproxy', 'docker-compose', 'systemd-analyze'] as const;
export type Program = (typeof names)[number];

/** Debian keeps daemons in folders that are not in everybody's PATH. */
const folders = [...(process.env.PATH ?? '').split(delimiter), '/usr/local/sbin', '/usr/sbin', '/sbin'];

function isThere(name: string): boolean {
  return folders.some((folder) => {
    try {
      accessSync(join(folder, name), constants.X_OK);
      return true;
    } catch {
      return false;
    }
  });
}

/** The programs that can be used here; Postfix needs root besides. */
export const programs: ReadonlySet<Program> = new Set(
  names.filter((name) => isThere(name) && (name !== 'postfix' || process.getuid?.() === 0)),
);

/** Jest's `test` where all programs are there; else one that is skipped, if that is allowed, or fails with what is missing. */
export function testWith(...needed: readonly Program[]): jest.It {
  const missing = needed.filter((name) => !programs.has(name));
  if (missing.length === 0) return test;
  if (process.env.POSTERN_TEST_ALLOW_MISSING === '1') return test.skip;
  return ((name: string) => {
    test(name, () => {
      throw new Error(`missing: ${missing.join(', ')} (Postfix also needs root). "bash test/run" says how to get them`);
    });
  }) as jest.It;
}
