/** Words around numbers, in the languages of the marketplace: what makes a number a telephone number, and what makes it none. */

import { words } from './invitation-words.ts';

/** Before or after a number that people are to call or text. */
export const callWords = new RegExp(
  `${words(
    'tel|tele|phone*|telephone*|mobile|cell|cellphone|call|calls|calling|ring|rings|text|txt|dial|area code|dialling code|dialing code|reach|whats\\s?app|wa|viber|signal|line|landline|hotline|voicemail|sms',
    'telefon*|handy*|mobil*|mobilfunk*|ruf|rufe|rufen|ruft|anruf*|angerufen|durchwahl|vorwahl|durchrufen|festnetz*|durchklingeln|klingel*|erreichbar|erreich*|rückruf*|simsen|fon|zentrale|büro',
    'telefon*|cell|cellulare|chiam*|prefisso|viva voce|recapito|fisso|squillo|risponde|rispondo',
    'mobil*|mobilen|riktnummer|ring*|slå|nå|nås|når|sms*|växel*|mobbe|luren',
    'teléfono*|telefono*|tfno|tlf|móvil|movil|celular|cel|llam*|llám*|prefijo|viva voz|fijo|márcame|marque',
    'téléphon*|tél|portable|mobile|appel*|indicatif|de vive voix|joindre|joignable|joignez|fixe',
    'telefoon*|mobiel*|netnummer|bel|bellen|belt|appen|app|bereikbaar|bereik*',
    'telefone*|telemóvel|fone|ligue*|liga|ligar|zap',
    'komórk*|kierunkowy|zadzwo*|dzwo*|smsa|słuchawk*',
    'telepon*|telpon*|telp|tlp|hp|hubungi|kontak|handphone|ponsel|dihubungi|menghubungi|nelpon|no wa|nowa',
    'puhelin*|soita|soittaa|telefonas|telefonul',
  )}|电话|電話|手机|手機|打给|打我|致电|拨打|拨|联系|热线|座机|号码|电联|来电|短信|加我|微信|携帯|ケータイ|連絡先|かけて`,
  'u',
);

/** The author's own number, whatever it is called. */
export const ownNumber = new RegExp(
  `${words(
    'my (?:own |new |private |direct |mobile |phone |cell )?(?:number|no|nr)|our (?:own |new |direct |phone )?number|his number|her number|number for the (?:driver|courier)|meine\\p{L}? (?:nummer|nr)|unsere\\p{L}? (?:nummer|rufnummer)|(?:il )?(?:mio|nostro) numero|(?:mitt|vårt|min) (?:nummer|nr)|(?:mi|nuestro) número|(?:mon|notre) numéro|(?:mijn|ons) nummer|(?:o )?(?:meu|nosso) número|(?:mój|nasz) numer|(?:nomor|nomer|no) (?:saya|aku|ku|kami|hp)|nomorku|nomerku',
  )}|我的号|我号码|私の番号|当店の番号`,
  'u',
);

/** "Any questions?", "just in case", or a preposition right before: a number that looks like a telephone's is one then. */
export const hints = new RegExp(
  `${words(
    "questions?|problems?|trouble|neighbou?r*|concierge|porter|not home|not in|isn't in|no answer|no one answers|nachbar*|hausmeister*|nicht da|nicht zuhause|nicht zu hause|vicin[ao]|portiere|portinaia|non sono in casa|non ci sono|non sente|grannen?|grannarna|inte hemma|hittar|vecin[ao]s?|conserje|portero|no estoy|no est[aá]|voisine?s?|gardienn?e?|concierge|absente?|pas là|buren|buurvrouw|buurman|niet thuis|vizinh[ao]s?|porteiro|não estiver|não estou|sąsiad*|dozorc*|nie będzie|nie ma mnie|nie zastan*|tetangga|satpam|rumah kosong|tidak ada orang|emergenc*|urgent|urgently|in case|stuck|fragen|notfall*|rückfrag*|problem*|urgenz*|domande|per qualsiasi|frågor|funder*|cualquier cosa|dudas|consultas|urgencias|qualquer coisa|dúvidas|en cas de|question|souci|urgence|vragen|w razie|pytań|pytania|ada apa|kalau ada",
  )}|邻居|门卫|不在家|没人|隣|留守|不在|管理人|有事|有问题|疑问|困ったら|何かあれば|(?<![\\p{L}])(?:al|allo|au|pod|unter|on|op|på|em|no|sul|ao)\\s$`,
  'u',
);

