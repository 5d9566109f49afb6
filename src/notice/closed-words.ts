/** What is said, in all languages, of a message that its recipient does not take now. */
import type { Language } from '../model/route.ts';

/** `{other}` may stand in each. */
export interface ClosedWords {
  readonly away: Saying & {
    /** One line, with `{date}`. */
    readonly until: string;
    /** Stands above what the marketplace says of it. */
    readonly note: string;
  };
  readonly disabled: Saying;
  /** The author is a seller who takes no messages. */
  readonly answersOnly: Saying;
  /** Nothing in it says that a person wants it so. */
  readonly undeliverable: Saying;
  /** Where else to turn. */
  readonly elsewhere: string;
  /** With `{tag}`. */
  readonly critical: string;
}

interface Saying {
  readonly title: string;
  readonly happened: string;
  readonly mend: string;
}

const en: ClosedWords = {
  away: {
    title: '{other} is away',
    happened: 'Your message to {other} was not delivered: {other} is away and takes no new inquiries for now.',
    mend: 'Send your message again when {other} is back.',
    until: 'Away until: {date}',
    note: 'A note about this:',
  },
  disabled: {
    title: '{other} takes no messages',
    happened: 'Your message to {other} was not delivered: {other} takes no messages by mail.',
    mend: 'You can write as soon as you have an order with {other}, or {other} has written to you.',
  },
  answersOnly: {
    title: 'Not delivered: messages are turned off',
    happened: 'Your message to {other} was not delivered: you have turned messages off, so for now you can only answer.',
    mend: 'Turn messages on at the marketplace, and send it again.',
  },
  undeliverable: {
    title: 'Not delivered: your message to {other}',
    happened: 'Your message to {other} cannot be delivered.',
    mend: 'Sending it again does not help.',
  },
  elsewhere: 'If it cannot wait, turn to the marketplace.',
  critical: 'If a current order cannot do without it, put {tag} in the subject, brackets included.',
};

const de: ClosedWords = {
  away: {
    title: '{other} ist abwesend',
    happened: 'Ihre Nachricht an {other} wurde nicht zugestellt: {other} ist abwesend und nimmt zurzeit keine neuen Anfragen an.',
    mend: 'Senden Sie Ihre Nachricht noch einmal, wenn {other} zurück ist.',
    until: 'Abwesend bis: {date}',
    note: 'Ein Hinweis dazu:',
  },
  disabled: {
    title: '{other} nimmt keine Nachrichten an',
    happened: 'Ihre Nachricht an {other} wurde nicht zugestellt: {other} nimmt keine Nachrichten per E-Mail an.',
    mend: 'Sie können schreiben, sobald Sie eine Bestellung bei {other} haben oder {other} Ihnen geschrieben hat.',
  },
  answersOnly: {
    title: 'Nicht zugestellt: Nachrichten sind ausgeschaltet',
    happened:
      'Ihre Nachricht an {other} wurde nicht zugestellt: Sie haben Nachrichten ausgeschaltet und können deshalb zurzeit nur antworten.',
    mend: 'Schalten Sie Nachrichten beim Marktplatz ein und senden Sie sie noch einmal.',
  },
  undeliverable: {
    title: 'Nicht zugestellt: Ihre Nachricht an {other}',
    happened: 'Ihre Nachricht an {other} kann nicht zugestellt werden.',
    mend: 'Es hilft nicht, sie noch einmal zu senden.',
  },
  elsewhere: 'Wenn es nicht warten kann, wenden Sie sich an den Marktplatz.',
  critical: 'Wenn es für eine laufende Bestellung unbedingt nötig ist, schreiben Sie {tag} in den Betreff, samt den eckigen Klammern.',
};

