/** Who is named by what: forms of names and addresses that tell of a party, and the same words where they tell of nobody (leaks.md QUO, SIG, ENC). */
import { createHash } from 'node:crypto';
import { faceName } from '../../src/directory/face.ts';
import { readHtml } from '../../src/mime/html.ts';
import { aliasAt, type Mailbox } from '../../src/model/address.ts';
import type { Side } from '../../src/model/route.ts';
import { applyEdits, orderEdits } from '../../src/rewrite/edits.ts';
import { maskEdits, needlesOf } from '../../src/rewrite/mask.ts';
import { seller, sent, toBuyer } from './parties.ts';

const person = (name: string, mailboxes: readonly string[], style: 'initial' | 'role' = 'initial'): Side => ({
  party: 'p',
  role: 'buyer',
  name,
  mailboxes: mailboxes as readonly Mailbox[],
  language: 'en',
  face: { name: faceName({ name, role: 'buyer' }, style, 'en'), alias: aliasAt('b-1', 'relay.example') },
});

const maskFor = (author: Side) => {
  const needles = needlesOf({ author, recipient: { ...seller, language: 'en' } });
  return (text: string): string => applyEdits(text, orderEdits(maskEdits(text, needles)));
};
const B = 'b-1@relay.example';
const S = seller.face.alias;

const alice = maskFor(person('Alice Hartwell', ['alice.hartwell82@gmail.com']));
test.each([
  ['dots mean nothing at Gmail', 'a.li.ce.hart.well82@googlemail.com', B],
  ['a tag', 'Alice.Hartwell82+lamps@gmail.com', B],
  ['a tag with a hyphen', 'alice.hartwell82-lamps@gmail.com', B],
  ['an initial', 'A. Hartwell', 'Alice H.'],
  ['an initial behind', 'Hartwell, A.', 'Alice H.'],
  ['a middle name', 'Alice Marie Hartwell', 'Alice H.'],
  ['a middle initial', 'Alice M. Hartwell', 'Alice H.'],
  ['a possessive', "Sent from Alice Hartwell's iPhone", "Sent from Alice H.'s iPhone"],
  ['an inflection', 'mit Alice Hartwells Lampe', 'mit Alice H.s Lampe'],
  ['a title', 'Mrs Hartwell asked', 'Mrs H. asked'],
  ['the family name alone, which no text holds by chance', 'It is for Hartwell', 'It is for H.'],
  ['Cyrillic letters', 'Аlicе Наrtwеll', 'Alice H.'],
  ['the local part alone', 'I am alice.hartwell82 there', 'I am Alice H. there'],
  ['a path', 'C:\\Users\\alice.hartwell82\\lamp', 'C:\\Users\\Alice H.\\lamp'],
  ['written in one word', '#AliceHartwell', '#Alice H.'],
  ['base64 in a link', 'https://x.example/?u=YWxpY2UuaGFydHdlbGw4MkBnbWFpbC5jb20', '[link removed]'],
  ['base64 at another offset', `https://x.example/?u=${Buffer.from('id=alice.hartwell82@gmail.com').toString('base64')}`, '[link removed]'],
  ['hexadecimal', `https://x.example/${Buffer.from('alice.hartwell82@gmail.com').toString('hex')}`, '[link removed]'],
  ['an address literal', 'x@[203.0.113.77]', '[email address removed]'],
  ['an entity that nobody decoded', 'alice.hartwell82&#64;gmail.com', B],
  ['JSON', 'alice.hartwell82\\u0040gmail.com', B],
  ['VERP', 'bounce+alice.hartwell82=gmail.com@lists.example', `bounce+${B}@lists.example`],
  ['another person of that provider', 'alice.hartwell@gmail.com bob@gmail.com gmail.com', 'Alice H.@gmail.com bob@gmail.com gmail.com'],
])('%s', (_, text, shown) => {
  expect(alice(text)).toBe(shown);
});

test.each(['md5', 'sha1', 'sha256'])('the %s digest of a mailbox, by which picture services know it', (kind) => {
  const digest = (text: string): string => createHash(kind).update(text).digest('hex');
  expect(alice(`https://x.example/${digest('alice.hartwell82@gmail.com')}?s=80`)).toBe('[link removed]');
  expect(alice(`https://x.example/${digest('bob@gmail.com')}`)).toContain(digest('bob@gmail.com'));
});

test.each([
  ['another address of the own domain', 'write to info@becker-lamps.example', `write to ${S}`],
  ['below it', 'x@mail.becker-lamps.example', S],
  ['the host', 'see becker-lamps.example.', 'see [link removed].'],
  ['a link', 'https://www.becker-lamps.example/a?b=c, there', '[link removed], there'],
  ['in words', 'anton at becker-lamps dot example', S],
  ['in words with brackets', 'becker-lamps[.]example', '[link removed]'],
  ['an id in a text', '<123.45@mx.becker-lamps.example>', `<${S}>`],
  ['another host', 'my-becker-lamps.example and becker-lampsx.example', 'my-becker-lamps.example and becker-lampsx.example'],
])('a domain of their own: %s', (_, text, shown) => {
  expect(alice(text)).toBe(shown);
});

