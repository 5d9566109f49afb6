/**
 * Other channels in running text: a handle beside the name of a channel, a bare `@handle`, or a request to go on there.
 * A channel that is only mentioned, as the feature of a product or as the way a photo came, is none.
 */
import { leftmostIn, matchesIn } from '../../model/matches.ts';
import type { Passage } from '../rule.ts';
import { outside } from './spans.ts';
import { channels, declines, here, negatedQuestion, productWords, requests, told, towards } from './channel-words.ts';
import { asks, endsQuestion, haveYou, haveYouBefore, haveYouBehind, invites, thereAs } from './invitation-words.ts';

/** A handle or a request; offsets in the folded text. */
export interface Handle {
  readonly from: number;
  readonly to: number;
}

/** All of a passage; they may overlap. What stands inside a mail address (`taken`) is none. */
export function handlesIn(passage: Passage, taken: readonly Handle[]): readonly Handle[] {
  if (passage.hidden) return [];
  const { text } = passage.folded;
  const asked = passage.region === 'new' && !isAnswered(passage);
  const found: Handle[] = [...outside([...bareHandles(text)], taken), ...(asked ? requestsIn(text) : [])];
  for (const at of outside(mentionsIn(text), taken)) {
    if (!at.certain && !isName(passage, at)) continue;
    const handle = handleAt(text, at) ?? (asked ? requestAt(text, at) : undefined);
    if (handle !== undefined) found.push(handle);
    else if (passage.region !== 'new') found.push(...namesBeside(text, at));
  }
  for (const handle of [...found]) found.push(...outside([...namesBeside(text, handle)], taken));
  return found.filter(({ from, to }) => !fileName.test(text.slice(from, to)));
}

/** The subject of an answer is the other's: what it asks for is not asked again. */
const isAnswered = ({ part, plain }: Passage): boolean =>
  part === 'subject' && /^\s?(?:re|aw|sv|vs|antw|odp|r|rif|res|rv|bls|balas|回复|答复|回覆)\s?[:：]/i.test(plain);

const mentionsIn = (text: string): readonly Mention[] =>
  [...leftmostIn(text, channels)]
    .map(({ kind, match: { 0: name, index } }) => ({ from: index, to: index + name.length, name, certain: kind === 'certain' }))
    .filter((at) => !isPartOfName(text, at));

/** `wa_driver_3.2.zip`, `WA850RE`, `TL-WA701ND`, `IG-77A`: a file's name or a model's. A number to chat with has more digits. */
function isPartOfName(text: string, { from, to, certain }: Mention): boolean {
  const behind = text.slice(to, to + 12);
  if (certain) return /^_[a-z\d]|^ image 20\d\d/.test(behind);
  return /^_[a-z\d]|^\d{1,6}(?!\d)|^-[a-z]{0,3}\d{1,6}(?!\d)/.test(behind) || /[a-z\d][-_]$/.test(text.slice(Math.max(0, from - 2), from));
}

/** A name of so common an ending is a file's. */
const fileName =
  /\.(?:bin|zip|exe|hex|ino|img|iso|apk|msi|rar|7z|tar|gz|pdf|jpe?g|png|gif|heic|mp[34]|mov|wav|docx?|xlsx?|csv|txt|cfg|conf|json|xml|ini|log|stl|svg|dxf|gcode|fw|rom|upd|dat|dll|py|sh)\.?$/;

function* requestsIn(text: string): Iterable<Handle> {
  for (const match of matchesIn(text, requests)) {
    const at = { from: match.index, to: match.index + match[0].length };
    if (!isDeclined(text, at.from, at.to)) yield at;
  }
}

const name = /(?<![a-zß-ɏ\d@._/-])@?(?:[a-z][a-z\d]*[._][a-z\d._]{2,30}|[a-z]{3,20}\d{2,6})(?![a-zß-ɏ\d@/])/gu;

/** Where somebody asks to go on elsewhere, the name to look for may stand in the next words. */
function* namesBeside(text: string, { from, to }: Handle): Iterable<Handle> {
  const start = Math.max(0, from - 60);
  for (const match of matchesIn(text.slice(start, from), name))
    yield { from: start + match.index, to: start + match.index + match[0].length };
  for (const match of matchesIn(text.slice(to, to + 80), name)) yield { from: to + match.index, to: to + match.index + match[0].length };
}

