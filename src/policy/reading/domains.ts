/**
 * Hosts in running text: URLs, bare domains, disguised ones (`hxxp`, `[.]`, "dot" in words). What is a domain and what is a
 * missing blank, a file name or an abbreviation is decided here. Linear: each pattern starts at a border or at a rare sign.
 */
import { matchesIn } from '../../model/matches.ts';
import type { Passage } from '../rule.ts';
import { hostOf, isRegistrable } from './hosts.ts';
import { merged } from './spans.ts';
import { anyDot, letter, spelledDash, spelledDot, spelledSuffix } from './spelling.ts';

/** A host that stands in a passage; offsets in its folded text. */
export interface Domain {
  readonly from: number;
  readonly to: number;
  readonly host: string;
  /** With its scheme and path, where it has them. */
  readonly url: string;
}

const label = `[${letter}](?:[${letter}-]{0,61}[${letter}])?`;
const withScheme = /(?<![a-z])(?:h(?:tt|xx|\*\*|__|ttp:\/\/h?tt|tp|pp)ps?|ftp|meow)\s?[:：]?\s?\/\s?\/\s?[^\s<>"{}|\\^]{1,2048}/g;
const bare = new RegExp(`(?<![${letter}_.@-])${label}(?:\\.${label}){1,8}\\.?(?![${letter}_@])(?:[:/?#][^\\s<>"{}|\\\\^]{0,512})?`, 'g');
const spelled = new RegExp(spelledDot, 'g');
const spacedWww = new RegExp(
  `(?<![${letter}])(?:www|w w w|3w|三w)(?:[\\s,·.]|\\s?点\\s?|\\s?${spelledDot})\\s?(${label})(?:[\\s,·]|${anyDot})\\s?(${spelledSuffix})(?![${letter}])`,
  'g',
);

/** All hosts of a passage in its order; overlapping ones are given once. */
export function domainsIn(passage: Passage): readonly Domain[] {
  if (passage.hidden) return [];
  const { text } = passage.folded;
  const all = (pattern: RegExp, read: (match: RegExpExecArray) => Domain | undefined): readonly Domain[] =>
    [...matchesIn(text, pattern)].flatMap((match) => read(match) ?? []);
  return merged([
    text.includes('/') ? all(withScheme, (match) => schemed(match[0], match.index)) : [],
    text.includes('.') ? all(bare, (match) => bareAt(passage, match[0], match.index)) : [],
    text.includes('w') ? all(spacedWww, www) : [],
    ascending(all(spelled, (match) => spelledAt(text, match.index, match.index + match[0].length))),
  ]);
}

/** A name with several dots in words is found at each of them: the first counts. */
function ascending(domains: readonly Domain[]): readonly Domain[] {
  const kept: Domain[] = [];
  for (const domain of domains) if (domain.from >= (kept.at(-1)?.to ?? 0)) kept.push(domain);
  return kept;
}

const undoneDots = /[[({]\s?(?:\.|dot|punkt|punto|point|titik)\s?[\])}]/g;

function schemed(source: string, from: number): Domain | undefined {
  const url = source
    .replace(undoneDots, '.')
    .replace(/[.,;:!?)\]}'*]+$/, '')
    .replace(/^[^/]*\/\s?\/\s?/, 'https://');
  const host = hostOf(cutForeign(url));
  return host === undefined ? undefined : { from, to: from + source.replace(/[.,;:!?)\]}'*]+$/, '').length, host, url: cutForeign(url) };
}

/** A URL in Chinese or Japanese text ends where that text goes on. */
const cutForeign = (url: string): string => url.replace(/[\u3000-\u303f\u3040-\u30ff\u4e00-\u9fff\uff00-\uffef].*$/s, '');

