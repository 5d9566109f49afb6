/**
 * Runs of digits in running text: figures, digits in words of twelve languages, Chinese numerals, letters that look like digits.
 * Full-width, circled and emoji digits are figures already in folded text. What a run is, is decided in `phones.ts`.
 */

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
}

const unitWords = [
  'zero|oh|nought|one|two|three|four|five|six|seven|eight|nine',
  'null|eins|zwei|zwo|drei|vier|fünf|fuenf|sechs|sieben|acht|neun',
  'uno|due|tre|quattro|cinque|sei|sette|otto|nove',
  'noll|ett|två|tva|fyra|fem|sex|sju|åtta|atta|nio',
  'cero|dos|tres|cuatro|cinco|seis|siete|ocho|nueve',
  'zéro|un|deux|trois|quatre|cinq|sept|huit|neuf',
  'nul|een|één|twee|drie|vijf|zes|zeven|negen',
  'um|uma|dois|duas|três|quatro|sete|oito|meia',
  'jeden|dwa|trzy|cztery|pięć|piec|sześć|szesc|siedem|osiem|dziewięć|dziewiec',
  'nol|kosong|satu|dua|tiga|empat|lima|enam|tujuh|delapan|lapan|sembilan',
  'レイ|イチ|ニ|サン|ヨン|ゴ|ロク|ナナ|ハチ|キュウ',
];
/** Teens and tens, with a unit behind or before them: two digits. */
const pairWords = [
  '(?:ten|eleven|twelve|thirteen|fourteen|fifteen|sixteen|seventeen|eighteen|nineteen)|(?:twenty|thirty|forty|fifty|sixty|seventy|eighty|ninety)(?:[ -](?:one|two|three|four|five|six|seven|eight|nine))?',
  '(?:zehn|elf|zwölf|(?:drei|vier|fünf|sech|sieb|acht|neun)zehn)|(?:(?:ein|zwei|drei|vier|fünf|sechs|sieben|acht|neun)und)?(?:zwanzig|dreißig|vierzig|fünfzig|sechzig|siebzig|achtzig|neunzig)',
  '(?:dieci|undici|dodici|tredici|quattordici|quindici|sedici|diciassette|diciotto|diciannove)|(?:venti?|trenta?|quaranta?|cinquanta?|sessanta?|settanta?|ottanta?|novanta?)(?:uno|due|tre|tré|quattro|cinque|sei|sette|otto|nove)?',
  '(?:tio|elva|tolv|tretton|fjorton|femton|sexton|sjutton|arton|nitton)|(?:tjugo|trettio|fyrtio|femtio|sextio|sjuttio|åttio|nittio)(?:ett|två|tre|fyra|fem|sex|sju|åtta|nio)?',
  '(?:diez|once|doce|trece|catorce|quince|dieciséis|diecisiete|dieciocho|diecinueve|veinti?[a-zéó]{0,6})|(?:treinta|cuarenta|cincuenta|sesenta|setenta|ochenta|noventa)(?: y (?:uno|dos|tres|cuatro|cinco|seis|siete|ocho|nueve))?',
  '(?:dix|onze|douze|treize|quatorze|quinze|seize|dix-sept|dix-huit|dix-neuf)|(?:quatre[ -]vingts?|vingt|trente|quarante|cinquante|soixante)(?:[ -](?:et[ -])?(?:un|deux|trois|quatre|cinq|six|sept|huit|neuf|dix-sept|dix-huit|dix-neuf|dix|onze|douze|treize|quatorze|quinze|seize))?',
  '(?:tien|twaalf|dertien|veertien|vijftien|zestien|zeventien|achttien|negentien)|(?:(?:een|twee|drie|vier|vijf|zes|zeven|acht|negen)[eë]n)?(?:twintig|dertig|veertig|vijftig|zestig|zeventig|tachtig|negentig)',
  '(?:dez|doze|treze|quatorze|quinze|dezesseis|dezessete|dezoito|dezenove)|(?:vinte|trinta|quarenta|cinquenta|sessenta|setenta|oitenta|noventa)(?: e (?:um|dois|três|quatro|cinco|seis|sete|oito|nove))?',
];
const repeats = '(?:double|triple|doppel[- ]?|doppio|doble|dubbel[- ]?|dobel|duplo)';
const hundred = '(?:[ -](?:hundred|hundert|cento|hundra|cientos|cents?|honderd|ratus))';
const cjk = '(?:[〇零一二三四五六七八九幺两壹贰貳叁參肆伍陆陸柒捌玖]|ゼロ)';