interface Mention {
  readonly from: number;
  readonly to: number;
  readonly name: string;
  readonly certain: boolean;
}

const others = '(?:line|tele|telegram|wa|whatsapp|ig|insta|instagram|kakao)';
const or = '\\s?(?:atau|or|oder|o|ou|of|eller|lub|/)\\s?';
/** "line or telegram": beside another channel it is one. */
const orBehind = new RegExp(`^${or}${others}(?![a-z])`);
const orBefore = new RegExp(`(?<![a-z])${others}${or}$`);

/** `line` is a channel where it is written LINE or has an ID; `x`, `dm` and the like only beside a handle. */
function isName(passage: Passage, { from, to, name }: Mention): boolean {
  const { text, origin } = passage.folded;
  const behind = text.slice(to, to + 12);
  if (name === 'v') return /^\s?[:：]\s?[a-z\d]/.test(behind);
  if (
    (name === 'line' || name === 'tele') &&
    (orBehind.test(text.slice(to, to + 24)) || orBefore.test(text.slice(Math.max(0, from - 18), from)))
  )
    return true;
  if (name === 'line')
    return (
      passage.plain.slice(origin(from), origin(to - 1, 'end')) === 'LINE' ||
      /(?:^|[^a-z])id\s$/.test(text.slice(Math.max(0, from - 4), from)) ||
      /^\s?(?:id\b|@|[:：]\s?@?[a-z\d_.-]{3})/.test(behind)
    );
  if (/^(?:x|twitter|linkedin|xing|sms|md|pm|pn|inbox|dms?)$/.test(name)) return /^\s?(?:[:：]\s?)?@/.test(behind);
  return true;
}

const bare = /(?<![\p{L}\d._%+@/-])@(?![\d.]+(?:\s|$))[a-z\d_][a-z\d._]{2,30}(?![\p{L}@])/gu;

