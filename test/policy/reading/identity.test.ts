import { fold } from '../../../src/policy/reading/fold.ts';
import { identityNumbersIn } from '../../../src/policy/reading/identity.ts';

const found = (text: string): string[] => {
  const folded = fold(text);
  return [...identityNumbersIn(folded)].map(({ from, to }) => text.slice(folded.origin(from), folded.origin(to - 1, 'end')));
};

test.each([
  ['card', '4111 1111 1111 1111'],
  ['card, digit by digit', '4 1 1 1 1 1 1 1 1 1 1 1 1 1 1 1'],
  ['IBAN', 'DE89 3704 0044 0532 0130 00'],
  ['IBAN, country apart', 'DE 89370400440532013000'],
  ['codice fiscale', 'RSSMRA85T10A562S'],
  ['codice fiscale, in groups', 'RSS MRA 85T10 A562S'],
  ['DNI', '12345678Z'],
  ['DNI, with points', '12.345.678-Z'],
  ['NIE', 'X1234567L'],
  ['NIE, with hyphens', 'Y-1234567-X'],
  ['Chinese identity card', '11010519491231002X'],
  ['personnummer', '811228-9874'],
  ['CPF', '529.982.247-25'],
])('a %s is found among words and between lines', (_, number) => {
  for (const text of [number, `It is ${number}, as of 2 May 2025.`, `My number is:\n${number}\nand 4 more.`])
    expect(found(text)).toEqual([number]);
});

test('what only begins like one is none: dates, orders, words of two letters before a number', () => {
  const text = 'On 12.05.2025 at 10:00 order 302-7729113-4450 is in 24 parts, no 12345678 of lot x1234567, de 89 3704 0044.';
  expect(found(text)).toEqual([]);
});

test('a longer row of letters and digits holds none', () => {
  expect(found(`${'a1'.repeat(3_000)} x${'4111111111111111'.repeat(500)}`)).toEqual([]);
});