/** Before a number that is none to call: orders, parcels, parts, money, law. */
export const otherWords = new RegExp(
  `${words(
    'qq|booking|policy no|job no|quote no|order|orders|tracking|track|parcel|consignment|shipment|awb|waybill|invoice|receipt|article|item|part|parts|sku|ean|gtin|upc|isbn|issn|asin|serial|s/n|sn|imei|batch|lot|model|version|firmware|build|ref|reference|case|ticket|claim|docket|barcode|manifest|con note|replaces?|replaced|superseded?|supersedes|successor|old one|formerly|previously|replacement|id|code|pin|otp|barcode|vat|tax|registration|reg|iban|bic|account|card|customer no|customer number|licence|license|patent|coordinates|gps|vin|chassis|postcode|zip|mpn|oem|quote|measure*|mileage',
    '*(?:bestell|auftrag|sendungs|paket|rechnungs|artikel|teile|serien|vorgangs|referenz|material|ersatzteil|fahrgestell|steuer|register|kontonummer|modell|chargen|ticket|zoll)*|kundennummer|kundennr|ersetzt|ersatz|nachfolge*|vorgänger*|alte|packstück*|frachtbrief*|colli|kolli|abholnummer|teil|pzn|hrb|hra|ust|kba|typ|plz|baujahr|konto|kontonr',
    'sostituisce|sostituit*|vecchio|lettera di vettura|ldv|barcode|ordine|ordini|spedizione|tracciamento|vettura|collo|fattura|articolo|codice|codici|matricola|seriale|lotto|modello|ricambio|partita|p\\.?iva|cf|cap|scontrino|pratica|versione|targa',
    'beställning*|bokning*|ersätter|ersatt|gamla|fraktsedel*|streckkod*|order|ordernr|ordernummer|kolli|kolli-id|kollinummer|paket|spårning*|sändning*|faktura*|artikel*|art|serienummer|serienr|orgnr|modell|bankgiro|plusgiro|bg|pg|ocr|ärende*|referens|reservdel*|kod|koden',
    'sustituye|reemplaza|anterior|antigua|antiguo|bulto|bultos|localizador|guía|expedición|paquete|pedido|envío|envio|seguimiento|factura|artículo|referencia|serie|lote|modelo|código|albarán|expediente|nif|cif|pieza|guía|versión',
    'remplace*|ancienne|ancien|précédente|lettre de voiture|code-barres|commande|colis|suivi|facture|article|référence|réf|série|modèle|siret|siren|tva|pièce|dossier|bon de|expédition',
    'vervangt|vervangen|vorige|oude|vrachtbrief*|streepjescode|colli|bestelling|bestelnummer|bestelnr|zending*|pakket|trackingnummer|factuur*|artikelnummer|serienummer|kvk|btw|onderdeel*|type|versie',
    'substitui|anterior|antiga|antigo|guia|objeto|volume|volumes|conhecimento|pedido|encomenda|rastreio|rastreamento|fatura|nota|artigo|cnpj|cpf|peça',
    'zastępuje|zastąpion*|stary|stara|list* przewozow*|nadani*|kreskow*|zamówieni*|przesyłk*|artykuł*|seryjny|nip|regon|partia|część|części|paczk*|kod|kodu',
    'menggantikan|pengganti|yang lama|yg lama|koli|pesanan|resi|faktur|barang|seri|kode|npwp|tipe|transaksi|nomor va|no va|rekening|rek|lacak|ktp|nik',
  )}|订单|單號|单号|运单|快递号|发票|货号|编号|编码|型号|序列号|批号|条码|税号|账号|卡号|版本|替换|代替|旧款|面单|提货码|取件码|版本|验证码|注文|追跡|伝票|品番|型番|シリアル|請求書|管理番号|口座|扣扣|商品番号|送り状|旧品番|現行品|部品|お問い合わせ`,
  'u',
);

/** Right behind a number that measures or costs something. */
export const unitsAfter =
  /^[^\S\n]?(?:mm|cm|m|km|kg|g|mg|ml|cl|l|w|kw|v|a|ma|mah|hz|khz|mhz|ghz|°|k|nm|ps|rpm|u\/min|bar|psi|lumen|lm|lux|db|kb|mb|gb|tb|dpi|px|%|€|\$|£|¥|kr|sek|eur|euro|usd|gbp|idr|rp|rupiah|zł|pln|chf|円|元|块|rmb|cny|jpy|ribu|rb|juta|stück|stk|pcs|pezzi|st|pieces|units|x\s?\d)(?![\p{L}])/u;
