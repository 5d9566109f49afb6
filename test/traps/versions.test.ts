/**
 * Versions below which a library has a hole that is known (traps.md section 2), as the lock file pins them, wherever a copy lies: what brings
 * an older one of its own brings the hole.
 */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';

const { packages } = JSON.parse(readFileSync(join(import.meta.dirname, '../../package-lock.json'), 'utf8')) as {
  readonly packages: Readonly<Record<string, { readonly version?: string }>>;
};

/** Every copy of a package: where it lies, and its version. */
const copiesOf = (name: string): readonly (readonly [at: string, version: string])[] =>
  Object.entries(packages).flatMap(([at, { version }]) => (at.endsWith(`node_modules/${name}`) && version ? [[at, version] as const] : []));

/** Whether a version, without the words behind it, is one that the other one precedes, or the same. */
function isAtLeast(version: string, floor: string): boolean {
  const [given = [], least = []] = [version, floor].map((text) => (text.split('-', 1)[0] ?? '').split('.').map(Number));
  const at = least.findIndex((part, index) => part !== (given[index] ?? 0));
  return at < 0 || (given[at] ?? 0) > (least[at] ?? 0);
}

test('versions are compared by number', () => {
  expect(['10.6.0', '10.10.0', '11.0.0'].map((version) => isAtLeast(version, '10.6.0'))).toEqual([true, true, true]);
  expect(['10.5.9', '9.9.9', '10.0.12'].map((version) => isAtLeast(version, '10.6.0'))).toEqual([false, false, false]);
});

test.each<[name: string, floor: string, why: string]>([
  ['nodemailer', '10.6.0', 'addresses read out of comments, nested groups, file access by `raw`, command injection'],
  ['smtp-server', '3.21.6', 'endless command lines, crashes and injection around STARTTLS'],
  ['mailparser', '3.9.31', 'addresses made of encoded words, unbounded links'],
  ['mailauth', '7.1.0', 'strict alignment taken for relaxed, crafted tags, a lone CR'],
  ['libmime', '5.4.2', 'prototype pollution, two readers of one parameter'],
  ['ioredis', '6.0.0', 'what the store is tested with'],
  ['node', '24.21.0', 'on an older one npm picks older libraries'],
])('no copy of %s below %s: %s', (name, floor) => {
  const copies = copiesOf(name);
  expect(copies).not.toEqual([]);
  expect(copies.filter(([, version]) => !isAtLeast(version, floor))).toEqual([]);
});

test.each([
  ['postcss', '8.5.19'],
  ['nanoid', '3.3.17'],
  ['sanitize-html', '2.17.4'],
])('%s, should anything bring it, is %s or newer', (name, floor) => {
  expect(copiesOf(name).filter(([, version]) => !isAtLeast(version, floor))).toEqual([]);
});

test('mailparser and mailauth use the one nodemailer that we chose', () => {
  expect(copiesOf('nodemailer').map(([at]) => at)).toEqual(['node_modules/nodemailer']);
});
