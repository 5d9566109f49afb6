/**
 * Who writes to whom in the leak corpus. In each direction the author is hidden: `me` is the author, `you` the recipient. The pairs are
 * chosen for their names: usual ones; a first name that is a common word, particles and diacritics; a CJK name and a name of two words.
 */
import { domainToUnicode } from 'node:url';
import { aliasAt, type Mailbox } from '../../src/model/address.ts';
import type { Direction, Role, Route, Side } from '../../src/model/route.ts';

export interface Person {
  readonly name: string;
  readonly first: string;
  readonly last: string;
  /** The name is a word of the language: it cannot be hidden, and no text may suffer for it. */
  readonly isWord?: true;
  /** What the other side is shown. */
  readonly shown: string;
  readonly alias: string;
  /** Authorised mailboxes; the first one writes. */
  readonly mailboxes: readonly string[];
  /** An own domain, which tells who it is as well as an address does. */
  readonly domain: string;
  /** Local parts that nobody else would have. */
  readonly locals: readonly string[];
}

export type PairName = 'usual' | 'hard' | 'far' | 'short';

export interface Cast {
  readonly direction: Direction;
  readonly me: Person;
  readonly you: Person;
  readonly route: Route;
}

const relay = 'relay.example';

const pairs: Readonly<Record<PairName, Readonly<Record<Role, Person>>>> = {
  usual: {
    buyer: {
      name: 'Greta Halvorsen',
      first: 'Greta',
      last: 'Halvorsen',
      shown: 'Greta H.',
      alias: `b4k7m2q9x1c5v8n3d6@${relay}`,
      mailboxes: ['greta.halvorsen@freemail.example', 'g.halvorsen@nordwerk-design.example'],
      domain: 'nordwerk-design.example',
      locals: ['greta.halvorsen', 'g.halvorsen'],
    },
    seller: {
      name: 'Marco Bellini',
      first: 'Marco',
      last: 'Bellini',
      shown: 'Marco B.',
      alias: `s3p8w5t1z6y2r4h9j7@${relay}`,
      mailboxes: ['marco@bellini-keramik.example', 'support@bellini-keramik.example', 'marco.bellini@freemail.example'],
      domain: 'bellini-keramik.example',
      locals: ['marco.bellini'],
    },
  },
  hard: {
    buyer: {
      name: 'Rose Whitfield',
      first: 'Rose',
      last: 'Whitfield',
      shown: 'Rose W.',
      alias: `b8t2w6z1k5n9q3x7c4@${relay}`,
      mailboxes: ['rwhitfield7731@gmail.com', 'rose@whitfield-family.example'],
      domain: 'whitfield-family.example',
      locals: ['rwhitfield7731'],
    },
    seller: {
      name: 'Jürgen von der Höhe',
      first: 'Jürgen',
      last: 'Höhe',
      shown: 'Jürgen H.',
      alias: `s6h1d4m8p2v7y3j9r5@${relay}`,
      mailboxes: ['juergen.vonderhoehe@hoehe-uhren.example', 'info@xn--hhe-uhren-07a.example', 'jvdhoehe@freemail.example'],
      domain: 'hoehe-uhren.example',
      locals: ['juergen.vonderhoehe', 'jvdhoehe'],
    },
  },
  far: {
    buyer: {
      name: '佐藤美咲',
      first: '美咲',
      last: '佐藤',
      shown: '佐**',
      alias: `b5y9r3j7h1d4m8p2v6@${relay}`,
      mailboxes: ['misaki.sato@freemail.example', 'sato-m@kuroneko-studio.example'],
      domain: 'kuroneko-studio.example',
      locals: ['misaki.sato'],
    },
    seller: {
      name: 'Will Hunter',
      first: 'Will',
      last: 'Hunter',
      shown: 'Will H.',
      alias: `s2v6y1r5j9h3d7m4p8@${relay}`,
      mailboxes: ['will@hunter-leatherware.example', 'hunter.leather@freemail.example'],
      domain: 'hunter-leatherware.example',
      locals: ['hunter.leather'],
    },
  },
  short: {
    buyer: {
      name: 'May',
      first: 'May',
      last: 'May',
      isWord: true,
      shown: 'May',
      alias: `b1c5v9n3d7k2m6q4x8@${relay}`,
      mailboxes: ['may.in.june@freemail.example', 'may@larchfield-home.example'],
      domain: 'larchfield-home.example',
      locals: ['may.in.june'],
    },
    seller: {
      name: 'Oak & Ember Studio',
      first: 'Oak & Ember',
      last: 'Studio',
      shown: 'Oak S.',
      alias: `s7z2y6r1h5j9t4w8p3@${relay}`,
      mailboxes: ['studio@oak-and-ember.example', 'orders@oak-and-ember.example'],
      domain: 'oak-and-ember.example',
      locals: [],
    },
  },
};

