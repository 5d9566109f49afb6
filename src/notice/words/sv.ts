/** Notices in Swedish. */
import type { Words } from '../vocabulary.ts';

export const sv: Words = {
  service: 'Meddelandetjänsten',
  quotes: ['”', '”'],
  tag: '[Viktigt]',
  comma: ', ',
  greeting: 'Hej {own},',
  kinds: {
    refused: {
      state: 'Inte levererat',
      title: 'Inte levererat: {subject}',
      happened: 'Ditt meddelande till {other} har inte levererats, eftersom det inte följer marknadsplatsens regler.',
      rest: 'Ingen del av meddelandet har levererats, så {other} har inte sett något av det.',
      again: 'Ändra meddelandet och skicka det igen.',
    },
    redacted: {
      state: 'Levererat med ändringar',
      title: 'Levererat med ändringar: {subject}',
      happened: 'Ditt meddelande till {other} har levererats, men enligt marknadsplatsens regler behövde något tas bort.',
      rest: 'Resten av meddelandet har levererats, så du behöver inte skicka det igen.',
      again: 'Om något viktigt saknas nu kan du skicka det i en annan form.',
    },
    held: {
      state: 'Väntar på granskning',
      title: 'Väntar på granskning: {subject}',
      happened: 'Ditt meddelande till {other} har inte levererats än. Det väntar tills det har granskats.',
      rest: 'Hela meddelandet är sparat, och {other} har inte sett något av det hittills.',
      again: 'Du kan bara vänta, eller ändra meddelandet och skicka det igen.',
    },
  },
  labels: {
    to: 'Till: ',
    subject: 'Ämne: ',
    sent: 'Skickat: ',
    words: 'I ditt meddelande: ',
    file: 'Bilaga: ',
    mend: 'Gör så här: ',
    reason: 'Orsak: ',
    trace: 'Referens: ',
  },
  headings: { reasons: 'Det här är orsaken:', now: 'Det här kan du göra nu:' },
  more: 'och {n} till',
  noSubject: '(inget ämne)',
  noFilename: '(inget filnamn)',
  send: 'Svara på det här mejlet med bara ordet SEND, så levereras meddelandet utan det som visas ovan.',
  objection: 'Tror du att det har blivit fel? Svara på det här mejlet och berätta varför, så tittar en handläggare på det.',
  kept: 'Vi sparar meddelandet i {hours} timmar; därefter raderas det.',
  digest: {
    title: 'Meddelanden som inte levererats som du skrev dem, {day} ({n})',
    happened: 'De här meddelandena från dig har på grund av marknadsplatsens regler inte levererats så som du skrev dem.',
    objection: 'Tror du att något av det har blivit fel? Svara med referensen och berätta varför, så tittar en handläggare på det.',
  },
  copied: {
    title: 'Fler än {other} fick ditt meddelande',
    happened: 'Ditt meddelande till {other} anger även andra mottagare i Till eller Kopia. Från oss fick bara {other} det.',
    seen: 'De andra fick det direkt från ditt eget e-postprogram. De ser din egen adress och kan svara dig vid sidan av marknadsplatsen.',
    mend: 'Skriv nästa gång bara till adressen för {other}. Om andra behöver veta något, skriv till dem i ett eget mejl.',
  },
  stranger: {
    title: 'Är {address} din?',
    happened:
      'Ett mejl i ditt namn kom från {address}, en brevlåda som vi inte känner som din. Det är till {other}, som inte har sett det.',
    approve: 'Svara APPROVE: mejlet levereras, och brevlådan får skriva i ditt namn i fortsättningen.',
    block: 'Svara BLOCK: mejlet raderas, och inget från den brevlådan tas emot i ditt namn.',
    page: 'Eller välj på den här sidan: {page}',
    kept: 'Om du inte gör något raderas mejlet efter {hours} timmar.',
  },
  bounced: {
    title: 'Inte levererat: ditt meddelande till {other}',
    happened: 'Ditt meddelande till {other} kom inte fram. Motpartens e-postleverantör skickade tillbaka det till oss.',
    question: 'Har du en fråga om det här? Svara på det här mejlet, så tittar en handläggare på det.',
    reasons: {
      unknown: {
        why: 'Motpartens brevlåda finns inte längre, eller tar inte emot mer post.',
        mend: 'Just nu hjälper det inte att skicka meddelandet igen. Marknadsplatsen kan ta reda på om det finns en ny brevlåda.',
      },
      full: {
        why: 'Motpartens brevlåda är full.',
        mend: 'Skicka meddelandet igen om en dag eller två.',
      },
      policy: {
        why: 'Motpartens e-postleverantör avvisade meddelandet enligt sina egna regler, till exempel för att det togs för skräppost.',
        mend: 'Skicka det igen med andra ord, helst utan bilagor och bilder.',
      },
      other: {
        why: 'Motpartens e-postleverantör angav ingen orsak som vi förstår.',
        mend: 'Skicka meddelandet igen senare.',
      },
    },
  },
  rules: {
    'contact-email': {
      name: 'E-postadress',
      what: 'Meddelandet innehåller en e-postadress.',
      mend: 'Ta bort e-postadresser, även sådana som är utskrivna i ord. Svar på meddelandena här kommer alltid fram utan dem.',
    },
    'contact-phone': {
      name: 'Telefonnummer',
      what: 'Meddelandet innehåller ett telefonnummer.',
      mend: 'Ta bort telefonnummer. Bara fraktbolagets kundtjänst, eller tillverkarens vid ett garantiärende, får anges; skriv vems numret är.',
    },
    'contact-handle': {
      name: 'Kontakt på en annan tjänst',
      what: 'Meddelandet anger en kontakt på en annan tjänst, till exempel WhatsApp eller Telegram, eller ber om att fortsätta där.',
      mend: 'Ta bort det och fortsätt samtalet här. Du får gärna nämna en sådan tjänst, till exempel som en funktion hos en produkt.',
    },
    'external-link': {
      name: 'Länk till en annan webbplats',
      what: 'Meddelandet innehåller en länk eller webbadress som leder bort från marknadsplatsen.',
      mend: 'Ta bort den eller länka till en sida på marknadsplatsen i stället. Paketspårning på webbplatser som marknadsplatsen har godkänt går bra.',
    },
    'logo-link': {
      name: 'Bild med länk',
      what: 'En bild eller logotyp i meddelandet länkar till en webbplats utanför marknadsplatsen.',
      mend: 'Infoga bilden utan länk. Om ditt e-postprogram lägger till länken själv, ta bort den ur mallen.',
    },
    'tracking-pixel': {
      name: 'Innehåll som hämtas från internet',
      what: 'Meddelandet hämtar en bild eller annat innehåll från internet, vilket kan avslöja när det öppnas.',
      mend: 'Infoga bilderna direkt eller bifoga dem, och stäng av spårning av öppningar i ditt e-postprogram.',
    },
    'attachment-type': {
      name: 'Filtyp',
      what: 'En fil är av en typ som inte kan skickas här. Det är innehållet som räknas, inte namnet.',
      mend: 'Skicka den som PDF, Word (doc, docx), bild (PNG, JPEG, GIF, WebP, HEIC) eller ren text, utan lösenord.',
    },
    'attachment-size': {
      name: 'Bilagornas storlek',
      what: 'Bilagorna är tillsammans större än {size} MB.',
      mend: 'Gör bilderna mindre eller dela upp filerna på flera meddelanden.',
    },
    marketing: {
      name: 'Reklam',
      what: 'Meddelandet innehåller reklam, till exempel för en rabatt, ett nyhetsbrev, andra produkter eller din butik.',
      mend: 'Ta bort reklamen och skriv bara det som beställningen eller köparens fråga kräver.',
    },
    'review-manipulation': {
      name: 'Påverkan på omdömen',
      what: 'Meddelandet försöker påverka ett omdöme: det ber om ett bra, erbjuder något för det, vill få ett ändrat eller stoppat eller ber om det en gång till.',
      mend: 'Du får en gång per beställning be om ett ärligt omdöme, bra eller dåligt, utan att erbjuda något och utan villkor.',
    },
    'opt-out-request': {
      name: 'Uppmaning att avregistrera sig',
      what: 'Meddelandet ber köparen att avregistrera sig från meddelanden eller stänga av dem.',
      mend: 'Ta bort den meningen, även om den står i sidfoten i din mall. Det bestämmer köparen själv.',
    },
    'off-platform': {
      name: 'Affär utanför marknadsplatsen',
      what: 'Meddelandet handlar om köp, betalning eller återbetalning utanför marknadsplatsen.',
      mend: 'Ta bort det. Köp, betalning och återbetalning sker alltid via marknadsplatsen.',
    },
    'sensitive-info': {
      name: 'Känsliga uppgifter',
      what: 'Meddelandet anger eller ber om känsliga uppgifter, till exempel kort- eller kontonummer, id-handling, lösenord eller kod.',
      mend: 'Ta bort uppgifterna och be inte om dem. Organisations- och momsnummer på en faktura går bra.',
    },
    'needless-message': {
      name: 'Onödigt meddelande',
      what: 'Meddelandet tackar bara, bekräftar något, meddelar att en vara är slut eller skickar en bruksanvisning som ingen har bett om.',
      mend: 'Om du behöver ett beslut eller en uppgift från köparen, fråga tydligt efter det. Annars behöver du inte skriva.',
    },
    'opted-out': {
      name: 'Köparen vill inte ha meddelanden',
      what: 'Köparen vill inte ha meddelanden där säljaren tar den första kontakten.',
      mend: 'Du får fortfarande svara när köparen skriver till dig, skriva om beställningar av måttillverkade eller handgjorda varor och vin, och skicka det som beställningen absolut kräver, med {tag} i ämnesraden, inklusive hakparenteserna.',
    },
    'proactive-window': {
      name: 'Beställningen är för gammal',
      what: 'Beställningen slutfördes för mer än {days} dagar sedan, och därefter får säljaren inte längre ta den första kontakten.',
      mend: 'Du får svara så snart köparen skriver till dig. Om det verkligen är viktigt för beställningen, skriv {tag} i ämnesraden, inklusive hakparenteserna.',
    },
    'no-order': {
      name: 'Ingen beställning',
      what: 'Det finns ingen beställning mellan dig och den här köparen, så köparen måste skriva först.',
      mend: 'Vänta tills köparen skriver till dig; då får du svara. En märkning i ämnesraden ändrar inte på det.',
    },
    identity: {
      name: 'Ditt namn eller din adress i en fil',
      what: 'En fil nämner dig: ditt hela namn, din e-postadress eller din egen webbadress. Den andra sidan får inte veta dem här.',
      mend: 'Ta bort dem ur filen, eller skriv det viktiga i mejlet, och skicka det igen.',
    },
    malware: {
      name: 'Skadlig programvara',
      what: 'En fil innehåller skadlig programvara, till exempel ett virus.',
      mend: 'Kontrollera din enhet med ett antivirusprogram och skicka filen på nytt från en ren källa.',
    },
    other: {
      name: 'Marknadsplatsens regler',
      what: 'En del av meddelandet strider mot en av marknadsplatsens regler.',
      mend: 'Ändra den delen. Om det är oklart vad som menas, svara på det här mejlet och fråga.',
    },
  },
};