/** Right before it. */
export const unitsBefore =
  /(?:€|\$|£|¥|(?<![\p{L}])(?:eur|usd|gbp|rp|idr|chf|sek|kr|pln|rmb|cny|ral|din|iso|en|iec|nr\.?\s?de\s?pièce))\.?\s?$/u;

const carriers = [
  '(?<![\\p{L}])(?:dhl|dpd|gls|ups|fedex|hermes|evri|yodel|royal mail|parcelforce|tnt|schenker|postnord|budbee|instabox|inpost\\p{L}{0,3}|brt|bartolini|sda|poste italiane|correos|seur|mrw|nacex|chronopost|colissimo|mondial relay|la poste|colis privé|postnl|bpost|ctt|jadlog|loggi|jne|j&t|sicepat|anteraja|pos indonesia|ninja xpress|dachser|kuehne|raben|poczt\\p{L} polsk\\p{L}{1,3})(?![\\p{L}])',
  'carriers?|courier|haulier|forwarder|shipping company|delivery company|parcel service|parcel company|post office|delivery service|freight company|dispatcher of the carrier',
  'spedition|spediteur|zusteller|paketshop|paketdienst|transporteur|zusteller|zustelldienst|lieferdienst|versanddienst|versanddienstleister|transportunternehmen|frachtführer|kurierdienst',
  'corriere|spedizioniere|vettore|trasportatore|ditta di trasporti?',
  'fraktbolag|transportör|speditör|fraktbolaget|transportbolag|budfirma|åkeri|speditören|ombud',
  'transportista|empresa de transportes?|mensajería|agencia de transportes?|compañía de transportes?|courier',
  'transporteur|société de transport|livreur|messagerie',
  'vervoerder|bezorger|bezorgdienst|pakketdienst|transportbedrijf|koerier',
  'transportadora|empresa de transporte|correios',
  'kurier|przewoźnik|firma kurierska|kuriera|spedycj',
  'kurir|ekspedisi|jasa kirim|jasa pengiriman|pengiriman',
  '快递|物流|承运|货运|顺丰|中通|圆通|韵达|申通|德邦|京东|邮政|菜鸟|ヤマト|佐川|日本郵便|福山通運|運送会社|配送業者|配送会社|宅配|運輸',
].join('|');
const makers = [
  'manufacturer|maker|brand',
  'hersteller|markenhersteller',
  'produttore|casa madre|fabbricante|costruttore',
  'tillverkare|tillverkaren|generalagent',
  'fabricante',
  'fabricant|constructeur',
  'fabrikant',
  'producent|producenta',
  'pabrik|pabrikan|prinsipal|distributor resmi',
  '厂家|厂商|原厂|品牌方|官方|制造商|メーカー|製造元',
].join('|');
const warranty =
  /warrant|guarantee|garanti|garantie|garanzia|garantía|garantia|gwaranc|garansi|gewährleist|reklam|保修|质保|售后|保証|service ?center|servis/;

const carrierWord = new RegExp(carriers, 'u');
const makerWord = new RegExp(makers, 'u');
/** Whose number it is then: the sender's own. */
const own = new RegExp(
  `${words(
    'my|mine|our|me|us|mein*|unser*|mich|mir|uns|mio|mia|miei|nostro|nostra|min|mitt|mina|vår|vårt|våra|mig|oss|nuestro|nuestra|mon(?!\\s?[-–.])|ma(?!\\s?(?:[-–.]|t/m|tot))|notre|moi|nous|mijn|ons|onze|mij|meu|minha|nosso|nossa|mój|moja|mnie|nasz|saya|aku|kami|nomorku|hpku|rumahku',
  )}|我的|我们|我家|打我|私の|当店|弊社`,
  'u',
);
/** A line of theirs: for everybody, not for this parcel. */
const publicLine =
  /hotline|customer service|service line|helpline|call cent|switchboard|customer care|kundendienst|kundenservice|kundenhotline|servicenummer|servizio clienti|assistenza|numero verde|call center|kundtjänst|kundservice|växel|atención al|servicio al|centralita|service client|numéro vert|klantenservice|klantendienst|servicedesk|service desk|atendimento|infolini|obsługi? klienta|biuro obsługi|layanan pelanggan|(?<![a-z])cs(?![a-z])|客服|热线|服务电话|カスタマー|お客様|フリーダイヤル|コールセンター|サポート/;

