/**
 * What a mail to a return-path of ours means. A delivery report says it itself (RFC 3464); of the others their signs tell: who writes, the
 * subject, the first sentences. What has no such sign is an answer that nobody wrote, out of office and its like (RFC 3834), and no bounce.
 */
import type { Report } from '../mime/report.ts';
import type { StatusGroup } from '../mime/status.ts';
import type { Mailbox } from '../model/address.ts';
import type { BounceReason } from '../model/route.ts';
import { folded, namesAddress, says } from './fold.ts';
import { reasonOf } from './reason.ts';
import { answerSubjects, bounceOpenings, bounceSubjects, daemonNames, delayTexts, returnedMarks, successTexts } from './texts/signs.ts';

export type Meaning =
  | {
      readonly kind: 'failed';
      readonly reason: BounceReason;
      /** Whether it was for this mailbox, as far as the report says. */
      readonly names: (mailbox: Mailbox) => boolean;
    }
  | { readonly kind: 'delayed' | 'delivered' | 'answer' };

/** A server's answer to RCPT or DATA, quoted (RFC 5321 section 4.2): `550 5.1.1 …`, `said: 554 …`. */
const permanentReply = /\b55[0-4][ -](?:#?5\.\d{1,3}\.\d{1,3}\b|- |requested action|<)/;

/** The sentences that count stand at the beginning. */
const openingLength = 4_000;

/** @param isOurs whether it is a mailbox that we may have sent to */
export function meaningOf(report: Report, isOurs: (mailbox: Mailbox) => boolean): Meaning {
  if (report.otherKind !== '') return { kind: 'answer' };
  const text = ownWords(report.text);
  return byStatusPart(report, text, isOurs) ?? byWords(report, text);
}

/** Without the returned message, where that stands in the text. */
function ownWords(text: string): string {
  const lower = text.toLowerCase();
  const ends = returnedMarks.map((mark) => lower.indexOf(mark)).filter((at) => at > 0);
  return text.slice(0, Math.min(text.length, ...ends));
}

function byStatusPart({ recipients }: Report, text: string, isOurs: (mailbox: Mailbox) => boolean): Meaning | undefined {
  const own = recipients.filter(({ addresses }) => addresses.some(isOurs));
  const meant = own.length > 0 ? own : recipients;
  const failed = meant.filter(({ action }) => action === 'failed');
  const arrived = meant.some(({ action }) => action !== 'failed' && action !== 'delayed');
  // Somewhere behind the mailbox it goes to several, and one of them has it.
  if (arrived && (failed.length === 0 || own.length === 0)) return { kind: 'delivered' };
  const [first] = failed;
  if (!first) return meant.length > 0 ? { kind: 'delayed' } : undefined;
  const reason = reasonOfGroup(first, text, recipients.length === 1);
  return { kind: 'failed', reason, names: (mailbox) => failed.some(({ addresses }) => addresses.includes(mailbox)) };
}

/** The words for people may be about another recipient where there are several. */
function reasonOfGroup({ status, diagnostic }: StatusGroup, text: string, alone: boolean): BounceReason {
  const reason = reasonOf(status, diagnostic);
  return reason === 'other' && alone ? reasonOf(status, `${diagnostic} ${text}`) : reason;
}

function byWords(report: Report, text: string): Meaning {
  const { failed, fields } = report;
  const said = folded(text);
  const opening = said.slice(0, openingLength);
  const subject = folded(report.subject);
  const author = folded(fields.find(({ name }) => name === 'from')?.value ?? '');
  const isSure = failed.length > 0 || says(bounceOpenings, opening) || permanentReply.test(opening);
  const isLikely = says(daemonNames, author) || says(bounceSubjects, subject);
  if (!isSure && (!isLikely || says(answerSubjects, subject))) return { kind: 'answer' };
  if (says(successTexts, opening)) return { kind: 'delivered' };
  if (says(delayTexts, opening) || says(delayTexts, subject)) return { kind: 'delayed' };
  const names = (mailbox: Mailbox): boolean => failed.includes(mailbox) || namesAddress(said, mailbox);
  return { kind: 'failed', reason: reasonOf('', `${text} ${report.subject}`), names };
}
