/**
 * Runs of digits in running text: figures, digits in words of twelve languages, Chinese numerals, letters that look like digits.
 * Full-width, circled and emoji digits are figures already in folded text. What a run is, is decided in `phones.ts`.
 */
import { leftmostIn, matchesIn } from '../../model/matches.ts';
import { withBeginnings } from './beginnings.ts';
import type { Folded } from './fold.ts';

/** A run; offsets in the folded text. */
export interface Run {
  readonly from: number;
  readonly to: number;
  /** Figures as they stand; words and look-alikes as `x` for each digit they stand for. */
  readonly digits: string;
  /** The figures between separators. */
  readonly groups: readonly string[];
  /** How many digits were words or Chinese numerals, and how many look-alike letters. */
  readonly spelled: number;
  readonly lookAlikes: number;
  /** How many of the groups are words for a hundred and more. */
  readonly hundreds: number;
  /** Told in pieces, with "then" between them. */
  readonly pieced: boolean;
}

/** How a language says figures: units; teens and tens with their unit, two digits; hundreds, three digits with what follows them. */
interface Tongue {
  readonly units: string;
  readonly pairs: string;
  readonly hundreds: string;
}

const en: Tongue = {
  units: 'zero|oh|nought|one|two|three|four|five|six|seven|eight|nine',
  pairs:
    'ten|eleven|twelve|thirteen|fourteen|fifteen|sixteen|seventeen|eighteen|nineteen|(?:twenty|thirty|forty|fifty|sixty|seventy|eighty|ninety)(?:[ -](?:one|two|three|four|five|six|seven|eight|nine))?',
  hundreds: '(?:(?:one|two|three|four|five|six|seven|eight|nine)[ -])?hundred(?: and)?',
};
const de: Tongue = {
  units: 'null|eins|zwei|zwo|drei|vier|fünf|fuenf|sechs|sieben|acht|neun',
  pairs:
    '(?:zehn|elf|zwölf|(?:drei|vier|fünf|sech|sieb|acht|neun)zehn)|(?:(?:ein|zwei|drei|vier|fünf|sechs|sieben|acht|neun)und)?(?:zwanzig|dreißig|vierzig|fünfzig|sechzig|siebzig|achtzig|neunzig)',
  hundreds: '(?:(?:ein|zwei|drei|vier|fünf|sechs|sieben|acht|neun)[ -]?)?hundert(?:und)?',
};
const it: Tongue = {
  units: 'zero|uno|due|tre|quattro|cinque|sei|sette|otto|nove',
  pairs:
    'dieci|undici|dodici|tredici|quattordici|quindici|sedici|diciassette|diciotto|diciannove|(?:venti?|trenta?|quaranta?|cinquanta?|sessanta?|settanta?|ottanta?|novanta?)(?:uno|due|tre|tré|quattro|cinque|sei|sette|otto|nove)?',
  hundreds: '(?:(?:due|tre|quattro|cinque|sei|sette|otto|nove)[ -]?)?cento',
};
const sv: Tongue = {
  units: 'noll|ett|två|tva|fyra|tre|fem|sex|sju|åtta|atta|nio',
  pairs:
    'tio|elva|tolv|tretton|fjorton|femton|sexton|sjutton|arton|nitton|(?:tjugo|trettio|fyrtio|femtio|sextio|sjuttio|åttio|nittio)(?:ett|två|tre|fyra|fem|sex|sju|åtta|nio)?',
  hundreds: '(?:(?:ett|två|tre|fyra|fem|sex|sju|åtta|nio)[ -]?)?hundra',
};
const es: Tongue = {
  units: 'cero|uno|dos|tres|cuatro|cinco|seis|siete|ocho|nueve',
  pairs:
    'diez|once|doce|trece|catorce|quince|dieciséis|diecisiete|dieciocho|diecinueve|veinti?[a-zéó]{0,6}|(?:treinta|cuarenta|cincuenta|sesenta|setenta|ochenta|noventa)(?: y (?:uno|dos|tres|cuatro|cinco|seis|siete|ocho|nueve))?',
  hundreds: '(?:cien(?:to)?|(?:dos|tres|cuatro|seis|ocho)cientos|quinientos|setecientos|novecientos)',
};
const fr: Tongue = {
  units: 'zéro|un|deux|trois|quatre|cinq|six|sept|huit|neuf',
  pairs:
    'dix-sept|dix-huit|dix-neuf|dix|onze|douze|treize|quatorze|quinze|seize|(?:quatre[ -]vingts?|vingt|trente|quarante|cinquante|soixante)(?:[ -](?:et[ -])?(?:un|deux|trois|quatre|cinq|six|sept|huit|neuf|dix-sept|dix-huit|dix-neuf|dix|onze|douze|treize|quatorze|quinze|seize))?',
  hundreds: '(?:(?:deux|trois|quatre|cinq|six|sept|huit|neuf)[ -])?cents?',
};
const nl: Tongue = {
  units: 'nul|een|één|twee|drie|vier|vijf|zes|zeven|acht|negen',
  pairs:
    'tien|elf|twaalf|dertien|veertien|vijftien|zestien|zeventien|achttien|negentien|(?:(?:een|twee|drie|vier|vijf|zes|zeven|acht|negen)[eë]n)?(?:twintig|dertig|veertig|vijftig|zestig|zeventig|tachtig|negentig)',
  hundreds: '(?:(?:twee|drie|vier|vijf|zes|zeven|acht|negen)[ -]?)?honderd(?: ?en(?= ))?',
};
const pt: Tongue = {
  units: 'zero|um|uma|dois|duas|três|quatro|cinco|seis|sete|oito|nove|meia',
  pairs:
    'dez|onze|doze|treze|quatorze|catorze|quinze|dezesseis|dezasseis|dezessete|dezassete|dezoito|dezenove|dezanove|(?:vinte|trinta|quarenta|cinquenta|sessenta|setenta|oitenta|noventa)(?: e (?:um|dois|três|quatro|cinco|seis|sete|oito|nove))?',
  hundreds: '(?:cem|cento|duzentos|trezentos|quatrocentos|quinhentos|seiscentos|setecentos|oitocentos|novecentos)(?: e(?= ))?',
};
const pl: Tongue = {
  units: 'zero|jeden|dwa|trzy|cztery|pięć|piec|sześć|szesc|siedem|osiem|dziewięć|dziewiec',
  pairs:
    'dziesięć|jedenaście|dwanaście|trzynaście|czternaście|piętnaście|szesnaście|siedemnaście|osiemnaście|dziewiętnaście|(?:dwadzieścia|trzydzieści|czterdzieści|pięćdziesiąt|sześćdziesiąt|siedemdziesiąt|osiemdziesiąt|dziewięćdziesiąt)(?: (?:jeden|dwa|trzy|cztery|pięć|sześć|siedem|osiem|dziewięć))?',
  hundreds: '(?:sto|dwieście|trzysta|czterysta|pięćset|sześćset|siedemset|osiemset|dziewięćset)',
};
const id: Tongue = {
  units: 'nol|kosong|satu|dua|tiga|empat|lima|enam|tujuh|delapan|lapan|sembilan',
  pairs:
    'sepuluh|sebelas|(?:dua|tiga|empat|lima|enam|tujuh|delapan|sembilan) (?:belas|puluh(?: (?:satu|dua|tiga|empat|lima|enam|tujuh|delapan|sembilan))?)',
  hundreds: '(?:seratus|(?:dua|tiga|empat|lima|enam|tujuh|delapan|sembilan) ratus)',
};

