import { foundIn, type ReadSentence, sentencesIn } from '../reading/phrases.ts';
import { type Passage, rule, spotFolded } from '../rule.ts';

const id = 'needless-message';

/** What these rules find makes it more than a thank-you: they tell of it themselves. */
const more = ['marketing', 'review-manipulation', 'opt-out-request', 'off-platform', 'sensitive-info'] as const;

/** A line of so many words without a verb of ours is a name or a heading; more words that we do not know may say something. */
const SHORT_LINE = 5;
const UNKNOWN_SHARE = 0.34;

/**
 * The seller starts, and the new text is nothing but a thank-you, a confirmation, an out-of-stock notice or a manual that nobody
 * asked for. Every sentence is sorted by the phrases: `core` says such a thing, `greeting` adds nothing to it, `clears` wants or
 * tells something, as a question does; a sentence that nothing is known of may be something real.
 */
export const needlessMessage = rule({
  id,
  looksAt: ['initiates', 'passages', 'phrases'],
  *find({ initiates, passages, phrases }) {
    if (!initiates) return;
    const body = bodyOf(passages);
    if (body.some((it) => more.some((other) => foundIn(it, phrases, other).length > 0))) return;
    const sentences = body.flatMap((passage) =>
      sentencesIn(passage, phrases).map((sentence) => ({ passage, sentence, sort: sortOf(sentence) })),
    );
    const core = sentences.filter(({ sort }) => sort === 'core');
    if (core.length === 0 || sentences.some(({ sort }) => sort === 'clears')) return;
    const words = (sort?: string) =>
      sentences.reduce((sum, it) => sum + (sort === undefined || it.sort === sort ? it.sentence.tokens.length : 0), 0);
    if (words('unknown') > words() * UNKNOWN_SHARE) return;
    for (const { passage, sentence } of core) yield spotFolded(passage, sentence.from, sentence.to);
  },
});

/** The new text of one alternative: both say the same, and the HTML is what a reader sees. */
function bodyOf(passages: readonly Passage[]): readonly Passage[] {
  const seen = passages.filter((it) => it.region === 'new' && it.part !== 'subject' && it.from !== undefined);
  const html = seen.filter(({ part }) => part === 'html');
  return html.length > 0 ? html : seen;
}

function sortOf({ entries, asks, tokens }: ReadSentence): 'core' | 'clears' | 'greeting' | 'unknown' {
  const roles = entries.filter((it) => it.rule === id).map(({ role }) => role);
  // "How was your week?" wants nothing.
  if (roles.includes('clears') || (asks && !roles.includes('greeting'))) return 'clears';
  if (roles.includes('core')) return 'core';
  return roles.includes('greeting') || tokens.length <= SHORT_LINE ? 'greeting' : 'unknown';
}
