/** The page on which a seller says that a buyer's message needs no answer. */
import type { Language } from '../model/route.ts';
import type { HttpPorts, Operation } from './operation.ts';
import { tokenPage } from './page.ts';
import { doneForm, doneToken } from './schemas.ts';

interface Words {
  readonly title: string;
  readonly what: string;
  readonly button: string;
  readonly noted: string;
  readonly gone: string;
}

const words: Readonly<Record<Language, Words>> = {
  en: {
    title: 'No answer needed',
    what: 'Say that this message needs no answer of yours. The buyer does not learn of it, and you can still answer at any time.',
    button: 'No answer needed',
    noted: 'Noted. What the buyer writes from now on counts anew.',
    gone: 'This link leads to no message, or to one that is kept no longer.',
  },
  de: {
    title: 'Keine Antwort nötig',
    what: 'Hier sagen Sie, dass diese Nachricht keine Antwort von Ihnen braucht. Wer sie geschrieben hat, erfährt nichts davon, und Sie können jederzeit noch antworten.',
    button: 'Keine Antwort nötig',
    noted: 'Vermerkt. Was künftig geschrieben wird, zählt neu.',
    gone: 'Dieser Link führt zu keiner Nachricht, oder zu einer, die nicht mehr aufbewahrt wird.',
  },
  it: {
    title: 'Nessuna risposta necessaria',
    what: 'Qui indica che questo messaggio non richiede una Sua risposta. L’acquirente non lo saprà, e Lei può sempre rispondere.',
    button: 'Nessuna risposta necessaria',
    noted: 'Annotato. Ciò che l’acquirente scriverà d’ora in poi conta di nuovo.',
    gone: 'Questo link non porta a nessun messaggio, o a uno che non è più conservato.',
  },
  sv: {
    title: 'Inget svar behövs',
    what: 'Säg att det här meddelandet inte behöver något svar från dig. Köparen får inte veta det, och du kan fortfarande svara när du vill.',
    button: 'Inget svar behövs',
    noted: 'Noterat. Det köparen skriver från och med nu räknas på nytt.',
    gone: 'Länken leder inte till något meddelande, eller till ett som inte längre sparas.',
  },
  zh: {
    title: '无需回复',
    what: '在此表示这封邮件无需您回复。买家不会知道，您仍可随时回复。',
    button: '无需回复',
    noted: '已记录。买家此后写的邮件重新计算。',
    gone: '此链接没有对应的邮件，或该邮件已不再保存。',
  },
  id: {
    title: 'Tidak perlu dijawab',
    what: 'Nyatakan bahwa pesan ini tidak memerlukan jawaban Anda. Pembeli tidak akan tahu, dan Anda tetap dapat menjawab kapan saja.',
    button: 'Tidak perlu dijawab',
    noted: 'Dicatat. Yang ditulis pembeli mulai sekarang dihitung lagi.',
    gone: 'Tautan ini tidak mengarah ke pesan mana pun, atau ke pesan yang sudah tidak disimpan.',
  },
  es: {
    title: 'No necesita respuesta',
    what: 'Indique que este mensaje no necesita respuesta suya. El comprador no lo sabrá, y usted puede responder cuando quiera.',
    button: 'No necesita respuesta',
    noted: 'Anotado. Lo que el comprador escriba desde ahora cuenta de nuevo.',
    gone: 'Este enlace no lleva a ningún mensaje, o a uno que ya no se conserva.',
  },
  fr: {
    title: 'Pas de réponse nécessaire',
    what: 'Indiquez que ce message n’appelle pas de réponse de votre part. L’acheteur n’en saura rien, et vous pouvez toujours répondre.',
    button: 'Pas de réponse nécessaire',
    noted: 'C’est noté. Ce que l’acheteur écrira désormais compte de nouveau.',
    gone: 'Ce lien ne mène à aucun message, ou à un message qui n’est plus conservé.',
  },
};

export const doneOperations = ({ done }: Pick<HttpPorts, 'done'>): readonly Operation[] =>
  tokenPage({
    name: 'done',
    token: doneToken,
    form: doneForm,
    calls: {
      show: { id: 'showDone', summary: 'The page behind the link by which a seller says that a message needs no answer.' },
      send: { id: 'sendDone', summary: 'What the buyer wrote so far needs no answer.' },
    },
    gone: words.en,
    async show(token) {
      const language = await done.languageFor(token);
      if (language === undefined) return undefined;
      const { title, what, button } = words[language];
      return { language, title, texts: [what], form: { fields: [], button } };
    },
    async send(token) {
      const language = await done.settle(token);
      return language && { language, title: words[language].title, texts: [words[language].noted] };
    },
  });
