/** Colours of CSS and of HTML's attributes, as far as it takes to tell that a text has the very colour of what is behind it. */
import type { Style } from './style.ts';

/** Red, green, blue. */
export type Colour = readonly [number, number, number];

export const white: Colour = [255, 255, 255];
const black: Colour = [0, 0, 0];

const names: Readonly<Record<string, Colour>> = {
  white,
  black,
  red: [255, 0, 0],
  lime: [0, 255, 0],
  blue: [0, 0, 255],
  yellow: [255, 255, 0],
  gray: [128, 128, 128],
  grey: [128, 128, 128],
  silver: [192, 192, 192],
  snow: [255, 250, 250],
  ivory: [255, 255, 240],
  whitesmoke: [245, 245, 245],
};

/** Colours that no eye tells apart. */
const nearness = 3;

/** What stands behind a text, and the text's own colour; undefined where it cannot be told. */
export interface Paint {
  readonly ink: Colour | undefined;
  readonly ground: Colour | undefined;
}

export const paper: Paint = { ink: black, ground: white };

export const isCamouflaged = ({ ink, ground }: Paint): boolean =>
  ink !== undefined && ground !== undefined && ink.every((value, index) => Math.abs(value - (ground[index] ?? 0)) <= nearness);

/** @param style lower case, as `readStyle` gives it */
export function paintOf(name: string, attributes: Readonly<Record<string, string>>, style: Style, around: Paint): Paint {
  const colour = style.get('color') ?? (name === 'font' ? attributes.color : name === 'body' ? attributes.text : undefined);
  // A link has a colour of the mail client.
  const inherited = name === 'a' ? undefined : around.ink;
  const ink = colour === undefined ? inherited : /^(?:inherit|currentcolor)$/.test(colour) ? around.ink : colourOf(colour);
  return { ink, ground: groundOf(attributes, style, around.ground) };
}

function groundOf(attributes: Readonly<Record<string, string>>, style: Style, around: Colour | undefined): Colour | undefined {
  const image = style.get('background-image');
  const isMoved = /absolute|fixed/.test(style.get('position') ?? '');
  if (isMoved || attributes.background !== undefined || (image !== undefined && image !== 'none')) return undefined;
  const value = style.get('background-color') ?? style.get('background') ?? attributes.bgcolor;
  if (value === undefined || /^(?:none|transparent|inherit|initial|unset|)$/.test(value)) return around;
  return colourOf(value);
}

/** Undefined: not a plain colour. */
function colourOf(source: string): Colour | undefined {
  const value = source.trim().toLowerCase();
  const digits = /^#?([0-9a-f]{6}|[0-9a-f]{3})$/.exec(value)?.[1];
  if (digits !== undefined) {
    const long = digits.length === 3 ? digits.replace(/./g, '$&$&') : digits;
    const number = Number.parseInt(long, 16);
    return [number >> 16, (number >> 8) & 255, number & 255];
  }
  const channels = /^rgb\(\s{0,9}(\d{1,3})[\s,]{1,9}(\d{1,3})[\s,]{1,9}(\d{1,3})\s{0,9}\)$/.exec(value);
  if (channels) return [Number(channels[1]), Number(channels[2]), Number(channels[3])];
  return Object.hasOwn(names, value) ? names[value] : undefined;
}
