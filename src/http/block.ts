/** The page on which the recipient of a message blocks who wrote it, or takes that back; the report page leads to it. */
import type { Language } from '../model/route.ts';
import type { Blocked, HttpPorts, Operation } from './operation.ts';
import { type Page, tokenPage } from './page.ts';
import { blockForm, reportToken } from './schemas.ts';

type Choice = 'open' | 'blocked';

interface Words {
  readonly title: string;
  readonly choices: Readonly<Record<Choice, string>>;
  readonly button: string;
  readonly now: Readonly<Record<Choice, string>>;
  readonly gone: string;
}

const words: Readonly<Record<Language, Words>> = {
  en: {
    title: 'Messages from this person',
    choices: { open: 'Take messages from this person', blocked: 'Take no messages, only what an order cannot do without' },
    button: 'Save',
    now: { open: 'Messages from this person reach you.', blocked: 'Messages from this person no longer reach you.' },
    gone: 'This link leads to no message, or to one that is kept no longer.',
  },
  de: {
    title: 'Nachrichten von dieser Person',
    choices: { open: 'Nachrichten annehmen', blocked: 'Keine Nachrichten annehmen, nur was für eine Bestellung unentbehrlich ist' },
    button: 'Speichern',
    now: { open: 'Nachrichten von dieser Person kommen an.', blocked: 'Nachrichten von dieser Person kommen nicht mehr an.' },
    gone: 'Dieser Link führt zu keiner Nachricht, oder zu einer, die nicht mehr aufbewahrt wird.',
  },
  it: {
    title: 'Messaggi da questa persona',
    choices: { open: 'Accettare i messaggi', blocked: 'Non accettare messaggi, solo ciò di cui un ordine non può fare a meno' },
    button: 'Salva',
    now: { open: 'I messaggi di questa persona Le arrivano.', blocked: 'I messaggi di questa persona non Le arrivano più.' },
    gone: 'Questo link non porta a nessun messaggio, o a uno che non è più conservato.',
  },
  sv: {
    title: 'Meddelanden från den här personen',
    choices: { open: 'Ta emot meddelanden', blocked: 'Ta inte emot meddelanden, bara det som en beställning inte klarar sig utan' },
    button: 'Spara',
    now: { open: 'Meddelanden från den här personen når dig.', blocked: 'Meddelanden från den här personen når dig inte längre.' },
    gone: 'Länken leder inte till något meddelande, eller till ett som inte längre sparas.',
  },
  zh: {
    title: '此人的邮件',
    choices: { open: '接收此人的邮件', blocked: '不接收此人的邮件，只接收订单必需的信息' },
    button: '保存',
    now: { open: '此人的邮件会送达给您。', blocked: '此人的邮件不再送达给您。' },
    gone: '此链接没有对应的邮件，或该邮件已不再保存。',
  },
  id: {
    title: 'Pesan dari orang ini',
    choices: { open: 'Terima pesan dari orang ini', blocked: 'Jangan terima pesan, kecuali yang mutlak diperlukan untuk pesanan' },
    button: 'Simpan',
    now: { open: 'Pesan dari orang ini sampai kepada Anda.', blocked: 'Pesan dari orang ini tidak lagi sampai kepada Anda.' },
    gone: 'Tautan ini tidak mengarah ke pesan mana pun, atau ke pesan yang sudah tidak disimpan.',
  },
  es: {
    title: 'Mensajes de esta persona',
    choices: { open: 'Aceptar mensajes', blocked: 'No aceptar mensajes, solo lo que un pedido necesita sin falta' },
    button: 'Guardar',
    now: { open: 'Los mensajes de esta persona le llegan.', blocked: 'Los mensajes de esta persona ya no le llegan.' },
    gone: 'Este enlace no lleva a ningún mensaje, o a uno que ya no se conserva.',
  },
  fr: {
    title: 'Messages de cette personne',
    choices: { open: 'Accepter les messages', blocked: 'Ne pas accepter de messages, sauf ce dont une commande ne peut se passer' },
    button: 'Enregistrer',
    now: { open: 'Les messages de cette personne vous parviennent.', blocked: 'Les messages de cette personne ne vous parviennent plus.' },
    gone: 'Ce lien ne mène à aucun message, ou à un message qui n’est plus conservé.',
  },
};

export const blockOperations = ({ block }: Pick<HttpPorts, 'block'>): readonly Operation[] =>
  tokenPage({
    name: 'block',
    token: reportToken,
    form: blockForm,
    calls: {
      show: { id: 'showBlock', summary: 'The page on which the recipient of a message blocks who wrote it.' },
      send: { id: 'sendBlock', summary: 'Blocks who wrote the message, or takes that back.' },
    },
    gone: words.en,
    async show(token) {
      const found = await block.read(token);
      return found && shown(found, []);
    },
    async send(token, { choice }) {
      const found = await block.set(token, choice === 'blocked');
      return found && shown(found, [words[found.language].now[found.blocked ? 'blocked' : 'open']]);
    },
  });

function shown({ language, blocked }: Blocked, texts: readonly string[]): Page {
  const { title, choices, button } = words[language];
  const options = (['open', 'blocked'] as const).map((value) => ({
    value,
    label: choices[value],
    chosen: (value === 'blocked') === blocked,
  }));
  return { language, title, texts, form: { fields: [{ kind: 'choice', name: 'choice', options }], button } };
}