/** Written without blanks, so that a word ends where another script begins. */
const kana = '(?<![ァ-ヶー])(?:ゼロ|レイ|イチ|ニ|サン|ヨン|ゴ|ロク|ナナ|ハチ|キュウ){1,6}(?![ァ-ヶー])';
const tongues: readonly Tongue[] = [en, de, it, sv, es, fr, nl, pt, pl, id];
const repeats =
  '(?:(?:double|triple|doppel|doppio|doble|dubbel|dobel|duplo)[ -]?|(?:(?:two|three|four|zwei|drei|vier|dos|tres|cuatro|deux|trois|quatre|due|tre|quattro|twee|drie|duas|três|quatro|dwa|trzy|cztery|två|fyra) (?:times|mal|veces|fois|volte|keer|maal|vezes|razy|gånger)|twice|thrice|zweimal|dreimal) (?:(?:the|an?|el|un|le|il|de|een|o|um|die) )?)';
const cjk = '[〇零一二三四五六七八九幺两壹贰貳叁參肆伍陆陸柒捌玖]';

/** `pięćset jeden`, `cincuenta y cinco`, `sju`. The longest reading first; groups are named where the numbers are counted. */
const numberIn = ({ units, pairs, hundreds }: Tongue): string => `(?:(?:${hundreds})(?: ?(?:${pairs}|${units}))?|${pairs}|${units})`;
/** Also without blanks: `nollsjutre`, `nulleinssieben`. Each of one language: across languages words are made by chance. */
const glued = tongues.map((tongue) => `${numberIn(tongue)}{1,6}`).join('|');
const word = `(?<![\\p{L}\\d])${withBeginnings(`(?:${repeats})?(?:${glued})`)}(?![\\p{L}])|${kana}`;
/** Figures with letters or words for digits among them: `5o5`, `o8one2`. */
const mixed = `(?<![\\p{L}\\d])(?=[\\p{L}]{0,6}\\d)(?:\\d|[oilsbzgq](?![a-hj-km-nprt-y])|one|two|six|ten|zero)+(?![\\p{L}])`;
/** Who dictates a number goes on from piece to piece: "030, then 231, and it ends in 907". */
const next =
  '(?:and |und |y |e |et |en |och |i |dan )?(?:then|next|after that|ends? (?:in|with)|dann|danach|dahinter|am ende|zum schluss|hinten|poi|infine|e in fondo|sedan|därefter|sen|till sist|luego|después|al final|cierras? con|(?:acaba|termina) (?:en|con)|puis|ensuite|à la fin|pour finir|(?:finit|termine) par|dan|daarna|tot slot|achteraan|depois|no fim|(?:acaba|termina) (?:em|com)|potem|później|na końcu|na koniec|lalu|terus|kemudian|terakhir)';