const unit = `(?:${unitWords.join('|')})`;
const pair = `(?:${pairWords.join('|')})`;
const word = `(?<![\\p{L}\\d])(?:(?:${repeats}\\s?)?(?:${pair}|${unit})${hundred}?)(?![\\p{L}])`;
/** Figures, possibly with letters or words for digits among them: `5o5`, `o8one2`. */
const mixed = `(?<![\\p{L}\\d])(?=[\\p{L}]{0,6}\\d)(?:\\d|[oilsbzgq](?![a-hj-km-nprt-y])|one|two|six|ten|zero)+(?![\\p{L}])`;
const atom = `(?:${cjk}|${mixed}|\\d+|${word})`;
const between = `(?:[\\s\\-./()·,_*~'|:#+–]{0,4}|\\s?[の、]\\s?)`;

const runs = new RegExp(`(?:\\+\\s?)?[([]?${atom}(?:${between}${atom})*`, 'gu');
const atoms = new RegExp(`(?<cjk>${cjk})|(?<figures>\\d+(?![\\p{L}]))|(?<mixed>${mixed})|(?<rest>\\d+)|(?<word>${word})`, 'gu');
const pairOnly = new RegExp(`^(?:${pair})$`, 'u');

/** Runs that stand for at least six digits. */
export function runsIn(text: string): readonly Run[] {
  const found: Run[] = [];
  for (const match of text.matchAll(runs)) {
    if (match[0].length < 6) continue;
    for (const { source, from } of piecesOf(text, match[0], match.index)) {
      const run = readRun(source, from);
      if (run.digits.length >= 6) found.push(run);
    }
  }
  return found;
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
  return [...source.matchAll(border)].flatMap((line) => {
    const [sentence = '', ...others] = line[0].split(/(?<=\.)\s/);
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
  for (const match of source.matchAll(atoms)) {
    const groupsOfMatch = match.groups ?? {};
    const isCjk = groupsOfMatch.cjk !== undefined;
    const read = isCjk ? 'x' : (groupsOfMatch.figures ?? groupsOfMatch.rest ?? digitsFor(match[0], groupsOfMatch.mixed !== undefined));
    if (isCjk || groupsOfMatch.word !== undefined) spelled += read.length;
    if (groupsOfMatch.mixed !== undefined) lookAlikes += [...read].filter((it) => it === 'x').length;
    if (match.index === end && groups.length > 0) groups[groups.length - 1] += read;
    else groups.push(read);
    digits += read;
    end = match.index + match[0].length;
  }
  return { from, to: from + source.length, digits, groups, spelled, lookAlikes };
}

const repeated = new RegExp(`^(${repeats})`, 'u');
const hundreds = new RegExp(`${hundred}$`, 'u');

/** An `x` for each digit that words or look-alike letters stand for. */
function digitsFor(source: string, isMixed: boolean): string {
  if (isMixed) return source.replace(/zero|one|two|six/g, 'x').replace(/[^\dx]/g, 'x');
  const times = repeated.test(source) ? (/^trip/.test(source) ? 3 : 2) : 1;
  const bare = source.replace(repeated, '').replace(hundreds, '').trim();
  return 'x'.repeat((pairOnly.test(bare) ? 2 : 1) * times + (hundreds.test(source) ? 2 : 0));
}
