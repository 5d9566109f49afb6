/**
 * What would tell who stands behind an alias, wherever it stands in a text: the mailboxes of both parties become aliases, their names the names
 * that are shown, their hosts a note (requirement F2; leaks.md QUO, SIG, ENC). What is looked for is told in `naming/`.
 */
import type { Route } from '../model/route.ts';
import type { Edit } from './edits.ts';
import { type Folded, fold, foldedText, foldOnce, quickFold } from './fold.ts';
import {
  type AddressNeedles,
  addressesIn,
  hostNeedlesOf,
  hostsIn,
  linkNamesSomebody,
  localsIn,
  lookedAt,
  mailboxNeedlesOf,
  relayOf,
} from './naming/addresses.ts';
import { displayNamesIn } from './naming/display.ts';
import { type EncodedNeedles, encodedIn, encodedNeedlesOf } from './naming/encoded.ts';
import { type NameNeedle, nameNeedlesOf, namesIn, type WholeNeedle, wholeIn, wholeNeedlesOf } from './naming/names.ts';
import { secretsOf } from './naming/secrets.ts';
import { type SpelledNeedle, spelledIn, spelledNeedlesOf } from './naming/spelled.ts';
import { blanked, disjoint, isApart, isUnspaced, type Spot } from './naming/spots.ts';
import { noteFor } from './words.ts';

/** What is looked for, made once for a message. */
export interface Needles {
  readonly addresses: AddressNeedles;
  readonly spelled: readonly SpelledNeedle[];
  readonly locals: readonly { readonly text: string; readonly put: string; readonly isAccount: boolean }[];
  readonly names: readonly NameNeedle[];
  readonly wholes: readonly WholeNeedle[];
  readonly encoded: EncodedNeedles;
  /** From alias to the name that is shown. */
  readonly shown: ReadonlyMap<string, string>;
  /** The words of all names. */
  readonly known: ReadonlySet<string>;
  /** One of these, or an address that is no alias, stands in every text in which a needle stands. */
  readonly signs: readonly string[];
}

export function needlesOf({ author, recipient }: Pick<Route, 'author' | 'recipient'>): Needles {
  const sides = [author, recipient].map((side) => [side, secretsOf(side)] as const);
  const { language } = recipient;
  const notes = { address: noteFor('contact-email', language), link: noteFor('external-link', language) };
  const hosts = sides.flatMap(([side, secrets]) => hostNeedlesOf(side, secrets));
  const addresses = {
    mailboxes: sides.flatMap(([side, secrets]) => mailboxNeedlesOf(side, secrets)),
    hosts,
    relay: relayOf(author),
    notes,
  };
  const locals = sides.flatMap(([{ face }, secrets]) => [
    ...secrets.locals.map((local) => ({ text: foldedText(local), put: face.name, isAccount: false })),
    ...secrets.accounts.map((local) => ({ text: foldedText(local), put: face.name, isAccount: true })),
  ]);
  const names = sides.flatMap(([side, secrets]) => nameNeedlesOf(side, secrets));
  const wholes = sides.flatMap(([side, secrets]) => wholeNeedlesOf(side, secrets));
  const spelled = spelledNeedlesOf(hosts);
  const all = [
    ...spelled.map(({ sign }) => sign),
    ...locals.map(({ text }) => text),
    ...wholes.map(({ text }) => (isUnspaced(text.charAt(0)) ? text.charAt(0) : text)),
    ...names.flatMap(({ anchors }) => anchors),
  ];
  return {
    addresses,
    spelled,
    locals,
    names,
    wholes,
    shown: new Map([author.face, recipient.face].map(({ alias, name }) => [alias, name])),
    known: new Set(names.flatMap(({ words }) => words)),
    encoded: encodedNeedlesOf([...author.mailboxes, ...recipient.mailboxes]),
    signs: [...new Set(all)],
  };
}

/** Where the needles stand in a text, and what comes in their place; they follow one another. */
export function maskEdits(text: string, needles: Needles, whole = foldOnce(text)): Edit[] {
  const encoded = encodedIn(text, needles.encoded, needles.addresses.notes.link);
  const inSource = encoded.map(({ at, end, put }): Edit => ({ from: at, to: end, put, kind: 'note' }));
  if (!mayTell(text.length < long ? quickFold(text) : whole().text, needles)) return inSource;
  const folded = whole();
  const edits = spotsIn(folded, text, needles).map(({ at, end, put, note }): Edit => {
    const to = folded.to[end - 1] ?? text.length;
    // `Jane Doe.` at the end of a sentence: the initial's full stop is that of the sentence too.
    const full = put.endsWith('.') && /^\.(?:\s|$)/.test(text.slice(to, to + 2));
    return { from: folded.from[at] ?? 0, to: full ? to + 1 : to, put, kind: note ? 'note' : 'mask' };
  });
  return inSource.length === 0
    ? edits
    : [...edits.filter((edit) => !inSource.some(({ from, to }) => edit.from < to && from < edit.to)), ...inSource];
}

/** In such a text hardly ever nothing stands: a quick look before the whole one is not worth it. */
const long = 500;

/** Addresses before hosts, hosts before local parts, those before names: what is found once is not looked through again. */
function spotsIn(folded: Folded, source: string, needles: Needles): Spot[] {
  const found: Spot[] = [];
  let { text } = folded;
  const take = (spots: Iterable<Spot>): void => {
    const own = disjoint([...spots]);
    found.push(...own);
    text = blanked(text, own);
  };
  take(addressesIn(folded, source, needles.addresses));
  take(displayNamesIn({ folded, source }, found, needles));
  take(hostsIn(lookedAt(folded, source, text), needles.addresses));
  take(spelledIn(text, needles.spelled, needles.addresses.notes.link));
  take(localsIn(text, needles.locals));
  for (const needle of needles.names) take(namesIn({ text, source, folded }, needle));
  take(wholeIn(text, needles.wholes));
  return found.toSorted((a, b) => a.at - b.at);
}

/** Whether a needle stands in a text. */
export const tells = (text: string, needles: Needles): boolean => maskEdits(text, needles).length > 0;

/** Whether a link names anybody by a mail address. */
export const linkNames = (href: string, { addresses }: Needles): boolean =>
  (href.includes('@') || href.includes('%')) && linkNamesSomebody(fold(href), addresses);

/** Whether there is anything in a text that a needle could be a part of; undefined is a text that nobody knows yet. */
export function mayTell(text: string | undefined, { signs, addresses, shown }: Needles): boolean {
  if (text === undefined || signs.some((sign) => text.includes(sign))) return true;
  for (let at = text.indexOf('@'); at >= 0; at = text.indexOf('@', at + 1)) {
    if (!text.startsWith(addresses.relay, at + 1) || ![...shown.keys()].some((alias) => text.startsWith(alias, at - alias.indexOf('@'))))
      return true;
  }
  return false;
}

/** Where words as folded by `fold` stand in a folded text, not as part of longer words. */
export function* occurrences({ text }: Pick<Folded, 'text'>, words: string): Generator<{ readonly at: number; readonly end: number }> {
  for (let at = text.indexOf(words); at >= 0; at = text.indexOf(words, at + words.length)) {
    const end = at + words.length;
    if (isApart(text, at, end)) yield { at, end };
  }
}
