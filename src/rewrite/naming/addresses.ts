/**
 * Mail addresses and host names of the parties in a folded text: their mailboxes in every form a server takes for the same, every other address
 * at a domain of their own, that domain itself, and in quotes any address at all (leaks.md QUO-08, ENC-02). Linear: addresses are looked for
 * around each `@`.
 */
import { domainToUnicode } from 'node:url';
import { domainOf } from '../../model/address.ts';
import type { Side } from '../../model/route.ts';
import { type Folded, foldedText } from '../fold.ts';
import { isApart, isWord, type Spot } from './spots.ts';
import { minTellingEnd, type SecretMailbox, type Secrets } from './secrets.ts';
import { isQuotedLine } from './standing.ts';

export interface MailboxNeedle {
  /** Folded, without a `+tag`; without dots where they mean nothing. */
  readonly local: string;
  readonly domain: string;
  readonly dotless: boolean;
  readonly put: string;
}

export interface HostNeedle {
  readonly host: string;
  /** The alias of the party whose host it is, for addresses there. */
  readonly put: string;
}

export interface AddressNeedles {
  readonly mailboxes: readonly MailboxNeedle[];
  readonly hosts: readonly HostNeedle[];
  /** The domain of the aliases, whose addresses stay. */
  readonly relay: string;
  /** In place of an address of nobody's in a quote, and of a link to a host of a party's. */
  readonly notes: { readonly address: string; readonly link: string };
}

const gmail = ['gmail.com', 'googlemail.com'];

export function mailboxNeedlesOf({ face }: Side, { mailboxes }: Secrets): MailboxNeedle[] {
  const needles = mailboxes.flatMap(({ local, domain, dotless }: SecretMailbox) => {
    const domains = dotless ? gmail : [domain, domainToUnicode(domain)];
    const name = foldedText(dotless ? local.replaceAll('.', '') : local);
    return [...new Set(domains.map((it) => foldedText(it)))].map(
      (it): MailboxNeedle => ({ local: name, domain: it, dotless, put: face.alias }),
    );
  });
  return needles;
}

export const hostNeedlesOf = ({ face }: Side, { hosts }: Secrets): HostNeedle[] =>
  [...new Set(hosts.map((host) => foldedText(host)))].map((host) => ({ host, put: face.alias }));

/** A folded text, or what is left of it, and where it came from. */
export interface Looked {
  readonly text: string;
  /** Whether what stands there makes a longer address of one that ends or begins beside it. */
  readonly goesOn: (at: number) => boolean;
}

/** A letter with an accent beside an address in ASCII stands there by chance, or where somebody left out a blank. */
export const lookedAt = ({ from }: Folded, source: string, text: string): Looked => ({
  text,
  goesOn: (at) => isWord(text.charAt(at)) && source.charCodeAt(from[at] ?? 0) < 0x80,
});

/** In the order of the text, none over another. */
export function* addressesIn(folded: Folded, source: string, needles: AddressNeedles): Generator<Spot> {
  const { text } = folded;
  const looked = lookedAt(folded, source, text);
  const isQuoted = quotedLines(source);
  let done = 0;
  for (let at = text.indexOf('@'); at >= 0; at = text.indexOf('@', at + 1)) {
    if (at < done || text.charAt(at + 1) === '@') continue;
    const spot =
      wrappedAt(looked, at, needles) ??
      registeredAt(looked, at, needles) ??
      ownAt(looked, at, needles) ??
      literalAt(text, at, needles) ??
      quotedAt(folded, at, { needles, isQuoted });
    if (spot === undefined || spot.at < done) continue;
    yield spot;
    done = spot.end;
  }
}

function registeredAt(looked: Looked, anchor: number, { mailboxes }: AddressNeedles): Spot | undefined {
  for (const { local, domain, dotless, put } of mailboxes) {
    const end = endOfDomain(looked, anchor, domain);
    const at = end < 0 ? -1 : startOfLocal(looked, anchor, { local, dotless });
    if (at >= 0) return { at, end, put };
  }
  return undefined;
}

/** `alice=corp.example@`, which is how servers put one address into another (VERP); it ends at the `@`. */
function wrappedAt(looked: Looked, at: number, { mailboxes }: AddressNeedles): Spot | undefined {
  const { text } = looked;
  const equals = text.slice(Math.max(0, at - 260), at).lastIndexOf('=');
  const anchor = equals < 0 ? -1 : Math.max(0, at - 260) + equals;
  if (anchor < 0) return undefined;
  for (const { local, domain, dotless, put } of mailboxes) {
    if (endOfDomain(looked, anchor, domain) !== at) continue;
    const from = startOfLocal(looked, anchor, { local, dotless });
    if (from >= 0) return { at: from, end: at, put };
  }
  return undefined;
}

