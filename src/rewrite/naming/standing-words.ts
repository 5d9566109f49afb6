/** The words around names in mail: fields of quoted headers, greetings, closings, titles, introductions, in the languages of mail clients. */

const list = (words: string): readonly string[] =>
  words
    .split('|')
    .map((word) => word.trim())
    .filter((word) => word !== '');

/** Fields that hold people, and what stands before a name on a card; lower case. */
export const labels: ReadonlySet<string> = new Set(
  list(
    `from|to|cc|bcc|reply-to|sender|name|full name|contact|contact person|attn|attention|customer|ordered by|ship to|bill to|signed|organizer|required
    |von|an|kopie|antwort an|absender|empfänger|ansprechpartner|ansprechpartnerin|kontakt|kunde|kundin|inhaber|inhaberin|geschäftsführer
    |da|a|per|rispondi a|mittente|destinatario|nome|contatto|referente|cognome|nome e cognome
    |från|till|kopia|svara till|avsändare|mottagare|namn|kontaktperson
    |de|para|responder a|remitente|remetente|nombre|contacto|nombre y apellidos|titular|cco|con copia|nome completo
    |à|pour|répondre à|expéditeur|expediteur|destinataire|nom|nom et prénom|copie|copie à|cci
    |van|aan|naam|afzender|ontvanger|contactpersoon|antwoord aan
    |od|do|dw|udw|nadawca|odbiorca|odpowiedz do|imię i nazwisko|imię
    |fra|til|navn|kopi|afsender|avsender|modtager|mottaker|svar til
    |lähettäjä|vastaanottaja|nimi|kopio|komu|kopie|odesílatel|jméno|feladó|címzett|név|másolat|kimden|kime|bilgi|gönderen|ad soyad
    |dari|kepada|ke|untuk|tembusan|nama|pengirim|penerima|от|кому|копия|имя|отправитель|получатель|від|копія
    |发件人|收件人|抄送|寄件者|收件者|寄件人|發件人|副本|姓名|联系人|聯絡人|答复|回复
    |差出人|送信者|宛先|名前|氏名|担当|担当者|送信元|보낸 사람|보낸사람|받는 사람|받는사람|참조|이름|από|προς|من|إلى|מאת|אל|din|către|pentru|od|za`,
  ),
);

export const greetings: ReadonlySet<string> = new Set(
  list(
    `dear|hi|hello|hey|hiya|greetings|good|morning|afternoon|evening|hallo|liebe|lieber|liebes|moin|servus|grüezi|guten|tag|morgen|abend|sehr|geehrte
    |geehrter|werte|werter|ciao|salve|buongiorno|buonasera|gentile|gentilissimo|gentilissima|caro|cara|egregio|spettabile|hej|hejsan|tjena|kära|käre|bästa
    |hola|buenos|buenas|días|tardes|estimado|estimada|querido|querida|apreciado|apreciada|bonjour|bonsoir|salut|cher|chère|beste|dag|goedemorgen|goedemiddag
    |geachte|lieve|hoi|olá|oi|bom|boa|dia|tarde|noite|prezado|prezada|caro|cara|dzień|dobry|witam|cześć|szanowny|szanowna|drogi|droga
    |halo|hai|yth|selamat|pagi|siang|sore|malam|salam|你好|您好|尊敬的|亲爱的|拝啓|こんにちは|kære|kjære|hyvä|hei|moi|vážený|vážená|dobrý|den|tisztelt|kedves|sayın|merhaba
    |здравствуйте|привет|уважаемый|уважаемая|дорогой|дорогая|добрый|день|и|and|und|mr|mrs|ms|herr|frau|thanks|thank|you|danke|grazie|merci|gracias|tack`,
  ),
);

export const titles: ReadonlySet<string> = new Set(
  list(
    `mr|mrs|ms|miss|mx|mister|dr|prof|sir|madam|herr|herrn|frau|fräulein|familie|family|signor|signore|signora|sig|sig.ra|dott|dott.ssa|ing|señor|señora
    |senor|senora|sr|sra|srta|don|doña|monsieur|madame|mademoiselle|mme|mlle|mons|famille|famiglia|familia|familj|familjen|dhr|mevr|meneer|mevrouw|heer|fam
    |pan|pani|pana|panu|państwo|bapak|ibu|bpk|pak|bu|saudara|saudari|kak|fru|fröken|hr|seu|dona|senhor|senhora|господин|госпожа|г-н|г-жа|kollege|kollegin`,
  ),
);

/** What stands before one's own name. */
export const introductions: readonly string[] = list(
  `my name is|name is|i am|i'm|this is|it's|call me|signed|mein name ist|ich bin|ich heiße|hier ist|hier spricht|mi chiamo|il mio nome è|sono|jag heter
  |mitt namn är|jag är|me llamo|mi nombre es|soy|je m'appelle|mon nom est|je suis|ik ben|mijn naam is|ik heet|nama saya|saya|meu nome é|me chamo|sou
  |nazywam się|jestem|меня зовут|это|jeg hedder|jeg heter|jmenuji se|benim adım`,
);

/** Last words of a message, above or beside the name; lower case, without the comma. */
export const closings: readonly string[] = list(
  `regards|best regards|kind regards|warm regards|best|best wishes|all the best|warmly|cheers|thanks|many thanks|thank you|thanks again|thx|ty|yours|yours truly
  |yours sincerely|sincerely|sincerely yours|faithfully|yours faithfully|respectfully|love|take care|talk soon|br|kr|rgds|xx|xoxo|with thanks|in advance
  |grüße|viele grüße|liebe grüße|beste grüße|schöne grüße|herzliche grüße|gruß|lieben gruß|mit freundlichen grüßen|freundliche grüße|freundlichen grüßen
  |grüßen|mfg|lg|vg|bg|danke|vielen dank|besten dank|danke schön|hochachtungsvoll|bis bald|ihr|ihre|dein|deine|grüsse|viele grüsse|gruss
  |saluti|cordiali saluti|distinti saluti|un saluto|grazie|mille grazie|cordialmente|a presto|buona giornata|un caro saluto
  |hälsningar|vänliga hälsningar|med vänliga hälsningar|med vänlig hälsning|mvh|vh|hälsar|tack|tack på förhand|tusen tack|ha det bra
  |saludos|un saludo|saludos cordiales|atentamente|cordialmente|gracias|muchas gracias|un abrazo|atte|quedo a la espera
  |cordialement|bien cordialement|bien à vous|cdt|cdlt|salutations|meilleures salutations|merci|merci d'avance|bonne journée|amicalement|à bientôt
  |groet|groeten|met vriendelijke groet|met vriendelijke groeten|mvg|vriendelijke groet|hartelijke groet|alvast bedankt|bedankt|dank
  |atenciosamente|obrigado|obrigada|cumprimentos|com os melhores cumprimentos|abraço|abraços|att|grato|grata
  |pozdrawiam|z poważaniem|dziękuję|pozdrowienia|serdecznie pozdrawiam|salam|hormat saya|salam hormat|terima kasih|hormat kami
  |此致|敬礼|祝好|谢谢|敬上|よろしくお願いします|よろしくお願いいたします|敬具|どうぞよろしくお願いいたします|감사합니다|드림
  |med venlig hilsen|venlig hilsen|hilsen|mvh|hilsener|vennlig hilsen|terveisin|ystävällisin terveisin|s pozdravem|üdvözlettel|saygılarımla|с уважением|спасибо`,
);
