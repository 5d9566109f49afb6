/**
 * The next hop's answer -> our own reply (RFC 5321 section 4.2, RFC 3463). None of its words passes on: they carry the recipient's real
 * address more often than not. Its class stays, 4xx as 4xx and 5xx as 5xx; what is not a clear answer about this message is 4xx.
 */
import { domainOf, localPart, type Mailbox } from '../model/address.ts';
import { Refusal, type Reply, replies } from '../model/reply.ts';

/** Where the hand-over was when it failed. `session`: before MAIL, or the connection itself; nothing there speaks of the message. */
export type Stage = 'session' | 'mail' | 'rcpt' | 'data' | 'dot';

/** How a hand-over failed. */
export interface Answer {
  readonly stage: Stage;
  /** The next hop's whole reply, lines joined by LF; not set where none came. */
  readonly reply?: string;
  /** What broke where no reply came: `ETIMEDOUT`, `ECONNREFUSED`. */
  readonly code?: string;
}

/** Basic code and enhanced status code; `detail` is the part after the class digit, `1.1`; `''` where the reply has none. */
interface Status {
  readonly code: number;
  readonly detail: string;
  readonly permanent: boolean;
}

/** Replies to the client as such: unknown or wrongly ordered command, host accepts no mail, login wanted or refused (RFC 5321, 7504, 4954). */
const aboutUs: ReadonlySet<number> = new Set([500, 501, 502, 503, 504, 521, 530, 534, 535, 538]);
/** Enhanced codes that speak of our reverse-path, our login or our SMTP (RFC 3463, 4954), not of the message. */
const aboutUsDetail = /^(?:1\.[78]|5\.\d+|7\.(?:8|9|11|14))$/;
/** No such mailbox, no such host, bad address, moved, null MX, mailbox disabled (RFC 3463, 7505). */
const unknownDetail: ReadonlySet<string> = new Set(['1.1', '1.2', '1.3', '1.6', '1.10', '2.1']);
const tooLargeDetail: ReadonlySet<string> = new Set(['2.3', '3.4']);

/** The refusal to answer with; its `cause` is for our log. */
export const refusalOf = (answer: Answer, recipient: Mailbox): Refusal =>
  new Refusal(replyOf(answer), { cause: new Error(logged(answer, recipient)) });

/** Stage and answer for our log: at most 200 characters, addresses and host names masked, nothing that moves a terminal's cursor. */
export function logged({ stage, reply, code = '' }: Answer, recipient: Mailbox): string {
  const said = reply === undefined ? code.replace(/[^A-Z0-9_]/g, '').slice(0, 40) : masked(reply, recipient).trim();
  return `${stage}: ${said || 'no answer'}`.slice(0, 200);
}

/** What nodemailer itself does not send: no fault of the next hop. */
const neverSent: ReadonlySet<string> = new Set(['EENVELOPE', 'EMESSAGE']);

/** Whether the next hop as such is down: not reached, no session, broken off, 421. Any other answer shows that it is there. */
export function isDown({ stage, reply, code = '' }: Answer): boolean {
  if (reply?.startsWith('421')) return true;
  return stage === 'session' && !neverSent.has(code);
}

function replyOf({ stage, reply }: Answer): Reply {
  const status = reply === undefined ? undefined : statusOf(reply);
  if (!status || stage === 'session') return replies.nextHopAway;
  const { code, detail, permanent } = status;
  if (isAboutUs(status)) return replies.nextHopAway;
  if (detail === '2.2' || (detail === '' && code === 552 && stage === 'rcpt')) return replies.recipientFull;
  if (!permanent) return replies.nextHopDefers;
  if (tooLargeDetail.has(detail) || (detail === '' && code === 552 && stage === 'mail')) return replies.tooLarge;
  return isUnknown(stage, status) ? replies.recipientUnknown : replies.nextHopRefuses;
}

/** 421 closes the session, whatever was asked (RFC 5321 section 4.2.3): it says nothing of the message. */
const isAboutUs = ({ code, detail }: Status): boolean =>
  code === 421 || aboutUsDetail.test(detail) || (aboutUs.has(code) && !unknownDetail.has(detail));

function isUnknown(stage: Stage, { code, detail }: Status): boolean {
  if (stage !== 'rcpt' && stage !== 'dot') return false;
  return unknownDetail.has(detail) || (detail === '' && stage === 'rcpt' && (code === 550 || code === 551));
}

/**
 * Reads a reply; undefined where it is none that a client may act on: no three digits, lines with different codes (RFC 5321 section 4.2.1
 * forbids it), or neither 4xx nor 5xx. Where the two codes disagree, the milder one counts.
 */
function statusOf(reply: string): Status | undefined {
  const lines = reply.split('\n');
  const code = /^[45]\d\d(?=[ -]|$)/.exec(lines[0] ?? '')?.[0];
  if (code === undefined || lines.some((line) => !line.startsWith(code))) return undefined;
  const enhanced = /^([45])\.(\d{1,3}\.\d{1,3})(?=\s|$)/.exec(reply.slice(4, 20));
  return { code: Number(code), detail: enhanced?.[2] ?? '', permanent: code.startsWith('5') && enhanced?.[1] !== '4' };
}

/** Whether this is the 250 that makes the next hop responsible for the message: each of its lines says so, and no other code will do. */
export const isTaken = (reply: string): boolean => reply.split('\n').every((line) => /^250(?:[ -]|$)/.test(line));

/** Read at most; a reply may be a megabyte long. */
const longestRead = 1000;

/** A text of the next hop, fit for our log: folded to lower case, compatibility forms undone, on one line. */
function masked(text: string, recipient: Mailbox): string {
  const whole = text.length > longestRead ? text.slice(0, text.lastIndexOf(' ', longestRead) + 1) : text;
  const folded = whole.normalize('NFKC').toLowerCase();
  const oneLine = folded.replace(/\s+/gu, ' ').replace(/\p{C}/gu, '');
  const shown = oneLine.replace(/[^\s<>()[\]{}"',;]+/g, (word) => maskedWord(word));
  return namesOf(recipient).reduce((rest, name) => rest.replaceAll(name, '[address]'), shown);
}

/** Too much masked is no loss: digits and plain words are what tells one answer from another. */
function maskedWord(word: string): string {
  if (word.includes('@') || word.includes('%40')) return '[address]';
  const isHost = /[\p{L}\p{N}_-]\.\p{L}/u.test(word) || /\d\.\d{1,3}\.\d{1,3}\.\d/.test(word) || word.split(':').length > 2;
  return isHost ? '[host]' : word;
}

/** The recipient's own words, which a server may say without an `@` beside them; shorter ones are words of any language. */
function namesOf(recipient: Mailbox): string[] {
  const local = localPart(recipient);
  const names = [local, local.split('+', 1)[0] ?? '', domainOf(recipient)].map((name) => name.normalize('NFKC').toLowerCase());
  return names.filter((name) => name.length >= 3);
}
