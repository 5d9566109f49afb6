/** The findings of the policy as changes to the message: words that go, elements that lose what they point to, files that stay behind. */
import type { Html, Message } from '../model/message.ts';
import type { Language } from '../model/route.ts';
import type { Finding, Verdict } from '../model/verdict.ts';
import { contextEdits, isReadersOwn, ownLinkEdits } from './context.ts';
import { type Edit, orderEdits } from './edits.ts';
import { type Folded, fold, foldOnce } from './fold.ts';
import { wrappedLinksIn } from './links.ts';
import { maskEdits, type Needles, occurrences, tells } from './mask.ts';
import { htmlSignatureCuts, pictureMarks, signatureCuts } from './signatures.ts';
import { noteFor } from './words.ts';

type TextPart = 'subject' | 'text' | 'html';

/** Words that a rule took out, to be found again wherever else they stand. */
interface Banned {
  /** As `fold` gives them. */
  readonly words: string;
  readonly put: string;
}

/** All that is to be done to one message. */
export interface Redactions {
  readonly edits: Readonly<Record<TextPart, readonly Edit[]>>;
  readonly banned: readonly Banned[];
  /** Tokens of the HTML whose attribute broke a rule: they lose their target and their text for blind readers. */
  readonly bare: ReadonlySet<number>;
  /** Files that stay behind, each with the rule it broke. */
  readonly files: ReadonlyMap<number, string>;
  readonly needles: Needles;
}

/** Shorter words stand everywhere without meaning the same. */
const minBanned = 4;
const maxBanned = 200;

type Broken = Finding & { readonly rule: string };

/** @param verdicts of a message that is relayed; those whose action is not `redact` change nothing in it */
export function redactionsOf(
  message: Message,
  verdicts: readonly Verdict[],
  look: { readonly needles: Needles; readonly language: Language },
): Redactions {
  const broken = verdicts
    .filter(({ action }) => action === 'redact')
    .flatMap(({ rule, findings }) => findings.map((it): Broken => ({ ...it, rule })));
  const banned = bannedWords(broken, look.language);
  const texts = { subject: message.subject, text: message.text ?? '', html: message.html?.plain ?? '' };
  const editsIn = (part: TextPart): Edit[] => [
    ...broken.filter((finding) => finding.part === part).flatMap((finding) => spotOf(finding, texts[part].length, look.language)),
    ...editsFor(texts[part], banned, look.needles),
    ...contextEdits(texts[part]),
  ];
  return {
    edits: {
      subject: orderEdits(editsIn('subject')),
      text: orderEdits([...editsIn('text'), ...signatureCuts(texts.text), ...pictureMarks(texts.text)]),
      html: orderEdits([
        ...editsIn('html'),
        ...gluedEdits(message.html, look.needles),
        ...(message.html ? htmlSignatureCuts(message.html) : []),
      ]),
    },
    banned,
    bare: new Set(broken.flatMap(({ token }) => (token === undefined ? [] : [token]))),
    files: new Map(broken.flatMap(({ file, rule }) => (file === undefined ? [] : [[file, rule] as const]))),
    needles: look.needles,
  };
}

/** What must change in a text that no finding points into, as the text of an attribute. */
export function editsFor(text: string, banned: readonly Banned[], needles: Needles): Edit[] {
  const folded = foldOnce(text);
  return [
    ...maskEdits(text, needles, folded),
    ...(banned.length > 0 ? bannedEdits(folded(), banned) : []),
    ...ownLinkEdits(text),
    ...unwrappedEdits(text, needles),
  ];
}

/** Links without the wrapper of a mail filter, which tells who was sent them. */
const unwrappedEdits = (text: string, needles: Needles): Edit[] =>
  [...wrappedLinksIn(text)].map(({ from, to, target }): Edit => {
    const isSilent = target !== '' && !tells(target, needles);
    return { from, to, put: isReadersOwn(target) ? '' : isSilent ? target : needles.addresses.notes.link, kind: 'note' };
  });

/** Masks in texts that stand between two elements without a blank: in the plain text they look like a part of longer words. Many come again. */
function gluedEdits(html: Html | undefined, needles: Needles): Edit[] {
  const { tokens = [], plain = '' } = html ?? {};
  const known = new Map<string, readonly Edit[]>();
  return tokens.flatMap((token) => {
    if (token.kind !== 'text') return [];
    const { text, at } = token;
    const isGlued = (isInk(plain.charAt(at - 1)) || isInk(plain.charAt(at + text.length))) && isInk(text);
    if (!isGlued) return [];
    const edits = known.get(text) ?? maskEdits(text, needles);
    known.set(text, edits);
    return edits.map((edit) => ({ ...edit, from: edit.from + at, to: edit.to + at }));
  });
}

const isInk = (text: string): boolean => text.trim() !== '';

function spotOf({ from, to, rule }: Broken, length: number, language: Language): Edit[] {
  if (from === undefined || to === undefined || from < 0 || to > length) return [];
  return [{ from, to, put: noteFor(rule, language), kind: 'note' }];
}

function bannedWords(broken: readonly Broken[], language: Language): Banned[] {
  const banned = new Map<string, Banned>();
  for (const { span, rule, part } of broken) {
    if (part === 'attachment' || part === 'message' || rule === 'tracking-pixel' || banned.size >= maxBanned) continue;
    const words = fold(span).text.trim();
    if (words.length >= minBanned && !banned.has(words)) banned.set(words, { words, put: noteFor(rule, language) });
  }
  return [...banned.values()];
}

const bannedEdits = (folded: Folded, banned: readonly Banned[]): Edit[] =>
  banned.flatMap(({ words, put }) =>
    [...occurrences(folded, words)].map(
      ({ at, end }): Edit => ({ from: folded.from[at] ?? 0, to: folded.to[end - 1] ?? 0, put, kind: 'note' }),
    ),
  );
