/** The mails of the soak: who writes to whom, and each mail by its number and a seed, the same bytes however often it is asked for. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { type Random, randomFrom } from '../support/random.ts';
import type { Fate, Mail } from './ledger.ts';

export interface Person {
  readonly id: string;
  readonly role: 'buyer' | 'seller';
  readonly name: string;
  readonly mailbox: string;
  /** Wants no notices: what is stopped is refused. */
  readonly untold?: boolean;
}

const person = (role: Person['role'], [first, last, domain]: readonly [string, string, string], more: Partial<Person> = {}): Person => ({
  id: `${role}-${first.toLowerCase()}`,
  role,
  name: `${first} ${last}`,
  mailbox: `${first}${last}@${domain}.example`.toLowerCase(),
  ...more,
});

export const buyers = [
  person('buyer', ['Quirin', 'Vosteen', 'tamselhof']),
  person('buyer', ['Ottilie', 'Brandvig', 'kvistgaard']),
  person('buyer', ['Marzio', 'Pelandra', 'vallescura']),
  person('buyer', ['Yrsa', 'Holmqvist', 'norrbrinken']),
] as const;

/** One who is told of what was stopped, and one who is not. */
export const sellers = [
  person('seller', ['Hedwig', 'Zollikofer', 'lampenwerk']),
  person('seller', ['Bastien', 'Courvoisel', 'atelierbrume']),
  person('seller', ['Ingmar', 'Dreyfeldt', 'holzundzinn'], { untold: true }),
] as const;

/** The next hop does not know this one's mailbox any more. */
export const goneSeller = person('seller', ['Alfons', 'Wegerich', 'fortgezogen']);

export const everybody: readonly Person[] = [...buyers, ...sellers, goneSeller];

/** Words that may stand nowhere but in front of their owner: local part and domain of each mailbox. */
export const secretsOf = ({ mailbox }: Person): readonly string[] => mailbox.split('@');

export interface Letter extends Mail {
  readonly author: Person;
  readonly reader: Person;
  /** `to`: the alias of the reader, as its author knows it. */
  compose(to: string): string;
}

/** Out of 200 mails so many; the others are delivered. */
const shares: readonly (readonly [Fate, number])[] = [
  ['told', 4],
  ['refused', 3],
  ['held', 4],
  ['gone', 3],
  ['unwanted', 3],
];

/** Mail number `index` of a run. */
export function letterOf(seed: number, index: number): Letter {
  const random = randomFrom(Math.imul(seed, 0x9e3779b1) ^ Math.imul(index + 1, 0x85ebca6b));
  for (let skip = 0; skip < 8; skip += 1) random();
  const fate = fateOf(Math.floor(random() * 200));
  const [author, reader] = pairFor(fate, random);
  const token = tokenOf(fate, index, random);
  const style = styleOf(fate, random);
  return { token, fate, recipient: reader.mailbox, author, reader, compose: (to) => composed({ token, author, style, fate, to, index }) };
}

function fateOf(draw: number): Fate {
  let left = draw;
  for (const [fate, share] of shares) {
    if (left < share) return fate;
    left -= share;
  }
  return 'delivered';
}

function pairFor(fate: Fate, random: Random): readonly [Person, Person] {
  const buyer = oneOf(random, buyers);
  const [told, , untold] = sellers;
  if (fate === 'gone') return [buyer, goneSeller];
  if (fate === 'told' || fate === 'held') return [random() < 0.5 ? told : sellers[1], buyer];
  if (fate === 'refused') return [untold, buyer];
  const seller = oneOf(random, sellers);
  return random() < 0.5 ? [buyer, seller] : [seller, buyer];
}

const oneOf = <T>(random: Random, [first, ...others]: readonly [T, ...T[]]): T =>
  others[Math.floor(random() * (others.length + 1)) - 1] ?? first;

/** Letters alone, so that no rule takes it for a number; a word that the next hop refuses begins otherwise. */
function tokenOf(fate: Fate, index: number, random: Random): string {
  const letters = (count: number, draw: () => number) => Array.from({ length: count }, () => String.fromCharCode(97 + draw())).join('');
  let rest = index;
  const digits = letters(5, () => {
    const digit = rest % 26;
    rest = Math.floor(rest / 26);
    return digit;
  });
  return `${fate === 'unwanted' ? 'nosoak' : 'insoak'}${digits}${letters(6, () => Math.floor(random() * 26))}`;
}

