/** HDR: a message whose header holds fields that must not pass. The fields themselves stand in the tables that import this. */
import { type Label, type Sample, sample } from '../sample.ts';

const text = 'Hello,\n\nthe ring is brass and the shade measures 34 centimetres across.\n';
const keep = ['the shade measures 34 centimetres across'];

export type Row = readonly [id: string, fields: readonly string[], plant?: readonly string[], label?: Label];

export const headed = (rows: readonly Row[]): readonly Sample[] =>
  rows.map(([id, fields, plant = [], label = {}]) =>
    sample(id, { fields, text }, { plant, ...label, keep: [...keep, ...(label.keep ?? [])] }),
  );
