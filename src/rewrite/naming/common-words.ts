/**
 * Words that are names as well: first and family names that mean something, trades, colours, months, goods, what shops and mailboxes call
 * themselves. Where one of these is a name, a text is full of it without naming anybody. Folded: no accents, lower case.
 */

const words = `
about account accounts admin administration after again agency agent all alpha also always amber america anfrage angel angels animal
anker anno antik antike antiques any apfel apple april arche art arte artisan artist arts atelier august auto autumn away baby back
baeck bag bags baker bakery balance ball band bank banks bar barber barn base basic basket bath bauer baum bay beach bean bear beauty
bed bee bell bench berg berry best bestellung better bianco big bike bikes bill billing bird birds bishop black blanc blanche blanco
bloom blossom blue blume blumen boat boats body bois bold bond bonnet book books boot boots border born bosch boss bottega bottle
boucher boulanger boutique bow bowl box boy branch brand brasserie braun brave bread bricks bridge bright brook brooks brother brown
brush buch buckle bull burg bush business butcher butler button buy cable cake call camera camp campo candle candles cane care carpenter
cars cart casa case cash castle cat ceramic ceramics chair chairs champion chance change chapel charity charm chase check cherry chez
chief child children choice christian church city clark class classic clay clean clear cliff clock cloth clothes clothing cloud club
coach coat coffee cold collection college collins color colour come company computer constant contact contatti cook cool cooper copper
copy coral corner costa cotton country couple court craft crafts crane create creative cross crown cruz crystal cup custom customer cut
daily daisy dale dame dancer dark data dawn day days deal deals dean dear deco decor deep deer delight delivery den design designer
designs desk diamond digital direct dogs dollar door doors double dove dragon dream dress drew drink drive duke early earth east easter
easy eck edge edition electric electro elegant elf ember emerald engel engineer english enterprise ernst error esperanza europa eve even
event ever every exchange eye fabric face factory fair faith falcon family fancy farm farmer fashion fast father faust fawn feather feld
fern fiel field fields figaro file finch fine fire first fischer fish fisher five flag flat fleur fleurs flint flood floor flora flores
flower flowers fly foot force ford forest form fort fortune foster found fountain four fox frame france frank free freedom freeman frei
freitag french fresh freund friday friend friends frost fruit fuchs full fun funk furniture gallery game games garage garden gardener
gardens garten gate gem gems general gentle german giant giardino gift gifts girl glad glass global gloria glory gluck glueck gold
golden good goods goose grace graf grand grande grant grass grau gray great green grey grill gross ground group grove gruen grun guard
guest guide gut guy hagen hahn hair half hall hammer hand handel handmade hands handwerk happy harbor hard hardware hardy harmony hase
haus hawk hazel head health heart heath heather heaven heavy heim held hello help helper herald herb herbst here hero herzog high hill
hills hirsch hobby hoch hof hold holiday hollow holly holy holz home homes honest honey honor hood hook hope horn horse host hotel hour
house hund hunt hunter ice ideal ikon image import indigo info inhaber ink inn inside instrument internet invoice iris iron island
italia italian ivory ivy jack jade jahr jardim jardin jasmine jay jazz jewel jewellery jewelry job jobs jolly joy juli july june jung
jungle juni just justice kaiser key keys kid kids kind kinder king kings kitchen klar klein knight koch konig kontakt korn kramer kunde
kunden kundenservice kunst kurz kuss labor lace laden lady lake lamb lamp lampe lampen lamps land lane lang lange large laurel law leaf
leather leblanc leder legal legrand lemon leone liber liebe life light lighting lights lilly lily line linen lion list little live
living lodge loft long look lord lotus love lovely luck lucky luna lux luz machine made magasin magic magnolia mai mail mailbox main
maison major make maker man manager mann maple marble march mare marine mark market marketing markt marsh marshal marshall master
material max may meadow mean media meister melody member men mercy merry metal midnight mild mile miles milk mill miller mills mine mint
mirror miss mittwoch mobel mobile moda mode model modern moebel moment mond monday money montag moon moor moore morgan morning moss
mother motor mountain mouse museum music musik nacht nature nero new news newsletter next nice nick night noble noir noon nord noreply
north nova november nummer oak oaks ocean october offer offers office oil old olive olives one online only opal open orange orchard
orchid order orders original outlet owl owner pack page pages paint painter painting palace palm panda paper papier paradise paris park
parker parks part partner parts pass past patience payment paz peace pearl pen pepper perfect perry person pet petit petite pets pfeffer
phone photo piano pick picture piece pierre pilot pine pink piper place planet plant plants plaza plum point pool pop poppy porter post
postmaster potter pottery power powers premium present price priest prima prime prince print prior private pro product products prudence
public pure purple quality queen quick quiet quilt rabe rain rainbow ranch rank rapid rare raven ray real record red reed regal reich
reign reise relax rent repair reply request rest retro return rice rich richter right ring river rivers road robin rock rocks rocky rojo
roof room root rosa rose rosen roses rot roth round roux rowan royal ruby rule rush rusty sable saddle safe sage sailor sales salesman
salt sand sandy sanft sapphire savage schmied schmuck schnell schoen schon school schuh schuhe schuster schwarz schweizer scout sea seal
second secret seller sellers september serene service serviceteam seven shadow shaft sharp shelf shell shepherd shield shields ship
shirt shoe shoes shop shopping short show silk silver simple singer single six skin skip sky sleep slim small smart smile smith snow
soap sofa soft sol sole solid solo sommer son sonne sonntag soul sound source south spa space spark sparrow special speed spice spirit
sport sports spring square stadt stahl stamp star stark stars start station steel stein stern stil still stock stolz stone stones store
stores storm story strand strange street strom strong studio sturm style sud sugar suisse summer summers sun sunday sunny sunshine super
supply support sure swan sweet swift swiss table tables tag tailor talent tall tanne taylor tea teal team tech technik technology ten
tender terra test textile thanks theater think thorn thrift tiger timber time tiny toast today tool tools top total touch tower town toy
toys track trade trader traders trading trail train travel treasure tree trees tress treu true trust truth turner twin uhr uhren umber
under union unique united universe user vale valley value van velvet venus verde verdi verkauf versand verwaltung victor victory villa
vintage viola violet vision vista vogel voice wald walker wall walls war ward warehouse warm watch watches water waters wave way weaver
web webmaster webshop website wedding week weihnachten wein weiss welcome well wells welt werk werkstatt west wheel wheeler white whole
wild will willow wind window wine wing winter winters wise wolf wolfe woman wonder wood woods woodworks wool work works workshop world
worth yard yarn year yellow yoga york young your youth zeit zimmer zone
`;

/** 平安, 黄金: words of Chinese and Japanese that are names as well. */
const unspacedWords =
  '平安 黄金 白金 高兴 安静 文明 白云 明天 方便 常用 全新 高明 马上 金属 石头 温暖 白色 黄色 和平 安全 高级 林木 花开 大和 高山 森林 大山 小松 松本 上下 中山 小林 高橋';

const all: ReadonlySet<string> = new Set([...words.trim().split(/\s+/), ...unspacedWords.split(' ')]);

/** @param word folded */
export const isCommonWord = (word: string): boolean => all.has(word);
