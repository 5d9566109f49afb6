/**
 * CMB-03: whole answers as mail clients compose them, in many languages: new words, signature, attribution, quote; text and HTML. The words
 * of all four regions but the signature's card must arrive, and nobody is named.
 */
import type { PairName } from '../people.ts';
import { type Letter, type Sample, sample } from '../sample.ts';
import { type Talk, type Tongue, talks } from './languages.ts';

interface Phrases {
  readonly regards: string;
  /** Who wrote, when; `W` is name and address. */
  readonly wrote: string;
  readonly footer: string;
}

const W = '{{me.name}} <{{me.mail}}>';

const phrases: Readonly<Partial<Record<Tongue, Phrases>>> = {
  en: { regards: 'Kind regards', wrote: `On Mon, 10 Mar 2025 at 21:14, ${W} wrote:`, footer: "Sent from {{me.name}}'s iPad" },
  de: {
    regards: 'Mit freundlichen Grüßen',
    wrote: `Am Mo., 10. März 2025 um 21:14 Uhr schrieb ${W}:`,
    footer: 'Gesendet mit der GMX Mail App von {{me.name}}',
  },
  fr: { regards: 'Cordialement', wrote: `Le lun. 10 mars 2025 à 21:14, ${W} a écrit :`, footer: "Envoyé de l'iPhone de {{me.name}}" },
  es: { regards: 'Un saludo', wrote: `El lun, 10 mar 2025 a las 21:14, ${W} escribió:`, footer: 'Enviado desde el iPhone de {{me.name}}' },
  it: {
    regards: 'Cordiali saluti',
    wrote: `Il giorno lun 10 mar 2025 alle ore 21:14 ${W} ha scritto:`,
    footer: "Inviato dall'iPhone di {{me.name}}",
  },
  nl: {
    regards: 'Met vriendelijke groet',
    wrote: `Op ma 10 mrt 2025 om 21:14 schreef ${W}:`,
    footer: 'Verzonden vanaf de iPhone van {{me.name}}',
  },
  sv: { regards: 'Vänliga hälsningar', wrote: `Den mån 10 mars 2025 kl 21:14 skrev ${W}:`, footer: 'Skickat från {{me.name}}s iPhone' },
  pl: { regards: 'Pozdrawiam', wrote: `pon., 10 mar 2025 o 21:14 ${W} napisał(a):`, footer: 'Wysłane z iPhone’a {{me.name}}' },
  pt: {
    regards: 'Atenciosamente',
    wrote: `Em seg., 10 de mar. de 2025 às 21:14, ${W} escreveu:`,
    footer: 'Enviado do iPhone de {{me.name}}',
  },
  ru: { regards: 'С уважением', wrote: `пн, 10 мар. 2025 г. в 21:14, ${W}:`, footer: 'Отправлено с iPhone {{me.name}}' },
  ja: { regards: 'よろしくお願いします', wrote: `2025年3月10日(月) 21:14 ${W}:`, footer: '{{me.name}}のiPhoneから送信' },
  zh: { regards: '此致敬礼', wrote: `${W} 于2025年3月10日周一 21:14写道：`, footer: '从{{me.name}}的iPhone发送' },
  id: { regards: 'Salam', wrote: `Pada Sen, 10 Mar 2025 pukul 21.14 ${W} menulis:`, footer: 'Dikirim dari iPhone {{me.name}}' },
};

type Client = readonly [id: string, compose: (words: Phrases, talk: Talk) => Letter];

const escaped = (words: string): string => words.replaceAll('<', '&lt;').replaceAll('>', '&gt;');
const card = '{{me.name}}\nKilnstrasse 7, 0417 Aldermoor\n+47 555 01 417 | {{me.mail2}}\nhttps://www.{{me.domain}}';
const cardHtml = card.replaceAll('\n', '<br>').replace('{{me.mail2}}', '<a href="mailto:{{me.mail2}}">{{me.mail2}}</a>');

const clients: readonly Client[] = [
  ['plain', ({ regards, wrote }, { fresh, old }) => ({ text: `${fresh}\n\n${regards}\n{{me.name}}\n\n${wrote}\n> ${old}\n` })],
  [
    'dashes',
    ({ regards, wrote }, { fresh, old }) => ({
      text: `${fresh}\n\n${regards}\n\n-- \n${card}\n\n${wrote}\n\n> ${old}\n> -- \n> {{me.name}} | {{me.mail2}}\n`,
    }),
  ],
  ['phone', ({ footer, wrote }, { fresh, old }) => ({ text: `${fresh}\n\n${footer}\n\n> ${wrote}\n> \n> ${old}\n` })],
  [
    'gmail',
    ({ regards, wrote }, { fresh, old }) => ({
      text: `${fresh}\n\n${regards}\n\n${card}\n\n${wrote}\n\n> ${old}\n>\n`,
      html: `<div dir="ltr">${fresh}<div><br></div><div>${regards}</div><div dir="ltr" class="gmail_signature">${cardHtml}</div></div><br><div class="gmail_quote"><div dir="ltr" class="gmail_attr">${escaped(wrote)}<br></div><blockquote class="gmail_quote">${old}</blockquote></div>`,
    }),
  ],
  [
    'outlook',
    ({ regards, wrote }, { fresh, old }) => ({
      html: `<html><head><meta name="Generator" content="Microsoft Word 15"></head><body><div class="WordSection1"><p class="MsoNormal">${fresh}</p><p class="MsoNormal">${regards}<br>{{me.name}}</p><div id="Signature">${cardHtml}</div><div id="appendonsend"></div><hr><div id="divRplyFwdMsg">${escaped(wrote)}</div><div>${old}</div></div></body></html>`,
    }),
  ],
];

const names: readonly PairName[] = ['usual', 'hard', 'far'];

export const composed: readonly Sample[] = (Object.keys(phrases) as Tongue[]).flatMap((tongue, row) =>
  clients.flatMap(([id, compose], column): Sample[] => {
    const words = phrases[tongue];
    const talk = talks[tongue];
    if (!words) return [];
    const given = compose(words, talk);
    // Below the delimiter and in the client's own container all goes (SIG-01, SIG-02); of a card without either, what reaches a person.
    const plant = id === 'dashes' || id === 'outlook' ? ['+47 555 01 417', 'Kilnstrasse 7'] : id === 'gmail' ? ['+47 555 01 417'] : [];
    return [
      sample(`CMB-03-${id}-${tongue}`, given, {
        keep: [talk.fresh, talk.old],
        plant,
        pair: names[(row + column) % names.length] ?? 'usual',
      }),
    ];
  }),
);
