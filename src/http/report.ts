/** The page on which the recipient of a message reports it, and blocks who wrote it. */
import type { Language } from '../model/route.ts';
import type { HttpPorts, Operation } from './operation.ts';
import { tokenPage } from './page.ts';
import { reportBody, reportToken } from './schemas.ts';

interface Words {
  readonly title: string;
  readonly what: string;
  readonly label: string;
  /** Who wrote it is to write no more; and how that is undone. */
  readonly block: string;
  readonly undo: string;
  readonly button: string;
  readonly thanks: string;
  readonly gone: string;
}

const words: Readonly<Record<Language, Words>> = {
  en: {
    title: 'Report this message',
    what: 'A person of the marketplace will look at the message. Its author does not learn that you reported it.',
    label: 'What is wrong with it? (You may leave this empty.)',
    block: 'Also take no more messages from this person (only what an order cannot do without)',
    undo: 'Undo the block',
    button: 'Report',
    thanks: 'Thank you. We will look at the message.',
    gone: 'This link leads to no message, or to one that is kept no longer.',
  },
  de: {
    title: 'Diese Nachricht melden',
    what: 'Ein Mensch vom Marktplatz sieht sich die Nachricht an. Wer sie geschrieben hat, erfährt nicht, dass Sie sie gemeldet haben.',
    label: 'Was stimmt damit nicht? (Sie können das Feld leer lassen.)',
    block: 'Auch keine Nachrichten mehr von dieser Person annehmen (nur was für eine Bestellung unentbehrlich ist)',
    undo: 'Sperre aufheben',
    button: 'Melden',
    thanks: 'Vielen Dank. Wir sehen uns die Nachricht an.',
    gone: 'Dieser Link führt zu keiner Nachricht, oder zu einer, die nicht mehr aufbewahrt wird.',
  },
  it: {
    title: 'Segnala questo messaggio',
    what: 'Una persona del marketplace esaminerà il messaggio. Chi lo ha scritto non saprà che lo ha segnalato Lei.',
    label: 'Che cosa non va? (Può lasciare vuoto questo campo.)',
    block: 'Non accettare più messaggi da questa persona (solo ciò di cui un ordine non può fare a meno)',
    undo: 'Annulla il blocco',
    button: 'Segnala',
    thanks: 'Grazie. Esamineremo il messaggio.',
    gone: 'Questo link non porta a nessun messaggio, o a uno che non è più conservato.',
  },
  sv: {
    title: 'Rapportera det här meddelandet',
    what: 'En person på marknadsplatsen tittar på meddelandet. Den som skrev det får inte veta att du har rapporterat det.',
    label: 'Vad är fel med det? (Du kan lämna fältet tomt.)',
    block: 'Ta inte heller emot fler meddelanden från den här personen (bara det som en beställning inte klarar sig utan)',
    undo: 'Häv spärren',
    button: 'Rapportera',
    thanks: 'Tack. Vi tittar på meddelandet.',
    gone: 'Länken leder inte till något meddelande, eller till ett som inte längre sparas.',
  },
  zh: {
    title: '举报此邮件',
    what: '平台工作人员会查看这封邮件。发件人不会知道是您举报的。',
    label: '这封邮件有什么问题？（可以不填）',
    block: '同时不再接收此人的邮件（订单必需的信息除外）',
    undo: '取消屏蔽',
    button: '举报',
    thanks: '谢谢，我们会查看这封邮件。',
    gone: '此链接没有对应的邮件，或该邮件已不再保存。',
  },
  id: {
    title: 'Laporkan pesan ini',
    what: 'Petugas marketplace akan memeriksa pesan ini. Penulisnya tidak akan tahu bahwa Anda melaporkannya.',
    label: 'Apa yang salah? (Boleh dikosongkan.)',
    block: 'Jangan terima lagi pesan dari orang ini (kecuali yang mutlak diperlukan untuk pesanan)',
    undo: 'Batalkan pemblokiran',
    button: 'Laporkan',
    thanks: 'Terima kasih. Kami akan memeriksa pesan ini.',
    gone: 'Tautan ini tidak mengarah ke pesan mana pun, atau ke pesan yang sudah tidak disimpan.',
  },
  es: {
    title: 'Denunciar este mensaje',
    what: 'Una persona del mercado revisará el mensaje. Quien lo escribió no sabrá que usted lo ha denunciado.',
    label: '¿Qué tiene de malo? (Puede dejarlo en blanco.)',
    block: 'No aceptar tampoco más mensajes de esta persona (solo lo que un pedido necesita sin falta)',
    undo: 'Anular el bloqueo',
    button: 'Denunciar',
    thanks: 'Gracias. Revisaremos el mensaje.',
    gone: 'Este enlace no lleva a ningún mensaje, o a uno que ya no se conserva.',
  },
  fr: {
    title: 'Signaler ce message',
    what: 'Une personne de la place de marché examinera le message. Son auteur ne saura pas que vous l’avez signalé.',
    label: 'Quel est le problème ? (Vous pouvez laisser ce champ vide.)',
    block: 'Ne plus accepter non plus de messages de cette personne (sauf ce dont une commande ne peut se passer)',
    undo: 'Lever le blocage',
    button: 'Signaler',
    thanks: 'Merci. Nous allons examiner le message.',
    gone: 'Ce lien ne mène à aucun message, ou à un message qui n’est plus conservé.',
  },
};

export const reportOperations = ({ report }: Pick<HttpPorts, 'report'>): readonly Operation[] =>
  tokenPage({
    name: 'report',
    token: reportToken,
    form: reportBody,
    calls: {
      show: { id: 'showReport', summary: 'The page behind the link of a message: to report it.' },
      send: { id: 'sendReport', summary: 'Reports the message, and blocks who wrote it where that was chosen.' },
    },
    gone: words.en,
    async show(token) {
      const language = await report.languageFor(token);
      if (language === undefined) return undefined;
      const { title, what, label, block, button } = words[language];
      const fields = [{ kind: 'text', name: 'text', label } as const, { kind: 'check', name: 'block', label: block } as const];
      return { language, title, texts: [what], form: { fields, button } };
    },
    async send(token, { text, block }) {
      const language = await report.file(token, { text: typeof text === 'string' ? text : '', block: block === 'yes' });
      if (language === undefined) return undefined;
      const { title, thanks } = words[language];
      const undo = { href: `/block/${token}`, label: words[language].undo };
      return { language, title, texts: [thanks], ...(block === 'yes' && { links: [undo] }) };
    },
  });