const it: ClosedWords = {
  away: {
    title: '{other} è assente',
    happened: 'il Suo messaggio a {other} non è stato consegnato: {other} è assente e per ora non accetta nuove richieste.',
    mend: 'Invii di nuovo il messaggio quando {other} sarà di ritorno.',
    until: 'Fine dell’assenza: {date}',
    note: 'Una nota al riguardo:',
  },
  disabled: {
    title: '{other} non accetta messaggi',
    happened: 'il Suo messaggio a {other} non è stato consegnato: {other} non accetta messaggi per e-mail.',
    mend: 'Potrà scrivere non appena avrà un ordine con {other}, oppure se {other} Le avrà scritto.',
  },
  answersOnly: {
    title: 'Non consegnato: i messaggi sono disattivati',
    happened: 'il Suo messaggio a {other} non è stato consegnato: ha disattivato i messaggi e per ora può soltanto rispondere.',
    mend: 'Attivi i messaggi nel marketplace e lo invii di nuovo.',
  },
  undeliverable: {
    title: 'Non consegnato: il Suo messaggio a {other}',
    happened: 'il Suo messaggio a {other} non può essere consegnato.',
    mend: 'Inviarlo di nuovo non serve.',
  },
  elsewhere: 'Se non può aspettare, si rivolga al marketplace.',
  critical: 'Se è indispensabile per un ordine in corso, scriva {tag} nell’oggetto, parentesi quadre comprese.',
};

const sv: ClosedWords = {
  away: {
    title: '{other} är borta',
    happened: 'Ditt meddelande till {other} har inte levererats: {other} är borta och tar inte emot nya förfrågningar just nu.',
    mend: 'Skicka meddelandet igen när {other} är tillbaka.',
    until: 'Borta till: {date}',
    note: 'En kommentar om detta:',
  },
  disabled: {
    title: '{other} tar inte emot meddelanden',
    happened: 'Ditt meddelande till {other} har inte levererats: {other} tar inte emot meddelanden via e-post.',
    mend: 'Du kan skriva så snart du har en beställning hos {other}, eller {other} har skrivit till dig.',
  },
  answersOnly: {
    title: 'Inte levererat: meddelanden är avstängda',
    happened: 'Ditt meddelande till {other} har inte levererats: du har stängt av meddelanden och kan därför bara svara just nu.',
    mend: 'Slå på meddelanden hos marknadsplatsen och skicka det igen.',
  },
  undeliverable: {
    title: 'Inte levererat: ditt meddelande till {other}',
    happened: 'Ditt meddelande till {other} kan inte levereras.',
    mend: 'Det hjälper inte att skicka det igen.',
  },
  elsewhere: 'Om det inte kan vänta, vänd dig till marknadsplatsen.',
  critical: 'Om en pågående beställning absolut kräver det, skriv {tag} i ämnesraden, inklusive hakparenteserna.',
};

const zh: ClosedWords = {
  away: {
    title: '{other} 暂时不在',
    happened: '您发给 {other} 的邮件未能送达：{other} 暂时不在，目前不接受新的咨询。',
    mend: '请在 {other} 回来后重新发送。',
    until: '不在的时间至：{date}',
    note: '相关说明：',
  },
  disabled: {
    title: '{other} 不接收消息',
    happened: '您发给 {other} 的邮件未能送达：{other} 不通过邮件接收消息。',
    mend: '您与 {other} 之间有了订单，或 {other} 给您来信之后，您就可以写信。',
  },
  answersOnly: {
    title: '未送达：消息功能已关闭',
    happened: '您发给 {other} 的邮件未能送达：您已关闭消息功能，目前只能回复来信。',
    mend: '请在平台上开启消息功能，然后重新发送。',
  },
  undeliverable: {
    title: '未送达：您发给 {other} 的邮件',
    happened: '您发给 {other} 的邮件无法送达。',
    mend: '重新发送没有用。',
  },
  elsewhere: '如果事情紧急，请联系平台。',
  critical: '如果当前订单必不可少，请在主题中加上{tag}（保留括号）。',
};

