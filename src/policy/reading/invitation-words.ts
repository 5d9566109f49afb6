/**
 * How people ask each other to go on elsewhere, in the languages of the marketplace, and how they merely mention that a place exists.
 * All lower case: they read folded text. The names of the places themselves are in `channel-words.ts`.
 */
import { withBeginnings } from './beginnings.ts';

/** Whole words; `*` at the end of one stands for any ending. */
export const words = (...lists: readonly string[]): string =>
  `(?<![\\p{Script=Latin}\\d])${withBeginnings(lists.join('|').replaceAll('\\p{L}*', '*').replaceAll('*', '\\p{L}*'))}(?![\\p{Script=Latin}])`;

/** Asks somebody to write there, to look the author up, or to take up a request; said of nobody but the two. */
export const invites = new RegExp(
  `${words(
    "(?:add|message|text|contact|ping|reach|find|follow|catch|get|hit|dm|inbox|poke) (?:me|us)|get hold of (?:me|us)|write (?:to )?(?:me|us)|(?:chat|speak|talk) (?:with|to) (?:me|us)|look (?:me|us) up|(?:look|search|have a look) (?:for|up)|search (?:me|us)|(?:drop|pop|give|shoot|fire|ping|send) (?:me|us) an? (?:\\p{L}+ )?(?:message|line|text|note|shout|ring|call|request|invite|add|dm)|best place|leave (?:me|us) a (?:message|note)|(?:sent|send|sending) (?:you|u|ya) (?:an? |my )?(?:friend )?(?:request|invite|invitation|add)|(?:have |'ve |just )?added (?:you|u)|accept (?:me|it|my|the request)|(?:i'?m|i am|we'?re|we are) (?:also |always |mostly |usually )?(?:on|over on|available on|reachable on)|what'?s ur|what(?:'?s| is) your|(?:join|hop into|come (?:in)?to|sign up (?:to|for)) (?:us|our|my|the)|invite you (?:in)?to (?:our|my)|(?:i'?m|we'?re) @?[a-z\\d._]{4,30} (?:over )?on",
    '(?:schreib*|schick*|adde*|melde*|kontaktier*|erreich*|find*|folg*|such*) (?:sie |ihr |du )?(?:mir|mich|uns)|(?:sie|du|ihr) (?:mich|uns|mir) (?:\\p{L}+ ){0,3}(?:an|erreich*|find*)|nach \\p{L}+ (?:\\p{L}+ ){0,3}suchen|suche?n? (?:sie |mal |einfach )?nach|such (?:mal |einfach )|anschreiben|hinterlass\\p{L}* (?:sie |uns |mir ){0,2}|(?:freundschafts)?(?:anfrage|einladung) (?:\\p{L}+ ){0,5}(?:geschickt|gesendet|gestellt|annehmen)|(?:sie|dich|euch) (?:\\p{L}+ ){0,3}(?:hinzugefügt|geaddet)|bin (?:auch |da |immer |meistens )?(?:auf|bei)|zu (?:finden|erreichen)|(?:komm\\p{L}*|schau\\p{L}*) (?:sie |doch |gern |gerne |einfach ){0,2}(?:in|zu) (?:unsere|meine|die)\\p{L}?|tret\\p{L}* (?:sie )?(?:unserer|meiner|der)|tritt (?:unserer|meiner|der)|lade\\p{L}* (?:sie |dich |euch )(?:gern |gerne |herzlich )?(?:in|zu) (?:unsere|meine)\\p{L}?',
    "(?:scriv|contatt|aggiung|cerca|segui|trova|manda|chiama)(?:imi|ami|ici|aci|etemi|ateci|ateci|atemi|immi|mi|ci|temi|teci)|(?:mi|ci) (?:scriv|contatt|aggiung|cerch|trov|segu|mand|aggiunga)\\p{L}*|cerc(?:a|hi|ate)|(?:mandat|inviat)\\p{L} (?:la |una |l')?(?:richiesta|invito)|richiesta (?:di amicizia|su|in)|aggiunt\\p{L} (?:su|in)|(?:mi|ci) lasci\\p{L}*|lascia(?:mi|ci|temi)|accett(?:i|a|ami|atemi|ate)|sono (?:anche )?su|(?:unisca|unisciti|unitevi|iscriva|iscriviti|entri|entra|venga|vieni) (?:al|nel|sul) (?:nostro|mio|gruppo)|invito (?:nel|al|sul) (?:nostro|mio)",
    '(?:skriv|hör av|sök|adda|lägg till|kontakta|följ|hitta|nå) (?:till |upp |på |efter |dig |er )?(?:mig|oss|mej)|hör av dig|hör av er|sök (?:upp|på|efter)|lägg till|(?:vän)?(?:förfrågan|inbjudan)|la(?:de|gt)? till (?:dig|er)|acceptera|finns (?:också |även )?på|nås på|(?:gå|bli|kom) (?:gärna )?(?:med i|medlem i|in i) (?:vår|min|gruppen)',
    '(?:escríb|escrib|agrég|agreg|añád|contáct|búsc|mánd|síg|encuéntr|háblan?)(?:eme|enos|ame|anos|annos|anme|enme|ennos|ueme|uenos|ueme)|(?:me|nos) (?:busc|encontr|encuentr|agreg|añad|escrib)\\p{L}*|busca(?:nos|me)?|busque(?:nos|me)?|(?:solicitud|invitación) (?:\\p{L}+ )?(?:por|en|de)|acépt\\p{L}*|acepta|d[ée]j(?:eme|ame|enos|anos)|(?:te|le) (?:agregué|añadí)|estoy en|(?:únase|únete|uniros|uníos|súmese|súmate|entre|entra) (?:a|al|en) (?:nuestro|mi|el|la|nuestra)? ?(?:grupo|canal|comunidad)?',
    "(?:écri[vs]|ajoute|contacte|retrouve|rejoigne|rejoin|cherche|sui[vs]|envoie)\\p{L}*[- ](?:moi|nous)|(?:me|nous) (?:retrouver|trouver|contacter|joindre|écrire|ajouter|suivre)|(?:re)?cherche[zr]?|(?:demande|invitation) (?:d'ami )?(?:sur|via)|(?:vous|t'|te) ?(?:ai |a )?ajouté\\p{L}*|accepte[zr]?|laisse[zr]?[- ](?:moi|nous)|je suis (?:aussi )?sur|on est sur|(?:rejoi(?:gnez|ns)|intégrez|intègre|venez sur|viens sur|venez dans) (?:le|la|notre|mon)|vous invite (?:dans|sur|à rejoindre) (?:le|la|notre|mon)",
    '(?:zoek|volg|voeg|app|bereik|vind|stuur|schrijf) (?:me|mij|ons)|zoek (?:\\p{L}+ )?(?:op|naar)|kijk (?:\\p{L}+ ){0,3}(?:op|bij)|stuur (?:daar|me|mij|ons|dan|even)|(?:vriend\\p{L}*|verzoek\\p{L}*|uitnodiging) (?:\\p{L}+ ){0,3}gestuurd|gestuurd|toegevoegd|accepteer|ik zit (?:ook )?op|te vinden op|(?:word|wordt) (?:gerust |gewoon )?lid van (?:onze|mijn|de)|kom (?:gerust |gezellig )?(?:in|bij|naar) (?:onze|mijn|de)',
    '(?:me|nos) (?:cham|adicion|procur|sig|ach|segu|escrev|encontr)\\p{L}*|(?:cham|adicion|procur|sig|segu)[ae](?:[- ](?:me|nos|por|a gente|o|a|lá))|procur[ae]r?|(?:convite|solicitação|pedido de amizade) (?:no|pelo|via)|(?:te|lhe) adicionei|deix[ae]\\p{L}* (?:uma )?mensagem|aceita|estou (?:também )?no|tô no|(?:entr[ae]|junt[ae]-se|particip[ae]|venha) (?:no|na|ao|à|do|da|para o) (?:nosso|nossa|meu|minha|grupo)',
    '(?:napisz|pisz|dodaj|znajdź|szukaj|odezwij|zaproś) (?:do |się |mnie |nas )?(?:mnie|nas|mnie|do)?|(?:po)?szuka(?:j|ć|jcie|m)|odezwać się|się odezwać|(?:wysła|posła)\\p{L}* (?:\\p{L}+ ){0,2}zaprosz\\p{L}*|zaprosz\\p{L}* (?:do znajomych|na)|doda(?:łem|łam) (?:pani?ą?|cię|pana)|przyją?ć|przyjmij|zaakcept\\p{L}*|zostaw\\p{L}*|jestem (?:też )?na|mnie doda\\p{L}*|doda\\p{L}* mnie|dołącz\\p{L}* do (?:naszej|mojej|nas|grupy)|zapraszam\\p{L}* do (?:naszej|mojej|grupy)|(?:wejść|wejdź|zapisz\\p{L}* się) (?:na|do) (?:naszej|moj\\p{L}*|grup\\p{L}*)',
    '(?:chat|hubungi|kontak|cari|follow|add|tambah|inbox|japri) (?:aja|saja|ya|kami|saya|aku|kita|kak|di|akun)|(?:cari|follow|inbox)(?: aja| ya)|(?:udah|sudah) (?:saya |aku )?(?:add|follow|kirim (?:permintaan|undangan))|terima (?:permintaan|undangan|pertemanan)|(?:gabung|masuk|join) (?:aja |saja |yuk )?(?:ke |di )?(?:grup|group|komunitas|channel)',
  )}|加(?:一下|我|个|下)|搜(?:一下|索|我|下)|关注(?:我|一下)|找我|留个|换个?地方|(?:去|到)[^。,，]{0,8}聊|申请[^。]{0,6}(?:通过|发)|通过一下|検索|探して|フォロー|追加|申請|グループに(?:入|参加|招待)|コミュニティに(?:入|参加)|承認|移りませんか|来て(?:もら|くだ|いただ)|やってますか|やっていますか`,
  'u',
);

