/** The page on which the recipient of a message reports it. Opening it changes nothing: scanners open links too. */
import type { Language } from '../model/route.ts';
import { type Answer, type HttpPorts, membersOf, type Operation } from './operation.ts';
import { pageOf } from './page.ts';
import { reportBody, reportToken } from './schemas.ts';

interface Words {
  readonly title: string;
  readonly what: string;
  readonly label: string;
  readonly button: string;
  readonly thanks: string;
  readonly gone: string;
}

const words: Readonly<Record<Language, Words>> = {
  en: {
    title: 'Report this message',
    what: 'A person of the marketplace will look at the message. Its author does not learn that you reported it.',
    label: 'What is wrong with it? (You may leave this empty.)',
    button: 'Report',
    thanks: 'Thank you. We will look at the message.',
    gone: 'This link leads to no message, or to one that is kept no longer.',
  },
  de: {
    title: 'Diese Nachricht melden',
    what: 'Ein Mensch vom Marktplatz sieht sich die Nachricht an. Wer sie geschrieben hat, erfährt nicht, dass Sie sie gemeldet haben.',
    label: 'Was stimmt damit nicht? (Sie können das Feld leer lassen.)',
    button: 'Melden',
    thanks: 'Vielen Dank. Wir sehen uns die Nachricht an.',
    gone: 'Dieser Link führt zu keiner Nachricht, oder zu einer, die nicht mehr aufbewahrt wird.',
  },
  it: {
    title: 'Segnala questo messaggio',
    what: 'Una persona del marketplace esaminerà il messaggio. Chi lo ha scritto non saprà che lo ha segnalato Lei.',
    label: 'Che cosa non va? (Può lasciare vuoto questo campo.)',
    button: 'Segnala',
    thanks: 'Grazie. Esamineremo il messaggio.',
    gone: 'Questo link non porta a nessun messaggio, o a uno che non è più conservato.',
  },
  sv: {
    title: 'Rapportera det här meddelandet',
    what: 'En person på marknadsplatsen tittar på meddelandet. Den som skrev det får inte veta att du har rapporterat det.',
    label: 'Vad är fel med det? (Du kan lämna fältet tomt.)',
    button: 'Rapportera',
    thanks: 'Tack. Vi tittar på meddelandet.',
    gone: 'Länken leder inte till något meddelande, eller till ett som inte längre sparas.',
  },
  zh: {
    title: '举报此邮件',
    what: '平台工作人员会查看这封邮件。发件人不会知道是您举报的。',
    label: '这封邮件有什么问题？（可以不填）',
    button: '举报',
    thanks: '谢谢，我们会查看这封邮件。',
    gone: '此链接没有对应的邮件，或该邮件已不再保存。',
  },
  id: {
    title: 'Laporkan pesan ini',
    what: 'Petugas marketplace akan memeriksa pesan ini. Penulisnya tidak akan tahu bahwa Anda melaporkannya.',
    label: 'Apa yang salah? (Boleh dikosongkan.)',
    button: 'Laporkan',
    thanks: 'Terima kasih. Kami akan memeriksa pesan ini.',
    gone: 'Tautan ini tidak mengarah ke pesan mana pun, atau ke pesan yang sudah tidak disimpan.',
  },
  es: {
    title: 'Denunciar este mensaje',
    what: 'Una persona del mercado revisará el mensaje. Quien lo escribió no sabrá que usted lo ha denunciado.',
    label: '¿Qué tiene de malo? (Puede dejarlo en blanco.)',
    button: 'Denunciar',
    thanks: 'Gracias. Revisaremos el mensaje.',
    gone: 'Este enlace no lleva a ningún mensaje, o a uno que ya no se conserva.',
  },
  fr: {
    title: 'Signaler ce message',
    what: 'Une personne de la place de marché examinera le message. Son auteur ne saura pas que vous l’avez signalé.',
    label: 'Quel est le problème ? (Vous pouvez laisser ce champ vide.)',
    button: 'Signaler',
    thanks: 'Merci. Nous allons examiner le message.',
    gone: 'Ce lien ne mène à aucun message, ou à un message qui n’est plus conservé.',
  },
};

export function reportOperations({ report }: Pick<HttpPorts, 'report'>): readonly Operation[] {
  const common = { path: '/report/:token', tag: 'pages', access: 'open', params: reportToken } as const;
  const page = { description: 'A page.', schema: { type: 'string' }, type: 'text/html' } as const;
  return [
    {
      ...common,
      id: 'showReport',
      method: 'GET',
      summary: 'The page behind the link of a message: to report it.',
      answers: { 200: page, 404: page },
      async run({ params: { token = '' } }) {
        const language = await report.languageFor(token);
        if (language === undefined) return gone();
        const { title, what, label, button } = words[language];
        return pageOf(200, { language, title, texts: [what], form: { label, button } });
      },
    },
    {
      ...common,
      id: 'sendReport',
      method: 'POST',
      summary: 'Reports the message.',
      form: true,
      body: reportBody,
      answers: { 200: page, 404: page },
      async run({ params: { token = '' }, body }) {
        const { text } = membersOf(body);
        const language = await report.file(token, typeof text === 'string' ? text : '');
        if (language === undefined) return gone();
        const { title, thanks } = words[language];
        return pageOf(200, { language, title, texts: [thanks] });
      },
    },
  ];
}

/** Nobody can tell whose language it would be. */
const gone = (): Answer => pageOf(404, { language: 'en', title: words.en.title, texts: [words.en.gone] });
