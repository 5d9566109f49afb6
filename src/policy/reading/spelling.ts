/** How people write the signs of addresses in words: "at", "dot", "minus", in many languages. Sources of patterns over folded text. */
import { withBeginnings } from './beginnings.ts';

/** Letters and digits of a label or a local part; without the scripts that are written without blanks. */
export const letter = 'a-z0-9\\u00df-\\u024f\\u0370-\\u03ff\\u0400-\\u052f';

/** Who dictates may part the words by commas. */
const comma = '[,，、]?';
/** Words for the dot; each stands between blanks. */
const dotWords = 'dot|d0t|punkt|punto|point|titik|ponto|punt|kropka|prick|piste|tečka|tecka|nokta|pont|точка|dott';
/** Those of scripts without blanks stand for themselves. */
const dotSigns = '(?<=[a-z\\d])・(?=[a-z])|ドット|点|點|닷|●';
/** A dot as a word, in brackets, or between blanks. Blanks are single in folded text. */
export const spelledDot = `(?:${comma}\\s?[\\[({<*_]\\s?(?:${dotWords}|full stop|period|${dotSigns}|\\.)\\s?[\\])}>*_]${comma}\\s?|${comma}\\s(?:${dotWords})${comma}\\s|\\s?-(?:${dotWords})-\\s?|${comma}\\s?(?:${dotSigns})${comma}\\s?|\\s\\.\\s|\\s\\.(?=[a-z]))`;
export const anyDot = `(?:\\.|${spelledDot})`;

/** Words that hardly mean anything but `@`. */
const strongAts =
  'klammeraffe|klammeraffen|ät|affenschwanz|chiocciola|chiocciolina|arroba|arobase|arrobase|snabel-a|snabela|snabel a|kanelbulle|apenstaartje|apestaartje|apenstaart|małpa|malpa|małpka|keong|a keong|alfakrull|krøllalfa|snabel|kissanhäntä|miukumauku|zavináč|kukac|собака|at-sign|at sign';
const strongAtSigns = 'アットマーク|アット|あっと|◎|艾特|小老鼠|圈a|골뱅이';
/** Who dictates an address says "then", and jokes about the sign. */
const then =
  '(?:(?:and |und |y |e |et |en |och |i )?(?:then|dann|danach|poi|sedan|sen|luego|después|puis|ensuite|dan|daarna|depois|potem|później|lalu|terus)\\s|and\\s|und\\s|followed by\\s)';
const article =
  "(?:(?:the|that|an?|der|die|das|den|ein|eine|einen|il|la|lo|una?|det|den|ett|en|el|los|las|le|les|het|de|o|ta|ten|si|sang)\\s|l'|un')";
const jokes =
  "(?:(?:curly|swirly|curled|round|twisty|spiral) (?:a|at|thing|letter|sign|one)|swirl|squiggle|monkey(?:\\s?tail|s tail)?|monkey's tail|snail|little snail|kringel|klammeräffchen|affenohr|strudel|elefantenrüssel|elefantöra|grisknorr|schnecke|schneckchen|ringelschwanz|schweinekringel|kringel-a|chiocciolina|lumachina|lumaca|escargot|caracol|caracolito|caracolinho|slakje|krul|krulletje|apenstaart|svans|snigel|ślimak|ślimaczek|małpeczka|ekor monyet|keong|siput)";

/** An `@` as a word or in brackets. */
export const strongAt = `(?:${comma}\\s?[\\[({<*_]\\s?(?:at|a|@|ät|et|à|ad|a commerciale?|(?:that |the |das |la |die )?${jokes}(?:-a)?|${strongAts}|${strongAtSigns})\\s?[\\])}>*_]${comma}\\s?|${comma}\\s(?:${strongAts})${comma}\\s|,\\sat,\\s|${comma}\\s?(?:${strongAtSigns})${comma}\\s?|\\s?-at-\\s?|_at_)`;
/** ", then the usual snail, then ": between a name and a provider nothing else looks like it. */
export const dictatedAt = `[,;，、]?\\s${withBeginnings(`(?:(?:mit|con|avec|met|med|z)\\s)?${then}?${article}?(?:(?:usual|famous|good old|funny|little|übliche[rns]?|gute alte|solita|classica|famosa|vanliga|typische|habitual|fameux|petit|bekende|gewone|zwykła|słynna|velha|tal)\\s)?(?:${strongAts}|${jokes})`)}(?:\\s(?:de siempre|wie immer|come sempre|comme toujours|som vanligt|zoals altijd|de sempre))?[,;，、]?\\s${then}?${article}?|[,;]?\\s${then}(?:(?:an|ein)\\s)?(?:at|ät)[,;]?\\s${then}?`;
/** Words that mean something else more often. */
export const weakAt = `(?:\\s(?:at|et|ad|bei|chez|bij|hos|presso|på)${comma}\\s)`;

/** Words for `-` and `_`. */
export const dashes =
  'minus|bindestrich|dash|hyphen|trattino|meno|guion|guión|tiret|streck|strip|hífen|myślnik|strip|unterstrich|underscore|underline|tiret bas|guion bajo|trattino basso|understreck|garis bawah|下划线|减|加|横杠|ハイフン|アンダーバー';
export const spelledDash = `${comma}\\s?[\\[(]?(?:${dashes})[\\])]?${comma}\\s?`;

/** Mail providers that people give private addresses at. */
export const providers =
  'gmail|g-mail|googlemail|google mail|outlook|hotmail|live|msn|yahoo|ymail|icloud|me|mac|gmx|web|posteo|mailbox|proton|protonmail|pm|tutanota|tuta|qq|163|126|foxmail|sina|sohu|aliyun|139|libero|alice|tiscali|virgilio|tin|fastweb|orange|wanadoo|laposte|free|sfr|bbox|ziggo|kpn|planet|hetnet|xs4all|home|telia|bahnhof|spray|comhem|t-online|freenet|arcor|mail|yandex|aol|naver|daum|hanmail|docomo|ezweb|softbank|au|wp|onet|interia|o2|op|uol|bol|terra|sapo|fastmail|hey|zoho|comcast|btinternet|btopenworld|sky|virginmedia|ntlworld|bigpond|rocketmail|telkom|plasa|telenet|skynet|bluewin|eircom';

/** Providers as they are said in Chinese, where the suffix is said by its sound. */
export const spokenProvider =
  '(?:[一幺1]六三|[一幺1]二六|一三九|[qQ扣球]{2}|企鹅|阿里云?|新浪|搜狐|谷歌)\\s?(?:邮箱)?\\s?[点.]?\\s?(?:[康抗扛烤][母姆目木]|com|西欧姆|cn|内特)';

/** Top-level domains that may stand after a dot in words; others are too often words themselves. */
export const spelledSuffix =
  '(?:co(?:m|\\s?\\.\\s?uk|\\s?\\.\\s?id|\\s?\\.\\s?jp)?|net|org|info|biz|shop|store|online|site|eu|de|at|ch|fr|it|es|se|nu|no|dk|fi|nl|be|pl|pt|br|uk|us|ca|io|me|tv|cc|cn|hk|tw|jp|kr|id|my|sg|ru|cz|hu|ro|gr|ie|xyz|top|vip|club|app|link|page|mx|ar|cl)';
