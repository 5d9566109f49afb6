/**
 * Other channels in running text: a handle beside the name of a channel, a bare `@handle`, or a request to go on there.
 * A channel that is only mentioned, as the feature of a product or as the way a photo came, is none.
 */
import type { Passage } from '../rule.ts';
import { outside } from './spans.ts';
import { asks, channels, declines, haveYou, productWords, requests, towards } from './channel-words.ts';

/** A handle or a request; offsets in the folded text. */
export interface Handle {
  readonly from: number;
  readonly to: number;
}

/** All of a passage; they may overlap. What stands inside a mail address (`taken`) is none. */
export function handlesIn(passage: Passage, taken: readonly Handle[]): readonly Handle[] {
  if (passage.hidden) return [];
  const { text } = passage.folded;
  const found: Handle[] = [...bareHandles(text), ...(passage.region === 'new' ? requestsIn(text) : [])];
  for (const at of outside(mentionsIn(text), taken)) {
    if (!at.certain && !isName(passage, at)) continue;
    const handle = handleAt(text, at) ?? (passage.region === 'new' ? requestAt(text, at) : undefined);
    if (handle !== undefined) found.push(handle);
  }
  for (const handle of [...found]) found.push(...namesBeside(text, handle));
  return found;
}

const mentionsIn = (text: string): readonly Mention[] =>
  [...text.matchAll(channels)].map((match) => ({
    from: match.index,
    to: match.index + match[0].length,
    name: match[0],
    certain: match.groups?.certain !== undefined,
  }));

function* requestsIn(text: string): Iterable<Handle> {
  for (const match of text.matchAll(requests)) {
    const at = { from: match.index, to: match.index + match[0].length };
    if (!isDeclined(text, at.from, at.to)) yield at;
  }
}

const name = /(?<![\p{L}\d@._/-])@?(?:[a-z][a-z\d]*[._][a-z\d._]{2,30}|[a-z]{3,20}\d{2,6})(?![\p{L}\d@/])/gu;

/** Where somebody asks to go on elsewhere, the name to look for may stand in the next words. */
function* namesBeside(text: string, { from, to }: Handle): Iterable<Handle> {
  const start = Math.max(0, from - 60);
  for (const match of text.slice(start, from).matchAll(name))
    yield { from: start + match.index, to: start + match.index + match[0].length };
  for (const match of text.slice(to, to + 80).matchAll(name)) yield { from: to + match.index, to: to + match.index + match[0].length };
}

interface Mention {
  readonly from: number;
  readonly to: number;
  readonly name: string;
  readonly certain: boolean;
}

/** `line` is a channel where it is written LINE or has an ID; `x`, `dm` and the like only beside a handle. */
function isName(passage: Passage, { from, to, name }: Mention): boolean {
  const { text, origin } = passage.folded;
  const behind = text.slice(to, to + 12);
  if (name === 'v') return /^\s?[:：]\s?[a-z\d]/.test(behind);
  if (name === 'line')
    return passage.plain.slice(origin(from), origin(to - 1, 'end')) === 'LINE' || /^\s?(?:id\b|@|[:：]\s?@?[a-z\d_.-]{3})/.test(behind);
  if (/^(?:x|twitter|linkedin|xing|sms|md|pm|pn|inbox|dms?)$/.test(name)) return /^\s?(?:[:：]\s?)?@/.test(behind);
  return true;
}

const bare = /(?<![\p{L}\d._%+@/-])@(?![\d.]+(?:\s|$))[a-z\d_][a-z\d._]{2,30}(?![\p{L}@])/gu;

/** `@name`, not part of an address, not a price. */
function* bareHandles(text: string): Iterable<Handle> {
  if (!text.includes('@')) return;
  for (const match of text.matchAll(bare)) {
    const before = text.slice(Math.max(0, match.index - 2), match.index);
    if (
      /[a-z]/.test(match[0]) &&
      !/^@(?:home|work|office|night|all)$/.test(match[0]) &&
      !/[\p{L}\d]\s?$/u.test(before.trimEnd() === before ? before : '') &&
      !/\.example$/.test(match[0])
    ) {
      yield { from: match.index, to: match.index + match[0].length };
    }
  }
}

const idWords =
  '(?:id|name|username|user|nick|nickname|account|handle|profile|number|no|nr|nummer|numero|número|numéro|nomor|konto|benutzername|profil|utente|nome|användarnamn|namn|usuario|cuenta|compte|pseudo|gebruikersnaam|naam|usuário|użytkownik|akun|号|號|账号|帐号|群|昵称|公众号|アカウント|ユーザー名|の?id)';