/** It would be easier there, can we, send it there: an invitation unless the sentence is about something else. */
export const asks = new RegExp(
  `${words(
    "add|message|text|write|contact|chat|chatting|ping|reach|send|find|continue|carry on|switch|move|hop|jump|talk|speak|discuss|share|give|follow|search|video call|get in touch|do you have|have you got|are you on|u on|easier|faster|quicker|better|prefer|available|lets|let's|can we|could we|shall we|we could|we can|rather|hmu|i use",
    'schreib*|schick|schicke|schicken|meld*|kontaktier*|adde*|hinzu|füg*|erreichst|erreichen sie|erreichbar|hast du|haben sie|habt ihr|gib|geben sie|klären|weiter|weiterschreib*|können wir|könnten wir|wollen wir|sollen wir|lassen sie uns|lass uns|lieber|besser|schreiben wir|hören wir uns|schneller|schnellsten|einfacher|such|folg*|bin auf',
    '(?:ti|le|vi) scrivo|ci (?:sentiamo|scriviamo|vediamo|parliamo)|ti va|le va|scriv(?!o|endo)\\p{L}*|contatt*|aggiung*|cerca|manda|mandi|sentiamoci|sentirci|continuiamo|passiamo|spostiamoci|parliamone|vediamoci|hai|avete|passami|dammi|segui|più veloce|possiamo|potremmo|meglio|faccio prima',
    'skriv|hör av|nå|når|kontakta|skicka|ta det|tar det|har du|har ni|kan vi|ska vi|vi kör|kör på|hörs|höras|bättre|hellre|addera|smidigare|lättare|enklare|enklast|snabbare|snabbast|sök|följ',
    'escríb*|escrib*|agrég*|agreg*|añád*|contáct*|contactar*|manda|mándame|mándeme|mande|pasas|pásame|páseme|busc*|hablemos|hablamos|nos (?:escribimos|hablamos|vemos)|podemos|seguimos|tienes|envíame|envíeme|envíe|síg*|más rápido|más fácil|mejor',
    "écri[vs]*|ajoute*|contacte*|envoie*|envoy(?!é)\\p{L}*|joign*|avez-vous|as-tu|passez|passons|discut*|retrouv*|continu*|cherch*|suiv*|on peut|peut-on|on s'écrit|on se (?:parle|retrouve|voit)|mieux|plus rapide|plus simple|plus facile|plus vite",
    'app|stuur|schrijf|voeg|toevoegen|bereik|bereiken|bereikbaar|heb je|heeft u|zoek|volg|sneller|makkelijker|handiger|liever|kunnen we|zullen we|verder praten|beter|mag ik',
    'chama|chame|adiciona|adicione|manda|mande|escreve|escreva|fala|fale|passa|passe|podemos|vamos|tem|procura|procure|siga|se fala|nos falamos|mais rápido|mais fácil|melhor',
    'napisz|napiszę|odezwij|odezwę|wyślę|złapmy|pisz|dodaj|kontakt|masz|ma pan*|znajdź|wyślij|podaj|obserwuj|możemy|przejdźmy|przejść|szybciej|łatwiej|wygodniej|lepiej|zgadajmy|umówmy',
    'chat|hubungi|kirim|kirimin|add|kontak|lanjut*|lewat|minta|mintak|cari|follow|pindah|gampang|mudah|praktis|lbh cepat|lebih cepat|lebih enak|enakan|mending|ngobrol|aja|boleh',
  )}|加|说吧|上说|细说|联系(?!不)|聊|发(?:我|给我|您|给您|你|过来)|搜|找我|私|咨询|同步|(?:追加|登録|連絡|送って|交換|教えて|お願い)(?!した)|友(?:だち|達)(?:追加|登録|に)?(?=し|登|追|ください)|検索|やり取り|移|続き|方が早|ほうが早|方が楽|ほうが楽`,
  'u',
);

