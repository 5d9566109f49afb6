/**
 * QUO-01, QUO-02, QUO-03, QUO-04: how mail clients introduce what they quote, in the languages in which they do. The author answers
 * below an own earlier mail, so the line names the author; one level deeper the reader is named, by the alias, which may stay.
 */
import type { PairName } from '../people.ts';
import { type Letter, type Sample, sample } from '../sample.ts';
import { type Tongue, talks } from './languages.ts';

const N = '{{me.name}}';
const M = '{{me.mail}}';
const W = `${N} <${M}>`;

/** The line above a quote: client and language, tongue, form. */
const attributions: readonly (readonly [string, Tongue, string])[] = [
  ['gmail-en', 'en', `On Mon, Mar 10, 2025 at 9:14\u202fPM ${W} wrote:`],
  ['gmail-de', 'de', `Am Mo., 10. März 2025 um 21:14 Uhr schrieb ${W}:`],
  ['gmail-fr', 'fr', `Le lun. 10 mars 2025 à 21:14, ${W} a écrit :`],
  ['gmail-es', 'es', `El lun, 10 mar 2025 a las 21:14, ${N} (<${M}>) escribió:`],
  ['gmail-it', 'it', `Il giorno lun 10 mar 2025 alle ore 21:14 ${W} ha scritto:`],
  ['gmail-pt', 'pt', `Em seg., 10 de mar. de 2025 às 21:14, ${W} escreveu:`],
  ['gmail-nl', 'nl', `Op ma 10 mrt 2025 om 21:14 schreef ${W}:`],
  ['gmail-sv', 'sv', `Den mån 10 mars 2025 kl 21:14 skrev ${W}:`],
  ['gmail-da', 'da', `Den man. 10. mar. 2025 kl. 21.14 skrev ${W}:`],
  ['gmail-nb', 'nb', `man. 10. mar. 2025 kl. 21:14 skrev ${W}:`],
  ['gmail-fi', 'fi', `ma 10. maalisk. 2025 klo 21.14 ${N} (${M}) kirjoitti:`],
  ['gmail-pl', 'pl', `pon., 10 mar 2025 o 21:14 ${W} napisał(a):`],
  ['gmail-cs', 'cs', `po 10. 3. 2025 v 21:14 odesílatel ${W} napsal:`],
  ['gmail-hu', 'hu', `${W} ezt írta (időpont: 2025. márc. 10., H, 21:14):`],
  ['gmail-ro', 'ro', `În lun., 10 mar. 2025 la 21:14, ${W} a scris:`],
  ['gmail-tr', 'tr', `${W}, 10 Mar 2025 Pzt, 21:14 tarihinde şunu yazdı:`],
  ['gmail-el', 'el', `Στις Δευ 10 Μαρ 2025 στις 9:14 μ.μ., ο χρήστης ${W} έγραψε:`],
  ['gmail-ru', 'ru', `пн, 10 мар. 2025 г. в 21:14, ${W}:`],
  ['gmail-uk', 'uk', `пн, 10 бер. 2025 р. о 21:14 ${W} пише:`],
  ['gmail-id', 'id', `Pada Sen, 10 Mar 2025 pukul 21.14 ${W} menulis:`],
  ['gmail-vi', 'vi', `Vào Th 2, 10 thg 3, 2025 vào lúc 21:14 ${W} đã viết:`],
  ['gmail-ja', 'ja', `2025年3月10日(月) 21:14 ${W}:`],
  ['gmail-zh', 'zh', `${W} 于2025年3月10日周一 21:14写道：`],
  ['gmail-tw', 'tw', `${W} 於 2025年3月10日週一 下午9:14寫道：`],
  ['gmail-ko', 'ko', `2025년 3월 10일 (월) 오후 9:14, ${N} <${M}>님이 작성:`],
  ['apple-en', 'en', `On 10 Mar 2025, at 21:14, ${W} wrote:`],
  ['apple-de', 'de', `Am 10.03.2025 um 21:14 schrieb ${W}:`],
  ['apple-fr', 'fr', `Le 10 mars 2025 à 21:14, ${W} a écrit :`],
  ['apple-es', 'es', `El 10 mar 2025, a las 21:14, ${W} escribió:`],
  ['apple-it', 'it', `Il giorno 10 mar 2025, alle ore 21:14, ${W} ha scritto:`],
  ['apple-nl', 'nl', `Op 10 mrt 2025, om 21:14 heeft ${W} het volgende geschreven:`],
  ['apple-sv', 'sv', `10 mars 2025 kl. 21:14 skrev ${W}:`],
  ['apple-ja', 'ja', `2025/03/10 21:14、${W}のメール:`],
  ['apple-zh', 'zh', `在 2025年3月10日，21:14，${W} 写道：`],
  ['apple-pl', 'pl', `Wiadomość napisana przez ${W} w dniu 10.03.2025, o godz. 21:14:`],
  ['thunderbird-en', 'en', `On 10/03/2025 21:14, ${N} wrote:`],
  ['thunderbird-pl', 'pl', `W dniu 10.03.2025 o 21:14, ${N} pisze:`],
  ['thunderbird-cs', 'cs', `Dne 10. 03. 25 v 21:14 ${N} napsal(a):`],
  ['thunderbird-ru', 'ru', `10.03.2025 21:14, ${N} пишет:`],
  ['mutt', 'en', `On Mon, Mar 10, 2025 at 09:14:02PM +0100, ${N} wrote:`],
  ['mutt-reversed', 'en', '* {{me.reversed}} <{{me.mail}}> [2025-03-10 21:14]:'],
  ['gnus', 'en', `${W} writes:`],
  ['openxchange-de', 'de', `${W} hat am 10.03.2025 21:14 CET geschrieben:`],
  ['gmx-mobile-de', 'de', `${W} schrieb am 10. März 2025 um 21:14:04 MEZ:`],
  ['yahoo-en', 'en', `On Monday, March 10, 2025 at 09:14:02 PM GMT+1, ${W} wrote:`],
  ['proton-en', 'en', `On Monday, March 10th, 2025 at 9:14 PM, ${W} wrote:`],
  ['zoho-en', 'en', `---- On Mon, 10 Mar 2025 21:14:02 +0100 ${W} wrote ---`],
  ['notes-en', 'en', `{{me.name}}/Kiln/Aldermoor wrote on 10/03/2025 21:14:02:`],
  ['pm-mail-de', 'de', `On Mon, 10 Mar 2025 21:14:02 +0100, "${N}" <${M}> said:`],
];

