/** One message of the corpus, and how the tables write one as a mail client does (RFC 5322, 2045-2047). Texts hold placeholders of people.ts. */
import { type Cast, fill, type PairName } from './people.ts';

/**
 * What is right. `relay`: it must arrive. `either`: leaks.md says refuse or swallow, the requirements say mend; all keep the secret.
 * `any`: a document spells it in its own words; taken out, refused or held, but not told. `refuse`: nobody could look into it.
 * `drop`: a report or receipt, which is never passed on.
 */
export type Answer = 'relay' | 'either' | 'any' | 'refuse' | 'drop';

export interface Sample {
  /** `HDR-13-outlook`: the vector of leaks.md and a word. */
  readonly id: string;
  readonly raw: (cast: Cast) => Buffer;
  readonly pair?: PairName;
  readonly answer?: Answer;
  /** Words that must reach the reader. */
  readonly keep?: readonly string[];
  /** What must be found in a file that arrives: words of a document, or the bytes that are a picture. */
  readonly files?: readonly (string | Uint8Array)[];
  /** Secrets that this message alone holds. */
  readonly plant?: readonly string[];
  /** Those that depend on who writes. */
  readonly planted?: (cast: Cast) => readonly string[];
  /** Secrets that are no text: coordinates, a preview. */
  readonly octets?: readonly Uint8Array[];
  readonly reversePath?: string;
}

export type Label = Omit<Sample, 'id' | 'raw'>;

export interface Part {
  readonly type: string;
  /** Text with placeholders, octets, or octets made with what placeholders stand for. */
  readonly body: string | Uint8Array | ((filled: (text: string) => string) => Uint8Array);
  readonly name?: string;
  /** Further fields, one a line, and those that stand in the place of ours. */
  readonly fields?: readonly string[];
  readonly encoding?: '8bit' | 'base64' | 'quoted-printable';
}

export interface Letter {
  readonly subject?: string;
  /** In the place of From, To, Subject … where the name is the same, else beside them. */
  readonly fields?: readonly string[];
  readonly text?: string;
  readonly html?: string;
  readonly parts?: readonly Part[];
  /** Of the outermost multipart where there are parts. */
  readonly kind?: string;
}

const eol = '\r\n';
const lines = (text: string): string => text.replace(/\r?\n/g, eol);
const nameOf = (field: string): string => field.slice(0, field.indexOf(':')).trim().toLowerCase();

export function letter(given: Letter): Sample['raw'] {
  return (cast) => {
    const filled = (text: string): string => lines(fill(text, cast));
    const own = (given.fields ?? []).map(filled);
    const taken = new Set(own.map(nameOf));
    const usual = [
      'Return-Path: <{{me.mail}}>',
      'From: {{me.name|ew}} <{{me.mail}}>',
      'To: {{you.shown|ew}} <{{you.alias}}>',
      `Subject: ${given.subject ?? 'Re: Your order'}`,
      'Date: Tue, 11 Mar 2025 08:12:44 +0100',
      'Message-ID: <5f0c2b7e-77aa-4c11-9d0e@mail.{{me.domain}}>',
      'MIME-Version: 1.0',
    ].map(filled);
    const fields = [...usual.filter((field) => !taken.has(nameOf(field))), ...own];
    const body = bodyOf(given, filled);
    return Buffer.concat([Buffer.from(fields.map((field) => field + eol).join('')), body]);
  };
}

function bodyOf({ text, html, parts = [], kind = 'multipart/mixed' }: Letter, filled: (text: string) => string): Buffer {
  const texts: Part[] = [
    ...(text === undefined ? [] : [{ type: 'text/plain; charset=utf-8', body: text }]),
    ...(html === undefined ? [] : [{ type: 'text/html; charset=utf-8', body: html }]),
  ];
  const written = texts.map((part) => partOf(part, filled));
  const first = written.length === 2 ? [multipart('multipart/alternative', 'b1_alt', written)] : written;
  const all = [...first, ...parts.map((part) => partOf(part, filled))];
  if (all.length === 1 && all[0]) return all[0];
  return multipart(kind, 'b1_out', all);
}

export function multipart(kind: string, boundary: string, parts: readonly Buffer[]): Buffer {
  const head = `Content-Type: ${kind}; boundary="${boundary}"${eol}${eol}`;
  const body = parts.flatMap((part) => [Buffer.from(`--${boundary}${eol}`), part, Buffer.from(eol)]);
  return Buffer.concat([Buffer.from(head), ...body, Buffer.from(`--${boundary}--${eol}`)]);
}

/** The header and content of one part. */
function partOf({ type, body, name, fields = [], encoding }: Part, filled: (text: string) => string): Buffer {
  const content = Buffer.from(typeof body === 'string' ? filled(body) : typeof body === 'function' ? body(filled) : body);
  const cte = encoding ?? (typeof body === 'string' ? '8bit' : 'base64');
  const own = fields.map(filled);
  const taken = new Set(own.map(nameOf));
  const usual = [
    `Content-Type: ${type}${name === undefined ? '' : `; name="${name}"`}`,
    `Content-Transfer-Encoding: ${cte}`,
    ...(name === undefined ? [] : [`Content-Disposition: attachment; filename="${name}"`]),
  ].map(filled);
  const head = [...usual.filter((field) => !taken.has(nameOf(field))), ...own].map((field) => field + eol).join('');
  return Buffer.concat([Buffer.from(head + eol), encoded(content, cte), Buffer.from(eol)]);
}

export function encoded(content: Buffer, encoding: string): Buffer {
  if (encoding === 'base64') return Buffer.from(content.toString('base64').replace(/.{76}/g, `$&${eol}`));
  return encoding === 'quoted-printable' ? Buffer.from(quotedPrintable(content)) : content;
}

const escaped = (byte: number): string => `=${byte.toString(16).toUpperCase().padStart(2, '0')}`;

/** RFC 2045 section 6.7. */
function quotedPrintable(content: Buffer): string {
  return content
    .toString('latin1')
    .split(eol)
    .map((line) => {
      const units = [...line].map((char) => (/[!-<>-~ \t]/.test(char) ? char : escaped(char.charCodeAt(0))));
      const rows = [''];
      for (const unit of units) {
        if ((rows.at(-1) ?? '').length + unit.length > 75) rows.push('');
        rows[rows.length - 1] += unit;
      }
      return rows.join(`=${eol}`).replace(/[ \t]$/, (blank) => escaped(blank.charCodeAt(0)));
    })
    .join(eol);
}

/** A row of a table: a message and what is right for it. */
export const sample = (id: string, given: Letter, label: Label = {}): Sample => ({ id, raw: letter(given), ...label });
