/** Rules find; `judge` decides; the catalogue answers. */

/** Ids of all rules, in the order in which they are listed everywhere. */
export const ruleIds = [
  'contact-email',
  'contact-phone',
  'contact-handle',
  'external-link',
  'logo-link',
  'tracking-pixel',
  'attachment-type',
  'attachment-size',
  'marketing',
  'review-manipulation',
  'opt-out-request',
  'off-platform',
  'sensitive-info',
  'needless-message',
  'opted-out',
  'proactive-window',
  'no-order',
] as const;
export type RuleId = (typeof ruleIds)[number];

/**
 * What stands in the place of a rule where none of the policy stopped or changed a message: a file in whose words its author stands went out,
 * the scanner found something, its party may not write now.
 */
export const otherRuleIds = ['identity', 'malware', 'starting-blocked', 'all-blocked'] as const;
export type OtherRuleId = (typeof otherRuleIds)[number];

/** What policy.yaml says is to be done, mildest first. `redact`: a span is masked, a part replaced by a note. */
export const actions = ['observe', 'redact', 'hold', 'reject'] as const;
export type Action = (typeof actions)[number];

/** Where a rule was broken. */
export interface Finding {
  readonly part: 'subject' | 'text' | 'html' | 'attachment' | 'message';
  readonly region: 'new' | 'quoted' | 'signature';
  /** The very words, or the file name; `''` where no spot is to blame, as in `no-order`. */
  readonly span: string;
  /** Where the span stands: offsets in `Message.subject`, `Message.text` or `Html.plain`. Not set for what stands in an attribute or is hidden. */
  readonly from?: number;
  readonly to?: number;
  /** Index in `Html.tokens` of the element whose attribute (href, src, alt, title …) it is. */
  readonly token?: number;
  /** Index in `Message.files`, where the part is an attachment. */
  readonly file?: number;
}

/** The finding of a whole message, where no spot is to blame. */
export const wholeMessage: Finding = { part: 'message', region: 'new', span: '' };

/** `needed`: the message passes by its tag alone; `beside`: it would pass without. */
export type Tag = 'needed' | 'beside';

/** One rule's answer about one message. No findings: it passes. */
export interface Verdict {
  readonly rule: string;
  readonly action: Action;
  readonly findings: readonly Finding[];
}

/**
 * What becomes of the message. All verdicts with findings are listed, also those that change nothing. `late`: the time for the policy
 * was up before all rules had looked; such a message is never let through unjudged.
 */
export interface Disposition {
  readonly kind: 'relay' | 'hold' | 'reject' | 'late';
  readonly verdicts: readonly Verdict[];
  /** A seller asks for a review, of whatever kind: one request for each order is allowed, and counted (requirement C10). */
  readonly asksForReview: boolean;
  /** Of a message that a seller starts with the critical tag in its subject: whether it would not have passed without. */
  readonly tag?: Tag;
}
