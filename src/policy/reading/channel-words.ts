/**
 * Other channels by name, in the languages of the marketplace and in slang, and what makes a sentence about one no invitation.
 * All lower case: they read folded text.
 */

import { words } from './invitation-words.ts';

/** Names that mean nothing else. */
const certain = `${words(
  "whats\\s?app*|what'?s app|watsap*|łocap*|łotsap*|łacap*|whatsap|wattsap*|wasap|wassap|wsp|whatsup|wapp|we\\s?chat|weixin|wei xin|telegram*|instagram*|inst(?:a|y|ą|ę|ie|an)|facebook*|fejs(?:ie|a|u|em|buk\\p{L}*|book\\p{L}*)?|fejjan|feisbuk|fesbuk|messenger\\p{L}{0,2}|skype*|viber\\p{L}{0,3}|threema|discord\\p{L}{0,3}|snapchat\\p{L}{0,3}|tik\\s?tok\\p{L}{0,2}|qq|kakao\\s?talk|kakao|zalo|imessage|facetime|hangouts|(?<=on )the gram|zapzap|vkontakte",
  "(?:the |da |that |die |la |den |l'|de )?(?:green|grüne[nr]?|gröna|verte|verde|groene|hijau|zielon[aą]) app*|app* (?:verde|verte|hijau)|paper ?plane app",
)}|微信|薇信|威信|徽信|维信|v信|[薇微][❤♥]|加v|加薇|\\+v(?=[:：\\s])|绿泡(?!沫)泡?|(?:加|搜|扫|有|用)(?:一?下|个|我)?小绿(?!色|[叶植苗豆茶])泡{0,2}|绿色软件|扣扣|企鹅号|纸飞机|抖音|小红书|钉钉|陌陌|ライン(?!ナップ|[ー])|カカオ(?!豆|色|マス)|インスタ(?!ン|レ)|フェイスブック|ディスコード|テレグラム|メッセンジャー|スカイプ|ワッツアップ|카카오톡|카톡`;

/** Names that are words or abbreviations of other things too. */
const doubtful = words(
  'line|signal|v|wa|whats|tele|tg|vx|wx|ig|fb|snap|zap|yahoo messenger|x|twitter|linkedin|zoom|zoomen|zooma|zoomer|teams|google meet|google chat|bbm|sms|xing|vk|dm|dms|pm|pn|md|inbox|(?<=(?:pelo|do|meu|teu|seu|por|del) )face',
);

export const channels = { certain: new RegExp(certain, 'gu'), doubtful: new RegExp(doubtful, 'gu') };

/** "App me", "DM me", "hit me up": the request itself names the channel. */
export const requests = new RegExp(
  `${words(
    '(?:whatsapp|insta|telegram|facebook|snap|skype|viber) (?:me|us)|app me|appen we|app maar|app even|appje|dm (?:me|us|for)|pm (?:me|us)|inbox (?:me|us)|slide into (?:my|our) dms?|hit me up|drop me a dm|send (?:me|us) a (?:dm|pm|private message on)|my dms?|(?:my|our) (?:insta|ig|fb|telegram|skype|discord|snap|wechat|whatsapp)(?: (?:is|name|handle|id|account|:))',
    'schreib* mir (?:\\p{L}+ ){0,2}(?:pn|dm|whatsapp)|(?:per|via) (?:pn|dm)|whatsapp mir|adde? mich|füg* mich (?:\\p{L}+ ){0,3}hinzu',
    'mandami un (?:direct|dm|messaggio in direct)|in direct|scrivimi in (?:dm|direct|privato su)|whatsappami|messaggiami',
    'dma (?:mig|oss)|skicka (?:ett )?dm|messa mig|lägg till mig|adda mig',
    'mándame un (?:md|dm|whatsapp|wasap)|wasapéame|whatsappéame|háblame al|escríbeme al (?:privado|dm)',
    'en mp sur|en dm|ajoute[z]?[- ]moi',
    'stuur (?:me )?(?:een )?(?:dm|pb|appje)|voeg me toe',
    '(?:me )?chama no (?:zap|whats*|insta*|direct|privado)|me add|manda (?:um )?(?:zap|direct)',
    'japri|dm aja|dm ya|wa aja|wa ya|chat wa|wa saya|add me|follow (?:ig|akun)',
    'dodaj mnie|napisz na (?:priv|messengerze)|napisz na priv',
  )}|加我(?!们的购物车)|加个?(?:好友|微|v|q)|私聊我|私信我|私我|加群|扫码加|友だち追加|友達追加|友だち登録|dmください|dmで`,
  'gu',
);