export const directions: readonly Direction[] = ['buyer_to_seller', 'seller_to_buyer'];

export const castOf = (pair: PairName, direction: Direction): Cast => castFor(pairs[pair], direction);

export function castFor(pair: Readonly<Record<Role, Person>>, direction: Direction): Cast {
  const [writes, reads]: readonly [Role, Role] = direction === 'buyer_to_seller' ? ['buyer', 'seller'] : ['seller', 'buyer'];
  const [me, you] = [pair[writes], pair[reads]];
  const route = { conversation: 'c1', direction, author: side(me, writes), recipient: side(you, reads) };
  return { direction, me, you, route };
}

const side = ({ name, shown, alias, mailboxes }: Person, role: Role): Side => ({
  party: `${role}-1`,
  role,
  name,
  mailboxes: mailboxes as readonly Mailbox[],
  language: 'en',
  face: { name: shown, alias: aliasAt(alias.slice(0, alias.indexOf('@')), relay) },
});

/** `{{me.mail}}`: what a placeholder of a message stands for. */
const words: Readonly<Record<string, (person: Person) => string>> = {
  name: ({ name }) => name,
  first: ({ first }) => first,
  last: ({ last }) => last,
  reversed: ({ first, last }) => `${last}, ${first}`,
  shown: ({ shown }) => shown,
  alias: ({ alias }) => alias,
  mail: ({ mailboxes }) => mailboxes[0] ?? '',
  mail2: ({ mailboxes }) => mailboxes[1] ?? '',
  upper: ({ mailboxes }) => (mailboxes[0] ?? '').toUpperCase(),
  handle: ({ locals, domain }) => locals[0] ?? domain,
  tagged: ({ mailboxes }) => (mailboxes[0] ?? '').replace('@', '+orders@'),
  local: ({ mailboxes }) => (mailboxes[0] ?? '').split('@')[0] ?? '',
  at: ({ mailboxes }) => (mailboxes[0] ?? '').split('@')[1] ?? '',
  percent: ({ mailboxes }) => (mailboxes[0] ?? '').replace('@', '%40'),
  equals: ({ mailboxes }) => (mailboxes[0] ?? '').replace('@', '='),
  domain: ({ domain }) => domain,
  unicode: ({ mailboxes }) => domainToUnicode((mailboxes[1] ?? '').split('@')[1] ?? ''),
  initial: ({ first }) => [...first][0] ?? '',
  base64: ({ mailboxes }) => Buffer.from(mailboxes[0] ?? '').toString('base64'),
};

/** A name that is no placeholder of ours would make a test that tests nothing: it throws. */
export const fill = (text: string, cast: Cast): string =>
  text.replace(/\{\{(me|you)\.(\w+)(\|ew)?\}\}/g, (all, who: 'me' | 'you', word: string, encoded?: string) => {
    const make = words[word];
    if (!make) throw new Error(`no placeholder: ${all}`);
    const value = make(cast[who]);
    return encoded && /[^ -~]/.test(value) ? `=?UTF-8?B?${Buffer.from(value).toString('base64')}?=` : value;
  });

/** What nobody may learn of the author, and the recipient's addresses, which no mail of ours may spell either (FWD-06). */
export function secretsOf({ me, you }: Cast): readonly string[] {
  const names = me.isWord ? [] : [me.name, `${me.last} ${me.first}`, `${me.last}, ${me.first}`];
  return [...me.mailboxes, ...me.locals, me.domain, ...names, ...you.mailboxes];
}
