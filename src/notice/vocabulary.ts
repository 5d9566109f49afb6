/** What must be said in every language: a rule or a sentence that one of them lacks does not compile. */
import type { BounceReason } from '../model/route.ts';
import type { RuleId } from '../model/verdict.ts';
import type { NoticeKind } from './notice.ts';

export interface RuleWords {
  /** A heading of few words; lower case inside a list where the language has it so. */
  readonly name: string;
  /** What is the matter: one sentence that is true whatever became of the message. May hold `{days}` and `{size}`. */
  readonly what: string;
  /** How to mend it. May hold `{tag}`. */
  readonly mend: string;
}

export interface KindWords {
  /** One or two words: `Not delivered`. */
  readonly state: string;
  /** The notice's subject, with `{subject}`. */
  readonly title: string;
  /** The first sentence after the greeting, with `{other}`. */
  readonly happened: string;
  /** What became of the rest, with `{other}`. */
  readonly rest: string;
  /** What the author can do without asking us. */
  readonly again: string;
}

export interface DigestWords {
  /** With `{day}` and `{n}`. */
  readonly title: string;
  readonly happened: string;
  readonly objection: string;
}

/** Of a message that came back from the other side's mail system. */
export interface BouncedWords {
  /** With `{other}`. */
  readonly title: string;
  /** With `{other}`. */
  readonly happened: string;
  /** What an answer does. */
  readonly question: string;
  readonly reasons: Readonly<Record<BounceReason, { readonly why: string; readonly mend: string }>>;
}

/** Of a message that named others beside the alias. Each with `{other}` where it likes. */
export interface CopiedWords {
  readonly title: string;
  readonly happened: string;
  readonly seen: string;
  readonly mend: string;
}

/** Of a mail from a mailbox that a party did not register. */
export interface StrangerWords {
  /** With `{address}`. */
  readonly title: string;
  /** With `{address}` and `{other}`. */
  readonly happened: string;
  readonly approve: string;
  readonly block: string;
  /** With `{page}`. */
  readonly page: string;
  /** With `{hours}`. */
  readonly kept: string;
}

export interface Words {
  /** Who writes: the name in From. */
  readonly service: string;
  readonly quotes: readonly [open: string, close: string];
  /** The tag that makes a message critical, as this language writes it. */
  readonly tag: string;
  /** What stands between the items of a list. */
  readonly comma: string;
  /** With `{own}`. */
  readonly greeting: string;
  readonly kinds: Readonly<Record<NoticeKind, KindWords>>;
  /** Labels of one line; each ends as the language ends it, what follows is joined without a blank. */
  readonly labels: Readonly<Record<'to' | 'subject' | 'sent' | 'words' | 'file' | 'mend' | 'reason' | 'trace', string>>;
  /** Lines above a list. */
  readonly headings: Readonly<Record<'reasons' | 'now', string>>;
  /** With `{n}`. */
  readonly more: string;
  readonly noSubject: string;
  readonly noFilename: string;
  /** What an answer does. */
  readonly send: string;
  readonly objection: string;
  /** With `{hours}`; stands where the message is kept. */
  readonly kept: string;
  readonly digest: DigestWords;
  readonly bounced: BouncedWords;
  readonly copied: CopiedWords;
  readonly stranger: StrangerWords;
  /** `identity`: the gate took a file out that names its author; `malware`: the scanner found some; `other`: a rule that the marketplace added. */
  readonly rules: Readonly<Record<RuleId | 'identity' | 'malware' | 'other', RuleWords>>;
}
