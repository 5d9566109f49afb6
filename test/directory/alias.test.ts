import { createHmac } from 'node:crypto';
import fc from 'fast-check';
import { checkHolds, mintLocal, mintTrace, readLocal } from '../../src/directory/alias.ts';

const hashBy =
  (secret: string) =>
  (text: string): string =>
    createHmac('sha256', secret).update(text).digest('base64url');
const [old, current] = [hashBy('old'), hashBy('new')];
const alphabet = /^[0-9a-hjkmnp-tv-z]+$/;

describe('an alias', () => {
  test('is 24 characters that nobody misreads, never the same twice', () => {
    const minted = Array.from({ length: 5000 }, () => mintLocal(current));
    expect(new Set(minted).size).toBe(5000);
    for (const local of minted) {
      expect(local).toHaveLength(24);
      expect(local).toMatch(alphabet);
    }
    // Every character at every place: nothing in it is fixed.
    for (let at = 0; at < 24; at += 1) expect(new Set(minted.map((local) => local[at])).size).toBe(32);
  });

  test('carries a check that holds by any of the secrets, and by no other', () => {
    const local = mintLocal(old);
    expect(checkHolds(local, (text) => [old(text)])).toBe(true);
    expect(checkHolds(local, (text) => [current(text), old(text)])).toBe(true);
    expect(checkHolds(local, (text) => [current(text)])).toBe(false);
    expect(checkHolds(local, () => [])).toBe(false);
  });

  test('with any character changed is not ours', () => {
    const local = mintLocal(current);
    for (let at = 0; at < local.length; at += 1) {
      const changed = local.slice(0, at) + (local[at] === '0' ? '1' : '0') + local.slice(at + 1);
      expect(checkHolds(changed, (text) => [current(text)])).toBe(false);
    }
  });

  test('is not made of other words', () => {
    fc.assert(fc.property(fc.string({ maxLength: 40 }), (text) => expect(checkHolds(text, (it) => [current(it)])).toBe(false)));
    expect(checkHolds(mintLocal(current).toUpperCase(), (text) => [current(text)])).toBe(false);
  });

  test('is read from an address in lower case; what no alias can be is none', () => {
    const local = mintLocal(current);
    expect(readLocal(`${local.toUpperCase()}@Relay.Example`)).toBe(local);
    for (const address of [
      '',
      '@relay.example',
      'a b@relay.example',
      'ä@relay.example',
      `${'a'.repeat(65)}@relay.example`,
      '"a"@x.example',
      'a@b@c',
    ]) {
      expect(readLocal(address)).toBeUndefined();
    }
  });
});

test('a trace id is 16 such characters, never the same twice', () => {
  const minted = Array.from({ length: 1000 }, mintTrace);
  expect(new Set(minted).size).toBe(1000);
  for (const trace of minted) expect(trace).toMatch(/^[0-9a-hjkmnp-tv-z]{16}$/);
});