/** Between "on" and the channel hardly anything stands. */
export const towards =
  /(?<![\p{L}])(?:on|via|over|through|to|in|auf|per|über|bei|su|tramite|con|på|genom|por|en|al|a|sur|par|op|no|na|pelo|przez|lewat|di|ke|pakai|pake|minta|punya|nomor|no|add|my|your|our|mein|dein|mio|tuo|min|din|mi|tu|mon|ton|mijn|je|meu|seu|mój)\s(?:the\s|il\s|die\s|le\s|la\s|el\s|o\s)?$|[加用到在上的]$/u;

/** The message says that it will not or cannot be there. */
export const declines = new RegExp(
  `${words(
    "not|no|never|can't|cannot|don't|dont|doesn't|won't|without|only here|only through|avoid|scam|fraud|nicht|kein*|nie|niemals|leider nur|non|mai|inte|ej|aldrig|nunca|sin|jamais|pas|sans|niet|geen|nooit|não|nao|sem|nie|bez|tidak|bukan|ga|gak|nggak|ngga|enggak|jangan|tanpa",
  )}|不|没|別|别|勿|無|ません(?!か)|ない(?!で)|禁止`,
  'u',
);

/** "Can't we …?", "Haven't you got …?": a no that asks. */
export const negatedQuestion = new RegExp(
  words(
    "(?:can|could|should)(?:'t|n't|not| not) we|can we not|could we not|why don'?t (?:we|you)|why not|don'?t (?:you|u) have|haven'?t you got",
    '(?:können|könnten|wollen|sollen) wir (?:\\p{L}+ ){0,2}nicht|(?:hast du|haben sie|habt ihr) (?:\\p{L}+ )?kein\\p{L}*',
    'non (?:possiamo|potremmo|conviene|è meglio|hai|ha|avete)|perché non',
    '(?:kan|kunde|ska|skulle) vi inte|har (?:du|ni) inte|varför inte',
    'no (?:podemos|podríamos|tienes|tiene|tendrás|tendrá|sería mejor)|por qué no',
    "(?:ne )?(?:peut|pourrait)-on pas|on (?:ne )?(?:peut|pourrait) pas|(?:tu |vous |t'|t)(?:n'|ne )?(?:avez|as|auriez|aurais|as) pas|pourquoi pas",
    '(?:kunnen|zullen) we niet|(?:heb je|heeft u|hebben jullie) geen|waarom niet',
    'não (?:podemos|dá (?:pra|para)|quer|prefere|tem|teria|seria melhor)|por que não',
    'nie (?:możemy|moglibyśmy|masz|ma pani?|lepiej|wolał\\p{L}*)',
    '(?:ga|gak|nggak|tidak|engga) (?:ada|punya|bisa)',
  ),
  'gu',
);
/** A no behind these is about the place where one is. */
export const here = new RegExp(
  `${words('here|because|since|hier|weil|denn|qui|perché|här|för att|eftersom|aquí|aqui|porque|ici|car|parce|want|omdat|tu|tutaj|bo|sini|soalnya|karena')}|这里|这边|因为|ここ|こちら`,
  'u',
);

