/** Other channels, and how people ask to go on there, in the languages of the marketplace. All lower case: they read folded text. */

/** Whole words; `*` at the end of one stands for any ending. */
const words = (...lists: readonly string[]): string =>
  `(?<![\\p{Script=Latin}\\d])(?:${lists.join('|').replaceAll('*', '\\p{L}*')})(?![\\p{Script=Latin}])`;

/** Names that mean nothing else. */
const certain = `${words(
  "whats\\s?app*|what'?s app|watsap*|whatsap|wattsap*|wasap|wassap|wsp|whatsup|wapp|we\\s?chat|weixin|wei xin|telegram*|instagram*|insta|facebook*|messenger\\p{L}{0,2}|skype*|viber|threema|discord|snapchat|tik\\s?tok|qq|kakao\\s?talk|kakao|zalo|imessage|facetime|hangouts|zapzap|vkontakte",
  "(?:the |da |that |die |la |den |l'|de )?(?:green|grüne[nr]?|gröna|verte|verde|groene|hijau|zielon[aą]) app*|app* (?:verde|verte|hijau)|paper ?plane app",
)}|微信|薇信|威信|徽信|维信|v信|[薇微][❤♥]|加v|加薇|\\+v(?=[:：\\s])|绿泡泡|绿色软件|扣扣|企鹅号|纸飞机|抖音|小红书|钉钉|陌陌|ライン|カカオ|インスタ|フェイスブック|카카오톡|카톡`;

/** Names that are words or abbreviations of other things too. */
const doubtful = words(
  'line|signal|v|wa|whats|tele|tg|vx|wx|ig|fb|snap|zap|yahoo messenger|x|twitter|linkedin|zoom|teams|google meet|google chat|bbm|sms|xing|vk|dm|dms|pm|pn|md|inbox',
);

export const channels = new RegExp(`(?<certain>${certain})|(?<doubtful>${doubtful})`, 'gu');

