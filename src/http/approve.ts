/** The page on which a party says whether a mailbox that wrote in its name is its own. */
import type { Admission, Language } from '../model/route.ts';
import type { HttpPorts, Operation } from './operation.ts';
import { tokenPage } from './page.ts';
import { admissionForm, admissionToken } from './schemas.ts';

interface Words {
  readonly title: string;
  /** With `{address}`. */
  readonly what: string;
  readonly choices: Readonly<Record<Admission, string>>;
  readonly button: string;
  readonly done: Readonly<Record<Admission, string>>;
  readonly later: string;
  readonly gone: string;
}

const words: Readonly<Record<Language, Words>> = {
  en: {
    title: 'Is this mailbox yours?',
    what: '{address} wrote in your name.',
    choices: {
      approved: 'Yes: deliver the mail, and let this mailbox write in my name',
      blocked: 'No: delete the mail, and take nothing from it',
    },
    button: 'Save',
    done: {
      approved: 'The mail was passed on, and this mailbox may write in your name.',
      blocked: 'The mail was deleted, and this mailbox is blocked.',
    },
    later: 'The mail could not be delivered just now. Please try again in a few minutes.',
    gone: 'This link leads to no mail that waits.',
  },
  de: {
    title: 'Gehört dieses Postfach Ihnen?',
    what: '{address} hat in Ihrem Namen geschrieben.',
    choices: {
      approved: 'Ja: E-Mail zustellen, und dieses Postfach darf in meinem Namen schreiben',
      blocked: 'Nein: E-Mail löschen und nichts von ihm annehmen',
    },
    button: 'Speichern',
    done: {
      approved: 'Die E-Mail ist unterwegs, und dieses Postfach darf in Ihrem Namen schreiben.',
      blocked: 'Die E-Mail ist gelöscht, und dieses Postfach ist gesperrt.',
    },
    later: 'Die E-Mail konnte gerade nicht zugestellt werden. Bitte versuchen Sie es in ein paar Minuten noch einmal.',
    gone: 'Dieser Link führt zu keiner E-Mail, die wartet.',
  },
  it: {
    title: 'Questa casella è Sua?',
    what: '{address} ha scritto a Suo nome.',
    choices: {
      approved: 'Sì: consegnare l’e-mail e permettere a questa casella di scrivere a mio nome',
      blocked: 'No: cancellare l’e-mail e non accettare nulla da questa casella',
    },
    button: 'Salva',
    done: {
      approved: 'L’e-mail è stata inoltrata e questa casella può scrivere a Suo nome.',
      blocked: 'L’e-mail è stata cancellata e questa casella è bloccata.',
    },
    later: 'In questo momento non è stato possibile consegnare l’e-mail. Riprovi tra qualche minuto.',
    gone: 'Questo link non porta a nessuna e-mail in attesa.',
  },
  sv: {
    title: 'Är den här brevlådan din?',
    what: '{address} har skrivit i ditt namn.',
    choices: {
      approved: 'Ja: leverera mejlet och låt brevlådan skriva i mitt namn',
      blocked: 'Nej: radera mejlet och ta inte emot något från den',
    },
    button: 'Spara',
    done: {
      approved: 'Mejlet är på väg, och brevlådan får skriva i ditt namn.',
      blocked: 'Mejlet är raderat, och brevlådan är spärrad.',
    },
    later: 'Mejlet kunde inte levereras just nu. Försök igen om några minuter.',
    gone: 'Länken leder inte till något mejl som väntar.',
  },
  zh: {
    title: '这是您的邮箱吗？',
    what: '{address} 以您的名义写了一封邮件。',
    choices: { approved: '是：送达邮件，并允许此邮箱以我的名义写信', blocked: '否：删除邮件，不再接受此邮箱的邮件' },
    button: '保存',
    done: { approved: '邮件已转交，此邮箱可以以您的名义写信。', blocked: '邮件已删除，此邮箱已被屏蔽。' },
    later: '邮件暂时无法送达，请几分钟后重试。',
    gone: '此链接没有对应的待处理邮件。',
  },
  id: {
    title: 'Apakah kotak surat ini milik Anda?',
    what: '{address} menulis atas nama Anda.',
    choices: {
      approved: 'Ya: kirimkan email itu dan izinkan kotak surat ini menulis atas nama saya',
      blocked: 'Tidak: hapus email itu dan jangan terima apa pun darinya',
    },
    button: 'Simpan',
    done: {
      approved: 'Email itu diteruskan, dan kotak surat ini boleh menulis atas nama Anda.',
      blocked: 'Email itu dihapus, dan kotak surat ini diblokir.',
    },
    later: 'Email itu belum dapat dikirim saat ini. Silakan coba lagi dalam beberapa menit.',
    gone: 'Tautan ini tidak mengarah ke email yang menunggu.',
  },
  es: {
    title: '¿Es suyo este buzón?',
    what: '{address} ha escrito en su nombre.',
    choices: {
      approved: 'Sí: entregar el correo y permitir que este buzón escriba en mi nombre',
      blocked: 'No: borrar el correo y no aceptar nada de él',
    },
    button: 'Guardar',
    done: {
      approved: 'El correo sigue su camino y este buzón puede escribir en su nombre.',
      blocked: 'El correo se ha borrado y este buzón está bloqueado.',
    },
    later: 'Ahora mismo no se ha podido entregar el correo. Inténtelo de nuevo dentro de unos minutos.',
    gone: 'Este enlace no lleva a ningún correo en espera.',
  },
  fr: {
    title: 'Cette boîte est-elle à vous ?',
    what: '{address} a écrit en votre nom.',
    choices: {
      approved: 'Oui : remettre l’e-mail et laisser cette boîte écrire en mon nom',
      blocked: 'Non : supprimer l’e-mail et ne rien accepter de cette boîte',
    },
    button: 'Enregistrer',
    done: {
      approved: 'L’e-mail a été transmis, et cette boîte peut écrire en votre nom.',
      blocked: 'L’e-mail a été supprimé, et cette boîte est bloquée.',
    },
    later: 'L’e-mail n’a pas pu être remis pour le moment. Réessayez dans quelques minutes.',
    gone: 'Ce lien ne mène à aucun e-mail en attente.',
  },
};

export const approveOperations = ({ approval }: Pick<HttpPorts, 'approval'>): readonly Operation[] =>
  tokenPage({
    name: 'approve',
    token: admissionToken,
    form: admissionForm,
    calls: {
      show: { id: 'showApproval', summary: 'The page on which a party approves or blocks a mailbox that wrote in its name.' },
      send: {
        id: 'sendApproval',
        summary: 'Approves the mailbox, and the mail that waits goes on; or blocks it, and the mail is deleted.',
      },
    },
    gone: words.en,
    async show(token) {
      const found = await approval.read(token);
      if (!found) return undefined;
      const { title, what, choices, button } = words[found.language];
      const options = (['approved', 'blocked'] as const).map((value) => ({ value, label: choices[value], chosen: false }));
      const texts = [what.replace('{address}', () => found.address)];
      return { language: found.language, title, texts, form: { fields: [{ kind: 'choice', name: 'verdict', options }], button } };
    },
    async send(token, fields) {
      const { verdict } = fields as { readonly verdict: Admission };
      const found = await approval.answer(token, verdict);
      if (!found) return undefined;
      const { title, done, later } = words[found.language];
      return { language: found.language, title, texts: [found.done ? done[verdict] : later], later: !found.done };
    },
  });