/** Suffixes that are words too: with a lower-case word after it, it may be a missing blank. */
const wordSuffixes = new Set(
  'it is in to me so no be at as us by my am do im de es se nu id la da du te si ne ma va vi pa re tv ag al an ai app as ba et fan gift is joy live love now one page pro red run sale shop store team today top vip men me name la care cash cool deal fit fun fyi ist kim lat ltd new nl ph pics pink pm sa sc so sk su tc th tl tm to tr tt vet win work world zip mov md ps py sh rs ml cf'.split(
    ' ',
  ),
);
/** Suffixes that are file extensions or abbreviations too. */
const fileSuffixes = new Set('nr zip mov md py sh ps ai app'.split(' '));
/** Words after which a domain is meant. */
const before =
  /(?:^|[\n:,;(>"'\-=/|]|\b(?:at|on|see|visit|site|website|shop|store|web|page|via|from|under|auf|unter|bei|siehe|über|von|in|su|sul|sito|da|presso|negozio|visiti|på|hos|se|från|sidan|butik|en|sitio|tienda|web|visite|desde|sur|chez|site|boutique|op|bij|winkel|na|w|sklep|em|no|loja|di|ke|toko|situs|cek|klik|buka|lewat|link|url|is|ist|är|heißt|called|namens))\s?$/;

function bareAt(passage: Passage, source: string, from: number): Domain | undefined {
  const slash = source.search(/[:/?#]/);
  const path = slash < 0 ? '' : source.slice(slash).replace(/[.,;:!?)\]}'*]+$/, '');
  const name = (slash < 0 ? source : source.slice(0, slash)).replace(/\.+$/, '');
  const labels = name.split('.');
  const marked = labels[0] === 'www' || /^[/?#]./.test(path) || /^:\d/.test(path);
  const host = longestHost(labels, (at) => startsSentence(passage, from + at));
  if (host === undefined) return undefined;
  const whole = host.length === name.length;
  if (!(marked && whole) && labels[0] !== 'www' && isNoDomain(passage, { host, from, path })) return undefined;
  const to = from + host.length + (whole ? path.length : 0);
  return { from, to, host: hostOf(`https://${host}`) ?? host, url: `https://${host}${whole ? cutForeign(path) : ''}` };
}

/** The name itself, or what is left of it without labels that begin a sentence after a missing blank. */
function longestHost(labels: readonly string[], startsWithCapital: (at: number) => boolean): string | undefined {
  for (let count = labels.length; count >= 2; count--) {
    const host = labels.slice(0, count).join('.');
    if (isRegistrable(host)) return host;
    const at = labels.slice(0, count - 1).join('.').length + 1;
    if (!startsWithCapital(at)) return undefined;
  }
  return undefined;
}

/** As it was written: `At`, not `at` or `AT`. */
function startsSentence(passage: Passage, at: number): boolean {
  const first = passage.plain.slice(passage.folded.origin(at), passage.folded.origin(at) + 2);
  return /^\p{Lu}\P{Lu}?$/u.test(first);
}

function isNoDomain(passage: Passage, it: { readonly host: string; readonly from: number; readonly path: string }): boolean {
  const labels = it.host.split('.');
  const suffix = labels.at(-1) ?? '';
  const own = labels.at(-2) ?? '';
  const { text } = passage.folded;
  if (fileSuffixes.has(suffix)) return true;
  if (/^\d+$/.test(own)) return !/^(?:com|cn|net|org)$/.test(suffix);
  if (own.length === 1) return true;
  const capital = startsSentence(passage, it.from + it.host.length - suffix.length);
  if (capital && !(startsSentence(passage, it.from) && !wordSuffixes.has(suffix))) return true;
  if (!wordSuffixes.has(suffix) || labels.length > 2 || /[\d-]/.test(own)) return false;
  if (own.length <= 3 && it.path === '') return true;
  const goesOn = /^\s[a-z\u00df-\u024f]/.test(text.slice(it.from + it.host.length));
  return goesOn && !before.test(text.slice(Math.max(0, it.from - 16), it.from));
}

function www(match: RegExpExecArray): Domain {
  const host = `${match[1]}.${(match[2] ?? '').replace(/[\s.]+/g, '.')}`;
  return { from: match.index, to: match.index + match[0].length, host, url: `https://${host}` };
}

const everyDot = new RegExp(anyDot, 'g');
const leftLabel = new RegExp(`(?:www\\s?(?:${spelledDot}|\\s))?(?:${label}(?:${spelledDash}|\\s?-\\s?|${anyDot})){0,4}(${label})$`);
const rightSuffix = new RegExp(`^(${spelledSuffix})(?:(?:${anyDot})(${spelledSuffix}))?(?![${letter}@])`);
/** Words before "point" and the like that make it a point, not a dot. */
const noLabel =
  /^(?:el|la|un|una|uno|il|lo|le|les|ce|cet|cette|au|du|des|ein|der|die|das|den|dem|einen|einem|jeder|jeden|dieser|diesem|en|ett|den|denna|detta|varje|the|a|an|this|that|one|each|every|any|sebuah|pada|di|o|um|no|do|este|esse|ese|esto|otro|primer|primo|questo|quel|quale|che|certo|het|een|dit|elk|ieder|dat|ten|jeden|na|w|to|of|and|und|och|e|y|et|en|is|ist|till|auf|ab|bis|zu|a|al|del|sul|sono|mi|tu|su|mon|notre|votre|most|some|more|good|good|power|focal|kecuali|dari|ke)$/;
/** Suffixes that are common words beside these words for the dot. */
const collisions: readonly (readonly [RegExp, RegExp])[] = [
  [/point/, /^(?:de|es|it|me|no|be|at|us|in|id|se|my|co|nu|page|top|online|site|link)$/],
  [/punto/, /^(?:de|se|me|no|top|be|at|co|nu)$/],
  [/punkt|prick/, /^(?:me|no|my|be|top|site|app|link)$/],
  [/punt\s|pont\s/, /^(?:de|es|is|me|no|at|se|it)$/],
  [/ponto/, /^(?:de|se|me|no|es)$/],
  [/dot/, /^(?:at|it|no|be|my|top|site|page|link)$/],
  [/点|點/, /^(?:at|it|no|be|my|me|us)$/],
  [/titik/, /^(?:at|it|be|me|no|my)$/],
];

function spelledAt(text: string, from: number, to: number): Domain | undefined {
  const right = rightSuffix.exec(text.slice(to, to + 24));
  if (right === null) return undefined;
  const left = leftLabel.exec(text.slice(Math.max(0, from - 120), from));
  const own = left?.[1];
  if (left === null || own === undefined || noLabel.test(own) || /^\d+$/.test(own)) return undefined;
  const sign = text.slice(from, to);
  const bracketed = /[[({<*_]/.test(sign);
  const suffix = right[1] ?? '';
  if (!bracketed && collisions.some(([word, suffixes]) => word.test(sign) && suffixes.test(suffix))) return undefined;
  if (/^\s\.$/.test(sign) && !/^(?:com|net|org|shop|de|co|it|fr|nl|se|es|id|cn|eu)$/.test(suffix)) return undefined;
  const end = to + right[0].length;
  const host = `${own}.${right[0].replace(everyDot, '.').replace(/\s/g, '')}`;
  return { from: from - left[0].length, to: end, host, url: `https://${host}` };
}
