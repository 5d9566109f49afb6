/** The texts of a message, cut at the borders of their regions, each ready to be folded at the first look. */
import type { HtmlToken, Message } from '../../model/message.ts';
import type { Passage } from '../rule.ts';
import { type Folded, fold } from './fold.ts';
import type { Regions, Stretch } from './regions.ts';

/** Attributes whose value a reader can see or hear. */
const seen = ['alt', 'title', 'aria-label', 'placeholder', 'summary', 'label'] as const;

/** Subject, text, HTML, visible attributes, hidden text, in this order. Hidden text reaches nobody: contact data there breaks nothing. */
export const passagesOf = (message: Message, regions: Regions): readonly Passage[] => [...textsOf(message, regions)];

function* textsOf({ subject, text, html }: Message, regions: Regions): Iterable<Passage> {
  if (subject !== '') yield passage({ part: 'subject', region: 'new', plain: subject, from: 0 });
  if (text !== undefined) yield* cut('text', text, regions.text);
  if (html === undefined) return;
  yield* cut('html', html.plain, regions.html);
  for (const [token, it] of html.tokens.entries()) yield* attributesOf(it, token, regions);
  if (html.hidden !== '') yield passage({ part: 'html', region: 'new', plain: html.hidden, hidden: true });
}

function* cut(part: 'text' | 'html', plain: string, stretches: readonly Stretch[]): Iterable<Passage> {
  for (const { from, to, region } of stretches) yield passage({ part, region, plain: plain.slice(from, to), from });
}

function* attributesOf(it: HtmlToken, token: number, regions: Regions): Iterable<Passage> {
  if (it.kind !== 'open') return;
  for (const name of seen) {
    const plain = it.attributes[name];
    if (plain !== undefined && plain !== '') yield passage({ part: 'html', region: regions.ofToken(token), plain, token });
  }
}

function passage(it: Omit<Passage, 'folded'>): Passage {
  let folded: Folded | undefined;
  return {
    ...it,
    get folded() {
      folded ??= fold(it.plain);
      return folded;
    },
  };
}