/** The end of the domain that begins after the anchor, or -1. One blank may stand between any two characters, where a line was wrapped. */
function endOfDomain({ text, goesOn }: Looked, anchor: number, domain: string): number {
  let at = anchor + 1;
  for (let index = 0; index < domain.length; index++) {
    if (text.charAt(at) === ' ') at++;
    if (text.charAt(at) !== domain.charAt(index)) return -1;
    at++;
  }
  return goesOn(at) || /[-_]/.test(text.charAt(at)) ? -1 : at;
}

interface Local {
  readonly local: string;
  readonly dotless: boolean;
}

/** Where the local part begins that ends at the anchor, with a tag or without, or -1. */
function startOfLocal(looked: Looked, anchor: number, local: Local): number {
  const { text } = looked;
  const quoted = text.charAt(anchor - 1) === '"';
  const end = quoted ? anchor - 1 : anchor;
  const at = startOf(text, end, local);
  const from = at >= 0 ? at : startBeforeTag(text, end, local);
  if (from < 0) return -1;
  if (quoted && text.charAt(from - 1) === '"') return from - 1;
  const wrapped = text.charAt(anchor) === '=' && !isWord(text.charAt(from - 1));
  return local.local.length < minTellingEnd && isInLocal(looked, from) && !wrapped ? -1 : from;
}

function startOf(text: string, end: number, { local, dotless }: Local): number {
  let at = end;
  for (let index = local.length - 1; index >= 0; index--) {
    if (text.charAt(at - 1) === ' ') at--;
    while (dotless && text.charAt(at - 1) === '.') at--;
    if (at <= 0 || text.charAt(at - 1) !== local.charAt(index)) return -1;
    at--;
  }
  return at;
}

const longestTag = 64;
/** Shorter local parts are the beginning of too many others. */
const minSubLocal = 5;

/** `alice+tag`, `alice-tag`, `alice=tag`: whichever sign the server takes. */
function startBeforeTag(text: string, end: number, local: Local): number {
  for (let at = end - 1; at > 0 && end - at < longestTag && /[a-z0-9._=+-]/.test(text.charAt(at)); at--) {
    const sign = text.charAt(at);
    if (sign !== '+' && (!/[-=]/.test(sign) || local.local.length < minSubLocal)) continue;
    const from = startOf(text, at, local);
    if (from >= 0) return from;
  }
  return -1;
}

/** The spot is the end of a longer local part. */
function isInLocal({ text, goesOn }: Looked, from: number): boolean {
  return goesOn(from - 1) || (/[._+-]/.test(text.charAt(from - 1)) && goesOn(from - 2));
}

/** Any address at a domain of the party's own, or below it. */
function ownAt(looked: Looked, anchor: number, { hosts }: AddressNeedles): Spot | undefined {
  if (hosts.length === 0) return undefined;
  const { text } = looked;
  const name = hostAfter(text, anchor + 1);
  for (const { host, put } of hosts) {
    const below = name.length > host.length && name.endsWith(`.${host}`);
    const end = below ? anchor + 1 + name.length : endOfDomain(looked, anchor, host);
    if (end >= 0) return { at: startOfAny(text, anchor), end, put };
  }
  return undefined;
}

const longestHost = 253;

function hostAfter(text: string, from: number): string {
  let end = from;
  while (end - from < longestHost && (isWord(text.charAt(end)) || /[.-]/.test(text.charAt(end))) && text.charAt(end) !== '') end++;
  while (end > from && /[.-]/.test(text.charAt(end - 1))) end--;
  return text.slice(from, end);
}