test.each([
  [
    'a nickname before a date',
    'On 5 Jan 2026, at 10:11, Becker Lamps Support <anton@becker-lamps.example> wrote:',
    `On 5 Jan 2026, at 10:11, Anton B. <${S}> wrote:`,
  ],
  ['a greeting', '> Dear Anton Becker <anton@becker-lamps.example>,', `> Dear Anton B. <${S}>,`],
  ['in quotes', '"Toni from the shop" <support@becker-lamps.example>', `"Anton B." <${S}>`],
  ['a field', 'Von: Lampen-Toni [mailto:anton@becker-lamps.example]', `Von: Anton B. [mailto:${S}]`],
  [
    'addresses of others in a header block',
    'From: Bob <bob@third.example>\nCc: carl@third.example',
    'From: Bob <[email address removed]>\nCc: [email address removed]',
  ],
  ['marked lines', '> mail bob@third.example', '> mail [email address removed]'],
  ['the new text, which is the policy’s', 'mail service@carrier.example', 'mail service@carrier.example'],
  ['aliases', `On Monday Alice H. <${B}> wrote:`, `On Monday Alice H. <${B}> wrote:`],
  [
    'what stands above',
    'It measures 34 Zentimeter.\n\nAnton Becker <anton@becker-lamps.example> schrieb:',
    `It measures 34 Zentimeter.\n\nAnton B. <${S}> schrieb:`,
  ],
])('quotes: %s', (_, text, shown) => {
  expect(alice(text)).toBe(shown);
});

test.each([
  ['Will Chase', 'I will chase the carrier', 'I will chase the carrier'],
  ['Will Chase', 'Will Chase wrote', 'Will C. wrote'],
  ['Will Chase', 'will.chase', 'Will C.'],
  ['Will Chase', 'Dear Mr Chase,', 'Dear Mr C.,'],
  ['Will Chase', 'Cheers,\nChase', 'Cheers,\nC.'],
  ['Will Chase', 'The Chase is on', 'The Chase is on'],
  ['Jan van der Berg', 'van der Berg, Jan', 'Jan B.'],
  ['Jan van der Berg', 'J. van der Berg', 'Jan B.'],
  ['Jan van der Berg', 'der Berg ist hoch', 'der Berg ist hoch'],
  ['Jürgen von der Höhe', '#JürgenvonderHöhe', '#Jürgen H.'],
  ['Jörg Müller', 'Joerg Mueller, Jorg Muller, JÖRG MÜLLER', 'Jörg M., Jörg M., Jörg M.'],
  ['Joerg Mueller', 'Jörg Müller', 'Joerg M.'],
  ['Anh Lê', 'Anh Le', 'Anh L.'],
  ["Ann O'Sullivan", 'Ann O’Sullivan', 'Ann O.'],
  ['Anna-Maria Rossi', 'Anna Maria Rossi, Rossi A.M.', 'Anna-Maria R., Anna-Maria R.'],
  ['Dr. Ada King GmbH', 'Ada King', 'Dr. G.'],
  ['Hanna Okafor | Oak Bench', 'Hanna Okafor of the Oak Bench has an oak bench', 'Hanna B. of the Hanna B. has an oak bench'],
  ['Oak & Ember Studio', 'Oak & Ember Studio: oak, ember and a studio', 'Oak S.: oak, ember and a studio'],
  ['张伟', '张伟先生 张 伟', '张**先生 张**'],
  ['佐藤健', '佐 藤 健 様', '佐** 様'],
  ['김민준', '김민준님', '김**님'],
])('%s: %j', (name, text, shown) => {
  expect(maskFor(person(name, ['x@gmx.de']))(text)).toBe(shown);
});

const rose = maskFor(person('Rose', ['r@gmx.de'], 'role'));
test.each([
  ['Rose <x@y.example>', 'Buyer <x@y.example>'],
  ['From: Rose', 'From: Buyer'],
  ['Name: Rose', 'Name: Buyer'],
  ['On Mon, 5 Jan 2026 at 10:11, Rose wrote:', 'On Mon, 5 Jan 2026 at 10:11, Buyer wrote:'],
  ['Am 05.01.26 um 10:11 schrieb Rose:', 'Am 05.01.26 um 10:11 schrieb Buyer:'],
  ['Best regards,\nRose', 'Best regards,\nBuyer'],
  ['Thanks, Rose', 'Thanks, Buyer'],
  ['-- \nRose', '-- \nBuyer'],
  ['Dear Rose,', 'Dear Buyer,'],
  ['My name is Rose and', 'My name is Buyer and'],
  ['Sent from Rose’s iPhone', 'Sent from Buyer’s iPhone'],
  ['C:\\Users\\Rose\\x', 'C:\\Users\\Buyer\\x'],
  ['Color: Rose', 'Color: Rose'],
  ['Rose is what I want, a rose', 'Rose is what I want, a rose'],
  ['Blue\nRose', 'Blue\nRose'],
])('a name that is a word: %j', (text, shown) => {
  expect(rose(text)).toBe(shown);
});

