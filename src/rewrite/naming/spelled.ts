/** Addresses and hosts of the parties with their dots and `@` in words: "marco at bellini-keramik dot example" (leaks.md ENC-02). */
import { matchesIn } from '../../model/matches.ts';
import { foldedText } from '../fold.ts';
import type { HostNeedle } from './addresses.ts';
import { isWord, type Spot } from './spots.ts';

export interface SpelledNeedle {
  /** The host's longest label but the last, which no spelling changes. */
  readonly sign: string;
  readonly pattern: RegExp;
  readonly put: string;
}

const dots = [
  'dot',
  'd0t',
  'punkt',
  'punto',
  'point',
  'titik',
  'ponto',
  'punt',
  'kropka',
  'prick',
  'piste',
  'tecka',
  'nokta',
  'pont',
  'точка',
  '点',
];
const dotWords = dots.map((word) => foldedText(word)).join('|');
const between = `(?: ?[\\[({<] ?(?:\\.|${dotWords}) ?[\\])}>] ?| (?:${dotWords}) )`;
const at = '(?:@|at|att|arroba|arobase|chiocciola|snabel-?a|kukac|malpa|zavinac|apenstaartje|klammeraffe|собака)';
const before = new RegExp(
  `[a-z0-9_+.-]{1,64}(?:(?: (?:${dotWords}) | ?[\\[({<](?:\\.|${dotWords})[\\])}>] ?)[a-z0-9_+-]{1,64}){0,3} ?[\\[({<]? ?${at} ?[\\])}>]? ?$`,
);

export function spelledNeedlesOf(hosts: readonly HostNeedle[]): SpelledNeedle[] {
  return hosts.map(({ host, put }) => {
    const labels = host.split('.');
    const pattern = labels
      .map((label) => label.replace(/[^a-z0-9]/g, (sign) => `\\u{${(sign.codePointAt(0) ?? 0).toString(16)}}`))
      .join(between);
    return { sign: labels.slice(0, -1).toSorted((a, b) => b.length - a.length)[0] ?? host, pattern: new RegExp(pattern, 'gu'), put };
  });
}

/** @param note in place of a host without an address */
export function* spelledIn(text: string, needles: readonly SpelledNeedle[], note: string): Generator<Spot> {
  for (const { sign, pattern, put } of needles) {
    if (!text.includes(sign)) continue;
    for (const { 0: host, index } of matchesIn(text, pattern)) {
      const end = index + host.length;
      if (isWord(text.charAt(index - 1)) || isWord(text.charAt(end))) continue;
      const low = Math.max(0, index - 160);
      const local = before.exec(text.slice(low, index));
      yield local === null ? { at: index, end, put: note, note: true } : { at: low + local.index, end, put };
    }
  }
}
