/** Every reply that this server gives: one catalogue, one translator of errors (RFC 5321 section 4.2, RFC 3463). */

/** One SMTP reply: reply code (RFC 5321), enhanced status code (RFC 3463), text. */
export interface Reply {
  readonly code: number;
  readonly enhanced: `${2 | 4 | 5}.${number}.${number}`;
  readonly text: string;
}

/** The class digit is taken from the code, so that the two can never disagree. */
function reply(code: number, subjectDetail: `${number}.${number}`, text: string): Reply {
  const kind = Math.trunc(code / 100);
  if (kind !== 2 && kind !== 4 && kind !== 5) throw new RangeError(`no reply class in ${code}`);
  return Object.freeze({ code, enhanced: `${kind}.${subjectDetail}` as const, text });
}

/** The catalogue. README's table *Replies* lists the same; `test/catalogue.test.ts` compares them. */
export const replies = {
  relayed: reply(250, '0.0', ''),
  taken: reply(250, '0.0', ''),
  noticed: reply(250, '0.0', 'Not delivered, a notice tells why'),
  held: reply(250, '2.0', 'Message held for review'),
  unknownAlias: reply(550, '1.1', 'No such address here'),
  recipientAway: reply(550, '2.1', 'The recipient is away and takes no new inquiries now; write again later, or turn to the marketplace'),
  messagingOff: reply(550, '2.1', 'The recipient takes no messages; turn to the marketplace'),
  answersOnly: reply(550, '7.1', 'You have turned messages off and may only answer; turn them on at the marketplace'),
  undeliverable: reply(550, '7.1', 'The message cannot be delivered to this recipient'),
  notAParty: reply(550, '7.1', 'You may not write to this address from here'),
  unauthenticated: reply(550, '7.26', 'The author of this message could not be proven (SPF, DKIM)'),
  notYourDomain: reply(550, '7.1', 'You may not write for the domain in From'),
  badAuthor: reply(550, '7.1', 'The message must have exactly one author in From'),
  againstPolicy: reply(550, '7.1', 'Against the policy of the marketplace'),
  malware: reply(554, '7.1', 'A file in the message carries malware'),
  startingBlocked: reply(550, '7.1', 'You may not start conversations for now, answers still pass'),
  allBlocked: reply(550, '7.1', 'None of your messages is delivered for now'),
  nothingHeld: reply(550, '6.0', 'There is no message waiting to be sent: it was sent, or it is older than 72 hours'),
  cannotSend: reply(550, '7.1', 'The message cannot be sent without the parts that stopped it; change it and send it again'),
  noCommand: reply(550, '6.0', 'Answer SEND, or write why you object'),
  noAnswer: reply(550, '6.0', 'Answer APPROVE or BLOCK'),
  notUnderstood: reply(550, '6.0', 'No command is understood in this; write one alone in the first line'),
  unreadable: reply(554, '6.0', 'The message cannot be read'),
  tooComplex: reply(554, '6.0', 'The message is too complex'),
  sealed: reply(550, '7.5', 'Encrypted or sealed mail (PGP, S/MIME) cannot be delivered here, send it in the clear'),
  bareLineEnd: reply(550, '6.0', 'Bare CR or LF is not allowed (RFC 5321 section 2.3.8)'),
  loop: reply(554, '4.6', 'Mail loop'),
  oneRecipient: reply(452, '5.3', 'One recipient at a time'),
  tooLarge: reply(552, '3.4', 'Message too large'),
  tryLater: reply(451, '3.0', 'Temporary failure, try again later'),
  dnsAway: reply(451, '4.3', 'The author cannot be proven now, try again later'),
  inProgress: reply(451, '4.5', 'The same message is being handed over, try again later'),
  busy: reply(452, '3.1', 'Busy, try again later'),
  noTurn: reply(451, '3.2', 'Too much work at once, try again later'),
  tooMany: reply(451, '7.0', 'Too many messages, try again later'),
  nextHopAway: reply(451, '4.1', 'The next mail server cannot be reached, try again later'),
  nextHopDefers: reply(451, '4.2', 'The next mail server asks to try again later'),
  nextHopRefuses: reply(554, '4.0', 'The next mail server refused the message'),
  recipientUnknown: reply(550, '1.1', 'The recipient of this address cannot be reached'),
  recipientFull: reply(452, '2.2', 'The mailbox of the recipient is full, try again later'),
  syntax: reply(501, '5.4', 'Syntax error in parameters'),
  unknownParameter: reply(555, '5.4', 'Parameter not recognised'),
  loginNeeded: reply(530, '7.0', 'Authentication required'),
  startTlsNeeded: reply(530, '7.0', 'Must issue a STARTTLS command first'),
  loginNotInClear: reply(538, '7.11', 'Encryption required for the requested authentication mechanism'),
  loginFailed: reply(535, '7.8', 'Authentication credentials invalid'),
  loginAway: reply(454, '7.0', 'Temporary authentication failure'),
  shuttingDown: reply(421, '3.2', 'Shutting down, try again later'),
  tooManyConnections: reply(421, '7.0', 'Too many connections, try again later'),
  tooManyErrors: reply(421, '7.0', 'Too many errors'),
  shutOut: reply(421, '7.0', 'Too many unknown addresses or failed proofs, try again later'),
  timeout: reply(421, '4.2', 'Timeout'),
} as const satisfies Record<string, Reply>;

/** Ends the way of a message with a reply. The cause is for our log, never for the wire. */
export class Refusal extends Error {
  override readonly name = 'Refusal';
  readonly reply: Reply;
  constructor(reply: Reply, options?: ErrorOptions) {
    super(`${reply.code} ${reply.enhanced} ${reply.text}`, options);
    this.reply = reply;
  }
}

/** What we do not know we do not bounce: the sender's server keeps the mail and tries again. */
export const replyTo = (error: unknown): Reply => (error instanceof Refusal ? error.reply : replies.tryLater);

/** RFC 5321 section 4.5.3.1.5 allows a line of 512 octets. */
const longestText = 400;

/** The one form in which our replies leave: `250 2.0.0 <trace>`, `550 5.7.1 <text> (trace <trace>)`; printable ASCII, one line. */
export function wire(reply: Reply, trace?: string): string {
  const text = reply.text
    .replace(/[^\x20-\x7e]/g, '')
    .slice(0, longestText)
    .trim();
  const suffix = text === '' || trace === undefined ? (trace ?? '') : `(trace ${trace})`;
  return [reply.code, reply.enhanced, text, suffix].filter((part) => part !== '').join(' ');
}
