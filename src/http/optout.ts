/**
 * The page on which a buyer opts out, and the one click of a mail client (RFC 8058). What was chosen is undone on the same page.
 */
import type { Language, OptOutChoice } from '../model/route.ts';
import type { HttpPorts, OptedOut, Operation } from './operation.ts';
import { type Page, tokenPage } from './page.ts';
import { optOutForm, optOutToken } from './schemas.ts';

interface Words {
  readonly title: string;
  readonly what: string;
  readonly choices: Readonly<Record<OptOutChoice, string>>;
  readonly button: string;
  /** What holds from now on. */
  readonly now: Readonly<Record<OptOutChoice, string>>;
  readonly gone: string;
}

const words: Readonly<Record<Language, Words>> = {
  en: {
    title: 'Messages from sellers',
    what: 'Which messages do you want? Sellers can always answer what you write to them, and send what an order cannot do without.',
    choices: {
      seller: 'No more messages from this seller',
      all: 'No more messages from any seller',
      none: 'Messages from sellers as before',
    },
    button: 'Save',
    now: {
      seller: 'This seller will not write to you any more without being asked.',
      all: 'No seller will write to you any more without being asked.',
      none: 'Sellers may write to you about your orders.',
    },
    gone: 'This link leads to no message, or to one that is kept no longer.',
  },
  de: {
    title: 'Nachrichten von Verkäufern',
    what: 'Welche Nachrichten möchten Sie? Verkäufer können immer beantworten, was Sie ihnen schreiben, und senden, ohne was eine Bestellung nicht geht.',
    choices: {
      seller: 'Keine Nachrichten mehr von diesem Verkäufer',
      all: 'Keine Nachrichten mehr von allen Verkäufern',
      none: 'Nachrichten von Verkäufern wie bisher',
    },
    button: 'Speichern',
    now: {
      seller: 'Dieser Verkäufer schreibt Ihnen nicht mehr ungefragt.',
      all: 'Kein Verkäufer schreibt Ihnen mehr ungefragt.',
      none: 'Verkäufer dürfen Ihnen zu Ihren Bestellungen schreiben.',
    },
    gone: 'Dieser Link führt zu keiner Nachricht, oder zu einer, die nicht mehr aufbewahrt wird.',
  },
  it: {
    title: 'Messaggi dei venditori',
    what: 'Quali messaggi desidera? I venditori possono sempre rispondere a ciò che Lei scrive e inviare ciò di cui un ordine non può fare a meno.',
    choices: {
      seller: 'Nessun altro messaggio da questo venditore',
      all: 'Nessun altro messaggio da alcun venditore',
      none: 'Messaggi dei venditori come prima',
    },
    button: 'Salva',
    now: {
      seller: 'Questo venditore non Le scriverà più senza essere interpellato.',
      all: 'Nessun venditore Le scriverà più senza essere interpellato.',
      none: 'I venditori possono scriverLe a proposito dei Suoi ordini.',
    },
    gone: 'Questo link non porta a nessun messaggio, o a uno che non è più conservato.',
  },
  sv: {
    title: 'Meddelanden från säljare',
    what: 'Vilka meddelanden vill du ha? Säljare kan alltid svara på det du skriver och skicka det som en beställning inte klarar sig utan.',
    choices: {
      seller: 'Inga fler meddelanden från den här säljaren',
      all: 'Inga fler meddelanden från någon säljare',
      none: 'Meddelanden från säljare som förut',
    },
    button: 'Spara',
    now: {
      seller: 'Den här säljaren skriver inte längre till dig oombedd.',
      all: 'Ingen säljare skriver längre till dig oombedd.',
      none: 'Säljare får skriva till dig om dina beställningar.',
    },
    gone: 'Länken leder inte till något meddelande, eller till ett som inte längre sparas.',
  },
  zh: {
    title: '卖家邮件',
    what: '您希望收到哪些邮件？卖家始终可以回复您写的邮件，并可发送订单必需的信息。',
    choices: { seller: '不再接收此卖家的邮件', all: '不再接收任何卖家的邮件', none: '照常接收卖家邮件' },
    button: '保存',
    now: { seller: '此卖家不会再主动给您写邮件。', all: '任何卖家都不会再主动给您写邮件。', none: '卖家可以就您的订单给您写邮件。' },
    gone: '此链接没有对应的邮件，或该邮件已不再保存。',
  },
  id: {
    title: 'Pesan dari penjual',
    what: 'Pesan mana yang Anda inginkan? Penjual selalu dapat menjawab apa yang Anda tulis, dan mengirim hal yang mutlak diperlukan untuk pesanan.',
    choices: {
      seller: 'Tidak ada lagi pesan dari penjual ini',
      all: 'Tidak ada lagi pesan dari penjual mana pun',
      none: 'Pesan dari penjual seperti biasa',
    },
    button: 'Simpan',
    now: {
      seller: 'Penjual ini tidak akan menulis lagi kepada Anda tanpa diminta.',
      all: 'Tidak ada penjual yang akan menulis lagi kepada Anda tanpa diminta.',
      none: 'Penjual boleh menulis kepada Anda tentang pesanan Anda.',
    },
    gone: 'Tautan ini tidak mengarah ke pesan mana pun, atau ke pesan yang sudah tidak disimpan.',
  },
  es: {
    title: 'Mensajes de vendedores',
    what: '¿Qué mensajes desea? Los vendedores siempre pueden responder a lo que usted les escribe y enviar lo que un pedido necesita sin falta.',
    choices: {
      seller: 'No más mensajes de este vendedor',
      all: 'No más mensajes de ningún vendedor',
      none: 'Mensajes de vendedores como hasta ahora',
    },
    button: 'Guardar',
    now: {
      seller: 'Este vendedor ya no le escribirá sin que se lo pida.',
      all: 'Ningún vendedor le escribirá ya sin que se lo pida.',
      none: 'Los vendedores pueden escribirle sobre sus pedidos.',
    },
    gone: 'Este enlace no lleva a ningún mensaje, o a uno que ya no se conserva.',
  },
  fr: {
    title: 'Messages des vendeurs',
    what: 'Quels messages souhaitez-vous ? Les vendeurs peuvent toujours répondre à ce que vous leur écrivez et envoyer ce dont une commande ne peut se passer.',
    choices: {
      seller: 'Plus de messages de ce vendeur',
      all: 'Plus de messages d’aucun vendeur',
      none: 'Messages des vendeurs comme avant',
    },
    button: 'Enregistrer',
    now: {
      seller: 'Ce vendeur ne vous écrira plus sans que vous le demandiez.',
      all: 'Aucun vendeur ne vous écrira plus sans que vous le demandiez.',
      none: 'Les vendeurs peuvent vous écrire au sujet de vos commandes.',
    },
    gone: 'Ce lien ne mène à aucun message, ou à un message qui n’est plus conservé.',
  },
};

export const optOutOperations = ({ optOut }: Pick<HttpPorts, 'optOut'>): readonly Operation[] =>
  tokenPage({
    name: 'unsubscribe',
    token: optOutToken,
    form: optOutForm,
    calls: {
      show: { id: 'showOptOut', summary: 'The page behind the unsubscribe link of a message that a seller started.' },
      send: {
        id: 'sendOptOut',
        summary: 'Opts out, or in again: `choice`; or the one click of a mail client, for this seller (RFC 8058).',
      },
    },
    gone: words.en,
    async show(token) {
      const found = await optOut.read(token);
      return found && shown(found, [words[found.language].what]);
    },
    async send(token, fields) {
      const { choice } = fields as { readonly choice?: OptOutChoice };
      const found = await optOut.choose(token, choice);
      return found && shown(found, [words[found.language].now[found.choice]]);
    },
  });

function shown({ language, choice }: OptedOut, texts: readonly string[]): Page {
  const { title, choices, button } = words[language];
  const options = (Object.keys(choices) as OptOutChoice[]).map((value) => ({ value, label: choices[value], chosen: value === choice }));
  return { language, title, texts, form: { fields: [{ kind: 'choice', name: 'choice', options }], button } };
}
