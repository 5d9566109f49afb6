/** The page that says all commands: what may be written to the relay by mail, and what it does. Public, and the same for everybody. */
import { type Meaning, meaningOf, meanings } from '../command/meaning.ts';
import { type Command, commands, wordsFor } from '../command/vocabulary.ts';
import { type Language, languages } from '../model/route.ts';
import type { Answer, Operation } from './operation.ts';
import { pageOf } from './page.ts';
import { helpLanguage } from './schemas.ts';

const words: Readonly<Record<Language, { readonly name: string; readonly title: string; readonly texts: readonly string[] }>> = {
  en: {
    name: 'English',
    title: 'What you can say by mail',
    texts: [
      'Our mails and the messages we pass on carry addresses and links of their own. Write one of these words to such an address, alone in the first line of your reply. Case, accents and punctuation do not matter, and you may use the words of any language.',
      'Each address belongs to one message and obeys you alone. A short mail answers what was done and how to undo it.',
    ],
  },
  de: {
    name: 'Deutsch',
    title: 'Was Sie per E-Mail sagen können',
    texts: [
      'Unsere E-Mails und die Nachrichten, die wir weitergeben, haben eigene Adressen und Links. Schreiben Sie an eine solche Adresse eines dieser Wörter, allein in die erste Zeile Ihrer Antwort. Groß- und Kleinschreibung, Akzente und Satzzeichen sind gleich, und Sie können die Wörter jeder Sprache benutzen.',
      'Jede Adresse gehört zu einer einzigen Nachricht und gehorcht nur Ihnen. Eine kurze E-Mail antwortet, was getan wurde und wie Sie es rückgängig machen.',
    ],
  },
  it: {
    name: 'Italiano',
    title: 'Che cosa può dire per e-mail',
    texts: [
      'Le nostre e-mail e i messaggi che inoltriamo hanno indirizzi e link propri. Scriva a uno di questi indirizzi una di queste parole, da sola nella prima riga della risposta. Maiuscole, accenti e punteggiatura non contano, e può usare le parole di qualsiasi lingua.',
      'Ogni indirizzo appartiene a un solo messaggio e obbedisce solo a Lei. Una breve e-mail risponde che cosa è stato fatto e come annullarlo.',
    ],
  },
  sv: {
    name: 'Svenska',
    title: 'Vad du kan säga per mejl',
    texts: [
      'Våra mejl och de meddelanden vi skickar vidare har egna adresser och länkar. Skriv ett av de här orden till en sådan adress, ensamt på första raden i ditt svar. Stora och små bokstäver, accenter och skiljetecken spelar ingen roll, och du kan använda orden på vilket språk som helst.',
      'Varje adress hör till ett enda meddelande och lyder bara dig. Ett kort mejl svarar vad som gjordes och hur du ångrar det.',
    ],
  },
  zh: {
    name: '中文',
    title: '您可以通过邮件说什么',
    texts: [
      '我们的邮件以及我们转交的邮件都带有专用的地址和链接。请向该地址写以下任一词语，单独放在回复的第一行。大小写和标点不影响，也可以使用任何语言的词语。',
      '每个地址只属于一封邮件，并且只听从您本人。我们会用一封简短的邮件答复做了什么以及如何撤销。',
    ],
  },
  id: {
    name: 'Bahasa Indonesia',
    title: 'Yang dapat Anda katakan lewat email',
    texts: [
      'Email kami dan pesan yang kami teruskan memiliki alamat dan tautan sendiri. Tulis salah satu kata ini ke alamat tersebut, sendirian di baris pertama balasan Anda. Huruf besar kecil dan tanda baca tidak berpengaruh, dan Anda boleh memakai kata dari bahasa mana pun.',
      'Setiap alamat milik satu pesan dan hanya menuruti Anda. Sebuah email singkat menjawab apa yang dilakukan dan cara membatalkannya.',
    ],
  },
  es: {
    name: 'Español',
    title: 'Qué puede decir por correo',
    texts: [
      'Nuestros correos y los mensajes que transmitimos tienen direcciones y enlaces propios. Escriba a una de esas direcciones una de estas palabras, sola en la primera línea de su respuesta. Las mayúsculas, los acentos y la puntuación no importan, y puede usar las palabras de cualquier idioma.',
      'Cada dirección pertenece a un solo mensaje y le obedece solo a usted. Un correo breve responde qué se ha hecho y cómo deshacerlo.',
    ],
  },
  fr: {
    name: 'Français',
    title: 'Ce que vous pouvez dire par e-mail',
    texts: [
      'Nos e-mails et les messages que nous transmettons ont des adresses et des liens propres. Écrivez à l’une de ces adresses un de ces mots, seul sur la première ligne de votre réponse. Les majuscules, les accents et la ponctuation ne comptent pas, et vous pouvez utiliser les mots de n’importe quelle langue.',
      'Chaque adresse appartient à un seul message et n’obéit qu’à vous. Un court e-mail répond ce qui a été fait et comment l’annuler.',
    ],
  },
};

const page = { description: 'A page.', schema: { type: 'string' }, type: 'text/html' } as const;
const common = { method: 'GET', tag: 'pages', access: 'open', answers: { 200: page } } as const;

export const helpOperations: readonly Operation[] = [
  { ...common, id: 'help', path: '/help', summary: 'All commands that may be given by mail, in English.', run: async () => shown('en') },
  {
    ...common,
    id: 'helpIn',
    path: '/help/:language',
    summary: 'All commands that may be given by mail.',
    params: helpLanguage,
    run: async ({ params: { language } }) => shown(languages.find((one) => one === language) ?? 'en'),
  },
];

function shown(language: Language): Answer {
  const { title, texts } = words[language];
  const links = languages.filter((one) => one !== language).map((one) => ({ href: `/help/${one}`, label: words[one].name, language: one }));
  return pageOf(200, { language, title, texts, table: commands.flatMap((command) => rowsFor(command, language)), links });
}

/** One for each thing that the word may mean. */
function rowsFor(command: Command, language: Language): readonly (readonly string[])[] {
  const own = language === 'en' ? [] : wordsFor[command][language];
  const said = [command.toUpperCase(), ...own.slice(0, 1).map((word) => word.toLocaleUpperCase(language))];
  const means = new Set<Meaning>([meaningOf(command, 'namesake'), meaningOf(command, 'recipient')]);
  return [...means].map((meaning) => [said.join(', '), meanings[language][meaning]]);
}
