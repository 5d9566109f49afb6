/** Mails that are made to be hard to read, and the way of the relay that they take; nothing in them breaks a limit on size. */
import { castOf } from '../leaks/people.ts';
import { way } from '../leaks/run.ts';

const cast = castOf('usual', 'buyer_to_seller');
const reversePath = 'x@mailer.example';

/** Taken the way: `relay`, `put off` where a busy machine has no time left to judge it, or how it ended and why, in words of ours. */
export async function taken(raw: string | Buffer): Promise<{ readonly ended: string; readonly bytes: string }> {
  const { kind, why, bytes } = await way(typeof raw === 'string' ? Buffer.from(raw, 'latin1') : raw, reversePath, cast);
  const ended = why.startsWith('late') ? 'put off' : kind === 'refuse' ? `${kind}: ${why}` : kind;
  return { ended, bytes: bytes?.toString('latin1') ?? '' };
}

/** The same unit, again and again, for about so many octets. */
export const full = (unit: string, octets = 1_000_000): string => unit.repeat(Math.floor(octets / unit.length));

/** A mail with these fields, one a line of its own, and this body. */
export const mail = (body: string, ...fields: readonly string[]): string =>
  [
    `From: ${cast.me.mailboxes[0]}`,
    ...(fields.some((field) => field.startsWith('Subject:')) ? [] : ['Subject: oak']),
    ...fields,
    '',
    body,
  ].join('\r\n');

export const part = (body: string, ...fields: readonly string[]): string =>
  `--b\r\n${fields.map((field) => `${field}\r\n`).join('')}\r\n${body}\r\n`;

/** A text, and these parts beside it. */
export const beside = (...parts: readonly string[]): string =>
  mail(`${[part('Is it oak?'), ...parts].join('')}--b--\r\n`, 'Content-Type: multipart/mixed; boundary=b');

export const page = (source: string): string => mail(source, 'Content-Type: text/html; charset=utf-8');

/** Not the words, but what a reader sees of a page: between its body's ends, decoded. */
export const shownIn = (bytes: string): string =>
  bytes.replaceAll('=\r\n', '').replace(/=([0-9A-F]{2})/g, (_, hex: string) => String.fromCharCode(Number.parseInt(hex, 16)));
