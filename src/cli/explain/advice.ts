/** What an operator can do now, by what the message was answered with. */
import type { Entry } from '../../model/entry.ts';
import type { replies } from '../../model/reply.ts';
import { replyNameOf } from './words.ts';

const byReply: Readonly<Partial<Record<keyof typeof replies, string>>> = {
  unknownAlias: 'The alias ended, or its party was forgotten. A new order of the two, or PUT /v1/conversations, makes it live again.',
  recipientAway: 'The seller is away for new buyers: PUT /v1/parties/{seller} with "away": null ends it; the author may write again then.',
  messagingOff: 'The seller takes no messages (messaging: disabled): PUT /v1/parties/{seller} changes it.',
  answersOnly: 'The seller has messaging disabled and may only answer: PUT /v1/parties/{seller} changes it.',
  undeliverable:
    'The recipient has blocked the author: PUT /v1/conversations/{id}/block with "blocked": false lifts it, if the recipient wants it.',
  notAParty: 'The author’s mailbox is none of the party’s: add it with PUT /v1/parties/{id}, or let the party approve it.',
  unauthenticated: 'The author’s domain must publish SPF or DKIM that fits the From line; or the author logs in at our submission port.',
  notYourDomain: 'The author’s login does not allow the domain in From: change SUBMISSION_USERS, or the author’s address.',
  badAuthor: 'The author’s program wrote no From, or several: it must be exactly one.',
  againstPolicy: 'The author must take out what the rules name and send it again; `check` tries a message without sending it.',
  malware: 'The author must send it without the file, or a clean one; event `malware` in the log has the name of what was found.',
  noticed: 'The author was told which rule and which words, and how to mend it; `check` tries a message without sending it.',
  startingBlocked:
    'The author’s party may not start conversations now: see GET /v1/parties/{id}/standing, and the objection, if there is one.',
  allBlocked: 'None of the party’s messages passes now: see GET /v1/parties/{id}/standing, and the objection, if there is one.',
  sealed: 'Encrypted mail cannot be judged: the author must send it in the clear.',
  unreadable: 'The message is broken beyond reading: the author must send it with another program.',
  tooComplex: 'The message has more parts than any honest one: the author must send it with another program, or without what it forwards.',
  bareLineEnd: 'The author’s mail server writes bare CR or LF (RFC 5321 section 2.3.8): that server must be mended.',
  loop: 'The message came round again: look for a forwarding rule that sends mail to an alias back to the author.',
  tooLarge: 'The author must send less at once: see MAX_MESSAGE_BYTES.',
  dnsAway: 'Nothing, if it passes by itself; else see DNS_SERVERS and `doctor`.',
  inProgress: 'Nothing: the same message was just being handed over by another relay.',
  busy: 'Nothing, if it passes by itself; else see MAX_BYTES_IN_MEMORY and WORKERS.',
  noTurn: 'Nothing, if it passes by itself; else see WORKERS.',
  tooMany: 'Nothing: the author wrote more than the rate limits allow; the sender’s server comes again.',
  nextHopAway: 'Look at OUTBOUND_URL with `doctor`; once the next hop is there, the sender’s server brings it by itself.',
  nextHopDefers: 'Nothing, if it passes by itself; else ask the next hop’s log what it waits for.',
  nextHopRefuses: 'Ask the next hop’s log for its reason (event `message`, field nextHop); the author was told by the own mail server.',
  recipientUnknown: 'All mailboxes of the recipient came back as unreachable: PUT /v1/parties/{recipient} with one that works.',
  recipientFull: 'Nothing: the recipient’s mailbox is full; the sender’s server comes again for days.',
  tryLater: 'The sender’s server comes again by itself; if it lasts, see the log for `unexpected` with this trace.',
};

const byOutcome: Readonly<Record<Entry['disposition'], string>> = {
  relay: 'If it is not there: look into the recipient’s spam folder, then ask the next hop’s log for our Message-ID.',
  hold: '`held TRACE` shows it; its author may release it by answering SEND to the notice.',
  reject: 'The author must change it and send it again.',
  defer: 'Nothing: the sender’s server comes again by itself, for days.',
  drop: 'Nothing: such mail is never passed on.',
  repeat: 'Nothing: see the message that it repeats.',
};

/** In the words of `Entry.reason`, where the reply says no more than that a notice tells why. */
const byReason: Readonly<Record<string, string | undefined>> = {
  'the seller is away, and the contact is new': byReply.recipientAway,
  'the seller takes no messages': byReply.messagingOff,
  'the seller takes no messages, and so starts none': byReply.answersOnly,
  'the recipient has blocked the author': byReply.undeliverable,
  'the aliases have ended': byReply.unknownAlias,
};

export function adviceFor({ disposition, reply, reason, bouncedAt }: Entry, reachable: boolean): string {
  if (bouncedAt !== undefined) {
    const again = 'The author must send it again once the mailbox works';
    return reachable ? `${again}; it counts as reachable now.` : `${again}: PUT /v1/parties/{recipient} with one that works.`;
  }
  if (disposition === 'relay' || disposition === 'hold' || disposition === 'drop' || disposition === 'repeat')
    return byOutcome[disposition];
  const name = replyNameOf(reply);
  return byReason[reason ?? ''] ?? (name && byReply[name]) ?? byOutcome[disposition];
}
