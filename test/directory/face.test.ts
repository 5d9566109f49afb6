/** What the other side sees of a name: requirement A6. */
import fc from 'fast-check';
import { faceName } from '../../src/directory/face.ts';

const seen = (name: string, style: 'initial' | 'full' | 'role' = 'initial') => faceName({ name, role: 'seller' }, style, 'en');

test.each([
  ['Hanna Okafor', 'Hanna O.'],
  ['Anna Maria von der Tann', 'Anna T.'],
  ['Hanna', 'Hanna'],
  ['山田太郎', '山**'],
  ['Éloïse Ünal', 'Éloïse Ü.'],
  ['Oak Bench, Inc.', 'Oak I.'],
  ['hanna@oakbench.example', 'Seller'],
  ['Call 0171 2345', 'Seller'],
  ['oakbench.com', 'Seller'],
  ['https://x', 'Seller'],
  ['Ｃａｌｌ ０１７１', 'Seller'],
  ['hanna＠oakbench', 'Seller'],
  ['"Eve" <x>', 'Eve x.'],
  ['\u202eHanna Okafor', 'Hanna O.'],
  ['  ', 'Seller'],
])('%j is shown as %j', (name, shown) => {
  expect(seen(name)).toBe(shown);
});

test('as the setting says, in the reader’s language', () => {
  expect(seen('Hanna Okafor', 'full')).toBe('Hanna Okafor');
  expect(seen('Hanna Okafor', 'role')).toBe('Seller');
  expect(faceName({ name: 'a@b.example', role: 'buyer' }, 'full', 'de')).toBe('Käufer');
});

test('never an address, a number, a control or a special of a header, whatever the name', () => {
  fc.assert(
    fc.property(fc.string({ unit: 'binary', maxLength: 300 }), fc.constantFrom('initial' as const, 'full' as const), (name, style) => {
      const shown = seen(name, style);
      return shown !== '' && shown.length <= 70 && !/[\p{Cc}\p{Cf}<>@,;:"\\]|\d{3}/u.test(shown);
    }),
  );
});
