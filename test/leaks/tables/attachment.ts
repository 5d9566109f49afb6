/** ATT: a message with one file that tells of who made it. The files themselves stand in the tables that import this. */
import { type Label, type Part, type Sample, sample } from '../sample.ts';

export type Filled = (text: string) => string;
export type Row = readonly [id: string, part: Part, label: Label];

export const name = '{{me.name}}';
const text = 'Hello,\n\nthe picture shows the ring, 34 centimetres across.\n';
export const keep = ['the picture shows the ring'];

export const attached = (rows: readonly Row[]): readonly Sample[] =>
  rows.map(([id, one, label]) => sample(id, { text, parts: [one] }, { ...label, keep }));