/** The channel is a feature of what is sold, or a way that something came. */
export const productWords = new RegExp(
  `${words(
    'by default|default|switched off|chart|graph|scales|log ?in|notification*|notif*|alerts?|camera|webcam|doorbell|vibrat*|buzz*|ring|rings|ringing|display*|shows|show|supports?|compatible|compatibility|works with|watch|smartwatch|tracker|tablet|sticker*|icon|logo|emoji|install*|pre-?installed|update|bluetooth|speaker|headset|headphones|screen|android|ios|case|mug|poster|bag|keyring|button|voice messages|apps|saw|seen|sent|got|received|wrote|showed|came|posted|shared by|group|forwarded|told me|advert|lens|cable',
    'ab werk|voreingestellt|abgeschaltet|waage|benachrichtig*|kamera|klingel|vibrier*|anrufe|anzeig*|zeigt|unterstütz*|kompatib*|(?<!\\d)(?<!\\d\\s)uhr|smartwatch|vorinstalliert|aufkleber|symbol|tasche|taste|gesehen|gezeigt|geschickt|schickte|bekommen|bekam|erhalten|erzähl*|zeigte|meinte|weitergeleitet|gruppe|apps|mitteilungen|objektiv|kabel',
    'di fabbrica|bilancia|grafico|notific*|avvis[oi]|telecamera|fotocamera|vibra*|mostra|supporta|compatibil*|orologio|adesiv*|preinstallat*|borsa|icona|visto|scritto|ricevuto|detto|mandato|inviato|mandata|inviata|gruppo',
    'avstäng\\p{L}*|från början|vågen|notis*|kamera|kameran|vibrer*|plingar|aviseringar|visar|stöder|stödjer|klockan(?!\\s\\d)|klocka|klistermärk*|ikon|väska|såg|skickade|fick|visade|skrev|gruppen|appar',
    'de fábrica|apagado|báscula|gráfic[oa]|notificac*|cámara|alertas?|avisos|avisa|avise|vibra*|muestra|admite|compatib*|reloj|pegatina*|icono|bolso|vimos|mandó|envió|pasó|recibí|enseñó|dijo|enviaron|grupo|preinstalad*',
    "d'usine|par défaut|courbe|notification*|alertes?|caméra|affiche*|vibre*|les appels|compatib*|montre connectée|autocollant*|icône|sacoche|vu|reçu|montré|envoyé|a envoyé|groupe|préinstallé*",
    'standaard|weegschaal|grafiek|melding*|trilt|trillen|toont|ondersteunt|horloge|stickers|tas|zag|gezien|kreeg|gekregen|stuurde|stuurden|gestuurd|groep|gedeeld',
    'de fábrica|por defeito|desligado|gráfico|notificaç*|alertas?|câmera|câmara|avisa|avise|vibra*|mostra|suporta|relógio|adesivo*|viu|enviou|mandou|recebi|grupo',
    'fabrycznie|domyślnie|wyłączon\\p{L}*|wykres|powiadomi*|kamer[aąęy]|alert*|wibruj*|wyświetla|obsługuje|zegarek|naklejk*|widział*|dostał*|przysłał*|wysłał*|grupie|grupa',
    'bawaan|pabrik|dimatikan|grafik\\p{L}*|notifikasi|getar|bergetar|kasih tahu|masuk|menampilkan|mendukung|jam tangan|smartwatch|stiker|tas|lihat di|dikirim oleh|dapat dari|dikasih|grup|bawaan',
  )}|通知|提醒|振动|震动|显示|支持|手表|贴纸|功能|预装|表示され|対応|時計|通知が|スタンプ|送ってくれ|もらった|届いた|发来的|发给我的|看到`,
  'u',
);

