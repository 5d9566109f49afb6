/**
 * REWRITE: a new message that says what the received one says, less what the policy took out and less who wrote it. Nothing is copied: header,
 * structure, HTML, names of files and ids are made anew from lists of what may be in them.
 */
import { compose, type FilePart, type OutgoingPart, type TextPart } from '../mime/compose.ts';
import type { Html, Message } from '../model/message.ts';
import type { Route } from '../model/route.ts';
import type { Verdict } from '../model/verdict.ts';
import { type Attachment, attachmentsOf } from './attachments.ts';
import { type Context, contextHtml, contextText, footHtml, footText, type Links } from './context.ts';
import { applyEdits } from './edits.ts';
import { fieldsOf, relayDomain, type Unsubscribe } from './headers.ts';
import { picturesIn, writeHtml } from './html.ts';
import { needlesOf } from './mask.ts';
import { type Redactions, redactionsOf } from './redact.ts';

/** What the new message needs beside the old one and the route. Ids without brackets, as the recipient's mail client is to know them. */
export interface Rewriting {
  readonly trace: string;
  readonly messageId: string;
  readonly inReplyTo?: string;
  readonly references: readonly string[];
  /** Milliseconds since 1970; becomes the Date. */
  readonly at: number;
  /** The message is a machine's answer (RFC 3834). */
  readonly autoSubmitted: boolean;
  /** Stands on top, where the marketplace told what the two write about. */
  readonly context?: Context;
  /** Stands below everything, where nothing is on top. */
  readonly foot?: Links;
  /** A seller starts; its buyer may not want that. */
  readonly unsubscribe?: Unsubscribe;
  readonly verdicts: readonly Verdict[];
}

/** The bytes that may leave, after the gate has looked at them. */
export async function rewrite(message: Message, route: Route, order: Rewriting): Promise<Uint8Array> {
  const { language } = route.recipient;
  const redactions = redactionsOf(message, order.verdicts, { needles: needlesOf(route), language });
  const { kept, notes } = attachmentsOf(message.files, redactions, language);
  const pictures = nameInline(message.html, kept, `${order.trace}@${relayDomain(route)}`);
  const { context, foot } = order;
  const lead = context ? { text: contextText(context, language), html: contextHtml(context, language) } : nothing;
  const tail = foot ? { text: footText(foot, language), html: footHtml(foot, language) } : nothing;
  const blocks = [lead.text, textOf(message, redactions), notes.join('\n'), tail.text];
  const text: TextPart = { kind: 'text', type: 'text/plain', text: `${blocks.filter((block) => block !== '').join('\n\n')}\n` };
  const html = message.html && lead.html + writeHtml(message.html, redactions, { pictures: pictures.names, notes }) + tail.html;
  const shown: OutgoingPart = html === undefined ? text : richOf(text, html, pictures.parts);
  const beside = kept.filter((file) => !pictures.taken.has(file)).map(partOf);
  const body: OutgoingPart = beside.length === 0 ? shown : { kind: 'multipart', type: 'multipart/mixed', parts: [shown, ...beside] };
  const subject = applyEdits(message.subject, redactions.edits.subject);
  return compose(fieldsOf(route, { ...order, subject }), body, order.trace);
}

interface Pictures {
  /** From Content-ID as received to Content-ID as sent. */
  readonly names: ReadonlyMap<string, string>;
  readonly parts: readonly FilePart[];
  readonly taken: ReadonlySet<Attachment>;
}

/** The pictures that the HTML shows, under new ids. */
function nameInline(html: Html | undefined, kept: readonly Attachment[], seed: string): Pictures {
  const shown = html === undefined ? new Set<string>() : picturesIn(html);
  const names = new Map<string, string>();
  const parts: FilePart[] = [];
  const taken = new Set<Attachment>();
  for (const file of kept) {
    const { contentId } = file;
    if (contentId === undefined || !shown.has(contentId) || names.has(contentId) || !file.type.startsWith('image/')) continue;
    const id = `${names.size + 1}.${seed}`;
    names.set(contentId, id);
    parts.push({ ...partOf(file), contentId: id });
    taken.add(file);
  }
  return { names, parts, taken };
}

/** The HTML beside the text, with its pictures around both, so that clients which show the text alone offer them as files. */
function richOf(text: TextPart, html: string, pictures: readonly FilePart[]): OutgoingPart {
  const both: OutgoingPart = {
    kind: 'multipart',
    type: 'multipart/alternative',
    parts: [text, { kind: 'text', type: 'text/html', text: html }],
  };
  return pictures.length === 0 ? both : { kind: 'multipart', type: 'multipart/related', parts: [both, ...pictures] };
}

const partOf = ({ name, type, content }: Attachment): FilePart => ({ kind: 'file', filename: name, type, content });

const nothing = { text: '', html: '' };

/** The text, or where there was none what a reader of the HTML sees. */
function textOf({ text, html }: Message, { edits }: Redactions): string {
  const shown = text === undefined ? plainOf(applyEdits(html?.plain ?? '', edits.html)) : applyEdits(text, edits.text);
  // A pattern would begin anew at every empty line of the text.
  let end = shown.length;
  while (shown[end - 1] === '\n') end -= 1;
  return shown.slice(0, end);
}

/** HTML's text as one would type it: no hard blanks, no blanks at line ends, one empty line at most. */
const plainOf = (plain: string): string =>
  plain
    .replaceAll('\u00a0', ' ')
    .split('\n')
    .map((line) => line.trimEnd())
    .join('\n')
    .replace(/\n{3,}/g, '\n\n')
    .trim();
