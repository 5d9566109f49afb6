/** What is said, in all languages, of an address that ends. */
import type { Language } from '../model/route.ts';

/** `{other}` may stand in each. */
export interface EndingWords {
  /** It works for some days more; title and what happened with `{date}`. */
  readonly ending: Saying;
  readonly ended: Saying;
}

interface Saying {
  readonly title: string;
  readonly happened: string;
  readonly mend: string;
}

const en: EndingWords = {
  ending: {
    title: 'Your address for {other} works until {date}',
    happened:
      'Your message to {other} was delivered. The address that you sent it to works until {date}; after that, mail to it comes back.',
    mend: 'To reach {other} later, start from the marketplace.',
  },
  ended: {
    title: 'Your address for {other} no longer works',
    happened: 'You wrote to {other} at an address that no longer works. Your mail was not delivered.',
    mend: 'To reach {other}, start from the marketplace.',
  },
};

const de: EndingWords = {
  ending: {
    title: 'Ihre Adresse für {other} gilt bis {date}',
    happened:
      'Ihre Nachricht an {other} wurde zugestellt. Die Adresse, an die Sie geschrieben haben, gilt bis {date}; danach kommt Post an sie zurück.',
    mend: 'Wenn Sie {other} später erreichen möchten, beginnen Sie beim Marktplatz.',
  },
  ended: {
    title: 'Ihre Adresse für {other} gilt nicht mehr',
    happened: 'Sie haben {other} an eine Adresse geschrieben, die nicht mehr gilt. Ihre E-Mail wurde nicht zugestellt.',
    mend: 'Wenn Sie {other} erreichen möchten, beginnen Sie beim Marktplatz.',
  },
};

const it: EndingWords = {
  ending: {
    title: 'Il Suo indirizzo per {other} scade (ultimo giorno: {date})',
    happened:
      'il Suo messaggio a {other} è stato consegnato. L’indirizzo a cui ha scritto sta per scadere (ultimo giorno: {date}); poi la posta tornerà indietro.',
    mend: 'Per raggiungere {other} in seguito, parta dal marketplace.',
  },
  ended: {
    title: 'Il Suo indirizzo per {other} non funziona più',
    happened: 'ha scritto a {other} a un indirizzo che non funziona più. La Sua e-mail non è stata consegnata.',
    mend: 'Per raggiungere {other}, parta dal marketplace.',
  },
};

const sv: EndingWords = {
  ending: {
    title: 'Din adress för {other} fungerar till {date}',
    happened:
      'Ditt meddelande till {other} har levererats. Adressen som du skrev till fungerar till {date}; därefter kommer mejl till den tillbaka.',
    mend: 'Om du vill nå {other} senare, börja hos marknadsplatsen.',
  },
  ended: {
    title: 'Din adress för {other} fungerar inte längre',
    happened: 'Du skrev till {other} på en adress som inte längre fungerar. Ditt mejl har inte levererats.',
    mend: 'Om du vill nå {other}, börja hos marknadsplatsen.',
  },
};

const zh: EndingWords = {
  ending: {
    title: '您用于联系 {other} 的地址有效期至{date}',
    happened: '您发给 {other} 的邮件已经送达。您使用的这个地址有效期至{date}，之后发往该地址的邮件会被退回。',
    mend: '以后如需联系 {other}，请从平台开始。',
  },
  ended: {
    title: '您用于联系 {other} 的地址已经失效',
    happened: '您写给 {other} 时使用的地址已经失效，邮件未能送达。',
    mend: '如需联系 {other}，请从平台开始。',
  },
};

const id: EndingWords = {
  ending: {
    title: 'Alamat Anda untuk {other} berlaku hingga {date}',
    happened:
      'Pesan Anda kepada {other} sudah dikirimkan. Alamat yang Anda gunakan berlaku hingga {date}; setelah itu, email ke alamat tersebut akan kembali.',
    mend: 'Untuk menghubungi {other} nanti, mulailah dari marketplace.',
  },
  ended: {
    title: 'Alamat Anda untuk {other} tidak berlaku lagi',
    happened: 'Anda menulis kepada {other} ke alamat yang tidak berlaku lagi. Email Anda tidak dikirimkan.',
    mend: 'Untuk menghubungi {other}, mulailah dari marketplace.',
  },
};

const es: EndingWords = {
  ending: {
    title: 'Su dirección para {other} funciona hasta el {date}',
    happened:
      'Su mensaje para {other} se ha entregado. La dirección a la que ha escrito funciona hasta el {date}; después, el correo que se le envíe volverá.',
    mend: 'Para contactar con {other} más adelante, empiece por el marketplace.',
  },
  ended: {
    title: 'Su dirección para {other} ya no funciona',
    happened: 'Ha escrito a {other} a una dirección que ya no funciona. Su correo no se ha entregado.',
    mend: 'Para contactar con {other}, empiece por el marketplace.',
  },
};

const fr: EndingWords = {
  ending: {
    title: 'Votre adresse pour {other} fonctionne jusqu’au {date}',
    happened:
      'Votre message à {other} a été remis. L’adresse à laquelle vous avez écrit fonctionne jusqu’au {date}\u00a0; ensuite, le courrier qui lui est adressé reviendra.',
    mend: 'Pour joindre {other} plus tard, passez par la place de marché.',
  },
  ended: {
    title: 'Votre adresse pour {other} ne fonctionne plus',
    happened: 'Vous avez écrit à {other} à une adresse qui ne fonctionne plus. Votre e-mail n’a pas été remis.',
    mend: 'Pour joindre {other}, passez par la place de marché.',
  },
};

export const endingWordsOf: Readonly<Record<Language, EndingWords>> = { en, de, it, sv, zh, id, es, fr };
