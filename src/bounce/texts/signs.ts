/** What tells mail that comes back from other mail that nobody wrote, as data; folded like the reasons. */
import { phrases } from './phrases.ts';

/** It has not given up yet: nobody needs to be told. */
export const delayTexts: readonly string[] = phrases(`
  this is a warning message only | you do not need to resend | will continue to try | will keep trying | will be retried |
  will retry for | still being retried | still trying to deliver | has not yet been delivered | have not yet been delivered |
  not yet been delivered | no action is required on your part | delivery attempts will continue |
  attempts to deliver the message will continue | is being delayed | has been delayed | delivery is delayed | delivery incomplete |
  zustellung verzögert | wird weiterhin versucht | noch nicht zugestellt | temporairement différé | remise différée |
  se seguirá intentando | entrega retrasada | consegna ritardata | verrà ritentat | 将继续尝试 | 系统会继续 | 投递延迟 | 配信が遅れ | 引き続き配送
`);

/** It arrived: nobody asked, and it says who got it. */
export const successTexts: readonly string[] = phrases(`
  your message was successfully delivered | was successfully delivered | successful mail delivery report |
  has been successfully delivered | delivery to these recipients or groups is complete |
  has been delivered to the following recipients | your message was delivered to the following | relayed to the following |
  wurde erfolgreich zugestellt | a été remis | se ha entregado correctamente | è stato recapitato correttamente
`);

/** Subjects of mail that comes back. */
export const bounceSubjects: readonly string[] = phrases(`
  undeliver | non-delivery | nondeliver | not delivered | could not be delivered | couldn't be delivered | unable to deliver |
  delivery status notification | delivery failure | delivery failed | delivery report | delivery error | delivery problem |
  delivery has failed | delivery notification | mail delivery | message delivery | mail system error | mail failure |
  failure notice | failure delivery | failed delivery | failed mail | returned mail | returned to sender | returned email |
  message rejected | rejected mail | mail error | user unknown | host unknown | warning: message | warning: could not send |
  delayed mail | delivery delayed | unzustellbar | nicht zugestellt | nicht zustellbar | zustellung fehlgeschlagen |
  zustellungsfehler | rückläufer | mailzustellung | échec de la remise | échec de remise | échec de livraison | non remis |
  non délivré | non distribu | no se pudo entregar | no se puede entregar | no entregado | error de entrega | devuelto |
  mancata consegna | mancato recapito | non recapitat | impossibile recapitare | errore di consegna | não entregue |
  falha na entrega | niet bezorgd | onbestelbaar | går inte att leverera | kunde inte levereras | ikke levert | ikke leveret |
  nie dostarczono | niedostarczon | недоставлен | не доставлен | teslim edilemedi | tidak terkirim | gagal dikirim | 退信 | 系统退信 |
  投递失败 | 无法投递 | 邮件被退回 | 未送达 | 無法傳遞 | 退件 | エラーメール | 配信不能 | 配信エラー | 配信できません | 送信できません | メール送信エラー | メールをお届けできません | 반송 | 발송실패
`);

/** Local parts that mail systems write from. */
export const daemonNames: readonly string[] = phrases(`
  mailer-daemon | mailerdaemon | mail-daemon | maildaemon | mail_daemon | postmaster | post_master | mdaemon | microsoftexchange |
  mail delivery sub | mail delivery system | mail delivery service | mail administrator | system administrator |
  systemadministrator | administrateur système | postoffice | bounce | mta-notify | smtp-daemon
`);

/** Sentences that only mail systems begin with. */
export const bounceOpenings: readonly string[] = phrases(`
  hi. this is the | this is the mail system at host | this is the qmail-send program |
  this message was created automatically by mail delivery software | this is a permanent error |
  a message that you sent could not be delivered | a message that you have sent could not be delivered |
  the following addresses had permanent fatal errors | the following addresses had permanent delivery errors |
  could not be delivered to one or more recipients | could not be delivered to the following | couldn't be delivered to |
  delivery to the following recipient failed permanently | delivery to the following recipients failed |
  delivery has failed to these recipients | failed to deliver to | failed to reach the following recipient |
  i'm afraid i wasn't able to deliver your message | we were unable to deliver your message | sorry, we were unable to deliver |
  was unable to deliver your message | your message did not reach | your message wasn't delivered |
  your message was not delivered | your message could not be delivered | your message couldn't be delivered |
  your message to the following recipients could not be delivered | ihre nachricht konnte nicht zugestellt werden |
  ihre e-mail konnte nicht zugestellt werden | konnte an den folgenden empfänger nicht zugestellt werden |
  ihre nachricht hat einige oder alle empfänger nicht erreicht | fehler bei der nachrichtenzustellung |
  votre message n'a pas pu être remis | votre message n'a pas pu être délivré | échec de la remise pour ces destinataires |
  no se pudo entregar a estos destinatarios | su mensaje no ha podido ser entregado | no se pudo entregar su mensaje |
  il messaggio non è stato recapitato | il tuo messaggio non è stato consegnato | não foi possível entregar a sua mensagem |
  uw bericht kon niet worden bezorgd | 很抱歉您发送的邮件被退回 | 您发送的邮件被退回 | 您的邮件被退回 | 您的邮件无法投递 | 邮件被退回 | 投递到以下地址失败 | メールを配信できませんでした |
  次のあて先へのメッセージはエラーのため送信できませんでした
`);

/** Subjects and marks of answers that nobody wrote: no bounce, whatever they say of being away. */
export const answerSubjects: readonly string[] = phrases(`
  out of office | out of the office | out-of-office | automatic reply | auto reply | auto-reply | autoreply | auto response |
  autoresponse | vacation | away from my mail | on holiday | abwesenheit | abwesend | automatische antwort | urlaub |
  absence du bureau | réponse automatique | absent du bureau | respuesta automática | fuera de la oficina | risposta automatica |
  fuori ufficio | resposta automática | automatisch antwoord | afwezig | autosvar | frånvaro | automatyczna odpowiedź | автоответ |
  自动回复 | 自動回覆 | 自動応答 | 不在 | balasan otomatis | we have received your | thank you for your message | read: | gelesen: | lu :
`);

/** Where the returned message begins in a text: what stands below is a person's. */
export const returnedMarks: readonly string[] = phrases(`
  is a copy of the message | here is a copy of your | copy of your message -- | header of the original message | -original message |
  - original message | -returned message | - returned message | -forwarded message | - unsent message | - message header follows |
  - message text follows | header of your message | your message is below | original message follows | original message headers |
  the original message was: | received: from | return-path: < | der original-nachricht folgt | - ursprüngliche nachricht |
  - message original | - mensaje original | - messaggio originale | 原邮件信息 | 原始邮件 | 原文如下 | 元のメッセージ | 原メッセージ
`);
