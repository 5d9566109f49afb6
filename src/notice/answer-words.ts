/** What an answer to a command says, in the eight languages. Sentences may hold `{other}`, `{time}` and `{page}`. */
import type { Language } from '../model/route.ts';

/**
 * What was done, or that nothing was. `refuse`: a mailbox that wrote in the party's name is blocked. `readmit`, `shut`: the same of one that the
 * party gave its word on before; the mail is gone or delivered.
 */
export type AnswerKind =
  | 'send'
  | 'approve'
  | 'refuse'
  | 'readmit'
  | 'shut'
  | 'block'
  | 'unblock'
  | 'stop'
  | 'all'
  | 'start'
  | 'report'
  | 'done'
  | 'objection'
  | 'help';

export interface AnswerWords {
  /** The subject: something was done, or here is what can be. */
  readonly titles: readonly [done: string, help: string];
  /** What happened, and how it is undone. */
  readonly said: Readonly<Record<AnswerKind, string>>;
  /** With `{other}` and `{time}`: which message it is about. */
  readonly about: Readonly<Record<'own' | 'theirs', string>>;
  /** With `{page}`. */
  readonly page: string;
}

export const answerWords: Readonly<Record<Language, AnswerWords>> = {
  en: {
    titles: ['Done, as you asked', 'What you can answer here'],
    said: {
      send: 'Your message was delivered without the parts that stopped it. What was delivered cannot be taken back.',
      approve:
        'The mail was passed on, and the mailbox may write in your name from now on. To undo this for what it writes next, reply BLOCK.',
      refuse:
        'The mail was deleted, and nothing from that mailbox is taken in your name. To let it write all the same, reply APPROVE; the mail does not come back.',
      readmit: 'The mailbox may write in your name from now on. To undo this, reply BLOCK.',
      shut: 'Nothing from that mailbox is taken in your name any more; what was delivered cannot be taken back. To undo this, reply APPROVE.',
      block: 'Messages from {other} no longer reach you; only what an order cannot do without still arrives. To undo this, reply UNBLOCK.',
      unblock: 'Messages from {other} reach you again. To undo this, reply BLOCK.',
      stop: '{other} will not write to you any more without being asked. To undo this, reply START; to hear from no seller at all, reply ALL.',
      all: 'No seller will write to you any more without being asked. To undo this, reply START.',
      start: 'Sellers may write to you about your orders. To undo this, reply STOP for this seller or ALL for every one.',
      report:
        'Thank you for the report. A person will look at the message; its author does not learn of it. To change what you said, reply REPORT and your words.',
      done: 'It is noted that this message needs no answer. There is nothing to undo: you can still answer it at any time.',
      objection: 'A person will look at what you wrote. To change it, write again: your last words count.',
      help: 'Nothing was done. These words are understood here, alone in the first line of a reply:',
    },
    about: { own: 'This is about your message to {other} of {time}.', theirs: 'This is about the message from {other} of {time}.' },
    page: 'All that you can say by mail: {page}',
  },
  de: {
    titles: ['Erledigt, wie gewünscht', 'Was Sie hier antworten können'],
    said: {
      send: 'Ihre Nachricht wurde ohne die Stellen zugestellt, die sie aufgehalten haben. Was zugestellt ist, lässt sich nicht zurückholen.',
      approve:
        'Die E-Mail ist unterwegs, und das Postfach darf ab jetzt in Ihrem Namen schreiben. Rückgängig für alles, was noch kommt: Antworten Sie BLOCK.',
      refuse:
        'Die E-Mail ist gelöscht, und von diesem Postfach wird in Ihrem Namen nichts angenommen. Soll es doch schreiben dürfen, antworten Sie APPROVE; die E-Mail kommt nicht wieder.',
      readmit: 'Das Postfach darf ab jetzt in Ihrem Namen schreiben. Rückgängig: Antworten Sie BLOCK.',
      shut: 'Von diesem Postfach wird in Ihrem Namen nichts mehr angenommen; was zugestellt ist, lässt sich nicht zurückholen. Rückgängig: Antworten Sie APPROVE.',
      block:
        'Nachrichten von {other} kommen nicht mehr bei Ihnen an; nur was für eine Bestellung unentbehrlich ist, kommt noch durch. Rückgängig: Antworten Sie UNBLOCK.',
      unblock: 'Nachrichten von {other} kommen wieder bei Ihnen an. Rückgängig: Antworten Sie BLOCK.',
      stop: '{other} schreibt Ihnen nicht mehr ungefragt. Rückgängig: Antworten Sie START. Wollen Sie von keinem Verkäufer mehr hören, antworten Sie ALL.',
      all: 'Kein Verkäufer schreibt Ihnen mehr ungefragt. Rückgängig: Antworten Sie START.',
      start:
        'Verkäufer dürfen Ihnen zu Ihren Bestellungen schreiben. Rückgängig: Antworten Sie STOP für diesen Verkäufer oder ALL für alle.',
      report:
        'Danke für die Meldung. Ein Mensch sieht sich die Nachricht an; wer sie geschrieben hat, erfährt nichts davon. Um die Meldung zu ändern, antworten Sie REPORT und Ihren Text.',
      done: 'Vermerkt: Diese Nachricht braucht keine Antwort. Rückgängig zu machen gibt es nichts, Sie können jederzeit noch antworten.',
      objection:
        'Ein Mensch sieht sich an, was Sie geschrieben haben. Um es zu ändern, schreiben Sie noch einmal: Es gilt Ihr letzter Text.',
      help: 'Es wurde nichts getan. Diese Wörter werden hier verstanden, allein in der ersten Zeile einer Antwort:',
    },
    about: { own: 'Es geht um Ihre Nachricht an {other} vom {time}.', theirs: 'Es geht um die Nachricht von {other} vom {time}.' },
    page: 'Alles, was Sie per E-Mail sagen können: {page}',
  },
  it: {
    titles: ['Fatto, come richiesto', 'Che cosa può rispondere qui'],
    said: {
      send: 'Il Suo messaggio è stato consegnato senza le parti che lo avevano fermato. Ciò che è stato consegnato non si può ritirare.',
      approve:
        'L’e-mail è stata inoltrata e la casella può d’ora in poi scrivere a Suo nome. Per annullare per ciò che scriverà in seguito, risponda BLOCK.',
      refuse:
        'L’e-mail è stata cancellata e da quella casella non si accetta nulla a Suo nome. Per lasciarla scrivere comunque, risponda APPROVE; l’e-mail non torna.',
      readmit: 'La casella può d’ora in poi scrivere a Suo nome. Per annullare, risponda BLOCK.',
      shut: 'Da quella casella non si accetta più nulla a Suo nome; ciò che è stato consegnato non si può ritirare. Per annullare, risponda APPROVE.',
      block:
        'I messaggi di {other} non Le arrivano più; arriva ancora solo ciò di cui un ordine non può fare a meno. Per annullare, risponda UNBLOCK.',
      unblock: 'I messaggi di {other} Le arrivano di nuovo. Per annullare, risponda BLOCK.',
      stop: '{other} non Le scriverà più di propria iniziativa. Per annullare, risponda START; per non sentire più alcun venditore, risponda ALL.',
      all: 'Nessun venditore Le scriverà più di propria iniziativa. Per annullare, risponda START.',
      start: 'I venditori possono scriverLe sui Suoi ordini. Per annullare, risponda STOP per questo venditore o ALL per tutti.',
      report:
        'Grazie della segnalazione. Una persona esaminerà il messaggio; chi lo ha scritto non lo saprà. Per cambiarla, risponda REPORT e il Suo testo.',
      done: 'È annotato che questo messaggio non richiede risposta. Non c’è nulla da annullare: può sempre rispondere.',
      objection: 'Una persona esaminerà ciò che ha scritto. Per cambiarlo, scriva di nuovo: vale il Suo ultimo testo.',
      help: 'Non è stato fatto nulla. Qui si capiscono queste parole, da sole nella prima riga di una risposta:',
    },
    about: { own: 'Si tratta del Suo messaggio a {other} del {time}.', theirs: 'Si tratta del messaggio di {other} del {time}.' },
    page: 'Tutto ciò che può dire per e-mail: {page}',
  },
  sv: {
    titles: ['Klart, som du bad om', 'Vad du kan svara här'],
    said: {
      send: 'Ditt meddelande levererades utan de delar som stoppade det. Det som är levererat kan inte tas tillbaka.',
      approve:
        'Mejlet är på väg, och brevlådan får skriva i ditt namn från och med nu. Ångra för det som den skriver härnäst: svara BLOCK.',
      refuse:
        'Mejlet är raderat, och inget tas emot i ditt namn från den brevlådan. Ska den få skriva ändå, svara APPROVE; mejlet kommer inte tillbaka.',
      readmit: 'Brevlådan får skriva i ditt namn från och med nu. Ångra: svara BLOCK.',
      shut: 'Inget mer tas emot i ditt namn från den brevlådan; det som är levererat kan inte tas tillbaka. Ångra: svara APPROVE.',
      block:
        'Meddelanden från {other} når dig inte längre; bara det som en beställning inte klarar sig utan kommer fram. Ångra: svara UNBLOCK.',
      unblock: 'Meddelanden från {other} når dig igen. Ångra: svara BLOCK.',
      stop: '{other} skriver inte längre till dig oombedd. Ångra: svara START. Vill du inte höra från någon säljare alls, svara ALL.',
      all: 'Ingen säljare skriver längre till dig oombedd. Ångra: svara START.',
      start: 'Säljare får skriva till dig om dina beställningar. Ångra: svara STOP för den här säljaren eller ALL för alla.',
      report:
        'Tack för rapporten. En person tittar på meddelandet; den som skrev det får inte veta något. Vill du ändra rapporten, svara REPORT och din text.',
      done: 'Noterat: det här meddelandet behöver inget svar. Det finns inget att ångra, du kan fortfarande svara när du vill.',
      objection: 'En person tittar på det du skrev. Vill du ändra det, skriv igen: din senaste text gäller.',
      help: 'Inget har gjorts. De här orden förstås här, ensamma på första raden i ett svar:',
    },
    about: { own: 'Det gäller ditt meddelande till {other} av {time}.', theirs: 'Det gäller meddelandet från {other} av {time}.' },
    page: 'Allt du kan säga per mejl: {page}',
  },
  zh: {
    titles: ['已按您的要求处理', '您可以在这里回复什么'],
    said: {
      send: '您的邮件已去掉被拦下的部分后送达。已送达的内容无法撤回。',
      approve: '邮件已转交，该邮箱从现在起可以以您的名义写信。如要撤销（对今后的邮件），请回复 BLOCK。',
      refuse: '邮件已删除，该邮箱以您的名义写的邮件不再接受。如果仍要允许它写信，请回复 APPROVE；已删除的邮件无法恢复。',
      readmit: '该邮箱从现在起可以以您的名义写信。如要撤销，请回复 BLOCK。',
      shut: '该邮箱以您的名义写的邮件不再接受；已送达的邮件无法撤回。如要撤销，请回复 APPROVE。',
      block: '{other} 的邮件不再送达给您，只有订单必需的信息仍会送达。如要撤销，请回复 UNBLOCK。',
      unblock: '{other} 的邮件重新送达给您。如要撤销，请回复 BLOCK。',
      stop: '{other} 不会再主动给您写邮件。如要撤销，请回复 START；如果不想收到任何卖家的邮件，请回复 ALL。',
      all: '任何卖家都不会再主动给您写邮件。如要撤销，请回复 START。',
      start: '卖家可以就您的订单给您写邮件。如要撤销，请回复 STOP（此卖家）或 ALL（所有卖家）。',
      report: '感谢您的举报。工作人员会查看这封邮件，发件人不会知道。如要修改，请回复 REPORT 和您的说明。',
      done: '已记录：这封邮件无需回复。没有什么需要撤销，您仍可随时回复。',
      objection: '工作人员会查看您写的内容。如要修改，请再写一次，以最后一次为准。',
      help: '没有进行任何操作。这里可以识别以下词语，请在回复的第一行单独写出：',
    },
    about: { own: '这是关于您 {time} 写给 {other} 的邮件。', theirs: '这是关于 {other} {time} 的邮件。' },
    page: '可以通过邮件说的全部词语：{page}',
  },
  id: {
    titles: ['Selesai, sesuai permintaan Anda', 'Yang dapat Anda jawab di sini'],
    said: {
      send: 'Pesan Anda dikirimkan tanpa bagian yang menghentikannya. Yang sudah dikirimkan tidak dapat ditarik kembali.',
      approve:
        'Email itu diteruskan, dan mulai sekarang kotak surat itu boleh menulis atas nama Anda. Untuk membatalkannya bagi email berikutnya, balas BLOCK.',
      refuse:
        'Email itu dihapus, dan tidak ada yang diterima atas nama Anda dari kotak surat itu. Untuk tetap mengizinkannya menulis, balas APPROVE; email itu tidak kembali.',
      readmit: 'Mulai sekarang kotak surat itu boleh menulis atas nama Anda. Untuk membatalkan, balas BLOCK.',
      shut: 'Tidak ada lagi yang diterima atas nama Anda dari kotak surat itu; yang sudah dikirimkan tidak dapat ditarik kembali. Untuk membatalkan, balas APPROVE.',
      block:
        'Pesan dari {other} tidak lagi sampai kepada Anda; hanya hal yang mutlak diperlukan untuk pesanan yang tetap sampai. Untuk membatalkan, balas UNBLOCK.',
      unblock: 'Pesan dari {other} kembali sampai kepada Anda. Untuk membatalkan, balas BLOCK.',
      stop: '{other} tidak akan menulis lagi kepada Anda tanpa diminta. Untuk membatalkan, balas START; agar tidak ada penjual yang menulis, balas ALL.',
      all: 'Tidak ada penjual yang akan menulis lagi kepada Anda tanpa diminta. Untuk membatalkan, balas START.',
      start: 'Penjual boleh menulis tentang pesanan Anda. Untuk membatalkan, balas STOP untuk penjual ini atau ALL untuk semuanya.',
      report:
        'Terima kasih atas laporan Anda. Seorang petugas akan memeriksa pesan itu; penulisnya tidak akan tahu. Untuk mengubahnya, balas REPORT dan teks Anda.',
      done: 'Dicatat: pesan ini tidak perlu dijawab. Tidak ada yang perlu dibatalkan: Anda tetap dapat menjawabnya kapan saja.',
      objection: 'Seorang petugas akan memeriksa tulisan Anda. Untuk mengubahnya, tulis lagi: yang terakhir yang berlaku.',
      help: 'Tidak ada yang dilakukan. Kata-kata ini dipahami di sini, sendirian di baris pertama jawaban:',
    },
    about: { own: 'Ini tentang pesan Anda kepada {other}, {time}.', theirs: 'Ini tentang pesan dari {other}, {time}.' },
    page: 'Semua yang dapat Anda katakan lewat email: {page}',
  },
  es: {
    titles: ['Hecho, como pidió', 'Qué puede responder aquí'],
    said: {
      send: 'Su mensaje se entregó sin las partes que lo detuvieron. Lo entregado no se puede retirar.',
      approve:
        'El correo sigue su camino y el buzón puede escribir en su nombre desde ahora. Para deshacerlo en lo que escriba después, responda BLOCK.',
      refuse:
        'El correo se ha borrado y no se acepta nada en su nombre de ese buzón. Para dejarle escribir de todos modos, responda APPROVE; el correo no vuelve.',
      readmit: 'El buzón puede escribir en su nombre desde ahora. Para deshacerlo, responda BLOCK.',
      shut: 'Ya no se acepta nada en su nombre de ese buzón; lo entregado no se puede retirar. Para deshacerlo, responda APPROVE.',
      block: 'Los mensajes de {other} ya no le llegan; solo llega lo que un pedido necesita sin falta. Para deshacerlo, responda UNBLOCK.',
      unblock: 'Los mensajes de {other} vuelven a llegarle. Para deshacerlo, responda BLOCK.',
      stop: '{other} ya no le escribirá sin que se lo pida. Para deshacerlo, responda START; para no saber de ningún vendedor, responda ALL.',
      all: 'Ningún vendedor le escribirá ya sin que se lo pida. Para deshacerlo, responda START.',
      start: 'Los vendedores pueden escribirle sobre sus pedidos. Para deshacerlo, responda STOP para este vendedor o ALL para todos.',
      report:
        'Gracias por la denuncia. Una persona revisará el mensaje; quien lo escribió no lo sabrá. Para cambiarla, responda REPORT y su texto.',
      done: 'Queda anotado que este mensaje no necesita respuesta. No hay nada que deshacer: puede responder cuando quiera.',
      objection: 'Una persona revisará lo que ha escrito. Para cambiarlo, escriba otra vez: vale su último texto.',
      help: 'No se ha hecho nada. Aquí se entienden estas palabras, solas en la primera línea de una respuesta:',
    },
    about: { own: 'Se trata de su mensaje a {other} del {time}.', theirs: 'Se trata del mensaje de {other} del {time}.' },
    page: 'Todo lo que puede decir por correo: {page}',
  },
  fr: {
    titles: ['C’est fait, comme demandé', 'Ce que vous pouvez répondre ici'],
    said: {
      send: 'Votre message a été remis sans les passages qui l’avaient arrêté. Ce qui est remis ne peut être repris.',
      approve: 'L’e-mail a été transmis, et la boîte peut désormais écrire en votre nom. Pour annuler pour la suite, répondez BLOCK.',
      refuse:
        'L’e-mail a été supprimé, et rien de cette boîte n’est accepté en votre nom. Pour la laisser écrire malgré tout, répondez APPROVE ; l’e-mail ne revient pas.',
      readmit: 'La boîte peut désormais écrire en votre nom. Pour annuler, répondez BLOCK.',
      shut: 'Plus rien de cette boîte n’est accepté en votre nom ; ce qui est remis ne peut être repris. Pour annuler, répondez APPROVE.',
      block:
        'Les messages de {other} ne vous parviennent plus ; seul ce dont une commande ne peut se passer arrive encore. Pour annuler, répondez UNBLOCK.',
      unblock: 'Les messages de {other} vous parviennent de nouveau. Pour annuler, répondez BLOCK.',
      stop: '{other} ne vous écrira plus sans que vous le demandiez. Pour annuler, répondez START ; pour ne plus rien recevoir d’aucun vendeur, répondez ALL.',
      all: 'Aucun vendeur ne vous écrira plus sans que vous le demandiez. Pour annuler, répondez START.',
      start: 'Les vendeurs peuvent vous écrire au sujet de vos commandes. Pour annuler, répondez STOP pour ce vendeur ou ALL pour tous.',
      report:
        'Merci pour le signalement. Une personne examinera le message ; son auteur n’en saura rien. Pour le modifier, répondez REPORT et votre texte.',
      done: 'Il est noté que ce message n’appelle pas de réponse. Rien à annuler : vous pouvez toujours y répondre.',
      objection: 'Une personne examinera ce que vous avez écrit. Pour le modifier, écrivez de nouveau : votre dernier texte compte.',
      help: 'Rien n’a été fait. Ces mots sont compris ici, seuls sur la première ligne d’une réponse :',
    },
    about: { own: 'Il s’agit de votre message à {other} du {time}.', theirs: 'Il s’agit du message de {other} du {time}.' },
    page: 'Tout ce que vous pouvez dire par e-mail : {page}',
  },
};