/** The author's name there, or the number by which the author is found there: behind the channel, in the same sentence or the next. */
export const thereAs = new RegExp(
  `${words(
    "(?:i'?m|i am|we'?re|we are|you'll find me|i go) (?:[^,!?\\n]{1,40} )?(?:there|on there|on it)(?! (?:at|on|from|until|till|by|in|all|every))|(?:there|on it|on there) (?:as|under)|mine'?s|mine is|(?:my|our) (?:user(?:name)?|handle|nick(?:name)?|screen name|name there|name on there|tag)|i go by|we go by|(?:the |on the |it's the )?same (?:mobile |phone |cell )?(?:number|no|name)|number(?:'s| is) (?:the same|on the)",
    'd(?:a|ort) (?:bin|heiße|findest|finden|sind|als|unter|stehe) [^.!?\\n]{1,30}|(?:bin|heiße|heißen|stehe) (?:ich |wir )?d(?:a|ort)[^.!?\\n]{1,30}|(?:meiner|meins) ist|(?:der|mein) name ist|name (?:da|dort|ist)|(?:der|die)?(?:selben?|gleichen?) (?:handy|mobil|telefon)?nummer|nummer (?:steht|ist (?:die|auf)|wie)',
    '(?:lì|là|li) (?:sono|mi chiamo|siamo|mi trov\\p{L}+)|sono [^,!?\\n]{2,40} (?:lì|là)|(?:il mio|la mia) è|mi trov[ai]|ci trov\\p{L}+|(?:lo |è lo )?stesso numero|numero è (?:lo stesso|quello|sul)',
    'd(?:är|er) (?:heter|är|hittar|finns)|(?:heter|är|kallas|finns som) (?:[^,!?\\n]{1,40} )?där|mitt är|dyker (?:jag|vi) upp|samma (?:mobil|telefon)?nummer|nummer (?:som på|är samma)|numret (?:är samma|står)|vi heter|jag heter',
    '(?:ahí|allí|allá|ahi|alli) (?:soy|somos|estoy|me llamo|me encuentr\\p{L}*)|(?:soy|somos|estoy como|aparezco como) [^,!?\\n]{2,40} (?:ahí|allí|allá)|(?:el mío|la mía|el nuestro) es|(?:me|nos) encontrar[áa]\\p{L}*|(?:el |es el )?mismo número|número es el (?:mismo|del|de)',
    "(?:là-bas|dessus) (?:je suis|c'est|je m'appelle|on est)|je suis [^,!?\\n]{2,40} (?:là-bas|dessus|là)|(?:le mien|la mienne|le nôtre) (?:c'est|est)|mon (?:pseudo|identifiant)|moi c'est|sous le nom|(?:le |c'est le )?même numéro|numéro est (?:le même|sur)",
    '(?:ik (?:sta|heet|ben|zit)|wij? (?:staan|heten)) (?:er|daar)(?: \\p{L}+)?|(?:daar|er) (?:heet|sta|ben|zit) ik|(?:de mijne|die van mij) is|(?:het)?zelfde nummer|nummer (?:staat op|is hetzelfde)',
    'lá (?:eu )?(?:sou|estou|me chamo|tô)|(?:sou|estou|tô) (?:[^,!?\\n]{1,40} )?lá|(?:o meu|a minha|o nosso) é|meu (?:nome lá|nick|perfil)|(?:o |é o )?mesmo número|número é o (?:mesmo|da)',
    '(?:jestem|nazywam się|mam) tam|tam (?:jestem|nazywam)|jestem [^,!?\\n]{2,40} tam|(?:mój|moje|moja) to|pod nazwą|(?:ten sam|ten samym|tym samym|tego samego) (?:numer\\p{L}*|nr)|numer(?: jest)? (?:ten sam|taki sam)',
    '(?:nama|akun)(?:nya|ku)|nama akun|punya(?:ku| saya)|di sana (?:nama|saya|aku)|nomor?(?:nya)? (?:yg |yang )?sama|nome?r(?:nya)? (?:yg |yang )?sama|no (?:yg |yang )?sama',
  )}|我(?:在[^。,，]{0,8})?叫|我的是|我的(?:名字|昵称|号)|昵称是|名字(?:叫|是)|同号|同一个号|(?:那个|这个|上面的?)(?:手机号|号码|电话)|アカウント(?:名)?は|名前は|(?:id|アイディー)は|で検索|と検索|同じ番号`,
  'u',
);