const joins =
  '(?:の|is|at|as|under|on|am|are|ist|unter|als|lautet|heißt|è|sono|come|är|heter|som|es|soy|como|est|sous|suis|onder|heet|é|sou|jest|to|saya|aku|ku|kami|ini|nya|ya|cari|search|find|add|me|my|such|suche|nach|cerca|cercami|sök|efter|busca|búscame|cherchez|zoek|szukaj|搜索?|加|是|为|同步|叫|で|は|に|を検索)';
/** Something like `potter_yu`, `mei88`, `wild.fern`, `live:jo_3`, `@jo`, a name in quotes, or a number. */
const id =
  '(?:(?:live:)?@?(?=[a-z\\d._-]{4,32}(?![\\p{L}\\d]))(?=[a-z._-]{0,31}[\\d_]|[a-z\\d]{2,30}[._-][a-z\\d]{2})(?=[\\d._-]{0,31}[a-z])[a-z\\d][a-z\\d._-]{3,31}|@[a-z\\d._]{3,31}|["\'「『][^"\'」』\\n]{3,32}["\'」』]|\\+?\\d(?:[\\s()./-]{0,3}\\d){4,14})';
const after = new RegExp(
  `^[\\s,.;:：?!=()>*~-]{0,4}(?:(?:${idWords}|${joins})[\\s,.:：?!=()「"'-]{1,3}|(?:${idWords}|${joins})(?=[^a-z])){0,4}["'「『(]?(${id})`,
  'u',
);
const behindColon = /^同[号步名]|^\s?(?:id|name|号|号码|账号)?\s?[:：=]\s?[a-z][a-z\d_-]{4,31}(?![\p{L}\d.])/u;
const before = new RegExp(
  `(${id})["'」』)]?[\\s,(]{0,3}(?:(?:on|in|at|auf|bei|su|på|en|sur|op|no|na|di|via|my|the|mein|mio|的|是|,)\\s?){0,2}$`,
  'u',
);

/** The channel with a handle behind or before it. */
function handleAt(text: string, { from, to }: Mention): Handle | undefined {
  const rest = text.slice(to, to + 90);
  const behind = after.exec(rest) ?? behindColon.exec(rest);
  if (behind !== null) return { from, to: to + behind[0].length };
  const ahead = before.exec(text.slice(Math.max(0, from - 60), from));
  return ahead === null || /^\d{1,6}$/.test(ahead[1] ?? '') ? undefined : { from: from - ahead[0].length, to };
}

/** A request to go on there in the same sentence. */
function requestAt(text: string, { from, to, certain }: Mention): Handle | undefined {
  const left =
    text
      .slice(Math.max(0, from - 70), from)
      .split(/[.!?\n。！？;；]/)
      .at(-1) ?? '';
  const right = text.slice(to, to + 70).split(/[.!\n。！;；]/, 1)[0] ?? '';
  const start = from - left.length;
  const asked = haveYou.exec(left);
  if (asked !== null && /^[^,]{0,12}\?/.test(right)) return { from: start + asked.index, to };
  if (
    !certain &&
    !/^(?:で|を|の|交換|追加)/.test(right) &&
    !towards.test(left.slice(-20)) &&
    !/^\s?(?:aja|saja|ya|me|mich|mir)(?![\p{L}])/u.test(right)
  )
    return undefined;
  if (productWords.test(left + right) || isDeclined(text, from, to)) return undefined;
  const ask = asks.exec(left);
  if (ask !== null) return { from: start + ask.index, to };
  const behind = asks.exec(right.slice(0, 40));
  return behind === null ? undefined : { from, to: to + behind.index + behind[0].length };
}

/** QUIRK: Portuguese "no" is "in the"; behind such a word it is no refusal. */
const inThe =
  /(?<![\p{L}])(?:cham\p{L}*|fal\p{L}*|mand\p{L}*|escrev\p{L}*|adicion\p{L}*|seg\p{L}*|sig\p{L}*|procur\p{L}*|estou|está|lá|me|nos)\sno(?=\s)/gu;

/** "Not on WhatsApp": a no in the same sentence, nearby. */
function isDeclined(text: string, from: number, to: number): boolean {
  const left =
    text
      .slice(Math.max(0, from - 45), from)
      .split(/[.!?\n。！？;；,，]/)
      .at(-1) ?? '';
  const right = text.slice(to, to + 35).split(/[.!?\n。！？;；,，]/, 1)[0] ?? '';
  return declines.test(left.replace(inThe, ' ')) || declines.test(right);
}