const id: ClosedWords = {
  away: {
    title: '{other} sedang tidak di tempat',
    happened:
      'Pesan Anda kepada {other} tidak dikirimkan: {other} sedang tidak di tempat dan untuk saat ini tidak menerima pertanyaan baru.',
    mend: 'Kirim lagi pesan Anda setelah {other} kembali.',
    until: 'Tidak di tempat hingga: {date}',
    note: 'Catatan tentang hal ini:',
  },
  disabled: {
    title: '{other} tidak menerima pesan',
    happened: 'Pesan Anda kepada {other} tidak dikirimkan: {other} tidak menerima pesan melalui email.',
    mend: 'Anda dapat menulis setelah Anda memiliki pesanan dengan {other}, atau setelah {other} menulis kepada Anda.',
  },
  answersOnly: {
    title: 'Tidak terkirim: pesan dinonaktifkan',
    happened: 'Pesan Anda kepada {other} tidak dikirimkan: Anda menonaktifkan pesan, jadi untuk saat ini Anda hanya dapat membalas.',
    mend: 'Aktifkan pesan di marketplace, lalu kirim lagi.',
  },
  undeliverable: {
    title: 'Tidak terkirim: pesan Anda kepada {other}',
    happened: 'Pesan Anda kepada {other} tidak dapat dikirimkan.',
    mend: 'Mengirimnya lagi tidak akan membantu.',
  },
  elsewhere: 'Jika tidak dapat menunggu, hubungi marketplace.',
  critical: 'Jika mutlak diperlukan untuk pesanan yang sedang berjalan, tulis {tag} di subjek, lengkap dengan tanda kurung sikunya.',
};

const es: ClosedWords = {
  away: {
    title: '{other} está ausente',
    happened: 'Su mensaje para {other} no se ha entregado: {other} está ausente y por ahora no admite consultas nuevas.',
    mend: 'Vuelva a enviar el mensaje cuando {other} haya regresado.',
    until: 'Ausente hasta el {date}',
    note: 'Una nota al respecto:',
  },
  disabled: {
    title: '{other} no admite mensajes',
    happened: 'Su mensaje para {other} no se ha entregado: {other} no admite mensajes por correo.',
    mend: 'Podrá escribir en cuanto tenga un pedido con {other} o {other} le haya escrito.',
  },
  answersOnly: {
    title: 'No entregado: los mensajes están desactivados',
    happened: 'Su mensaje para {other} no se ha entregado: usted ha desactivado los mensajes, así que por ahora solo puede responder.',
    mend: 'Active los mensajes en el marketplace y vuelva a enviarlo.',
  },
  undeliverable: {
    title: 'No entregado: su mensaje para {other}',
    happened: 'Su mensaje para {other} no se puede entregar.',
    mend: 'Enviarlo de nuevo no sirve.',
  },
  elsewhere: 'Si no puede esperar, diríjase al marketplace.',
  critical: 'Si es imprescindible para un pedido en curso, ponga {tag} en el asunto, corchetes incluidos.',
};

const fr: ClosedWords = {
  away: {
    title: '{other} n’est pas là en ce moment',
    happened: 'Votre message à {other} n’a pas été remis\u00a0: {other} n’est pas là et ne prend pas de nouvelles demandes pour l’instant.',
    mend: 'Renvoyez votre message au retour de {other}.',
    until: 'Fin de l’absence\u00a0: {date}',
    note: 'Une note à ce sujet\u00a0:',
  },
  disabled: {
    title: '{other} ne prend pas de messages',
    happened: 'Votre message à {other} n’a pas été remis\u00a0: {other} ne prend pas de messages par e-mail.',
    mend: 'Vous pourrez écrire dès que vous aurez une commande avec {other}, ou que {other} vous aura écrit.',
  },
  answersOnly: {
    title: 'Non remis\u00a0: les messages sont désactivés',
    happened:
      'Votre message à {other} n’a pas été remis\u00a0: vous avez désactivé les messages et ne pouvez donc que répondre pour l’instant.',
    mend: 'Activez les messages sur la place de marché, puis renvoyez-le.',
  },
  undeliverable: {
    title: 'Non remis\u00a0: votre message à {other}',
    happened: 'Votre message à {other} ne peut pas être remis.',
    mend: 'Le renvoyer ne sert à rien.',
  },
  elsewhere: 'Si cela ne peut pas attendre, adressez-vous à la place de marché.',
  critical: 'Si c’est indispensable à une commande en cours, mettez {tag} dans l’objet, crochets compris.',
};

export const closedWordsOf: Readonly<Record<Language, ClosedWords>> = { en, de, it, sv, zh, id, es, fr };
