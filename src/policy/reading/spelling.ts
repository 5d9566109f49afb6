/** How people write the signs of addresses in words: "at", "dot", "minus", in many languages. Sources of patterns over folded text. */

/** Letters and digits of a label or a local part; without the scripts that are written without blanks. */
export const letter = 'a-z0-9\\u00df-\\u024f\\u0370-\\u03ff\\u0400-\\u052f';

/** Who dictates may part the words by commas. */
const comma = '[,，、]?';
/** Words for the dot; each stands between blanks. */
const dotWords = 'dot|d0t|punkt|punto|point|titik|ponto|punt|kropka|prick|piste|tečka|tecka|nokta|pont|точка|dott';
/** Those of scripts without blanks stand for themselves. */
const dotSigns = '(?<=[a-z\\d])・(?=[a-z])|ドット|点|點|닷|●';
/** A dot as a word, in brackets, or between blanks. Blanks are single in folded text. */
export const spelledDot = `(?:${comma}\\s?[\\[({<*_]\\s?(?:${dotWords}|${dotSigns}|\\.)\\s?[\\])}>*_]${comma}\\s?|${comma}\\s(?:${dotWords})${comma}\\s|\\s?-(?:${dotWords})-\\s?|${comma}\\s?(?:${dotSigns})${comma}\\s?|\\s\\.\\s|\\s\\.(?=[a-z]))`;
export const anyDot = `(?:\\.|${spelledDot})`;

/** Words that hardly mean anything but `@`. */
const strongAts =
  'klammeraffe|klammeraffen|ät|affenschwanz|chiocciola|chiocciolina|arroba|arobase|arrobase|snabel-a|snabela|snabel a|kanelbulle|apenstaartje|apestaartje|apenstaart|małpa|malpa|małpka|keong|a keong|alfakrull|krøllalfa|snabel|kissanhäntä|miukumauku|zavináč|kukac|собака|at-sign|at sign';
const strongAtSigns = 'アットマーク|アット|あっと|◎|艾特|小老鼠|圈a|골뱅이';
/** An `@` as a word or in brackets. */
export const strongAt = `(?:${comma}\\s?[\\[({<*_]\\s?(?:at|a|@|ät|et|à|ad|${strongAts}|${strongAtSigns})\\s?[\\])}>*_]${comma}\\s?|${comma}\\s(?:${strongAts})${comma}\\s|,\\sat,\\s|${comma}\\s?(?:${strongAtSigns})${comma}\\s?|\\s?-at-\\s?|_at_)`;
/** Words that mean something else more often. */
export const weakAt = `(?:\\s(?:at|et|ad|bei|chez|bij|hos|presso|på)${comma}\\s)`;

/** Words for `-` and `_`. */
export const dashes =
  'minus|bindestrich|dash|hyphen|trattino|meno|guion|guión|tiret|streck|strip|hífen|myślnik|strip|unterstrich|underscore|underline|tiret bas|guion bajo|trattino basso|understreck|garis bawah|下划线|减|横杠|ハイフン|アンダーバー';
export const spelledDash = `${comma}\\s?[\\[(]?(?:${dashes})[\\])]?${comma}\\s?`;

/** Mail providers that people give private addresses at. */
export const providers =
  'gmail|g-mail|googlemail|google mail|outlook|hotmail|live|msn|yahoo|ymail|icloud|me|mac|gmx|web|posteo|mailbox|proton|protonmail|pm|tutanota|tuta|qq|163|126|foxmail|sina|sohu|aliyun|139|libero|alice|tiscali|virgilio|tin|fastweb|orange|wanadoo|laposte|free|sfr|bbox|ziggo|kpn|planet|hetnet|xs4all|home|telia|bahnhof|spray|comhem|t-online|freenet|arcor|mail|yandex|aol|naver|daum|hanmail|docomo|ezweb|softbank|au|wp|onet|interia|o2|op|uol|bol|terra|sapo|fastmail|hey|zoho|comcast|btinternet|btopenworld|sky|virginmedia|ntlworld|bigpond|rocketmail|telkom|plasa|telenet|skynet|bluewin|eircom';

/** Top-level domains that may stand after a dot in words; others are too often words themselves. */
export const spelledSuffix =
  '(?:co(?:m|\\s?\\.\\s?uk|\\s?\\.\\s?id|\\s?\\.\\s?jp)?|net|org|info|biz|shop|store|online|site|eu|de|at|ch|fr|it|es|se|nu|no|dk|fi|nl|be|pl|pt|br|uk|us|ca|io|me|tv|cc|cn|hk|tw|jp|kr|id|my|sg|ru|cz|hu|ro|gr|ie|xyz|top|vip|club|app|link|page|mx|ar|cl)';