const names: readonly PairName[] = ['usual', 'hard', 'far'];
const pairFor = (index: number): PairName => names[index % names.length] ?? 'usual';
const html = (text: string): string => text.replaceAll('<', '&lt;').replaceAll('>', '&gt;');

const inText = attributions.map(([id, tongue, line], index): Sample => {
  const { fresh, old } = talks[tongue];
  const deeper = 'On 9 Mar 2025, {{you.shown}} <{{you.alias}}> wrote:';
  const text = `${fresh}\n\n${line}\n\n> ${old}\n>\n> ${deeper}\n>> OK.\n`;
  return sample(`QUO-01-${id}`, { text }, { pair: pairFor(index), keep: [fresh, old, '{{you.alias}}'] });
});

const linked = html(W).replace(M, `<a href="mailto:${M}">${M}</a>`);
const gmails: readonly Tongue[] = ['en', 'de', 'fr', 'es', 'it', 'nl', 'sv', 'pl', 'ru', 'id', 'ja', 'zh'];

const inHtml = gmails.map((tongue, index): Sample => {
  const { fresh, old } = talks[tongue];
  const line = attributions.find(([id]) => id === `gmail-${tongue}`)?.[2] ?? '';
  const attribution = html(line).replace(html(`<${M}>`), `&lt;<a href="mailto:${M}" target="_blank">${M}</a>&gt;`);
  const given: Letter = {
    text: `${fresh}\n\n${line}\n\n> ${old}\n`,
    html: `<div dir="ltr">${fresh}</div><br><div class="gmail_quote gmail_quote_container"><div dir="ltr" class="gmail_attr">${attribution}<br></div><blockquote class="gmail_quote" style="margin:0px 0px 0px 0.8ex;border-left:1px solid rgb(204,204,204);padding-left:1ex"><div dir="ltr">${old}</div></blockquote></div>`,
  };
  return sample(`QUO-02-gmail-${tongue}`, given, { pair: pairFor(index), keep: [fresh, old] });
});