/** `@name`, not part of an address, not a price. */
function* bareHandles(text: string): Iterable<Handle> {
  if (!text.includes('@')) return;
  for (const match of matchesIn(text, bare)) {
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
  '(?:の|is|at|as|under|on|am|are|i|heiße|ich|bin|mi|chiamo|je|jag|me|llamo|ik|ist|unter|als|lautet|heißt|è|sono|come|är|heter|som|es|soy|como|est|sous|suis|onder|heet|é|sou|jest|to|saya|aku|ku|kami|ini|nya|ya|cari|search|find|add|me|my|such|suche|nach|cerca|cercami|sök|efter|busca|búscame|cherchez|zoek|szukaj|搜索?|加|是|为|同步|叫|上|里|で|は|に|を検索)';
/** Something like `potter_yu`, `mei88`, `wild.fern`, `live:jo_3`, `@jo`, a name in quotes, or a number. */
const id =
  '(?:[a-z\\d._-]{2,32}#\\d{4}(?!\\d)|(?:live:)?@?(?=[a-z\\d._-]{4,32}(?![\\p{Script=Latin}\\d]))(?=[a-z._-]{0,31}[\\d_]|[a-z\\d]{2,30}[._-][a-z\\d]{2})(?=[\\d._-]{0,31}[a-z])[a-z\\d][a-z\\d._-]{3,31}|@[a-z\\d._]{3,31}|["\'「『][^"\'」』\\n]{3,32}["\'」』]|\\+?\\d(?:[\\s()./-]{0,3}\\d){4,14})';
const after = new RegExp(
  `^[\\s,.;:：?!=()>*~-]{0,4}(?:(?:${idWords}|${joins})[\\s,.:：?!=()「"'-]{1,3}|(?:${idWords}|${joins})(?=[^a-z])){0,4}["'「『(]?(${id})`,
  'u',
);
const behindColon = /^同[号步名]|^\s?(?:id|name|号|号码|账号)?\s?[:：=]\s?[a-z][a-z\d_-]{4,31}(?![\p{L}\d.])/u;
const before = new RegExp(
  `(${id})["'」』)]?[\\s,(]{0,3}(?:(?:on|in|at|auf|bei|su|på|en|sur|op|no|na|di|via|my|the|mein|mio|的|是|,)\\s?){0,2}$`,
  'u',
);

/** A price or a year; a verb with its pronoun, "partilhá-lo no Facebook", "partagez-la sur Instagram". */
const noHandle = /^\d{1,6}$|^[a-zß-ɏ]+-(?:se|l[oae]s?|lhes?|me|nos|n[oa]|vous|moi|nous|toi|lui|leur|y|en|la-bas|tu|il|elle|on|ils)$/u;

/** "I'm jo_alder". */
const introduced =
  /(?<![\p{L}])(?:i'?m|it'?s|we'?re|ich bin|wir sind|bin|sono|siamo|jag är|vi är|soy|somos|je suis|c'est|on est|ik ben|we zijn|sou|somos|jestem|aku|saya|kami) ["']?@?[a-z\d]{1,20}[._][a-z\d._]{1,30}|(?:我是|叫|は)["「『“]?[a-z\d]{2,20}[._][a-z\d._]{1,30}/u;

/** The channel with a handle behind or before it. */
function handleAt(text: string, { from, to }: Mention): Handle | undefined {
  const rest = text.slice(to, to + 90);
  const behind = after.exec(rest) ?? behindColon.exec(rest);
  if (behind !== null) return { from, to: to + behind[0].length };
  const ahead = before.exec(text.slice(Math.max(0, from - 60), from));
  return ahead === null || noHandle.test(ahead[1] ?? '') ? undefined : { from: from - ahead[0].length, to };
}

/** The sentence that a channel stands in, and the one behind it; offsets in the folded text. */
interface Sentence {
  readonly start: number;
  readonly left: string;
  readonly right: string;
  readonly next: string;
}

const ends = /[!?\n。！？;；]|\.(?=\s|$)/;
const REACH = 90;

function sentenceAround(text: string, { from, to }: Mention): Sentence {
  const left =
    text
      .slice(Math.max(0, from - REACH), from)
      .split(ends)
      .at(-1) ?? '';
  const [right = '', ...others] = text.slice(to, to + 2 * REACH).split(ends);
  return { start: from - left.length, left, right: right.slice(0, REACH), next: others.find((it) => it.trim() !== '') ?? '' };
}

/** "That message on …": no verb. */
const nouns = /(?<![\p{L}])(?:the|that|this|these|those|any|his|her|their|your) (?:message|text|chat|call|contact|search)s?(?![\p{L}])/gu;

/** A request to go on there, or the name by which the author is found there. */
function requestAt(text: string, mention: Mention): Handle | undefined {
  const { from, to } = mention;
  const it = sentenceAround(text, mention);
  const whole = it.left + mention.name + it.right;
  const isTold = told.test(whole) && !joinsGroup.test(whole);
  if (isDeclined(text, from, to)) return undefined;
  const asked = isTold ? undefined : questionAt(text, mention, it);
  if (asked !== undefined) return asked;
  const name = isTold && !/request|anfrage/.test(whole) ? undefined : nameBehind(text, mention, it);
  if (name !== undefined) return name;
  if (isTold) return undefined;
  const together = weThere.exec(it.left);
  if (together !== null && !/^\s?(?:in|out|rein|raus|ran|heran|with|mit|con|med|avec|met|com|z) (?!yo?u|me|ihnen|dir|mir)/.test(it.right))
    return { from: it.start + together.index, to };
  if (!(mention.certain || isToward(it))) return undefined;
  const invited = invites.exec(whole);
  if (invited !== null) {
    const end = it.start + invited.index + invited[0].length;
    return { from: Math.min(from, it.start + invited.index), to: Math.max(to, clauseEnd(text, end)) };
  }
  return productWords.test(whole) ? undefined : askAt(text, mention, it);
}

/** What is shared there may be told in the same breath. */
const joinsGroup = /(?<![\p{L}])(?:join|hop into) (?:us|our|my)(?![\p{L}])/u;

/** "Could we Skype": the channel is the verb, or what is used. */
const weThere =
  /(?<![\p{L}])(?:(?:can|could|shall|should|may) we|(?:können|könnten|wollen|sollen) wir|possiamo|potremmo|(?:kan|kunde|ska|skulle) vi|podemos|podríamos|(?:peut|pourrait)-on|on (?:peut|pourrait)|(?:kunnen|zullen|zouden) we|poderíamos|możemy|moglibyśmy|bisa kita)(?: (?:(?:am|im|on|this|next|el|este|le|op|på|w|no) \p{L}{3,12}|mal|kurz|vielleicht|eventuell|machen|maybe|perhaps|just|quickly|do|use|have|try|forse|fare|kanske|göra|quizás|hacer|peut-être|(?:se )?faire|even|misschien|doen|talvez|fazer|może|zrobić|morgen|imorgon|demain|mañana|domani|tomorrow)){0,3} (?:an? |un |una |ett |en |een )?$/u;

/** It would be easier there, can we; or a question with "look me up" behind it. */
function askAt(text: string, { from, to }: Mention, { start, left, right, next }: Sentence): Handle | undefined {
  const ask = asks.exec(left.replace(nouns, (noun) => ' '.repeat(noun.length)));
  if (ask !== null) return { from: start + ask.index, to };
  const behind = asks.exec(right.slice(0, 50));
  if (behind !== null) return { from, to: to + behind.index + behind[0].length };
  return text[to + right.length] === '?' && invites.test(next) ? { from, to: to + right.length } : undefined;
}

/** "I'm NAME there", "same number": in the sentence behind the channel or in the next. */
function nameBehind(text: string, { from, name }: Mention, { right, next }: Sentence): Handle | undefined {
  const match = thereAs.exec(name + right) ?? thereAs.exec(next) ?? introduced.exec(right) ?? introduced.exec(next);
  return match === null ? undefined : { from, to: clauseEnd(text, text.indexOf(match[0], from) + match[0].length) };
}

/** A channel that may be another word is one behind "on", "via", "my" and the like. */
const isToward = ({ left, right }: Sentence): boolean =>
  /^(?:で|を|の|に|グループ|交換|追加)/.test(right) ||
  towards.test(left.slice(-20)) ||
  /^\s?(?:aja|saja|ya|me|mich|mir)(?![\p{L}])/u.test(right);

/** "Have you got insta?" */
function questionAt(text: string, { from, to }: Mention, { start, left, right }: Sentence): Handle | undefined {
  const isAsked = haveYouBehind.test(right);
  const asked = haveYou.exec(left) ?? (haveYouBefore.test(left) ? /.$/su.exec(left) : null);
  if (asked !== null && (isAsked || endsQuestion.test(text.slice(to, to + 12)))) return { from: start + asked.index, to };
  return isAsked && !productWords.test(left + right) ? { from, to } : undefined;
}

/** Where the clause ends that a name stands in: 40 characters at most. */
function clauseEnd(text: string, at: number): number {
  const end = text.slice(at, at + 40).search(/[,!?\n。、，！？;；)]|\.(?=\s|$)/);
  return end < 0 ? Math.min(text.length, at + 40) : at + end;
}

/** QUIRK: Portuguese "no" is "in the"; behind such a word it is no refusal. */
const inThe =
  /(?<![\p{L}])(?:cham\p{L}*|fal\p{L}*|mand\p{L}*|escrev\p{L}*|adicion\p{L}*|seg\p{L}*|sig\p{L}*|procur\p{L}*|entr[ae]|junt\p{L}*|particip\p{L}*|estou|está|lá|me|nos)\sno(?=\s)/gu;

/** The same right before the channel; not English or Spanish "no WhatsApp". */
const inTheChannel =
  /(?<=\p{L}{2})(?<!(?:^|\s)(?:please|there's|there is|have|has|got|but|and|sorry|with|do|say|pero|que|hay|uso|usamos|tengo|tenemos|por favor|por)) no\s?$/u;

/** "Ada telegram nggak?": a no that ends a question. */
const tag =
  /^(?:\s(?:atau|o|ou|lub|czy) \p{L}{2,12})?\s?(?:ga|gak|ngga|nggak|enggak|engga|tidak|ndak|no|nie|não)(?=(?: (?:kak|ya|sis|bu|pak|gan|min))?$)/u;

/** "Not on WhatsApp": a no in the same sentence, nearby, that does not ask. */
function isDeclined(text: string, from: number, to: number): boolean {
  const clause = /[.!?\n。！？;；,，]/;
  const left =
    text
      .slice(Math.max(0, from - 45), from)
      .split(clause)
      .at(-1) ?? '';
  const right = text.slice(to, to + 35).split(clause, 1)[0] ?? '';
  const asks = /^[^.!?\n。！？]{0,80}[?？]/.test(text.slice(to, to + 81));
  const before = left.replace(inThe, ' ').replace(inTheChannel, ' ');
  return (
    declines.test(asks ? before.replace(negatedQuestion, ' ') : before) || declines.test(right.replace(tag, '').split(here, 1)[0] ?? '')
  );
}