const between = new RegExp(`^(?:[\\s\\-./()·,_*~'|:#+–]{0,4}|\\s?[の、]\\s?|[,;.]? ${next}:? )$`, 'u');
/** The longest words between two pieces are longer than any of the signs. */
const widest = 40;
/** What parts the pieces of a dictated number. */
export const pieceBorder = new RegExp(`[,;.]? ${next}:? `, 'gu');

/** In the order in which they count. */
const atoms = {
  cjk: new RegExp(cjk, 'gu'),
  // What they can begin with comes first: nearly all places are passed by.
  figures: new RegExp(`(?=[\\doilsbzgqt])(?:\\d+(?![\\p{L}\\d])|${mixed}|\\d+)`, 'gu'),
  word: new RegExp(word, 'gu'),
};
const opening = /(?:\+\s?)?[([]?$/;

const known = new WeakMap<Folded, readonly Run[]>();

/** Runs that stand for at least six digits; read once for all rules. */
export function runsIn(folded: Folded): readonly Run[] {
  const found = known.get(folded) ?? readRuns(folded.text);
  known.set(folded, found);
  return found;
}

/** The same of a piece of folded text. */
export function readRuns(text: string): readonly Run[] {
  const found: Run[] = [];
  for (const { source, from } of rowsIn(text)) {
    if (source.length < 6) continue;
    for (const piece of piecesOf(text, source, from)) {
      const run = readRun(piece.source, piece.from);
      if (run.digits.length >= 6) found.push(run);
    }
  }
  return found;
}

/** Figures and words for figures with nothing between them but what parts the pieces of a number. */
function* rowsIn(text: string): Generator<Piece> {
  let [from, to] = [-1, -1];
  for (const { match } of leftmostIn(text, atoms)) {
    const { 0: atom, index } = match;
    if (from >= 0 && (index - to > widest || !between.test(text.slice(to, index)))) {
      yield { source: text.slice(from, to), from };
      from = -1;
    }
    if (from < 0) from = index - (opening.exec(text.slice(Math.max(0, to, index - 3), index))?.[0].length ?? 0);
    to = index + atom.length;
  }
  if (from >= 0) yield { source: text.slice(from, to), from };
}

interface Piece {
  readonly source: string;
  readonly from: number;
}

/** A number may be split over lines that hold nothing else; `Street 41` above `903 26 Town` is none. A sentence ends a number of figures. */
function piecesOf(text: string, source: string, from: number): readonly Piece[] {
  const alone = figuresAlone(source, from);
  if (alone !== undefined) return piecesOf(text, alone.source, alone.from);
  const border = isSplitOverLines(text, source, from) ? /[^,;]+/g : /[^\n,;]+/g;
  if (!/[\n,;]|\.\s/.test(source) || /\p{L}/u.test(source)) return [{ source, from }];
  return [...matchesIn(source, border)].flatMap((line) => {
    const [sentence = '', ...others] = line[0].split(/(?<=[^\s]\.)\s/);
    let at = from + line.index;
    return [sentence, ...others].map((piece) => {
      const found = { source: piece, from: at };
      at += piece.length + 1;
      return found;
    });
  });
}

const oneWord = /^(?<before>\p{L}{2,12}[\s.,:-]{1,4})?(?<figures>\+?\s?[([]?\d[\d\s()./-]{5,24}\d)(?:[\s.,-]{1,4}\p{L}{1,12})?$/u;

/** `655 555 310`, where a word that may be a number but more often is an article stands before or behind it: "un saludo". */
function figuresAlone(source: string, from: number): Piece | undefined {
  if (!/\p{L}/u.test(source)) return undefined;
  const { before = '', figures = '' } = oneWord.exec(source)?.groups ?? {};
  return figures.replace(/\D/g, '').length < 7 ? undefined : { source: figures, from: from + before.length };
}

function isSplitOverLines(text: string, source: string, from: number): boolean {
  if (!source.includes('\n')) return false;
  const before = text[from - 1] ?? '\n';
  const after = text[from + source.length] ?? '\n';
  return (before === '\n' || /[:：]\s?$/.test(text.slice(Math.max(0, from - 2), from))) && after === '\n';
}

function readRun(source: string, from: number): Run {
  let [digits, spelled, lookAlikes] = [source.startsWith('+') ? '+' : '', 0, 0];
  const groups: string[] = [];
  let end = -1;
  for (const { kind, match } of leftmostIn(source, atoms)) {
    const read = digitsFor(match[0], kind);
    if (kind === 'word' || kind === 'cjk') spelled += read.length;
    if (kind === 'figures') lookAlikes += read.split('x').length - 1;
    if (match.index === end && groups.length > 0) groups[groups.length - 1] += read;
    else groups.push(read);
    digits += read;
    end = match.index + match[0].length;
  }
  return {
    from,
    to: from + source.length,
    digits,
    groups,
    spelled,
    lookAlikes,
    hundreds: spelled === 0 ? 0 : hundredsIn(source),
    pieced: source.search(pieceBorder) >= 0,
  };
}

/** By language, each number of a word: its hundreds, or its pair, or its unit. */
const numbers = tongues.map((tongue) => ({
  whole: new RegExp(`^${numberIn(tongue)}{1,6}$`, 'u'),
  each: new RegExp(
    `(?<hundreds>(?:${tongue.hundreds})(?: ?(?:${tongue.pairs}|${tongue.units}))?)|(?<pair>${tongue.pairs})|(?:${tongue.units})`,
    'gu',
  ),
}));
const kanaDigits = /ゼロ|レイ|イチ|ニ|サン|ヨン|ゴ|ロク|ナナ|ハチ|キュウ/g;
const repeated = new RegExp(`^(?:${repeats})`, 'u');

/** "Double", "three times". */
const timesOf = (source: string): number =>
  /^(?:four|vier|cuatro|quat|cztery|fyra)/.test(source) ? 4 : /^(?:t[rh]|dr)/.test(source) ? 3 : 2;

/** Figures as they are, an `x` for each digit that words or look-alike letters stand for. */
function digitsFor(source: string, kind: keyof typeof atoms): string {
  if (kind === 'cjk') return 'x';
  if (kind === 'figures') return source.replace(/zero|one|two|six/g, 'x').replace(/[^\dx]/g, 'x');
  const times = repeated.test(source) ? timesOf(source) : 1;
  const bare = source.replace(repeated, '');
  let count = 0;
  for (const { groups } of matchesIn(bare, numbers.find(({ whole }) => whole.test(bare))?.each ?? kanaDigits)) {
    count += groups?.hundreds === undefined ? (groups?.pair === undefined ? 1 : 2) : 3;
  }
  return 'x'.repeat(count * times);
}

const isHundred = new RegExp(`^(?:${tongues.map(({ hundreds }) => hundreds).join('|')})`, 'u');
const hundredsIn = (source: string): number =>
  [...leftmostIn(source, atoms)].filter(({ kind, match }) => kind === 'word' && isHundred.test(match[0])).length;
