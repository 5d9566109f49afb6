/** Mail addresses in running text: plain, spaced out, in words. Each search starts at something that stands for `@`. */
import { leftmostIn } from '../../model/matches.ts';
import type { Allowed } from '../policy.ts';
import type { Passage } from '../rule.ts';
import { isRegistrable, isUnder } from './hosts.ts';
import {
  anyDot,
  dashes,
  dictatedAt,
  letter,
  providers,
  spelledDash,
  spelledDot,
  spelledSuffix,
  spokenProvider,
  strongAt,
  weakAt,
} from './spelling.ts';

/** An address that stands in a passage; offsets in its folded text. */
export interface Address {
  readonly passage: Passage;
  readonly from: number;
  readonly to: number;
  readonly address: string;
}

/**
 * `sign`: an `@`; `spaced`: with blanks around it; `strong`: a word for it; `dictated`: a word or a joke for it, told step by step;
 * `weak`: a word that means other things too.
 */
type Kind = 'sign' | 'spaced' | 'dictated' | 'strong' | 'weak';

/** `name#126.com`: another sign, "put an at there yourself"; only before a provider's domain. */
const otherSign = `(?<=[${letter}])[#*$%&=^!](?=(?:${providers})\\.(?:com|net|cn|org|de|it|fr|es|nl|pl|pt|se|jp|id|co)(?![${letter}]))`;

/** Only before a provider or a name that is told with its dot: the words for the sign mean animals and ornaments too. */
const toldDomain = `(?=(?:${providers})(?![${letter}])|[${letter}]{2,40}(?:${spelledDash}[${letter}]{2,40}){0,2}${spelledDot}${spelledSuffix}(?![${letter}]))`;

/** In the order in which they count. */
const signs = {
  dictated: new RegExp(`(?:${dictatedAt})${toldDomain}`, 'g'),
  strong: new RegExp(strongAt, 'g'),
  other: new RegExp(otherSign, 'g'),
  weak: new RegExp(weakAt, 'g'),
  spaced: /\s@\s?|@\s/g,
  sign: /@/g,
};

/** Addresses that are not allowed, in the order of the passage. */
export function addressesIn(passage: Passage, allowed: Allowed): readonly Address[] {
  if (passage.hidden) return [];
  const { text } = passage.folded;
  const found: Address[] = [];
  for (const { kind: sign, match } of leftmostIn(text, signs)) {
    const kind: Kind = sign === 'other' ? 'strong' : sign;
    const it = addressAt(text, { from: match.index, to: match.index + match[0].length, kind }, allowed);
    if (it === undefined || it.from < (found.at(-1)?.to ?? 0)) continue;
    if (!isAllowed(it.address, allowed)) found.push({ passage, ...it });
  }
  return found;
}

/** At the marketplace, or on the list. */
export const isAllowed = (address: string, { marketplace, addresses }: Allowed): boolean =>
  isUnder(address.slice(address.lastIndexOf('@') + 1), marketplace) || addresses.includes(address);

interface At {
  readonly from: number;
  readonly to: number;
  readonly kind: Kind;
}

function addressAt(text: string, at: At, { marketplace }: Allowed): Omit<Address, 'passage'> | undefined {
  const domain = domainAfter(text, at) ?? providerAfter(text, at);
  if (domain === undefined || isUnder(domain.name, marketplace)) return undefined;
  if (at.kind === 'dictated' && !domain.name.includes('.') && commonWords.test(domain.name)) return undefined;
  const local = localBefore(text, at, domain.spelled);
  if (local === undefined) return undefined;
  if (/:\/\/[^\s/]{0,128}$/.test(text.slice(Math.max(0, at.from - 140), at.from))) return undefined;
  if (at.kind === 'weak' && !isMeant(text, { at, local: local.name, domain })) return undefined;
  return { from: local.from, to: domain.to, address: `${local.name}@${domain.name}` };
}

interface DomainPart {
  readonly to: number;
  readonly name: string;
  /** With blanks or words in it. */
  readonly spelled: boolean;
}

const spacedOut = new RegExp(`(?:[${letter}-]\\s){1,30}[${letter}](?![${letter}])`, 'y');
const labelAt = new RegExp(`[${letter}](?:[${letter}_-]{0,61}[${letter}])?`, 'y');
const plainDot = /\./y;
const anyDotAt = new RegExp(anyDot, 'y');
const dashAt = new RegExp(spelledDash, 'y');

const take = (pattern: RegExp, text: string, at: number): string | undefined => {
  pattern.lastIndex = at;
  return pattern.exec(text)?.[0];
};

/** Label, dot, label …, as long as it goes; then as many labels as make a name below a public suffix. */
function domainAfter(text: string, { to, kind }: At): DomainPart | undefined {
  const ends: { readonly to: number; readonly name: string; readonly spelled: boolean }[] = [];
  let [at, name, spelled] = [to, '', kind !== 'sign'];
  while (ends.length < 8) {
    const spaced = take(spacedOut, text, at);
    const label = spaced ?? take(labelAt, text, at);
    if (label === undefined) break;
    at += label.length;
    name += label.replace(/\s/g, '');
    spelled ||= spaced !== undefined;
    ends.push({ to: at, name, spelled });
    const dot = take(plainDot, text, at) ?? take(anyDotAt, text, at);
    const dash = dot === undefined ? take(dashAt, text, at) : undefined;
    if (dot === undefined && dash === undefined) break;
    spelled ||= dot !== '.';
    at += (dot ?? dash ?? '').length;
    name += dot === undefined ? '-' : '.';
  }
  const tight = kind === 'sign' || kind === 'strong' || kind === 'dictated';
  return ends.findLast(
    (end) => end.name.includes('.') && (isRegistrable(end.name) || (tight && !end.spelled && /\.[a-z]{2,24}$/.test(end.name))),
  );
}

