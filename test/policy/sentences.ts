/** Sentences of our own, by rule and language: each of `breaks` breaks the rule, none of `passes` does. Not taken from the labelled cases. */

interface Sentences {
  readonly breaks: readonly string[];
  readonly passes: readonly string[];
}

export const sentences: Readonly<Record<string, Readonly<Record<string, Sentences>>>> = {
  'contact-email': {
    en: {
      breaks: [
        'Just email me at oakbench.hanna@gmail.com and I will send the plan.',
        'You can write to sales [at] tinroofs [dot] net any time.',
        'My address is peter underscore kay at yahoo dot co dot uk',
        'k i m . l e e @ o u t l o o k . c o m',
        'Reach us under info(@)lampbarn(.)com please',
        'it is joe.fern AT icloud DOT com',
        'mail: ｓａｍ＠ｈｅｙ．ｃｏｍ',
        'send it to bob@\u200bwoodshop.example',
        'write to marta{at}bloomhill{dot}org',
        'my email? tessa_wills at gmail',
      ],
      passes: [
        'We sold 3 @ 12.50 last week, so 4 @ 12.00 is fine.',
        'The lens was tested @ 85mm and f/1.8.',
        'Look at the dot in the middle of the board.',
        'We are at home on Friday, please deliver then.',
        'Your confirmation came from noreply@market.example yesterday.',
        'I bought it at market.example last year.',
        'The meeting point is at the gate.',
        'Set the dial at 4. It clicks.',
        'Please reply at your earliest convenience. No rush.',
      ],
    },
    de: {
      breaks: [
        'Schreiben Sie mir an werkstatt.huber@gmx.at, dann geht es schneller.',
        'Meine Adresse: moni punkt sauer ät web punkt de',
        'info Klammeraffe holzkiste Punkt com',
        'kontakt (at) feinblech (punkt) de',
        'lisa minus mei at posteo punkt net, bitte dort melden',
      ],
      passes: [
        'Punkt 3 der Anleitung beschreibt das.',
        'Der Motor läuft @ 3000 U/min.',
        'Bitte um Antwort bis Freitag. Es eilt nicht.',
        'Die Lieferung kommt am 12.3. an.Bitte halten Sie das Tor frei.',
      ],
    },
    it: {
      breaks: [
        'Mi scriva a bottega.rossi@libero.it per il preventivo.',
        'indirizzo: franca chiocciola tiscali punto it',
        'lucia (chiocciola) gmail (punto) com',
      ],
      passes: ['A questo punto il pacco è in viaggio.', 'Il punto di ritiro è a Roma.', '3 pezzi @ 5,90 vanno bene.'],
    },
    sv: {
      breaks: [
        'Mejla mig på garnboden@telia.com så löser vi det.',
        'stina snabel-a hotmail punkt com',
        'skriv till kalle (at) bruket (punkt) se',
      ],
      passes: ['På den punkten har du rätt.', 'Vi säljer 2 @ 45 kr.', 'Paketet kom fram.Tack för hjälpen.'],
    },
    zh: {
      breaks: [
        '请发邮件到 liming2020@163.com 谢谢',
        '邮箱：wangfang 艾特 126 点 com',
        '我的邮箱是zhao_y＠ｑｑ．ｃｏｍ',
        'chenxi 圈a foxmail 点 com',
      ],
      passes: ['第3点说明里有写。', '明天下午3点发货。', '规格是 5V@2A 的充电器。'],
    },
    id: {
      breaks: [
        'Kirim desainnya ke batik.solo@yahoo.co.id ya kak',
        'email saya rina et gmail titik com',
        'alamatnya toko_kain [at] outlook [titik] com',
      ],
      passes: ['Titik jahitnya ada di sebelah kiri.', 'Harga 3 @ 25.000 kak.', 'Nanti saya kirim.Tunggu ya.'],
    },
    es: {
      breaks: [
        'Escríbame a taller.luna@hotmail.es y le paso el plano.',
        'mi correo: pablo arroba yahoo punto es',
        'ventas (arroba) maderas (punto) com',
      ],
      passes: ['El punto de recogida está en Bilbao.', 'Son 4 @ 3,20 €.', 'Hasta ese punto todo bien.'],
    },
    fr: {
      breaks: [
        'Écrivez-moi à atelier.brun@wanadoo.fr pour le devis.',
        'mon adresse : julie arobase laposte point net',
        'contact (arobase) cuirs (point) fr',
      ],
      passes: ['Le point de vente est fermé lundi.', 'À ce point de la couture, repliez le tissu.', '2 @ 14,50 € pièce.'],
    },
    ja: {
      breaks: ['yamada.kagu@docomo.ne.jp までご連絡ください。', 'sato アットマーク yahoo ドット co ドット jp にお願いします'],
      passes: ['ポイントは3点あります。', '明日の15時に発送します。'],
    },
    nl: {
      breaks: ['Mail me op atelier.bos@ziggo.nl, dat is sneller.', 'info apenstaartje houtwerk punt nl'],
      passes: ['Op dat punt is de lak beschadigd.', 'Het punt is dat hij te groot is.'],
    },
    pt: {
      breaks: ['Escreva para loja.mar@sapo.pt, por favor.', 'meu e-mail: carla arroba gmail ponto com'],
      passes: ['O ponto de recolha fica no Porto.', 'Nesse ponto estamos de acordo.'],
    },
    pl: {
      breaks: ['Proszę pisać na warsztat@onet.pl', 'ania małpa wp kropka pl'],
      passes: ['W tym punkcie jest rysa.', 'Punkt odbioru jest w Krakowie.'],
    },
  },
  'contact-phone': {
    en: {
      breaks: [
        'Give me a ring on 07911 123 456 tonight.',
        'text 917-555-0134 when you are there',
        'My number is 0161 496 0743, any time after six.',
        'zero seven nine double one, one two three, four five six',
        'Phone: +1 415 555 0199',
        'call ⓪⑦⑨①① ①②③ ④⑤⑥',
        'my cell is six one seven five five five oh one four two',
        'O7911 l23 456 is best',
        'The driver can reach me on 07911 123456.',
        'tel:+442079460018',
      ],
      passes: [
        'Your order 205-7719032-1182931 has left the depot.',
        'Tracking number JD0002233445566778 was scanned at 14:05.',
        'Replace filter part no. 030 115 561 AN with the newer one.',
        'It measures 120 x 80 x 45 cm and weighs 12.5 kg.',
        'If the parcel is late, call the carrier on 0345 600 1234.',
        'The serial number is 4471 0098 2231.',
        'The total is 1,249.00 plus 19.90 shipping.',
        'Invoice 2025-000481 dated 2025-03-11.',
        'For a warranty claim the manufacturer can be reached on its hotline 0800 111 2222.',
        'EAN 4006381333931 is on the box.',
        'It was made between 1998 and 2004, about 350 000 pieces.',
        'IMEI 356938035643809 matches.',
        'Router address is 192.168.178.1, default code 0000.',
      ],
    },
    de: {
      breaks: [
        'Rufen Sie mich an: 0151 23456789',
        'Bin unter 030 / 901820 erreichbar.',
        'Handy null eins fünf eins, zwei drei vier, fünf sechs sieben acht',
        'Meine Nummer für den Fahrer: 0170-5551234',
        'Tel.: +43 664 1234567',
        '0049 89 1234567 ab 18 Uhr',
      ],
      passes: [
        'Bestellnummer 4711-0815-2290 ist unterwegs.',
        'Die Sendungsnummer lautet 00340434161094042557.',
        'Art.-Nr. 100 234 567 passt auch.',
        'Die Hotline des Paketdienstes ist 01806 123456.',
        'Das Regal ist 1.980 x 800 x 400 mm groß.',
        'Ersatzteil 0 281 002 315 von Bosch.',
        'Rechnung vom 03.02.2025 über 1.119,00 €.',
        'Sie erreichen mich bis 17 Uhr hier im Chat.',
        'PLZ 80331 München, Haus 12, 3. Stock.',
      ],
    },
    it: {
      breaks: [
        'Mi chiami al 333 1234567 dopo le 18.',
        'tel. 06 5551 2345',
        'il mio numero è tre tre otto, uno due tre, quattro cinque sei sette',
        'cell +39 347 1234567',
      ],
      passes: [
        'Ordine 118-4421907-3319022 spedito oggi.',
        'Codice articolo 800 123 456.',
        'Il servizio clienti del corriere risponde allo 02 12345678.',
        'Misura 120 x 60 x 75 cm.',
        'P.IVA 01234567890',
      ],
    },
    sv: {
      breaks: [
        'Ring mig på 073-123 45 67 ikväll.',
        'mobil noll sju tre, ett två tre, fyra fem, sex sju',
        'Nås på 08-123 456 78',
        'sms:a 0701234567',
      ],
      passes: [
        'Ordernummer 5566-778899 är skickat.',
        'Kollinummer 373325380012345678.',
        'Fraktbolagets kundtjänst nås på 0771-33 33 10.',
        'Skåpet är 180 x 90 x 40 cm.',
        'Reservdel 30 731 268 passar.',
        'Priset är 12 450 kr inklusive frakt.',
      ],
    },
    zh: {
      breaks: [
        '有事打我电话 13812345678',
        '手机一三九零零一二三四五六七',
        '请拨 021-6234 5678 找我',
        '电话：１３７ １２３４ ５６７８',
        '联系我 ❶❸❽ 0013 8000',
      ],
      passes: [
        '订单号 2025031188120045 已发货。',
        '运单号 YT7712345678901。',
        '型号 6204 的轴承，编号 13812345678。',
        '顺丰客服电话 95338。',
        '尺寸 120×60×75厘米，共12件。',
        '价格1280元，含税。',
      ],
    },
    id: {
      breaks: [
        'Telpon saya di 0812-3456-7890 ya',
        'nomor saya nol delapan satu dua tiga empat lima enam tujuh delapan',
        'hub 0856 1234 5678',
        'no hp +62 813 9876 5432',
      ],
      passes: [
        'No resi JP1234567890 sudah dikirim kak.',
        'Kode barang 8991234567890.',
        'Harga Rp 1.250.000 sudah ongkir.',
        'Ukuran 120 x 60 cm, berat 3,5 kg.',
        'CS ekspedisi bisa dihubungi di hotline 1500 123 kak.',
      ],
    },
    es: {
      breaks: [
        'Llámeme al 612 345 678 por la tarde.',
        'mi móvil es seis uno dos, tres cuatro cinco, seis siete ocho',
        'Tel. 93 123 45 67',
        '+34 655 12 34 56',
      ],
      passes: [
        'Pedido 402-1123345-7789012 enviado.',
        'Referencia 600 123 456.',
        'El teléfono de la empresa de transporte es 902 123 456.',
        'Mide 120 x 60 x 75 cm y pesa 23,5 kg.',
      ],
    },
    fr: {
      breaks: [
        'Appelez-moi au 06 12 34 56 78.',
        'mon portable : zéro six, douze, trente-quatre, cinquante-six, soixante-dix-huit',
        'Tél. 01.42.68.53.00',
        'joignable au +33 6 12 34 56 78',
      ],
      passes: [
        'Commande 403-1928374-5566778 expédiée.',
        'Référence 123 456 789.',
        'Le service client du transporteur est au 09 69 39 99 99.',
        'Il mesure 120 x 60 x 75 cm.',
      ],
    },
    ja: {
      breaks: ['お電話は 090-1234-5678 までお願いします。', '携帯は〇八〇一二三四五六七八です', '03-1234-5678 にかけてください'],
      passes: ['ご注文番号 503-1234567-8901234 を発送しました。', 'お問い合わせ番号は 4412-3456-7890 です。', 'サイズは120×60×75cmです。'],
    },
    nl: {
      breaks: ['Bel me op 06-12345678.', 'mijn nummer is nul zes een twee drie vier vijf zes zeven acht', 'Tel. 020-1234567'],
      passes: [
        'Bestelnummer 1234567890 is verzonden.',
        'Track en trace 3SABCD012345678.',
        'De klantenservice van de vervoerder is 088-2255555.',
        'Onderdeel 068 115 561 past.',
      ],
    },
    pt: {
      breaks: ['Ligue para 912 345 678.', 'meu número é nove um dois, três quatro cinco, seis sete oito', 'WhatsApp +351 912 345 678'],
      passes: ['Pedido 112-3456789-0123456 enviado.', 'Mede 120 x 60 cm.', 'Nota fiscal 000123456.'],
    },
    pl: {
      breaks: [
        'Proszę dzwonić pod 601 234 567.',
        'mój numer to sześć zero jeden dwa trzy cztery pięć sześć siedem',
        'tel. +48 601 234 567',
      ],
      passes: ['Zamówienie 2025/03/1188 wysłane.', 'Numer przesyłki 00259007731234567890.', 'Wymiary 120 x 60 x 75 cm.'],
    },
  },
  'contact-handle': {
    en: {
      breaks: [
        'Message me on Telegram, I reply faster there.',
        'My insta is oak.and.ash',
        'Find us on Facebook and drop a line there',
        'wechat id: lily_tea2020',
        'snap: joey_w99',
        'can we switch to whatsapp?',
        'DM @brasslamps for the custom sizes',
        "let's take this to Signal, ok?",
        'Do you have WhatsApp?',
        'Add me on Skype, search for live:maria.c',
        'https://t.me/lamp_guy',
        'hmu on discord: woodworker#1234',
      ],
      passes: [
        'The watch shows WhatsApp and Messenger notifications.',
        'The messenger bag has two pockets.',
        'Sorry, I do not use WhatsApp, please keep writing here.',
        'My brother sent me the picture on WhatsApp.',
        'The phone case has an Instagram logo on it.',
        'It comes with a line of stitching and a signal cable.',
        'The zoom lens is included.',
        'I saw this lamp on Facebook last year.',
        'Draw a line across the board and send me a photo here.',
      ],
    },
    de: {
      breaks: [
        'Schreib mir auf WhatsApp, da bin ich schneller.',
        'Meld dich bei Insta: holz.liebe_88',
        'Können wir über Telegram weitermachen?',
        'Haben Sie WhatsApp?',
        'Sie finden mich bei Facebook unter Töpferei Lind, schreiben Sie mir da.',
        'Adde mich auf Snapchat',
      ],
      passes: [
        'Die Uhr zeigt Nachrichten von WhatsApp an.',
        'WhatsApp nutze ich leider nicht, bitte hier schreiben.',
        'Meine Schwester hat mir das Bild per WhatsApp geschickt.',
        'Die Messenger-Tasche ist aus Leder.',
        'Der Fernseher hat YouTube und Skype vorinstalliert.',
      ],
    },
    it: {
      breaks: [
        'Mi scriva su WhatsApp che facciamo prima.',
        'Il mio Instagram è ceramiche_blu',
        'Continuiamo su Telegram?',
        'hai whatsapp?',
        'cercami su Facebook: Bottega Neri',
      ],
      passes: [
        'Lo smartwatch mostra le notifiche di WhatsApp.',
        'Non uso WhatsApp, scriva pure qui.',
        'Mia sorella ha visto la foto su Instagram.',
      ],
    },
    sv: {
      breaks: [
        'Skriv till mig på WhatsApp i stället.',
        'Vi finns på Insta som garnhuset_se, skicka ett DM',
        'Kan vi ta det på Signal?',
        'Har du Messenger?',
      ],
      passes: [
        'Klockan visar aviseringar från WhatsApp.',
        'Jag använder inte WhatsApp, skriv här.',
        'Min syster skickade bilden på Messenger.',
      ],
    },
    zh: {
      breaks: ['加我微信聊', '方便加个V吗', '我的QQ是 8812345', '威信：tea_master66', '可以去绿泡泡说吗，加我', '抖音搜 阿明木作，私信我'],
      passes: ['手表可以显示微信消息通知。', '我们不用微信，请在这里留言。', '贴纸上有微信的图标。'],
    },
    id: {
      breaks: [
        'Chat saya di WA aja kak',
        'follow ig kami @kayu.jati',
        'lanjut ke telegram ya kak',
        'ada WA gak kak?',
        'japri aja ya',
        'add line: tokokain88',
      ],
      passes: [
        'Jam ini bisa menampilkan notifikasi WhatsApp.',
        'Maaf kak, kami tidak melayani lewat WA.',
        'Fotonya dikirim oleh kakak saya di WhatsApp.',
      ],
    },
    es: {
      breaks: [
        'Escríbeme por WhatsApp y te lo explico.',
        'Búscame en Instagram como ceramica_sol',
        '¿Tienes Telegram?',
        'Hablemos por Messenger mejor',
      ],
      passes: [
        'El reloj muestra notificaciones de WhatsApp.',
        'No uso WhatsApp, escriba por aquí.',
        'Mi hermana me mandó la foto por WhatsApp.',
      ],
    },
    fr: {
      breaks: [
        'Écrivez-moi sur WhatsApp, ce sera plus simple.',
        'Mon Insta : atelier_lune',
        'Vous avez Telegram ?',
        'Retrouvez-moi sur Messenger',
      ],
      passes: [
        'La montre affiche les notifications WhatsApp.',
        "Je n'utilise pas WhatsApp, écrivez ici.",
        "Ma sœur m'a envoyé la photo sur WhatsApp.",
      ],
    },
    ja: {
      breaks: ['LINEで連絡してもいいですか。', 'インスタのアカウントは kiri_kagu です', 'カカオのIDを教えてください'],
      passes: ['この時計はLINEの通知が表示されます。', 'LINEはやっていませんので、こちらにお願いします。'],
    },
    nl: {
      breaks: ['Stuur me een bericht op WhatsApp.', 'Mijn Instagram is hout_en_zo', 'Heb je Telegram?', 'App me maar even'],
      passes: [
        'Het horloge toont meldingen van WhatsApp.',
        'Ik gebruik geen WhatsApp, schrijf gerust hier.',
        'Mijn broer stuurde de foto via WhatsApp.',
      ],
    },
    pt: {
      breaks: ['Me chama no WhatsApp que é mais rápido.', 'Meu Instagram é arte_barro', 'Você tem Telegram?'],
      passes: ['O relógio mostra notificações do WhatsApp.', 'Não uso WhatsApp, escreva por aqui.'],
    },
    pl: {
      breaks: ['Napisz do mnie na WhatsApp.', 'Mój Instagram to glina_i_len', 'Masz Telegram?'],
      passes: ['Zegarek pokazuje powiadomienia z WhatsApp.', 'Nie używam WhatsApp, proszę pisać tutaj.'],
    },
  },
  'external-link': {
    en: {
      breaks: [
        'The manual is at https://files.lampbarn.net/manual.pdf',
        'See lampbarn.co.uk for the other colours',
        'go to lampbarn (dot) com',
        'hxxps://lampbarn[.]com/x',
        'www . lampbarn . com',
        'h t t p s://lampbarn.shop',
        'video: youtu.be/abc123XYZ',
        'https://market.example.evil-site.com/pay',
        'http://8.8.8.8/firmware',
        'https://market.example:pass@other-host.org/x',
        'www.lampbarn.com',
        'You can download it from drive.google.com/file/d/1aB2c',
        'https://carrier.example/track/123',
        'It is on our page, lampbarn dot co dot uk',
      ],
      passes: [
        'Track it here: https://track.carrier.example/gb/JD00123',
        'https://www.market.example/item/4411?ref=mail',
        'The file is called setup_v1.2.zip, next to readme.md.',
        'It arrived today.Thanks a lot.It fits.',
        'Version 2.4.1 needs at least 8.0.',
        'Type 192.168.0.1 into the browser.',
        'e.g. the blue one, i.e. no. 4, approx. 3.5 cm',
        'Register at warranty.maker.example within a year.',
        'Pages 3.4 and 5.6 of the guide explain it.',
        'The photo IMG_2291.jpg shows the scratch.',
        'Mr.Brown signed for it at 10.15.',
        'https://eur02.safelinks.protection.outlook.com/?url=https%3A%2F%2Fwww.market.example%2Forder%2F1&data=05',
      ],
    },
    de: {
      breaks: [
        'Mehr dazu auf holzkiste-shop.de',
        'Anleitung: https://www.feinblech.at/dl/a.pdf',
        'holzkiste Punkt de',
        'www.küchen-müller.de',
        'unter tinyurl.com/abc12',
      ],
      passes: [
        'Die Ware ist da.Es fehlt nichts.',
        'z.B. die rote, ca. 3.5 m, inkl. Schrauben',
        'Datei: Rechnung_2025.03.pdf',
        'Bitte Punkt 4 am Gerät beachten.',
        'Sendung: https://track.carrier.example/de/1234',
        'Am 3.4. um 10.30 Uhr.In der Regel passt das.',
      ],
    },
    it: {
      breaks: ['Trova tutto su ceramicheblu.it', 'https://www.lampadebelle.com/istruzioni', 'ceramicheblu punto com', 'bit.ly/3aBcD'],
      passes: [
        'Il pacco è partito.La ringrazio.',
        'Il punto it è chiaro.',
        'Il file si chiama scheda.v2.pdf',
        'Consegna il 3.4. o il 5.4.',
      ],
    },
    sv: {
      breaks: ['Titta på garnhuset.se', 'https://www.lampor.nu/manual', 'garnhuset punkt se'],
      passes: ['Tack för beställningen.Vi packar idag.', 'Filen heter bild_3.jpg.', 'Se bild 3.Den visar hur.'],
    },
    zh: {
      breaks: ['请看 www.mubai-jiaju.cn 上的说明', '网址是mubai点com', 'https://pan.baidu.com/s/1xYz', '淘宝店 mubai.taobao.com'],
      passes: ['物流查询 https://track.carrier.example/cn/88', '版本是V2.3.1。', '说明书.pdf已附上。'],
    },
    id: {
      breaks: ['Cek di tokokain.co.id ya kak', 'https://s.id/abcde', 'linknya kayujati titik com'],
      passes: ['Barang sudah dikirim.Ditunggu ya kak.', 'Ukurannya 3.5 cm x 2.id nya no 4', 'File desain_v2.png sudah saya terima.'],
    },
    es: {
      breaks: ['Lo tiene en maderasluna.es', 'https://www.lamparas.com/manual', 'maderasluna punto com'],
      passes: ['Ya salió.Mañana llega.', 'El archivo es plano_v2.pdf.', 'A las 10.30 h en el punto es mejor.'],
    },
    fr: {
      breaks: ['Voir sur cuirs-brun.fr', 'https://www.lampes.com/notice', 'cuirsbrun point fr'],
      passes: ['Le colis est parti.Il arrive demain.', 'Le fichier notice_v2.pdf est joint.', 'Au point de collecte.'],
    },
    ja: {
      breaks: ['https://kiri-kagu.jp/manual をご覧ください', 'サイトはkirikagu.comです'],
      passes: ['追跡は https://track.carrier.example/jp/1 です。', 'ファイル名は photo1.jpg です。'],
    },
    nl: {
      breaks: ['Kijk op houtenzo.nl', 'https://www.lampen.nl/handleiding', 'houtenzo punt nl'],
      passes: ['Het pakket is er.Dank je wel.', 'Het bestand heet foto_2.jpg.'],
    },
    pt: {
      breaks: ['Veja em artebarro.com.br', 'https://www.lojamar.pt/manual'],
      passes: ['Chegou hoje.Obrigado.', 'Ficheiro manual_v2.pdf.'],
    },
    pl: {
      breaks: ['Zobacz na glinailen.pl', 'https://www.lampy.pl/instrukcja'],
      passes: ['Paczka dotarła.Dziękuję.', 'Plik zdjecie_2.jpg.'],
    },
  },
};
