/** What a notice tells: a mail of our own to the author of a message that was not delivered as it was written. Values only. */
import type { Face, Language } from '../model/route.ts';
import type { TagAway } from '../model/standing.ts';
import type { Verdict } from '../model/verdict.ts';

/** `refused`: nothing was delivered; `redacted`: delivered without some parts; `held`: kept until somebody decides. */
export type NoticeKind = 'refused' | 'redacted' | 'held';

/** The figures that the sentences name; the policy may have others than the usual ones. */
export interface NoticeLimits {
  /** Of all attachments together, decoded. */
  readonly attachmentBytes: number;
  /** Days after an order's completion in which a seller may start a contact. */
  readonly windowDays: number;
}

export interface Notice {
  readonly kind: NoticeKind;
  readonly language: Language;
  /** Of the author's message. */
  readonly trace: string;
  /** Milliseconds since 1970, when the author's message came; becomes the Date as well. */
  readonly at: number;
  /** Of the author's message, decoded; may be empty. */
  readonly subject: string;
  /** The author's own, without brackets. */
  readonly messageId?: string;
  /** The author, as the other side sees them. */
  readonly own: Face;
  readonly other: Face;
  /** All with findings, also those that the notice does not mention. */
  readonly verdicts: readonly Verdict[];
  /** An answer `SEND` delivers the message without the offending parts. */
  readonly canSend: boolean;
  /** Hours for which the message is kept, where it is. */
  readonly keptHours?: number;
  readonly limits?: NoticeLimits;
  /** When a block ends that stopped it; milliseconds since 1970. Not set: nobody knows yet. */
  readonly blockedUntil?: number;
  /** The author's tag in the subject does not count now. */
  readonly tagAway?: TagAway;
  /** From and Reply-To: an answer goes there. */
  readonly commandAddress: string;
  /** The page that says all commands, if there is one. */
  readonly helpPage?: string | undefined;
  /** Ours: Reporting-MTA, and where the ids live. */
  readonly domain: string;
}

/**
 * The verdicts that an author is told about. What is only observed changed nothing, and what stands in a quote or a signature is no
 * fault of the author's: it goes silently, and it may be the other side's. None left: there is nothing to write a notice about,
 * but that a message is held.
 */
export const mentioned = (verdicts: readonly Verdict[]): readonly Verdict[] =>
  verdicts
    .filter(({ action }) => action !== 'observe')
    .map((verdict) => ({ ...verdict, findings: verdict.findings.filter(({ region }) => region === 'new') }))
    .filter(({ findings }) => findings.length > 0);