/** Somebody posted, read, heard or showed something there, or found the shop there: told, not asked. */
export const told = new RegExp(
  `${words(
    '(?:has |have |had |was |were |been )?(?:posted|uploaded|shared|tagged|liked|commented|read|heard|saw|seen|noticed|discovered|found|bought|recommended|told|showed|shown|sent|wrote|went viral|reviewed|messaged|scammed)(?! (?:you|u|ya)(?![\\p{L}]))|put (?:up )?(?:a|the|some|her|his|it|my|our)|comments|followers|advertis*|ads|influencer*|trend*|(?:i|we|who) (?:also |already )?follow(?! (?:you|u|ya)(?![\\p{L}]))',
    '(?:hoch|rein)?(?:geladen|gestellt|gepostet|gelesen|gehört|gesehen|geteilt|entdeckt|gefunden|gekauft|empfohlen|kommentiert|gezeigt|erzählt|geliket)|stand auf|stellte|lud|hatte jemand|werbung|anzeige|follower|beitrag',
    '(?:pubblicat|postat|caricat|condivis|lett|sentit|vist|trovat|scopert|comprat|consigliat|mostrat)[oaie]|fatto vedere|ha (?:messo|scritto)|hanno scritto|pubblicità|inserzione|follower',
    'la(?:de)? (?:upp|ut)|lagt (?:upp|ut)|postade|postat|läste|läst|hörde|hört|såg|sett|delade|delat|hittade|köpte|tipsade|visade|skrev(?! (?:till )?(?:dig|er|dej)(?![\\p{L}]))|reklam|annons|inlägg|följare',
    '(?:subió|subido|publicó|publicado|colgó|colgado|compartió|leí|leído|oí|vi (?:en|un|una|que|su|la|el)|vimos|visto|encontré|descubrí|compré|recomendaron|recomendó|mostró|puso|puesto|contó|comentaron)|anuncio|publicidad|seguidores',
    '(?:posté|publié|(?:a|ai|ont|as|avez) (?:mis|lu|vu)|partagé|entendu|trouvé|découvert|acheté|recommandé|montré|raconté|téléversé|commenté)(?:e|s|es)?(?! de côté)|publicité|annonce|abonnés',
    '(?:gepost|geplaatst|gezet|geüpload|gelezen|las (?:ik|in)|ik las|gehoord|gezien|zag|gedeeld|gevonden|vond|ontdekt|gekocht|aangeraden|liet zien|verteld|zette)|reclame|advertentie|volgers',
    '(?:postou|publicou|subiu|colocou|botou|compartilhou|partilhou|li (?:no|na|num|numa|em|que)|leu|ouvi|vi (?:no|na|num|numa|um|uma|que|o|a)|vimos|achei|encontrei|descobri|comprei|indicou|recomendou|mostrou|contou|comentaram)|anúncio|propaganda|seguidores',
    '(?:wrzuci|wstawi|opublikowa|udostępni|czyta|przeczyta|słysza|widzia|zobaczy|znalaz|kupi|poleci|pokaza|opowiada|zamieści|odkry)(?:łem|łam|ł|ła|li|ły|liśmy|łyśmy)|znalazłem|znalazłam|reklam*|ogłoszeni*|obserwujących',
    'dikirim(?:kan|i|in)? (?:oleh |sama |dari )?(?:anak|istri|suami|teman|temen|adik|ibu|bapak|tetangga)\\p{L}*|(?:upload|unggah|ngepost|posting|diposting|diunggah|viral)|(?:saya|aku|gw|gue|kami|kita|istri|suami|anak|teman|temen|pernah|katanya) (?:\\p{L}+ )?(?:lihat|liat|baca|denger|dengar|nemu|ketemu|beli|ditunjukin)|(?:lihat|liat|baca|nemu|ketemu|beli) (?:di|dari) grup|iklan|followers',
  )}|发到|发在|发了|晒|看到|上看|看见|刷到|听说|推荐的|广告|有人(?:说|发)|载せ|投稿|見(?:て|た|かけ|せ(?!ます|し|でき))|知り(?:ま|、)|読ん|聞い(?:た|て)|評判|口コミ|広告|紹介され`,
  'u',
);

/** Places whose address in a link is a handle. */
export const channelHosts = [
  't.me',
  'telegram.me',
  'wa.me',
  'whatsapp.com',
  'chat.whatsapp.com',
  'api.whatsapp.com',
  'instagram.com',
  'facebook.com',
  'fb.com',
  'fb.me',
  'm.me',
  'messenger.com',
  'line.me',
  'lin.ee',
  'discord.gg',
  'discord.com',
  'tiktok.com',
  'snapchat.com',
  'signal.me',
  'signal.group',
  'viber.com',
  'join.skype.com',
  'u.wechat.com',
  'weixin.qq.com',
  'qm.qq.com',
  'wpa.qq.com',
  'kakao.com',
  'zalo.me',
  'twitter.com',
  'x.com',
  'threads.net',
  'vk.com',
  'linktr.ee',
  'ig.me',
] as const;