/** "App me", "DM me", "hit me up": the request itself names the channel. */
export const requests = new RegExp(
  `${words(
    'whatsapp me|app me|appen we|app maar|app even|appje|dm (?:me|us|for)|pm (?:me|us)|inbox (?:me|us)|slide into (?:my|our) dms?|hit me up|drop me a dm|send (?:me|us) a (?:dm|pm|private message on)|my dms?|(?:my|our) (?:insta|ig|fb|telegram|skype|discord|snap|wechat|whatsapp)(?: (?:is|name|handle|id|account|:))',
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

/** Asks somebody to go on elsewhere, or offers it; forms that speak to or of the two, not of third persons. */
export const asks = new RegExp(
  `${words(
    "add|message|text|write|contact|chat|ping|reach|send|find|continue|switch|move|talk|speak|discuss|share|give|follow|look me up|search|call|video call|get in touch|do you have|have you got|are you on|u on|what's your|whats your|your|my|our|me|us|i am|i'm|we're|we are|available|easier|faster|quicker|better|prefer|lets|let's|can we|could we|shall we|hmu",
    'schreib*|schick*|meld*|kontaktier*|send*|adde*|hinzu|füg*|erreichst|erreichen sie|erreichbar|hast du|haben sie|habt ihr|gib|geben sie|dein|deine|deinen|deiner|ihre|ihr|mein|meine|meinen|mich|mir|uns|klären|weiter|können wir|könnten wir|wollen wir|lieber|schneller|einfacher|such|suchen sie|folg*|bin auf',
    'scriv*|contatt*|aggiung*|cerca|cercami|cercaci|cercateci|manda|mandami|mandi|mandaci|sentiamoci|sentirci|continuiamo|parliamone|hai|avete|ha|passami|dammi|mio|tuo|suo|segui|seguici|su|più veloce|possiamo|meglio',
    'skriv|lägg till|hör av|nå|når|kontakta|skicka|ta det|har du|har ni|kan vi|addera|smidigare|lättare|enklare|snabbare|sök|följ|finns|mig|min|ditt|din|oss',
    'escríb*|escrib*|agrég*|agreg*|añád*|contáct*|contact*|manda|mándame|mándeme|mande|pasas|pásame|páseme|pase|búsc*|busc*|hablemos|hablamos|tienes|tiene|envía*|envíe*|síg*|mi|tu|su|más rápido|mejor',
    'écri*|ajout*|contact*|envoi*|envoy*|joign*|avez-vous|as-tu|passez|passe|discut*|retrouv*|continu*|cherch*|suiv*|votre|mon|notre|moi|nous|plus rapide|plus simple',
    'app|stuur|schrijf|voeg|toevoegen|bereik|bereiken|bereikbaar|heb je|heeft u|zoek|volg|mijn|je|me|mij|ons|sneller|makkelijker|liever|kunnen we',
    'chama|chame|adiciona|adicione|manda|mande|escreve|escreva|fala|fale|passa|passe|tem|procura|procure|siga|meu|minha|seu|me|mais rápido',
    'napisz|odezwij|pisz|dodaj|kontakt|masz|ma pan*|znajdź|wyślij|podaj|obserwuj|mój|swój|mnie|mi|szybciej|łatwiej',
    'chat|hubungi|kirim*|add|kontak|lanjut*|lewat|minta|mintak|tanya|cari|follow|pindah|gampang|mudah|praktis|lbh cepat|lebih cepat|lebih enak|aja|saja|saya|aku|punya|ada|boleh|bisa',
  )}|加|联系|聊|发|搜|找|私|咨询|同步|追加|登録|連絡|送って|友だち|友達|検索|やり取り|交換|教えて|お願い|方が早`,
  'u',
);

/** "Have you got …?" */
export const haveYou = new RegExp(
  words(
    "do you have|have you got|are you on|you on|u on|got|what's your|whats your|haste|hast du|haben sie|habt ihr|bist du (?:auf|bei)|sind sie (?:auf|bei)|hai|avete|har du|har ni|finns du på|finns ni på|tienes|tiene|tenéis|estás en|me pasas tu|as-tu|avez-vous|t'as|tu as|vous avez|heb je|heeft u|zit je op|tem|você tem|vc tem|masz|ma pan|ma pani|ada|punya|apakah ada",
  ),
  'u',
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

/** The channel is a feature of what is sold, or a way that something came. */
export const productWords = new RegExp(
  `${words(
    'notification*|notif*|display*|shows|show|supports?|compatible|compatibility|works with|watch|smartwatch|tracker|tablet|sticker*|icon|logo|emoji|install*|pre-?installed|update|bluetooth|speaker|headset|headphones|screen|android|ios|case|mug|poster|bag|keyring|button|voice messages|apps|saw|seen|sent|got|received|wrote|showed|came|posted|shared by|group|forwarded|told me|advert|lens|cable',
    'benachrichtig*|anzeig*|zeigt|unterstütz*|kompatib*|(?<!\\d)(?<!\\d\\s)uhr|smartwatch|vorinstalliert|aufkleber|symbol|tasche|taste|gesehen|gezeigt|geschickt|schickte|bekommen|bekam|erhalten|erzähl*|zeigte|meinte|weitergeleitet|gruppe|apps|mitteilungen|objektiv|kabel',
    'notific*|mostra|supporta|compatibil*|orologio|adesiv*|preinstallat*|borsa|icona|visto|scritto|ricevuto|detto|mandato|inviato|mandata|inviata|gruppo',
    'notis*|aviseringar|visar|stöder|stödjer|klockan(?!\\s\\d)|klocka|klistermärk*|ikon|väska|såg|skickade|fick|visade|skrev|gruppen|appar',
    'notificac*|avisos|muestra|admite|compatib*|reloj|pegatina*|icono|bolso|vimos|mandó|envió|pasó|recibí|enseñó|dijo|enviaron|grupo|preinstalad*',
    'notification*|affiche*|compatib*|montre connectée|autocollant*|icône|sacoche|vu|reçu|montré|envoyé|a envoyé|groupe|préinstallé*',
    'melding*|toont|ondersteunt|horloge|stickers|tas|zag|gezien|kreeg|gekregen|stuurde|stuurden|gestuurd|groep|gedeeld',
    'notificaç*|mostra|suporta|relógio|adesivo*|viu|enviou|mandou|recebi|grupo',
    'powiadomi*|wyświetla|obsługuje|zegarek|naklejk*|widział*|dostał*|przysłał*|wysłał*|grupie|grupa',
    'notifikasi|menampilkan|mendukung|jam tangan|smartwatch|stiker|tas|lihat di|dikirim oleh|dapat dari|dikasih|grup|bawaan',
  )}|通知|显示|支持|手表|贴纸|功能|预装|表示され|対応|時計|通知が|スタンプ|送ってくれ|もらった|届いた|发来的|发给我的|看到`,
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
