import fc from 'fast-check';
import { readAuthor } from '../../src/mime/author.ts';

const one: readonly (readonly [from: string, mailbox: string])[] = [
  ['ada@buyer.example', 'ada@buyer.example'],
  ['<ada@buyer.example>', 'ada@buyer.example'],
  ['Ada Lovelace <Ada@Buyer.Example>', 'ada@buyer.example'],
  ['"Lovelace, Ada" <ada@buyer.example>', 'ada@buyer.example'],
  ['=?utf-8?Q?Ada_L=C3=B6w?= <ada@buyer.example>', 'ada@buyer.example'],
  ['ada@buyer.example (Ada)', 'ada@buyer.example'],
  ['(a(b)seller@shop.example) ada@buyer.example', 'ada@buyer.example'],
  ['"seller@shop.example" <ada@buyer.example>', 'ada@buyer.example'],
  ['"a\\"b <seller@shop.example>" <ada@buyer.example>', 'ada@buyer.example'],
  ['Ada (the <seller@shop.example> one) <ada@buyer.example> (and more)', 'ada@buyer.example'],
  ['=?utf-8?Q?seller=40shop.example?= <ada@buyer.example>', 'ada@buyer.example'],
  ['=?utf-8?B?PHNlbGxlckBzaG9wLmV4YW1wbGU+?= <ada@buyer.example>', 'ada@buyer.example'],
  ['ada@buyer.example <ada@buyer.example>', 'ada@buyer.example'],
  ["'ada@buyer.example' <ada@buyer.example>", 'ada@buyer.example'],
  ['Ada Q. Lovelace [shop] <ada@buyer.example>', 'ada@buyer.example'],
  ['<ada@bücher.example>', 'ada@xn--bcher-kva.example'],
];

test.each(one)('%s', (from, mailbox) => {
  expect(readAuthor(from)).toBe(mailbox);
});

const none = [
  '',
  'Ada',
  '<>',
  'ada@buyer.example, eve@evil.example',
  '<ada@buyer.example>, <eve@evil.example>',
  '<ada@buyer.example> <eve@evil.example>',
  'Team: ada@buyer.example;',
  'undisclosed-recipients:;',
  'seller@shop.example <eve@evil.example>',
  'seller@shop.example, <eve@evil.example>',
  '"seller@shop.example"@evil.example',
  '"ada" @buyer.example',
  'ada@buyer.example eve@evil.example',
  '<@relay.example:ada@buyer.example>',
  '<ada@buyer.example',
  'ada@buyer.example>',
  '"Ada <ada@buyer.example>',
  '(Ada <ada@buyer.example>',
  'ada@[192.0.2.1]',
  'ada@localhost',
  'ada@buyer@example.org',
  'ada @buyer.example',
  'ada@buyer.example\0',
  'Ada \\<eve@evil.example> <ada@buyer.example>',
  '=?utf-8?Q?ada=40buyer.example?=',
  `${'x'.repeat(1020)} <ada@buyer.example>`,
  `${'('.repeat(11)}${')'.repeat(11)} ada@buyer.example`,
];

test.each(none)('nobody: %s', (from) => {
  expect(readAuthor(from)).toBeUndefined();
});

test('whatever stands in a quoted name or a comment, the mailbox in the brackets is the author', () => {
  const inside = fc.string({ maxLength: 100 }).map((text) => text.replace(/[^\x20-\x7e]/g, '').replace(/[\\"()]/g, ''));
  fc.assert(
    fc.property(inside, inside, (name, comment) => {
      expect(readAuthor(`"${name}" (${comment}) <ada@buyer.example> (${name})`)).toBe('ada@buyer.example');
    }),
  );
});
