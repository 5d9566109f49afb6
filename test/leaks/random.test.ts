/** Any name and any address, in any form, at any place of a message: none of it comes out, and the words around it do. */
import fc from 'fast-check';
import { castFor, directions, type Person } from './people.ts';
import { runAs } from './run.ts';
import { cross, forms, places } from './tables/crossed.ts';

const firsts = [
  'Aino',
  'Björn',
  'Chloé',
  'Dušan',
  'Eoghan',
  'Fatma',
  'Giulia',
  'Håkon',
  'Ioana',
  'Jiří',
  'Kwame',
  'Łucja',
  'Mary-Ann',
  'Nguyễn',
  'Øystein',
  'Şule',
  'Žofia',
];
const lasts = [
  'Virtanen',
  'Åkesson',
  'Lefèvre',
  'Đorđević',
  "O'Shaughnessy",
  'Yıldırım',
  'Castiglioni',
  'Østergaard',
  'Ionescu',
  'Dvořák',
  'Mensah',
  'Wiśniewska',
  'van den Berg',
  'Trần Thị',
  'Weiß-Krämer',
  'de la Fuente',
  'Kowalczyk',
];

const plain = (words: string): string =>
  words
    .normalize('NFD')
    .replace(/[^a-zA-Z]/g, '')
    .toLowerCase();

/** Local parts as providers hand them out: of the name, of a part of it, or of neither. */
const locals: readonly ((first: string, last: string, number: number) => string)[] = [
  (first, last) => `${plain(first)}.${plain(last)}`,
  (first, last, number) => `${plain(last)}${plain(first).slice(0, 2)}${number}`,
  (first, last, number) => `${plain(first)}_${plain(last)}_${number}`,
  (_, __, number) => `quillfern${number}`,
];

const person = (role: 'b' | 's'): fc.Arbitrary<Person> =>
  fc
    .record({
      first: fc.constantFrom(...firsts),
      last: fc.constantFrom(...lasts),
      local: fc.constantFrom(...locals),
      number: fc.integer({ min: 100, max: 9999 }),
    })
    .map(({ first, last, local, number }) => {
      const handle = local(first, last, number);
      const domain = `${role === 'b' ? 'brackenmoor' : 'saltwick'}${number}.example`;
      const mailboxes = [`${handle}@freemail.example`, `post@${domain}`];
      const alias = `${role}${String(number).padStart(17, 'x7k2')}@relay.example`;
      return { name: `${first} ${last}`, first, last, shown: `${first} ${last[0]}.`, alias, mailboxes, domain, locals: [handle] };
    });

test('a name or address at any place, in any form, of any person, stays behind', async () => {
  const some = fc.record({
    buyer: person('b'),
    seller: person('s'),
    direction: fc.constantFrom(...directions),
    form: fc.constantFrom(...forms),
    place: fc.constantFrom(...places),
  });
  await fc.assert(
    fc.asyncProperty(some, async ({ buyer, seller, direction, form, place }) => {
      const sample = cross(form, place, 0);
      const { kind, why, leaked, lost } = await runAs(sample, castFor({ buyer, seller }, direction));
      expect({ id: sample.id, kind, why: kind === 'relay' ? '' : why, leaked, lost }).toEqual({
        id: sample.id,
        kind: 'relay',
        why: '',
        leaked: [],
        lost: [],
      });
    }),
    { numRuns: 100, ...(process.env.SEED ? { seed: Number(process.env.SEED) } : {}) },
  );
}, 60_000);
