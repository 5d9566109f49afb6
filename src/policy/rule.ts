/**
 * Rule and Facts: the whole contract of a rule on one page. A rule sees only the facts it names, finds, and decides nothing:
 * `judge.ts` and the policy do that. The id of a rule is its file's name, its key in `policy.yaml` and the label of the cases.
 */
import type { Direction, Situation } from '../model/route.ts';
import type { Finding, RuleId } from '../model/verdict.ts';
import type { Allowed, Limits } from './policy.ts';
import type { Address } from './reading/addresses.ts';
import type { Call } from './reading/calls.ts';
import type { Folded } from './reading/fold.ts';
import type { Link } from './reading/links.ts';
import type { Phrases } from './reading/phrases.ts';

/** A stretch of text that belongs to one part and one region, as a reader sees it. */
export interface Passage {
  readonly part: 'subject' | 'text' | 'html';
  readonly region: Finding['region'];
  readonly plain: string;
  /** Where it begins in `Message.subject`, `Message.text` or `Html.plain`; undefined where it does not stand in visible text. */
  readonly from?: number;
  /** Index in `Html.tokens`, where it is the text of an attribute that a reader sees (`alt`, `title` …). */
  readonly token?: number;
  /** Text that is in the source and that no reader sees. */
  readonly hidden?: true;
  /** Disguises undone, lower case; made at the first look. */
  readonly folded: Folded;
  /** In which it stands, where it does: what another passage of it says too need not be read again. */
  readonly message?: object;
}

/** A remote resource, and whether it is the sender's doing. */
export interface Resource {
  readonly url: string;
  readonly region: Finding['region'];
  /** Index in `Html.tokens` of the element that names it, where it can be told. */
  readonly token?: number;
}

/** A file, without its content: what the rules may know of it. */
export interface Attachment {
  readonly filename: string;
  /** As found in the content: `pdf`, `jpeg`, `exe` … or `unknown`. */
  readonly type: string;
  readonly bytes: number;
  /** The HTML shows it in the text. */
  readonly inline: boolean;
  /** Index in `Message.files`. */
  readonly file: number;
}

/** What rules may look at; `facts.ts` takes each of these out of a message at most once, and only if a rule looks at it. */
export interface Facts {
  readonly direction: Direction;
  readonly initiates: boolean;
  readonly order: Situation['order'];
  readonly buyerOptedOut: boolean;
  /** The subject carries the tag, or the order is custom, handmade or wine. */
  readonly critical: boolean;
  /** Subject, text, HTML, its visible attributes, its hidden text, cut at the borders of regions; in this order. */
  readonly passages: readonly Passage[];
  /** Mail addresses in the passages that are not allowed. */
  readonly addresses: readonly Address[];
  /** Links that write or call: `mailto:`, `tel:` … */
  readonly calls: readonly Call[];
  /** Every link that is not allowed: in an attribute, in the text, in words. */
  readonly links: readonly Link[];
  /** Every remote resource that is not on a host of the marketplace. */
  readonly resources: readonly Resource[];
  readonly attachments: readonly Attachment[];
  readonly allowed: Allowed;
  readonly limits: Limits;
  readonly phrases: Phrases;
}

/** A rule sees only the facts it names in `looksAt`: that is its parameter list. */
export interface Rule<Fact extends keyof Facts = keyof Facts> {
  readonly id: RuleId;
  readonly looksAt: readonly Fact[];
  find(facts: Pick<Facts, Fact>): Iterable<Finding>;
}

/** Makes a rule; it cannot read a fact that it has not named. */
export const rule = <const Fact extends keyof Facts>(it: Rule<Fact>): Rule => it;

/** The finding of a span of a passage; `from` and `to` are offsets in `passage.plain`. */
export function spot(passage: Passage, from: number, to: number): Finding {
  const finding = { part: passage.part, region: passage.region, span: passage.plain.slice(from, to) };
  if (passage.token !== undefined) return { ...finding, token: passage.token };
  return passage.from === undefined ? finding : { ...finding, from: passage.from + from, to: passage.from + to };
}

/** The finding of a span of the folded text; `from` and `to` are offsets in `passage.folded.text`. */
export function spotFolded(passage: Passage, from: number, to: number): Finding {
  const { origin } = passage.folded;
  return spot(passage, origin(from), to > from ? origin(to - 1, 'end') : origin(to));
}