/** Where a local part that nobody knows begins; the anchor itself where there is none. */
function startOfAny(text: string, anchor: number): number {
  if (text.charAt(anchor - 1) === '"') {
    const open = text.slice(Math.max(0, anchor - 66), anchor - 1).lastIndexOf('"');
    if (open >= 0) return Math.max(0, anchor - 66) + open;
  }
  let at = anchor;
  while (at > 0 && anchor - at < 2 * longestTag && (isWord(text.charAt(at - 1)) || /[._%+'-]/.test(text.charAt(at - 1)))) at--;
  while (at < anchor && !isWord(text.charAt(at))) at++;
  return at;
}

/** `alice@[192.0.2.1]`: the address of the author's own machine. */
function literalAt(text: string, anchor: number, { notes }: AddressNeedles): Spot | undefined {
  if (text.charAt(anchor + 1) !== '[') return undefined;
  const literal = /^\[(?:ipv6:)?[0-9a-f.:]{7,45}\]/.exec(text.slice(anchor + 1, anchor + 60));
  return literal === null
    ? undefined
    : { at: startOfAny(text, anchor), end: anchor + 1 + literal[0].length, put: notes.address, note: true };
}

/** Whether an earlier message says it; where so many addresses stand that looking would take long, that is not asked. */
function quotedLines(source: string): (at: number) => boolean {
  let asked = 0;
  return (at) => ++asked > maxAsked || isQuotedLine(source, at);
}

const maxAsked = 2_000;

interface Quoting {
  readonly needles: AddressNeedles;
  /** Takes an offset in the source. */
  readonly isQuoted: (at: number) => boolean;
}

/** Any address in what an earlier message says of who wrote to whom. */
function quotedAt({ text, from }: Folded, anchor: number, { needles, isQuoted }: Quoting): Spot | undefined {
  const host = hostAfter(text, anchor + 1);
  if (!isForeign(host, needles)) return undefined;
  const at = startOfAny(text, anchor);
  if (at === anchor || !isQuoted(from[at] ?? 0)) return undefined;
  return { at, end: anchor + 1 + host.length, put: needles.notes.address, note: true };
}

const isForeign = (host: string, { relay }: AddressNeedles): boolean => host !== relay && /[^.]\.[a-z][^.]+$/.test(host);

/** Whether any address but an alias stands in a link: it tells who was sent it (`data=05|02|user@…`). */
export function linkNamesSomebody({ text }: Folded, needles: AddressNeedles): boolean {
  for (let at = text.indexOf('@'); at >= 0; at = text.indexOf('@', at + 1)) {
    if (isForeign(hostAfter(text, at + 1), needles) && startOfAny(text, at) < at) return true;
  }
  return false;
}

/** Hosts of the parties' own and all below them, with the whole link where one stands there. */
export function* hostsIn({ text, goesOn }: Looked, { hosts, notes }: AddressNeedles): Generator<Spot> {
  for (const { host } of hosts) {
    for (let at = text.indexOf(host); at >= 0; at = text.indexOf(host, at + host.length)) {
      if (goesOn(at + host.length) || /[-_]/.test(text.charAt(at + host.length))) continue;
      const from = startOfHost(text, at);
      if (from >= 0) yield { ...linkAround(text, from, at + host.length), put: notes.link, note: true };
    }
  }
}

/** The beginning of the whole name that ends in a host of the party's, or -1 where that is the end of another label. */
function startOfHost(text: string, at: number): number {
  const before = text.charAt(at - 1);
  if (isWord(before) || before === '-' || before === '_') return -1;
  let from = at;
  if (before === '.')
    while (from > 0 && at - from < longestHost && (isWord(text.charAt(from - 1)) || /[._-]/.test(text.charAt(from - 1)))) from--;
  while (from < at && !isWord(text.charAt(from))) from++;
  return from;
}

const longestLink = 2048;

function linkAround(text: string, from: number, to: number): { readonly at: number; readonly end: number } {
  const scheme = /[a-z][a-z+.-]{1,10}:\/\/[^\s/"<>]{0,64}$/.exec(text.slice(Math.max(0, from - 80), from));
  const at = scheme === null ? from : Math.max(0, from - 80) + scheme.index;
  if (!/[/:?#]/.test(text.charAt(to))) return { at, end: to };
  let end = to;
  while (end - to < longestLink && /[^\s<>"'\0]/.test(text.charAt(end)) && text.charAt(end) !== '') end++;
  while (end > to && /[.,;:!?)\]}'*]/.test(text.charAt(end - 1))) end--;
  return { at, end };
}

/** Local parts that tell who it is, wherever they stand. */
export function* localsIn(
  text: string,
  locals: readonly { readonly text: string; readonly put: string; readonly isAccount: boolean }[],
): Generator<Spot> {
  for (const { text: local, put, isAccount } of locals) {
    for (let at = text.indexOf(local); at >= 0; at = text.indexOf(local, at + local.length)) {
      if (!isApart(text, at, at + local.length)) continue;
      if (!isAccount || /[@/\\=~]/.test(text.charAt(at - 1))) yield { at, end: at + local.length, put };
    }
  }
}

/** The domain of the aliases, folded. */
export const relayOf = ({ face }: Side): string => foldedText(domainOf(face.alias));