test('a local part that is a plain word goes where an account is named, and nowhere else', () => {
  const mask = maskFor(person('Ada King', ['blumenfee@gmx.de']));
  expect(mask('https://x.example/user/blumenfee and @blumenfee')).toBe('https://x.example/user/Ada K. and @Ada K.');
  expect(mask('a blumenfee of glass')).toBe('a blumenfee of glass');
  expect(maskFor(person('Ada King', ['support@gmx.de']))('https://x.example/support')).toBe('https://x.example/support');
});

test('providers are nobody’s host, and a mail server’s name tells of the domain above it', () => {
  expect(maskFor(person('Ada King', ['ada@mail.king-lamps.co.uk']))('king-lamps.co.uk gmail.com')).toBe('[link removed] gmail.com');
  expect(maskFor(person('Ada King', ['ada@yahoo.co.uk', 'ada@hotmail.es']))('yahoo.co.uk hotmail.es')).toBe('yahoo.co.uk hotmail.es');
});

test('the month of an attribution is no name, and the name beside it is one', () => {
  const may = maskFor(person('May', ['m@gmx.de'], 'role'));
  expect(may('On 5 May 2026 at 10:11, May wrote:')).toBe('On 5 May 2026 at 10:11, Buyer wrote:');
  expect(may('On Tue, May 5, 2026 at 10:11 AM May wrote:')).toBe('On Tue, May 5, 2026 at 10:11 AM Buyer wrote:');
});

const body = async (html: string): Promise<string> => {
  const message = await sent({ text: 'x', html: readHtml(html) });
  return message.slice(message.indexOf('text/html'));
};

test('wrappers of filters go from links, and so do the parameters that tell one reader from another', async () => {
  const target = 'https://market.example/order?id=1';
  const encoded = encodeURIComponent(target);
  for (const link of [
    `https://eur05.safelinks.protection.outlook.com/?url=${encoded}&data=05%7C02%7Ctenant77`,
    `https://urldefense.com/v3/__${target}__;!!Tenant!token77$`,
    'https://urldefense.proofpoint.com/v2/url?u=https-3A__market.example_order-3Fid-3D1&d=token77',
    `https://www.google.com/url?q=${encoded}&usg=token77`,
    `${target}&utm_campaign=token77`,
  ]) {
    const out = await body(`<a href="${link.replaceAll('&', '&amp;')}">x</a>`);
    expect(out).toContain(`href="${target}"`);
    expect(out).not.toMatch(/token77|tenant77/);
  }
  expect(await body('<a href="https://eur05.safelinks.protection.outlook.com/?data=tenant77">x</a>')).toContain('<a>x</a>');
  expect(
    (await sent({ text: `See https://eur05.safelinks.protection.outlook.com/?url=${encoded}&data=tenant77.` })).split('\r\n\r\n')[1],
  ).toBe(`See ${target}.\r\n`);
});

test('a link that names anybody by a mail address loses its target', async () => {
  expect(await body('<a href="https://market.example/?for=bob%40third.example">x</a>')).toContain('<a>x</a>');
  expect(await body('<a href="https://market.example/@shop?x=1">x</a>')).toContain('href="https://market.example/@shop?x=1"');
});

const shownText = async (text: string): Promise<string> =>
  (await sent({ text })).split('\r\n\r\n').slice(1).join('\n\n').replaceAll('\r\n', '\n');

test('signatures are cut at their delimiter and out of their elements; what is quoted below stays', async () => {
  expect(await shownText('above\n\n-- \nStreet 7\n\nOn 5 Jan 2026 at 10:11, Bob wrote:\n> quoted')).toBe(
    'above\n\nOn 5 Jan 2026 at 10:11, Bob wrote:\n> quoted\n',
  );
  expect(await shownText('-- \nall there is')).toBe('-- \nall there is\n');
  expect(await shownText(`above\n--\n${'a long text below a line\n'.repeat(40)}`)).toContain('a long text');
  const out = await body(
    '<p>above</p><div class="gmail_signature">Street 7</div><div class="gmail_quote"><blockquote>quoted</blockquote></div>',
  );
  expect(out).toContain('above');
  expect(out).toContain('quoted');
  expect(out).not.toContain('Street');
});

test('marks that Outlook leaves for pictures go', async () => {
  expect(await shownText('see [cid:image001.png@01DB926E.AB12] there')).toBe('see  there\n');
});

test('a host that everybody may name is nobody’s secret; the mailbox there still is', async () => {
  const open = { ...seller, openHosts: ['becker-lamps.example'] };
  const route = { ...toBuyer, author: open };
  const out = await sent({ text: 'See https://www.becker-lamps.example/shelf or write to anton@becker-lamps.example.' }, {}, route);
  expect(out).toContain('https://www.becker-lamps.example/shelf');
  expect(out).not.toContain('anton@');
});
