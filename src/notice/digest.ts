/** The notices of a day in one mail, for authors who want no more than that. A plain text: it answers no single message. */
import { compose } from '../mime/compose.ts';
import type { Face, Language } from '../model/route.ts';
import { headingFields } from './heading.ts';
import type { Notice } from './notice.ts';
import { shown } from './shown.ts';
import { subjectOf, timeOf } from './text.ts';
import type { Words } from './vocabulary.ts';
import { fill, ruleWords, wordsOf } from './words.ts';

/** What the digest tells of one message. */
export interface DigestEntry extends Pick<Notice, 'kind' | 'trace' | 'at' | 'subject'> {
  /** The other side's name, as the author sees it. */
  readonly other: string;
  /** Ids of the rules that the author is told of. */
  readonly rules: readonly string[];
}

export interface Digest {
  readonly language: Language;
  /** Of the digest itself. */
  readonly trace: string;
  /** Milliseconds since 1970: a moment of the day it tells of, in UTC; becomes the Date as well. */
  readonly at: number;
  /** The author, with one of the author's aliases. */
  readonly own: Face;
  /** In the order in which they are to stand; of more than 200 the rest is counted only. */
  readonly entries: readonly DigestEntry[];
  readonly commandAddress: string;
  readonly domain: string;
}

const maxEntries = 200;

/** A complete message, 7-bit, in lines of at most 998 octets; the same digest gives the same bytes. */
export function writeDigest(digest: Digest): Uint8Array {
  const words = wordsOf[digest.language];
  const day = new Date(digest.at).toISOString().slice(0, 10);
  const fields = headingFields({
    ...digest,
    service: words.service,
    subject: fill(words.digest.title, { day, n: String(digest.entries.length) }),
    messageId: `digest.${digest.trace}@${digest.domain}`,
    about: 'digest',
  });
  return compose(fields, { kind: 'text', type: 'text/plain', text: textOf(digest, words) }, digest.trace);
}

function textOf({ own, entries }: Digest, words: Words): string {
  const left = entries.length - maxEntries;
  const paragraphs = [
    fill(words.greeting, { own: shown(own.name) }),
    words.digest.happened,
    ...entries.slice(0, maxEntries).map((entry, index) => entryOf(entry, index + 1, words)),
    ...(left > 0 ? [fill(words.more, { n: String(left) })] : []),
    words.digest.objection,
  ];
  return `${paragraphs.join('\n\n')}\n`;
}

function entryOf(entry: DigestEntry, number: number, words: Words): string {
  const { labels } = words;
  const rules = [...new Set(entry.rules.map((rule) => ruleWords(words, rule).name))];
  const lines = [
    `${labels.sent}${timeOf(entry.at)}`,
    `${labels.to}${shown(entry.other)}`,
    `${labels.subject}${subjectOf(entry.subject, words)}`,
    ...(rules.length === 0 ? [] : [`${labels.reason}${rules.join(words.comma)}`]),
    `${labels.trace}${entry.trace}`,
  ];
  return [`${number}. ${words.kinds[entry.kind].state}`, ...lines.map((line) => `   ${line}`)].join('\n');
}
