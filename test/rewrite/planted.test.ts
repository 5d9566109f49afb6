/**
 * Whoever the parties are, and wherever their names and addresses stand: none comes out, the gate stays silent, and the words around them arrive.
 * Names and texts are random; how they are planted is how clients, filters and people write them.
 */
import fc from 'fast-check';
import { faceName } from '../../src/directory/face.ts';
import { readHtml } from '../../src/mime/html.ts';
import { readHeader } from '../../src/mime/header.ts';
import { parse } from '../../src/mime/parse.ts';
import { aliasAt, type Mailbox } from '../../src/model/address.ts';
import type { Message } from '../../src/model/message.ts';
import type { Role, Route, Side } from '../../src/model/route.ts';
import { leaks } from '../../src/rewrite/gate.ts';
import { rewrite } from '../../src/rewrite/rewrite.ts';
import { order } from './parties.ts';

const first = [
  'Greta',
  'Jörg',
  'Anna-Maria',
  'Søren',
  'Łukasz',
  'Zoë',
  'Иван',
  'Ελένη',
  'Mehmet',
  'Nguyễn',
  'Will',
  'Rose',
  'Chloé',
  'Aoife',
];
const middle = ['', '', '', 'Maria', 'J.', 'van der', 'de la', 'von'];
const last = [
  'Halvorsen',
  'Müller',
  'Grünewald',
  'Żółkowska',
  'Петров',
  'Παπαδοπούλου',
  'Yıldız',
  'Văn',
  'Chase',
  'Hope',
  'Lefèvre',
  "O'Sullivan",
  'Ødegård',
];
const unspaced = ['张伟', '佐藤健', '김민준', '李小龙', '田中 太郎'];
const hosts = ['gmail.com', 'gmx.de', 'qq.com', 'becker-lamps.example', 'mail.nordwerk.example', 'bücher-kontor.example'];

const nameOf = fc.oneof(
  {
    weight: 6,
    arbitrary: fc
      .tuple(fc.constantFrom(...first), fc.constantFrom(...middle), fc.constantFrom(...last))
      .map((words) => words.filter(Boolean).join(' ')),
  },
  { weight: 2, arbitrary: fc.constantFrom(...unspaced) },
  { weight: 1, arbitrary: fc.constantFrom('Brasserie', 'Green Garden Furniture', 'Lampenhaus Weber GmbH', 'Hanna Okafor | Oak Bench') },
);
const localOf = fc.constantFrom(
  'greta.halvorsen',
  'jm',
  'alice.hartwell82',
  'info',
  'will',
  'rose.chase',
  'x_y-z77',
  'kontakt',
  'sunflower',
  'zhangwei1988',
);
const style = fc.constantFrom('initial' as const, 'initial' as const, 'role' as const);

const sideOf = (role: Role, alias: string) =>
  fc.tuple(nameOf, fc.array(fc.tuple(localOf, fc.constantFrom(...hosts)), { minLength: 1, maxLength: 3 }), style).map(
    ([name, boxes, shown]): Side => ({
      party: role,
      role,
      name,
      mailboxes: boxes.map(
        ([local, host]) => `${local}@${host === 'bücher-kontor.example' ? 'xn--bcher-kontor-dlb.example' : host}` as Mailbox,
      ),
      language: 'en',
      face: { name: faceName({ name, role }, shown, 'en'), alias: aliasAt(alias, 'relay.example') },
    }),
  );

const routeOf: fc.Arbitrary<Route> = fc
  .tuple(sideOf('buyer', 'b-7k2m4q9x1c5v8n3d'), sideOf('seller', 's-3p8w5t1z6y2r4h9j'))
  .map(([author, recipient]) => ({ conversation: 'c1', direction: 'buyer_to_seller', author, recipient }));

const wide = (text: string): string => text.replace(/[!-~]/g, (char) => String.fromCharCode(char.charCodeAt(0) + 0xfee0));

/** How an address is written. */
const addressForms: readonly ((box: string) => string)[] = [
  (box) => box,
  (box) => box.toUpperCase(),
  (box) => `<${box}>`,
  (box) => `<mailto:${box}>`,
  (box) => box.replace('@', '+tag@'),
  (box) => box.replace('@', '%40'),
  (box) => box.replace('@', '@\u200b'),
  (box) => box.replace('@', '\n> @'),
  (box) => box.replace('.', '\u00ad.'),
  (box) => wide(box),
  (box) => box.replace('@', '&#64;'),
  (box) => `"${box.split('@')[0]}"@${box.split('@')[1]}`,
  (box) => `https://track.example/?u=${Buffer.from(box).toString('base64')}`,
  (box) => `https://track.example/${Buffer.from(box).toString('hex')}`,
  (box) => `bounce+${box.replace('@', '=')}@lists.example`,
];

/** How a full name is written; those of one word stand as they are. */
const nameForms: readonly ((words: readonly string[]) => string)[] = [
  (words) => words.join(' '),
  (words) => words.join(' ').toUpperCase(),
  (words) => words.join('\u00a0'),
  (words) => words.join('\n> '),
  (words) => `${words.at(-1)}, ${words.slice(0, -1).join(' ')}`,
  (words) => words.join('_'),
  (words) => words.join(' ').normalize('NFD'),
  (words) => `${words.join(' ')}'s`,
  (words) => words.join(' ').replace(/(?<=\p{L}{2})(?=\p{L})/u, '\u200b'),
];

