import fc from 'fast-check';
import { openVault } from '../../src/store/vault.ts';

const a = Buffer.alloc(32, 1);
const b = Buffer.alloc(32, 2);

describe('the vault', () => {
  test('opens what it sealed, whatever it is', () => {
    const vault = openVault([a]);
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 2000 }), fc.string(), (content, context) => {
        expect(Buffer.compare(vault.open(vault.seal(content, context), context), content)).toBe(0);
      }),
    );
    fc.assert(
      fc.property(fc.string({ unit: 'grapheme' }), (text) => {
        expect(vault.open(vault.seal(text, 'c'), 'c').toString()).toBe(text);
      }),
    );
  });

  test('seals the same text differently each time, and shows nothing of it', () => {
    const vault = openVault([a]);
    const [one, two] = [vault.seal('ada@mail.example', 'c'), vault.seal('ada@mail.example', 'c')];
    expect(one.equals(two)).toBe(false);
    expect(one.includes('ada')).toBe(false);
    // version, key id, IV, tag
    expect(one.length - 'ada@mail.example'.length).toBe(33);
  });

  test('refuses a value of which any byte was changed or cut', () => {
    const vault = openVault([a]);
    const sealed = vault.seal('text', 'party:1');
    for (let at = 0; at < sealed.length; at += 1) {
      const changed = Buffer.from(sealed);
      changed[at] = (changed[at] ?? 0) ^ 1;
      expect(() => vault.open(changed, 'party:1')).toThrow();
      expect(() => vault.open(sealed.subarray(0, at), 'party:1')).toThrow();
    }
  });

  test('refuses a value of another record', () => {
    const vault = openVault([a]);
    expect(() => vault.open(vault.seal('text', 'party:1'), 'party:2')).toThrow('belongs to another record');
  });

  test('reads what each of its secrets wrote, writes with the first, and says when none fits', () => {
    const old = openVault([a]).seal('text', 'c');
    const turned = openVault([b, a]);
    expect(turned.open(old, 'c').toString()).toBe('text');
    const anew = turned.seal('text', 'c');
    expect(openVault([b]).open(anew, 'c').toString()).toBe('text');
    expect(() => openVault([a]).open(anew, 'c')).toThrow('no secret fits');
    expect(() => openVault([b]).open(old, 'c')).toThrow('no secret fits');
  });

  test('hashes by purpose and secret, the first one first', () => {
    const [one, two, both] = [openVault([a]), openVault([b]), openVault([b, a])];
    expect(one.hash('mailbox', 'x')).toBe(openVault([a]).hash('mailbox', 'x'));
    expect(one.hash('mailbox', 'x')).toMatch(/^[\w-]{22}$/);
    expect(new Set([one.hash('mailbox', 'x'), one.hash('once', 'x'), one.hash('mailbox', 'y'), two.hash('mailbox', 'x')]).size).toBe(4);
    expect(both.hash('mailbox', 'x')).toBe(two.hash('mailbox', 'x'));
    expect(both.hashes('mailbox', 'x')).toEqual([two.hash('mailbox', 'x'), one.hash('mailbox', 'x')]);
    expect(openVault([a, a]).hashes('mailbox', 'x')).toHaveLength(1);
  });

  test('takes secrets of 32 bytes alone, and at least one', () => {
    expect(() => openVault([])).toThrow(RangeError);
    expect(() => openVault([a, Buffer.alloc(31)])).toThrow(RangeError);
  });
});
