/**
 * What people may say to the relay by mail, and the words for it: English everywhere, and those that the eight languages would write, whoever
 * writes them. Data only; no word stands for two commands. Case, accents and punctuation do not count.
 */
import type { Language } from '../model/route.ts';

export const commands = ['send', 'approve', 'block', 'unblock', 'stop', 'all', 'start', 'report', 'done', 'help'] as const;
/**
 * `send`: a message that was stopped, without the parts that stopped it. `approve`, `block`: a mailbox that wrote in the party's name; `block`,
 * `unblock` of a recipient: the one who wrote. `stop`, `all`, `start`: messages that this seller, or any seller, starts. `report`: a message.
 * `done`: it needs no answer. `help`: what is understood here.
 */
export type Command = (typeof commands)[number];

/** The first one is the one that we tell people, in capitals. */
export const wordsFor: Readonly<Record<Command, Readonly<Record<Language, readonly string[]>>>> = {
  send: {
    en: ['send', 'deliver'],
    de: ['senden', 'zustellen', 'abschicken'],
    it: ['invia', 'inviare', 'inviate', 'spedire'],
    sv: ['skicka', 'sänd'],
    zh: ['发送', '發送', '送达'],
    id: ['kirim', 'kirimkan'],
    es: ['enviar', 'envía', 'envíe', 'envíen'],
    fr: ['envoyer', 'envoyez', 'envoie'],
  },
  approve: {
    en: ['approve', 'approved', 'allow', 'accept'],
    de: ['genehmigen', 'genehmigt', 'erlauben', 'zulassen', 'freigeben'],
    it: ['approva', 'approvare', 'approvo', 'approvato'],
    sv: ['godkänn', 'godkänna', 'godkänner', 'tillåt'],
    zh: ['批准', '同意', '允许', '允許'],
    id: ['setujui', 'setuju', 'izinkan'],
    es: ['aprobar', 'apruebo', 'aprobado', 'aceptar'],
    fr: ['approuver', 'approuve', 'approuvé', 'accepter', 'autoriser'],
  },
  block: {
    en: ['block', 'blocked', 'deny'],
    de: ['sperren', 'blockieren', 'blocken', 'ablehnen'],
    it: ['blocca', 'bloccare', 'blocco', 'rifiuta'],
    sv: ['blockera', 'spärra', 'neka'],
    zh: ['屏蔽', '拒绝', '拒絕', '阻止', '拉黑'],
    id: ['blokir', 'blokirkan', 'tolak'],
    es: ['bloquear', 'bloqueo', 'rechazar'],
    fr: ['bloquer', 'bloquez', 'refuser'],
  },
  unblock: {
    en: ['unblock'],
    de: ['entsperren', 'entblocken'],
    it: ['sblocca', 'sbloccare'],
    sv: ['avblockera'],
    zh: ['取消屏蔽', '解除屏蔽', '解除'],
    id: ['bukablokir'],
    es: ['desbloquear'],
    fr: ['débloquer', 'débloquez'],
  },
  stop: {
    en: ['stop', 'unsubscribe', 'optout', 'opt-out'],
    de: ['stopp', 'abmelden', 'abbestellen', 'austragen'],
    it: ['ferma', 'basta', 'disiscrivimi', 'cancellami', 'disiscrivi'],
    sv: ['stoppa', 'avsluta', 'avregistrera', 'avprenumerera'],
    zh: ['停止', '退订', '退訂', '取消订阅', '停止接收'],
    id: ['berhenti', 'hentikan'],
    es: ['parar', 'baja', 'detener', 'alto'],
    fr: ['arrêter', 'arrêt', 'arrêtez', 'désabonner', 'désinscription', 'désinscrire'],
  },
  all: {
    en: ['all'],
    de: ['alle', 'alles'],
    it: ['tutti', 'tutto'],
    sv: ['alla', 'allt'],
    zh: ['全部', '所有', '全部停止'],
    id: ['semua'],
    es: ['todos', 'todo'],
    fr: ['tous', 'tout'],
  },
  start: {
    en: ['start', 'subscribe', 'resume'],
    de: ['starten', 'anmelden', 'fortsetzen'],
    it: ['inizia', 'riprendi', 'iscrivimi'],
    sv: ['starta', 'återuppta', 'börja'],
    zh: ['开始', '開始', '恢复', '恢復', '恢复接收'],
    id: ['mulai', 'lanjutkan'],
    es: ['empezar', 'iniciar', 'reanudar', 'alta'],
    fr: ['démarrer', 'reprendre', 'commencer'],
  },
  report: {
    en: ['report', 'spam', 'abuse'],
    de: ['melden', 'missbrauch'],
    it: ['segnala', 'segnalare', 'segnalo'],
    sv: ['rapportera', 'anmäl', 'anmäla'],
    zh: ['举报', '舉報', '投诉'],
    id: ['laporkan', 'lapor'],
    es: ['denunciar', 'denuncio', 'reportar'],
    fr: ['signaler', 'signalez', 'signalement'],
  },
  done: {
    en: ['done', 'settled'],
    de: ['erledigt', 'fertig'],
    it: ['fatto', 'risolto'],
    sv: ['klart', 'klar', 'färdig'],
    zh: ['完成', '已处理', '无需回复', '無需回覆', '已解决'],
    id: ['selesai', 'beres'],
    es: ['listo', 'hecho', 'resuelto'],
    fr: ['terminé', 'fait', 'réglé'],
  },
  help: {
    en: ['help', 'commands', 'info'],
    de: ['hilfe'],
    it: ['aiuto', 'comandi'],
    sv: ['hjälp'],
    zh: ['帮助', '幫助'],
    id: ['bantuan'],
    es: ['ayuda'],
    fr: ['aide'],
  },
};

/** What people say beside a command without meaning anything by it. */
export const courtesies: readonly string[] = [
  ...['please', 'pls', 'thanks', 'thank', 'you', 'it', 'this', 'that', 'now', 'yes', 'mail', 'message', 'seller', 'me', 'hi', 'hello'],
  ...['bitte', 'danke', 'das', 'die', 'es', 'diese', 'nachricht', 'hallo', 'guten', 'tag', 'ja', 'jetzt'],
  ...['grazie', 'per', 'favore', 'prego', 'sì', 'messaggio', 'buongiorno', 'lo', 'il', 'questo'],
  ...['tack', 'snälla', 'hej', 'detta', 'den', 'meddelandet'],
  ...['请', '請', '谢谢', '謝謝', '您好', '你好'],
  ...['mohon', 'tolong', 'terima', 'kasih', 'ya', 'pesan', 'ini', 'halo'],
  ...['por', 'favor', 'gracias', 'hola', 'sí', 'mensaje', 'este', 'lo'],
  ...['merci', 's’il', 'vous', 'plaît', 'svp', 'bonjour', 'le', 'ce', 'oui'],
];