/** Words of Outlook's header block: From, Sent, To, Subject. */
const blocks: readonly (readonly [Tongue, string, string, string, string])[] = [
  ['en', 'From', 'Sent', 'To', 'Subject'],
  ['de', 'Von', 'Gesendet', 'An', 'Betreff'],
  ['fr', 'De', 'Envoyé', 'À', 'Objet'],
  ['es', 'De', 'Enviado el', 'Para', 'Asunto'],
  ['it', 'Da', 'Inviato', 'A', 'Oggetto'],
  ['pt', 'De', 'Enviada em', 'Para', 'Assunto'],
  ['nl', 'Van', 'Verzonden', 'Aan', 'Onderwerp'],
  ['sv', 'Från', 'Skickat', 'Till', 'Ämne'],
  ['da', 'Fra', 'Sendt', 'Til', 'Emne'],
  ['fi', 'Lähettäjä', 'Lähetetty', 'Vastaanottaja', 'Aihe'],
  ['pl', 'Od', 'Wysłano', 'Do', 'Temat'],
  ['cs', 'Od', 'Odesláno', 'Komu', 'Předmět'],
  ['hu', 'Feladó', 'Elküldve', 'Címzett', 'Tárgy'],
  ['tr', 'Kimden', 'Gönderildi', 'Kime', 'Konu'],
  ['ru', 'От', 'Отправлено', 'Кому', 'Тема'],
  ['ja', '差出人', '送信日時', '宛先', '件名'],
  ['zh', '发件人', '发送时间', '收件人', '主题'],
  ['ko', '보낸 사람', '보낸 날짜', '받는 사람', '제목'],
  ['id', 'Dari', 'Terkirim', 'Kepada', 'Subjek'],
  ['ro', 'De la', 'Trimis', 'Către', 'Subiect'],
];

const outlookText = blocks.map(([tongue, from, sent, to, subject], index): Sample => {
  const { fresh, old } = talks[tongue];
  const block = `${from}: ${N} <${M}>\n${sent}: 10.03.2025 21:14\n${to}: {{you.shown}} <{{you.alias}}>\nCc: {{me.mail2}}\n${subject}: Re: 34`;
  const text = `${fresh}\n\n________________________________\n${block}\n\n${old}\n`;
  return sample(`QUO-03-${tongue}`, { text }, { pair: pairFor(index), keep: [fresh, old, '{{you.alias}}'] });
});

const outlookHtml = blocks.slice(0, 12).map(([tongue, from, sent, to, subject], index): Sample => {
  const { fresh, old } = talks[tongue];
  const person = index % 2 === 0 ? linked : `${N} [<a href="mailto:{{me.mail2}}">mailto:{{me.mail2}}</a>]`;
  const line = (label: string, value: string): string => `<b><span lang=EN-US>${label}:</span></b><span lang=EN-US> ${value}</span>`;
  const head = [
    line(from, person),
    line(sent, '10.03.2025 21:14'),
    line(to, html('{{you.shown}} <{{you.alias}}>')),
    line(subject, 'Re: 34'),
  ];
  const wrap =
    index % 3 === 0
      ? `<hr style="display:inline-block;width:98%" tabindex="-1"><div id="divRplyFwdMsg" dir="ltr"><font face="Calibri, sans-serif" color="#000000" style="font-size:11pt">${head.join('<br>\n')}</font><div>&nbsp;</div></div>`
      : `<div style='border:none;border-top:solid #E1E1E1 1.0pt;padding:3.0pt 0cm 0cm 0cm'><p class=MsoNormal>${head.join('<br>\n')}<o:p></o:p></p></div>`;
  const body = `<html xmlns:o="urn:schemas-microsoft-com:office:office"><body lang=DE><div class=WordSection1><p class=MsoNormal>${fresh}<o:p></o:p></p>${wrap}<p class=MsoNormal>${old}</p></div></body></html>`;
  return sample(`QUO-04-${tongue}`, { html: body }, { pair: pairFor(index), keep: [fresh, old] });
});

export const quotes: readonly Sample[] = [...inText, ...inHtml, ...outlookText, ...outlookHtml];
