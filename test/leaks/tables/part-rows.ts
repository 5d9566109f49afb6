/** MIM: a message with parts that must not pass, and the words that must. */
import { type Label, type Letter, type Part, type Sample, sample } from '../sample.ts';

export const said = 'the ring is brass and the shade measures 34 centimetres';
export const text = `Hello,\n\n${said} across.\n`;
export const html = `<p>Hello,</p><p>${said} across.</p>`;

export type Row = readonly [id: string, given: Letter, label?: Label];

export const withPart = (id: string, part: Part, label: Label = {}): Row => [id, { text, parts: [part] }, label];

export const invitation = [
  'BEGIN:VCALENDAR',
  'PRODID:-//Kilnsoft//EN',
  'METHOD:REQUEST',
  'X-WR-CALNAME:{{me.name}} kiln77',
  'BEGIN:VEVENT',
  'ORGANIZER;CN="{{me.name}}":mailto:{{me.mail}}',
  'ATTENDEE;RSVP=TRUE:mailto:{{you.alias}}',
  'UID:kilnuid77@laptop-kiln07.{{me.domain}}',
  'DTSTART:20250312T080000Z',
  'SUMMARY:Pick up',
  'END:VEVENT',
  'END:VCALENDAR',
].join('\n');

/** What is said above must arrive, where anything is said. */
export const carried = (rows: readonly Row[]): readonly Sample[] =>
  rows.map(([id, given, label = {}]) =>
    sample(id, given, { ...label, keep: given.text === undefined && given.html === undefined ? [] : (label.keep ?? [said]) }),
  );