const frames: readonly ((secret: string) => string)[] = [
  (secret) => `My words.\n\n${secret}\n\nmore words`,
  (secret) => `some words ${secret} are you there`,
  (secret) => `top words\n\nOn Mon, 5 Jan 2026 at 10:11, ${secret} wrote:\n> quoted words`,
  (secret) => `top words\n\nFrom: ${secret}\nSent: Monday\nSubject: x\n\nquoted words`,
  (secret) => `top words\n> > ${secret}\n> quoted words`,
  (secret) => `top words\nRegards,\n${secret}`,
  (secret) => `(${secret}) bracketed words; ${secret}`,
];

const html = (text: string): string =>
  text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;').replaceAll('"', '&quot;').replaceAll('\n', '<br>');

const places: readonly ((text: string, secret: string) => Partial<Message>)[] = [
  (text) => ({ text }),
  (text) => ({ text, html: readHtml(`<div>${html(text)}</div>`) }),
  (text) => ({ subject: text.replace(/\s+/g, ' ') }),
  (text) => ({
    html: readHtml(`<blockquote type="cite" title="${html(text).replaceAll('<br>', ' ')}">${html(text)}</blockquote><p>words</p>`),
  }),
  (_, secret) => ({ html: readHtml(`<p>words <b>${html(secret.slice(0, 3))}</b><i>${html(secret.slice(3))}</i> words</p>`) }),
  (_, secret) => ({
    html: readHtml(
      `<p>words <a href="https://market.example/?to=${encodeURIComponent(secret.toWellFormed())}">link</a> <img src="x" alt="${html(secret).replaceAll('<br>', ' ')}"></p>`,
    ),
  }),
  (text) => ({ files: [{ filename: 'x', declaredType: 'text/plain', type: 'txt', content: Buffer.from(text) }] }),
];

const plain = (text: string): string =>
  text
    .normalize('NFKD')
    .toLowerCase()
    .replace(/[\p{M}\p{Cf}\p{DI}]/gu, '')
    .replace(/\s*\n[\s>]*/g, ' ')
    .replace(/\s+/g, ' ');

async function out(message: Partial<Message>, route: Route): Promise<string> {
  const bytes = await rewrite({ subject: 'x', files: [], ...message }, route, order);
  expect(leaks(bytes, route)).toEqual([]);
  const again = await parse(bytes, readHeader(bytes));
  const files = again.files.map(({ content }) => Buffer.from(content).toString());
  return [again.subject, again.text, again.html?.plain, JSON.stringify(again.html?.tokens), ...files].join('\n');
}

const pick = fc.nat(999);
const at = <T>(list: readonly T[], index: number): T => list[index % list.length] as T;

test('an address of either party, in any form, at any place, never comes out', async () => {
  await fc.assert(
    fc.asyncProperty(routeOf, fc.tuple(pick, pick, pick, pick), async (route, [who, form, frame, place]) => {
      const boxes = [...route.author.mailboxes, ...route.recipient.mailboxes];
      const box = at(boxes, who);
      const secret = at(addressForms, form)(box);
      const shown = plain(await out(at(places, place)(at(frames, frame)(secret), secret), route));
      expect(shown).not.toContain(plain(box));
      expect(shown).not.toContain(Buffer.from(box).toString('base64').toLowerCase());
      expect(shown.replaceAll(' ', '')).not.toContain(plain(box));
      expect(shown).toContain('words');
    }),
    { numRuns: 600 },
  );
});

test('a full name of either party, in any form, at any place, never comes out', async () => {
  await fc.assert(
    fc.asyncProperty(routeOf, fc.tuple(pick, pick, pick, pick), async (route, [who, form, frame, place]) => {
      const side = at([route.author, route.recipient], who);
      const words =
        side.name
          .split(/\s*\|\s*/)[0]
          ?.split(' ')
          .filter((word) => word !== 'GmbH') ?? [];
      fc.pre(words.length > 1 || /[^\x00-\u2000]/.test(side.name));
      const secret = at(nameForms, form)(words);
      const shown = plain(await out(at(places, place)(at(frames, frame)(secret), secret), route));
      expect(shown).not.toContain(plain(words.join(' ')));
      expect(shown).not.toContain(plain(`${words.at(-1)}, ${words.slice(0, -1).join(' ')}`));
      expect(shown).toContain('words');
    }),
    { numRuns: 600 },
  );
});

const ordinary =
  'the lamp we chase rose in May with hope and will of a green garden bench by oak furniture shop info kontakt price 20 Euro grace mark bill summer'.split(
    ' ',
  );

test('words that are names as well stay where they name nobody', async () => {
  await fc.assert(
    fc.asyncProperty(routeOf, fc.array(fc.constantFrom(...ordinary), { minLength: 3, maxLength: 30 }), async (route, words) => {
      const text = words.join(' ');
      const shown = await out({ text, html: readHtml(`<p>${text}</p>`) }, route);
      expect(shown.replace(/\s+/g, ' ')).toContain(text);
    }),
    { numRuns: 200 },
  );
});
