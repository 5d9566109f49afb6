/** Is this a critical message? By the tag in the subject, or by the kind of the order (policy page, section *Critical messages*). */
import type { Situation } from '../../model/route.ts';

/** The tag in the languages we know; other words, such as `Urgent`, do not count. */
const tags: ReadonlySet<string> = new Set([
  'important',
  'wichtig',
  'importante',
  'viktigt',
  'viktig',
  'vigtigt',
  'vigtig',
  '重要',
  'penting',
  'belangrijk',
  'ważne',
  'wazne',
  'tärkeää',
  'důležité',
  'fontos',
  'önemli',
  '중요',
  'важно',
]);

/** From bracket to bracket, both counted: so that a subject of brackets alone is looked through once. */
const longest = 40;

/** `tagCounts`: whether the author may still use the tag; the kind of the order counts in any case. */
export const isCritical = (subject: string, order: Situation['order'], tagCounts = true): boolean =>
  isCriticalKind(order) || (tagCounts && hasTag(subject));

/** What is made or chosen for one buyer wants questions. */
export const isCriticalKind = (order: Situation['order']): boolean => order !== null && order.kind !== 'standard';

/** The tag must stand in square brackets; NFKC makes `［重要］` of the full-width form, `【重要】` is named. */
export function hasTag(subject: string): boolean {
  const folded = subject.normalize('NFKC').toLowerCase().replaceAll('【', '[').replaceAll('】', ']');
  for (let open = folded.indexOf('['); open >= 0; open = folded.indexOf('[', open + 1)) {
    const within = folded.slice(open + 1, open + longest);
    const close = within.indexOf(']');
    if (close >= 0 && tags.has(within.slice(0, close).trim())) return true;
  }
  return false;
}
