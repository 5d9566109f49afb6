/** Notices in Italian. */
import type { Words } from '../vocabulary.ts';

export const it: Words = {
  service: 'Servizio messaggi',
  quotes: ['«', '»'],
  tag: '[Importante]',
  comma: ', ',
  greeting: 'Buongiorno {own},',
  kinds: {
    refused: {
      state: 'Non consegnato',
      title: 'Non consegnato: {subject}',
      happened: 'il Suo messaggio a {other} non è stato consegnato perché non rispetta le regole del marketplace.',
      rest: 'Nessuna parte del messaggio è stata consegnata: {other} non ne ha visto nulla.',
      again: 'Modifichi il messaggio e lo invii di nuovo.',
    },
    redacted: {
      state: 'Consegnato con modifiche',
      title: 'Consegnato con modifiche: {subject}',
      happened:
        'il Suo messaggio a {other} è stato consegnato, ma secondo le regole del marketplace è stato necessario toglierne una parte.',
      rest: 'Il resto del messaggio è stato consegnato: non occorre inviarlo di nuovo.',
      again: 'Se ora manca qualcosa di importante, lo invii in un’altra forma.',
    },
    held: {
      state: 'Trattenuto',
      title: 'Trattenuto: {subject}',
      happened: 'il Suo messaggio a {other} non è ancora stato consegnato. Resta in attesa finché non sarà stato controllato.',
      rest: 'L’intero messaggio è al sicuro e {other} finora non ne ha visto nulla.',
      again: 'Può semplicemente attendere, oppure modificare il messaggio e inviarlo di nuovo.',
    },
  },
  labels: {
    to: 'A: ',
    subject: 'Oggetto: ',
    sent: 'Inviato: ',
    words: 'Nel Suo messaggio: ',
    file: 'Allegato: ',
    mend: 'Che cosa fare: ',
    reason: 'Motivo: ',
    trace: 'Riferimento: ',
  },
  headings: { reasons: 'Ecco il motivo:', now: 'Che cosa può fare ora:' },
  more: 'e altri {n}',
  noSubject: '(senza oggetto)',
  noFilename: '(file senza nome)',
  send: 'Risponda a questa e-mail con la sola parola SEND: il messaggio sarà consegnato senza le parti indicate sopra.',
  objection: 'Pensa che sia un errore? Risponda a questa e-mail spiegandone il motivo: una persona esaminerà il caso.',
  kept: 'Conserviamo il messaggio per {hours} ore; poi viene cancellato.',
  digest: {
    title: 'Messaggi non consegnati così come scritti, {day} ({n})',
    happened: 'a causa delle regole del marketplace, questi Suoi messaggi non sono stati consegnati così come li ha scritti.',
    objection: 'Pensa che in un caso si tratti di un errore? Risponda indicando il riferimento e il motivo: una persona esaminerà il caso.',
  },
  copied: {
    title: 'Altri oltre a {other} hanno ricevuto il Suo messaggio',
    happened: 'Il Suo messaggio a {other} indica anche altri destinatari in A o Cc. Da parte nostra lo ha ricevuto solo {other}.',
    seen: 'Gli altri lo hanno ricevuto direttamente dal Suo programma di posta. Vedono il Suo indirizzo e possono risponderLe al di fuori del marketplace.',
    mend: 'La prossima volta scriva solo all’indirizzo di {other}. Se altri devono essere informati, scriva loro un’e-mail a parte.',
  },
  stranger: {
    title: '{address} è Suo?',
    happened:
      'Da {address}, una casella che non conosciamo come Sua, è arrivata un’e-mail a Suo nome. È per {other}, che non l’ha ancora vista.',
    approve: 'Risponda APPROVE: l’e-mail viene consegnata e la casella potrà scrivere a Suo nome.',
    block: 'Risponda BLOCK: l’e-mail viene cancellata e da questa casella non si accetta nulla a Suo nome.',
    page: 'Oppure scelga su questa pagina: {page}',
    kept: 'Se non fa nulla, l’e-mail viene cancellata dopo {hours} ore.',
  },
  bounced: {
    title: 'Non consegnato: il Suo messaggio a {other}',
    happened: 'il Suo messaggio a {other} non è arrivato. Il gestore di posta dell’altra parte ce lo ha rimandato.',
    question: 'Ha una domanda al riguardo? Risponda a questa e-mail: una persona esaminerà il caso.',
    reasons: {
      unknown: {
        why: 'La casella dell’altra parte non esiste più o non accetta più posta.',
        mend: 'Per ora inviare di nuovo il messaggio non serve. Il marketplace può verificare se esiste una nuova casella.',
      },
      full: {
        why: 'La casella dell’altra parte è piena.',
        mend: 'Invii di nuovo il messaggio fra un giorno o due.',
      },
      policy: {
        why: 'Il gestore di posta dell’altra parte ha rifiutato il messaggio in base alle proprie regole, per esempio perché lo ha ritenuto spam.',
        mend: 'Lo invii di nuovo con altre parole, se possibile senza allegati né immagini.',
      },
      other: {
        why: 'Il gestore di posta dell’altra parte non ha dato un motivo che comprendiamo.',
        mend: 'Invii di nuovo il messaggio più tardi.',
      },
    },
  },
  rules: {
    'contact-email': {
      name: 'Indirizzo e-mail',
      what: 'Il messaggio contiene un indirizzo e-mail.',
      mend: 'Tolga gli indirizzi e-mail, anche quelli scritti a parole. Rispondendo ai messaggi ricevuti qui la risposta arriva comunque.',
    },
    'contact-phone': {
      name: 'Numero di telefono',
      what: 'Il messaggio contiene un numero di telefono.',
      mend: 'Tolga i numeri di telefono. È ammesso solo il numero del corriere o, per la garanzia, quello del produttore, precisando di chi è.',
    },
    'contact-handle': {
      name: 'Contatto su un altro servizio',
      what: 'Il messaggio indica un contatto su un altro servizio, come WhatsApp o Telegram, oppure chiede di continuare lì.',
      mend: 'Tolga questa parte e continui la conversazione qui. Può comunque nominare un servizio, per esempio come funzione di un prodotto.',
    },
    'external-link': {
      name: 'Link a un altro sito',
      what: 'Il messaggio contiene un link o un indirizzo web esterno al marketplace.',
      mend: 'Lo tolga, oppure inserisca il link a una pagina del marketplace. I siti approvati per seguire la spedizione sono ammessi.',
    },
    'logo-link': {
      name: 'Immagine con link',
      what: 'Un’immagine o un logo nel messaggio porta a un sito esterno al marketplace.',
      mend: 'Inserisca l’immagine senza link. Se il link viene aggiunto dal programma di posta, lo tolga dal modello.',
    },
    'tracking-pixel': {
      name: 'Contenuto caricato da internet',
      what: 'Il messaggio carica da internet un’immagine o altro contenuto che può rivelare quando viene aperto.',
      mend: 'Inserisca le immagini direttamente nel messaggio o le alleghi, e disattivi il tracciamento delle aperture nel programma di posta.',
    },
    'attachment-type': {
      name: 'Tipo di file',
      what: 'Un file è di un tipo che qui non si può inviare. Conta il contenuto, non il nome.',
      mend: 'Lo invii come PDF, Word (doc, docx), immagine (PNG, JPEG, GIF, WebP, HEIC) o testo semplice, senza password.',
    },
    'attachment-size': {
      name: 'Dimensione degli allegati',
      what: 'Gli allegati superano in tutto {size} MB.',
      mend: 'Riduca le immagini oppure distribuisca i file su più messaggi.',
    },
    marketing: {
      name: 'Pubblicità',
      what: 'Il messaggio contiene pubblicità, per esempio per uno sconto, una newsletter, altri prodotti o il Suo negozio.',
      mend: 'Tolga la pubblicità e scriva solo ciò che serve per l’ordine o per la domanda dell’acquirente.',
    },
    'review-manipulation': {
      name: 'Influenza sulle recensioni',
      what: 'Il messaggio cerca di influenzare una recensione: ne chiede una positiva, offre qualcosa in cambio, vuole farla cambiare o evitare, o la chiede un’altra volta.',
      mend: 'Può chiedere una volta per ordine una recensione sincera, positiva o negativa, senza offrire nulla in cambio e senza porre condizioni.',
    },
    'opt-out-request': {
      name: 'Invito a disiscriversi',
      what: 'Il messaggio chiede all’acquirente di disiscriversi dai messaggi o di disattivarli.',
      mend: 'Tolga questa frase, anche dal piè di pagina del Suo modello. È una scelta che spetta solo all’acquirente.',
    },
    'off-platform': {
      name: 'Affare fuori dal marketplace',
      what: 'Il messaggio parla di acquisto, pagamento o rimborso al di fuori del marketplace.',
      mend: 'Tolga questa parte. Acquisto, pagamento e rimborso passano tutti dal marketplace.',
    },
    'sensitive-info': {
      name: 'Dati riservati',
      what: 'Il messaggio fornisce o chiede dati riservati, come il numero di una carta o di un conto, un documento, una password o un codice.',
      mend: 'Tolga questi dati e non li chieda. La partita IVA e i dati aziendali su una fattura sono ammessi.',
    },
    'needless-message': {
      name: 'Messaggio non necessario',
      what: 'Il messaggio contiene solo un ringraziamento, una conferma, un avviso di articolo esaurito o un manuale che nessuno ha chiesto.',
      mend: 'Se Le serve una decisione o un’informazione dall’acquirente, la chieda in modo chiaro. Altrimenti non occorre scrivere.',
    },
    'opted-out': {
      name: 'L’acquirente non desidera messaggi',
      what: 'L’acquirente non desidera messaggi inviati su iniziativa del venditore.',
      mend: 'Può ancora rispondere ogni volta che l’acquirente Le scrive, scrivere per ordini di prodotti su misura, fatti a mano o di vino, e inviare ciò che è indispensabile per l’ordine con {tag} nell’oggetto, parentesi quadre comprese.',
    },
    'proactive-window': {
      name: 'Ordine troppo vecchio',
      what: 'L’ordine è stato completato da più di {days} giorni: trascorso questo termine il venditore non può più iniziare una conversazione.',
      mend: 'Può rispondere non appena l’acquirente Le scrive. Se è davvero importante per l’ordine, metta {tag} nell’oggetto, parentesi quadre comprese.',
    },
    'no-order': {
      name: 'Nessun ordine',
      what: 'Tra Lei e questo acquirente non c’è nessun ordine, perciò deve scrivere per primo l’acquirente.',
      mend: 'Attenda che l’acquirente Le scriva; poi potrà rispondere. Un’indicazione nell’oggetto non cambia nulla.',
    },
    identity: {
      name: 'Il Suo nome o indirizzo in un file',
      what: 'Un file fa il Suo nome: nome completo, indirizzo e-mail o sito proprio. Qui l’altra parte non li viene a sapere.',
      mend: 'Li tolga dal file, o scriva ciò che conta nell’e-mail, e la invii di nuovo.',
    },
    malware: {
      name: 'Software dannoso',
      what: 'Un file contiene software dannoso, per esempio un virus.',
      mend: 'Controlli il dispositivo con un antivirus e invii di nuovo il file da una fonte sicura.',
    },
    other: {
      name: 'Regola del marketplace',
      what: 'Una parte del messaggio è contraria a una regola del marketplace.',
      mend: 'Modifichi questa parte. Se non è chiaro di che cosa si tratta, risponda a questa e-mail e chieda.',
    },
  },
};