/** Between "have you got" and the channel nothing but these stands. */
const fillers =
  "an?|the|any|your|ur|by any chance|maybe|perhaps|ein|eine|einen|zufällig|vielleicht|auch|per caso|un|uno|una|il|l'|anche|ett|en|någon|möjligen|kanske|por casualidad|también|pas|par hasard|un compte|aussi|een|ook|toevallig|misschien|o|um|por acaso|może|też|akun|account|profil|a|no|på|auf|bei|su|on|op|na|sur|en|di|dein|deine|dit|ditt|tu|ton|votre|je|teu|seu|o teu|o seu|pana|pani|twojego|din|ditt|er|uw|jouw|il tuo|il suo|la tua|su|sua|tua|kamu|kakak|su|twój|geen|inte|keine?n?|nick|konto";
/** "Have you got …?", right before the channel. */
export const haveYou = new RegExp(
  `${words(
    "(?:do |don't )?(?:you|u|ya|yous) (?:have|got|use|do)|^\\s?(?:you|u) on|(?:are you|what are you|who are you) called|(?:you|u)(?:'ve|ve) got|have (?:you|u) got|got|are (?:you|u) on|(?:what'?s|what is|whats|wots) (?:your|ur|you)|wie hei(?:ß|ss)\\p{L}* (?:du|sie|ihr)|come (?:ti chiami|vi chiamate|si chiama)|vad heter (?:du|ni)|cómo (?:te llamas|se llama|os llamáis)|comment (?:tu t'appelles|vous appelez-vous)|hoe (?:heet je|heet u|heten jullie)|como (?:você )?(?:te|se) chama|jak (?:się )?(?:pan|pani|nazywa\\p{L}*)|haste|hast du|haben sie|habt ihr|bist du|sind sie|seid ihr|nutzt du|nutzen sie|hai|ha|ce l'hai|avete|usi|usa|har du|har ni|finns du|finns ni|är du|är ni|tienes|tiene|tenéis|estás|está|usas|sei|siete|jest pan|jest pani|você está|você tá|cê tá|vous êtes|as-tu|avez-vous|t'as|tu as|vous avez|t'es|tu es|vous êtes|êtes-vous|es-tu|heb je|heeft u|hebt u|hebben jullie|zit je|zit u|tem|tens|você tem|vc tem|usa|qual|qual é|masz|ma pan|ma pani|macie|jesteś|punya|kak punya|ada|minta|boleh minta|pásame|passe-moi|passez-moi|passa|me passa|geef me|ge mig|gib mir|dammi|daj|podaj|poproszę o|proszę o|me das|me da|dame|deme|me dá",
  )}(?:[\\s'](?:${fillers})){0,4}[\\s']?$`,
  'u',
);
/** What may follow the channel then: the end of the question or a reason for it. */
export const endsQuestion =
  /^(?:in|mu|nya|nu|mmu)?\s?(?:$|[?,!:;)\n–]|\.|(?:or|atau|lub|so|oder|damit|dann|per|o|e|y|para|que|pour|ou|of|dan|ou|pra|ga|gak|ngga|nggak|enggak|kak|tidak|ya|så|eller|albo|czy|to|by|też|account|konto|profil|cuenta|compte|også)(?![\p{L}]))/u;
/** The same in scripts without blanks: behind the channel. */
export const haveYouBehind =
  /^(?:号)?(?:有|吗|么)|^(?:を|は|って)?(?:やって|ご?利用|お?使い|お持ち|あり)(?:ます|ません)か|^(?:を|の)?[^。、]{0,6}教えて/u;
export const haveYouBefore = /(?:(?<!没)有|留个?|给个|给我个?|您的|你的)$/u;