export const tokenPattern = /(?:in|no)soak[a-z]{11}/;
export const isUnwanted = (token: string): boolean => token.startsWith('nosoak');
/** The last word of a mail: there, if all of it is. */
export const endOf = (token: string): string => [...token].toReversed().join('');

const styles = ['plain', 'plain', 'plain', 'plain', 'html', 'reply', 'reply', 'file'] as const;
type Style = (typeof styles)[number];

const styleOf = (fate: Fate, random: Random): Style => (fate === 'told' || fate === 'held' ? 'plain' : oneOf(random, styles));

/** What a mail says that makes its fate. */
const offences: Readonly<Partial<Record<Fate, string>>> = {
  told: 'We will be glad if you leave a 5-star review, and we pay you 10 euro for it.',
  refused: 'We will be glad if you leave a 5-star review, and we pay you 10 euro for it.',
  held: 'Please call +49 30 901820 about the lamp.',
};

const sentences = [
  'The lamp arrived on Tuesday, and one of the two has a crack along its base.',
  'The cable is shorter than the page says; is there a longer one for the shelf in the hall?',
  'The parcel was handed to the carrier this morning and should be with you on Friday.',
  'Grüße aus dem Norden – die Schrauben fehlen, alles andere ist schön.',
  'We have put the missing screws into an envelope, free of charge.',
  '.A line that begins with a dot, as some programs write them.',
  'Could you tell me whether the oak is oiled or waxed, and how it should be cleaned?',
];

interface Wish {
  readonly token: string;
  readonly author: Person;
  readonly style: Style;
  readonly fate: Fate;
  readonly to: string;
  readonly index: number;
}

function composed({ token, author, style, fate, to, index }: Wish): string {
  const host = author.mailbox.split('@')[1] ?? '';
  const count = 3 + (index % 12);
  const words = Array.from({ length: count }, (_, at) => sentences[(index + at * 3) % sentences.length] ?? '');
  const text = [`Reference ${token}`, '', ...words, ...(offences[fate] ? [offences[fate]] : []), '', `End ${endOf(token)}`];
  const head = [
    `Received: from desk.${host} (desk.${host} [192.0.2.${index % 250}]) by mx.${host}; Mon, 10 Mar 2025 10:00:01 +0100`,
    `From: ${author.name} <${author.mailbox}>`,
    `To: <${to}>`,
    `Subject: The lamp, ${token}`,
    `Message-ID: <${token}.${index}@mx.${host}>`,
    'Date: Mon, 10 Mar 2025 10:00:00 +0100',
    `X-Originating-Account: ${author.mailbox}`,
    'MIME-Version: 1.0',
  ];
  return `${[...head, ...body(style, text, author)].join('\r\n')}\r\n`;
}

const plain = ['Content-Type: text/plain; charset=utf-8', 'Content-Transfer-Encoding: 8bit', ''];

function body(style: Style, text: readonly string[], { name, mailbox }: Person): readonly string[] {
  if (style === 'plain') return [...plain, ...text];
  if (style === 'reply')
    return [...plain, ...text, '', `On Monday ${name} <${mailbox}> wrote:`, '> Is it here yet?', '', '-- ', name, mailbox];
  if (style === 'file') return multipart('mixed', [[...plain, ...text], photo]);
  const html = `<html><body>${text.map((line) => `<p>${line}</p>`).join('')}<p>${name}, <a href="mailto:${mailbox}">${mailbox}</a></p></body></html>`;
  return multipart('alternative', [
    [...plain, ...text],
    ['Content-Type: text/html; charset=utf-8', 'Content-Transfer-Encoding: 8bit', '', html],
  ]);
}

const multipart = (kind: string, parts: readonly (readonly string[])[]): readonly string[] => [
  `Content-Type: multipart/${kind}; boundary=soaked`,
  '',
  ...parts.flatMap((part) => ['--soaked', ...part]),
  '--soaked--',
];

const photo: readonly string[] = [
  'Content-Type: image/jpeg; name="photo.jpg"',
  'Content-Disposition: attachment; filename="photo.jpg"',
  'Content-Transfer-Encoding: base64',
  '',
  ...(readFileSync(join(import.meta.dirname, '../rewrite/fixtures/photo.jpg'))
    .toString('base64')
    .match(/.{1,76}/g) ?? []),
];