const number =
  'number|line|phone|telefon\\p{L}*|nummer|numret|numero|numeri|número|teléfono|numéro|téléphone|nomor|telepon|telefoon\\p{L}*|telefone|numer\\p{L}*|电话|热线|番号|電話';
const asks =
  'call|ring|phone|contact|reach|ask|try|rufen sie|anrufen|kontaktieren|wenden|chiami|chiamare|contatti|contattare|ringa|kontakta|llame|llamar|contacte|appelez|appeler|contactez|bel|bellen|contacteer|ligue|contacte|zadzwo\\p{L}*|hubungi|联系|致电|拨打|连络|連絡';
/** The line is theirs: its owner stands beside it, or the reader is to call them. Not theirs: they are to call somebody. */
const relations = [
  new RegExp(`(?:${number})[^.!?。]{0,24}(?:${carriers})`, 'u'),
  new RegExp(`(?:${carriers})(?:'s|s|'|的|の)?[^.!?。]{0,24}(?:${number})`, 'u'),
  new RegExp(`(?:${asks})[^.!?。]{0,40}(?:${carriers})`, 'u'),
  new RegExp(`(?:${carriers})[\\s:(,-]{1,4}[+\\d][\\d\\s()./-]{6}`, 'u'),
];
const told =
  /(?:can|could|may|should|must|please|to|kann|soll|darf|möge|bitte|può|deve|kan|ska|får|puede|debe|que|peut|doit|mag|moet|pode|może|bisa|boleh|suruh|tolong|minta|biar|让|叫|可以|请)(?: \p{L}+){0,2} (?:call|ring|phone|text|reach|anrufen|melden|chiam\p{L}*|ring\p{L}*|llam\p{L}*|appel\p{L}*|bellen|ligar|zadzwonić|telpon|telepon|hubungi)|suruh|telpon saja|打我|(?:number|nummer|numero|número|numéro|nomor|numer|rufnummer|handynummer) (?:for|für|per|till|åt|para|pour|voor|untuk|buat|dla)/u;

/** "The carrier answers on …", "you reach the carrier on …". */
const reached =
  /reach\p{L}*|answers?|available|their (?:depot|line|number|office|hub)|erreich\p{L}*|risponde|rispondono|contattabile|raggiungibile|nås|når (?:du|ni)|svarar|atiende\p{L}*|contesta\p{L}*|localiza|joignable|joindre|répond\p{L}*|bereik\p{L}*|atende\p{L}*|disponível|odbiera\p{L}*|dostępn\p{L}*|dihubungi|telepon\p{L}* kurir\p{L}*|telp kurir\p{L}*|接听|受付|つながり/u;
/** Numbers that only firms have: free, shared-cost and premium lines of the marketplace's countries. */
const serviceNumber =
  /^(?:0800\d*|08(?:4\d|7\d|0[1-8]|1\d|2\d|9\d|8)\d{6,7}|09(?:0\d|69)\d*|03[034]\d{8}|0180\d{4,8}|0771\d{6}|0(?:570|120)\d{6}|020\d{5,6}|(?:800|801|803|804|840|848|199|892|900|901|902|707|808|760|761)\d{3,6}|400\d{7}|(?:4004|3003)\d{4}|1500\d{3}|95\d{3,6})$/;

/** Whose line it is stands in the sentence before: "The claim is made with the manufacturer; their warranty line is …". */
export const theirs = new RegExp(
  `${words('their|its|they|dessen|deren|ihre|loro|deras|hans|deren|su|leurs?|hun|sua|deles|dele|ich|jego|mereka')}|他们|对方|厂家|先方`,
  'u',
);

/** Does this sentence give the line of the carrier, or of the maker for a warranty claim? `digits` are the number's. */
export function isTheirLine(sentence: string, digits: string): boolean {
  const isPublic = publicLine.test(sentence);
  const isService = serviceNumber.test(digits);
  if (makerWord.test(sentence) && (warranty.test(sentence) || isPublic || isService)) return isPublic || !own.test(sentence);
  if (!carrierWord.test(sentence)) return false;
  if (isPublic) return true;
  if (own.test(sentence)) return false;
  if (told.test(sentence)) return isService && !/^08[1-9]/.test(digits); // Indonesian mobiles begin so too
  return isService || reached.test(sentence) || relations.some((relation) => relation.test(sentence));
}