const provider = new RegExp(`(?:${providers})(?![${letter}-])`, 'y');
const spoken = new RegExp(spokenProvider, 'y');
/** "gmail and then com", "orange et fr". */
const suffixTold = new RegExp(
  `(?:,?\\s(?:and|then|und|dann|e|poi|och|y|luego|et|puis|en|dan|i|potem|depois|dan)){1,2}(?:\\s(?:dot|punkt|punto|point|ponto|punt|kropka|prick))?\\s(${spelledSuffix})(?![${letter}])`,
  'y',
);
/** Too common as words to be a provider without a suffix. */
const commonWords =
  /^(?:live|me|mac|web|mail|home|free|orange|planet|sky|au|wp|op|o2|tin|hey|terra|alice|spray|mailbox|pm|126|163|139|bol|outlook)$/;

function providerAfter(text: string, { to, kind }: At): DomainPart | undefined {
  const said = kind === 'strong' || kind === 'dictated' ? take(spoken, text, to) : undefined;
  if (said !== undefined) return { to: to + said.length, name: said, spelled: true };
  const name = take(provider, text, to);
  const suffix = kind === 'dictated' && name !== undefined ? take(suffixTold, text, to + name.length) : undefined;
  if (suffix !== undefined) return { to: to + (name + suffix).length, name: `${name}.${suffix.split(' ').at(-1)}`, spelled: true };
  return name === undefined || commonWords.test(name) ? undefined : { to: to + name.length, name, spelled: true };
}

const everySpelledDot = new RegExp(spelledDot, 'g');
const isProvider = new RegExp(`^(?:${providers})$`);
const tightLocal = new RegExp(`[${letter}._%+'-]{1,64}$`);
const spacedLocal = new RegExp(`(?<![${letter}])(?:[${letter}._-]\\s){1,40}[${letter}]\\s?$`);
const spelledLocal = new RegExp(
  `(?:[${letter}_+-]{1,64}(?:${spelledDot}|${spelledDash}|\\.)){0,4}[${letter}_+-]{1,64}(?:\\s?\\([^()]{1,40}\\))?\\s?$`,
);
const quoted = /(?:\([^()]{1,40}\)|"[^"]{1,40}"|'[^']{1,40}')\s?$/;

function localBefore(text: string, { from, kind }: At, spelled: boolean): { readonly from: number; readonly name: string } | undefined {
  const window = text.slice(Math.max(0, from - 120), from);
  const patterns = kind === 'sign' && !spelled ? [tightLocal] : [spacedLocal, spelledLocal, tightLocal, quoted];
  for (const pattern of patterns) {
    const local = pattern.exec(window)?.[0];
    if (local !== undefined && /[\p{L}\p{N}]/u.test(local)) {
      return { from: from - local.length, name: local.replace(everySpelledDot, '.').replace(/[\s"'()]/g, '') };
    }
  }
  return undefined;
}

const mailCue =
  /(?:e-?mail|mail|correo|email|courriel|posta|e-?post|surel|邮箱|邮件|メール|write|writ|address|adress|adresse|indirizzo|dirección|alamat|schreib|scriv|skriv|escrib|écri|kirim|contact|kontakt|reach)[^\n]{0,60}$/;
const stops =
  /^(?:us|me|look|shop|sold|is|are|was|be|it|you|them|found|find|available|site|page|online|only|also|here|order|buy|store|stock|see|check|out|sale|price|now|we|i|stay|arrive|arrives|delivered|open|all|everything|parts|et|and|or|the|to|go|listed|visit)$/;

const written = new RegExp(`[._]|[a-z]\\d|-(?:${dashes})-`);
/** Before a preposition, only what no word looks like is a local part: `rosi-underscore-klee`, `jo.alder`, `jo88`. */
const isWritten = (local: string): boolean => /[a-z]/.test(local) && written.test(local);

/** "at" as a preposition stands before shops too: the address must show by something else. */
function isMeant(text: string, it: { readonly at: At; readonly local: string; readonly domain: DomainPart }): boolean {
  if (stops.test(it.local)) return false;
  if (/^\s(?:bei|chez|bij|hos|presso|på)/.test(text.slice(it.at.from, it.at.to)) && !isWritten(it.local)) return false;
  const host = it.domain.name.split('.')[0] ?? '';
  const known = isProvider.test(host) && it.domain.spelled;
  if (known && (it.domain.name.includes('.') || /[\d._-]/.test(it.local))) return true;
  if (!it.domain.name.includes('.')) return false;
  if (/[\d._-]/.test(it.local) && it.domain.spelled) return true;
  return mailCue.test(text.slice(Math.max(0, it.at.from - 90), it.at.from - it.local.length));
}
