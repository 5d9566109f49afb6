/** The texts of a message, cut at the borders of their regions, each ready to be folded at the first look. */
import type { HtmlToken, Message } from '../../model/message.ts';
import type { Passage } from '../rule.ts';
import { type Folded, fold } from './fold.ts';
import type { Regions, Stretch } from './regions.ts';

/** Attributes whose value a reader can see or hear. */
const seen = ['alt', 'title', 'aria-label', 'placeholder', 'summary', 'label'] as const;

/** Subject, text, HTML, visible attributes, hidden text, in this order. Hidden text reaches nobody: contact data there breaks nothing. */
export const passagesOf = (message: Message, regions: Regions): readonly Passage[] =>
  Array.from(textsOf(message, regions), (it) => passage(it, message));

type Unread = Omit<Passage, 'folded' | 'message'>;

function* textsOf({ subject, text, html }: Message, regions: Regions): Iterable<Unread> {
  if (subject !== '') yield { part: 'subject', region: 'new', plain: subject, from: 0 };
  if (text !== undefined) yield* cut('text', text, regions.text);
  if (html === undefined) return;
  yield* cut('html', html.plain, regions.html);
  for (const [token, it] of html.tokens.entries()) if (it.kind === 'open' && isSeen(it)) yield* attributesOf(it, token, regions);
  if (html.hidden !== '') yield { part: 'html', region: 'new', plain: html.hidden, hidden: true };
}

function* cut(part: 'text' | 'html', plain: string, stretches: readonly Stretch[]): Iterable<Unread> {
  for (const { from, to, region } of stretches) yield { part, region, plain: plain.slice(from, to), from };
}

type Open = Extract<HtmlToken, { kind: 'open' }>;

/** Most elements have none of these attributes. */
function isSeen({ attributes }: Open): boolean {
  for (const name in attributes) if ((seen as readonly string[]).includes(name)) return true;
  return false;
}

function* attributesOf(it: Open, token: number, regions: Regions): Iterable<Unread> {
  for (const name of seen) {
    const plain = it.attributes[name];
    if (plain !== undefined && plain !== '') yield { part: 'html', region: regions.ofToken(token), plain, token };
  }
}

function passage(it: Unread, message: Message): Passage {
  let folded: Folded | undefined;
  return {
    ...it,
    message,
    get folded() {
      folded ??= fold(it.plain);
      return folded;
    },
  };
}
