/**
 * Received bytes to Message (RFC 2045, RFC 2046), within limits. The one file that imports mailparser.
 *
 * QUIRK: of mailparser 3.9.31 only the splitting into parts and the reading of their header fields are used, by overriding `processChunk`.
 * What it would do with the content is quadratic (quoted-printable), loses text without an error (a part whose stream ends late), or
 * gives strings where we need bytes; its reading of From, To and References is none of its business. It is given the fields that
 * describe the content, and the body. `test/mime/parse.test.ts` tells when another version works otherwise.
 */
import { finished } from 'node:stream/promises';
import { MailParser } from 'mailparser';
import type { Header, Message } from '../model/message.ts';
import { Refusal, replies } from '../model/reply.ts';
import { decodeWords } from './charset.ts';
import { cleanLine } from './clean.ts';
import { contentOf } from './content.ts';
import { fieldValue } from './header.ts';
import type { Part } from './part.ts';
import { type Shortened, shortened } from './stand-ins.ts';

const maxDepth = 20;
const maxParts = 100;
const maxPartHeader = 102_400;

const unreadable = (cause: string): Refusal => new Refusal(replies.unreadable, { cause });

/**
 * Reads a received message.
 * @throws Refusal `unreadable`: over 20 levels, 100 parts or 1 MB of one text; a multipart without parts; text that cannot be decoded;
 *   nothing in it at all; `sealed`: it is encrypted (OpenPGP, S/MIME). Nothing else is thrown, whatever the bytes.
 */
export async function parse(raw: Uint8Array, header: Header): Promise<Message> {
  const subject = decodeWords(fieldValue(header.fields, 'subject'));
  if (subject === undefined) throw unreadable('the subject is in UTF-7');
  const message: Message = { subject: cleanLine(subject), ...contentOf(await split(raw, header)) };
  const empty = message.subject === '' && !message.text?.trim() && !message.html?.plain.trim() && message.files.length === 0;
  if (empty) throw unreadable('there is nothing in the message');
  return message;
}

/** What mailsplit tells of a part; see the QUIRK above. */
interface Node {
  readonly type: 'node';
  readonly parentNode: Node | false;
  readonly headers: { getFirst(name: string): string; get(name: string): readonly string[] };
  readonly contentType: string | false;
  readonly charset: string | false;
  readonly disposition: string | false;
  readonly filename: string | false;
  readonly encoding: string | false;
  readonly flowed: boolean;
  readonly delSp: boolean;
}

type Chunk = Node | { readonly type: 'body' | 'data'; readonly node: Node; readonly value: Buffer };

interface Splitter extends NodeJS.ReadWriteStream {
  processChunk(chunk: Chunk, done: (error?: Error) => void): void;
}

interface Draft {
  readonly node: Node;
  readonly depth: number;
  readonly body: Buffer[];
  readonly children: Draft[];
}

/** Splits the message into its tree of parts. Throws as `parse` says. */
export async function split(raw: Uint8Array, header: Pick<Header, 'fields' | 'bodyAt'>): Promise<Part> {
  const drafts = new Map<Node, Draft>();
  const { bytes, restored } = shortened(Buffer.from(raw.buffer, raw.byteOffset, raw.byteLength).subarray(header.bodyAt));
  // The library wants to know of no embedded message; it stays one part with its bytes.
  const options = { ignoreEmbedded: true, maxChildNodes: maxParts, maxHeadSize: maxPartHeader };
  const parser = new MailParser({ ...options, skipHtmlToText: true, skipTextToHtml: true, skipImageLinks: true, skipTextLinks: true });
  const splitter = parser as unknown as Splitter;
  splitter.processChunk = (chunk, done) => {
    if (chunk.type === 'body') drafts.get(chunk.node)?.body.push(chunk.value);
    done(chunk.type === 'node' && !add(chunk, drafts) ? new Error('too deep') : undefined);
  };
  try {
    const read = finished(splitter);
    // An error after the first one has no other listener, and would end the process.
    splitter.on('error', () => undefined);
    splitter.resume();
    splitter.write(contentFields(header));
    splitter.end(bytes);
    await read;
  } catch (error) {
    throw unreadable(
      error instanceof Error && error.message === 'too deep' ? 'parts over 20 levels deep' : 'the parts cannot be told apart',
    );
  }
  const [root] = drafts.values();
  if (root === undefined) throw unreadable('there is no part');
  return partOf(root, restored);
}

function add(node: Node, drafts: Map<Node, Draft>): boolean {
  const parent = node.parentNode === false ? undefined : drafts.get(node.parentNode);
  const draft: Draft = { node, depth: (parent?.depth ?? 0) + 1, body: [], children: [] };
  parent?.children.push(draft);
  drafts.set(node, draft);
  return draft.depth <= maxDepth;
}

/** The fields that say how the body is to be read, as a header of their own. */
const contentFields = ({ fields }: Pick<Header, 'fields'>): string =>
  `${fields
    .filter(({ name }) => name.startsWith('content-'))
    .map(({ name, value }) => `${name}: ${value}\r\n`)
    .join('')}\r\n`;

/** A field of a web form (RFC 7578) says neither; any other word means an attachment (RFC 2183 section 2.8). */
const unsaid = new Set(['', 'form-data']);

function partOf({ node, body, children }: Draft, restored: Shortened['restored']): Part {
  const declared = /^[\w!#$&^.+-]{1,127}\/[\w!#$&^.+-]{1,127}$/.test(node.contentType || '') ? node.contentType || '' : 'text/plain';
  const digested =
    node.parentNode !== false && node.parentNode.contentType === 'multipart/digest' && node.headers.getFirst('content-type') === '';
  const { disposition } = node;
  return {
    type: digested ? 'message/rfc822' : declared,
    charset: node.charset || '',
    flowed: node.flowed,
    deleteSpace: node.delSp,
    ...(isAmbiguous(node) && { ambiguous: true as const }),
    encoding: node.encoding || '',
    disposition: disposition === 'inline' ? 'inline' : unsaid.has(disposition || '') ? '' : 'attachment',
    filename: node.filename || '',
    contentId: node.headers.getFirst('content-id').replace(/[<>\s]/g, ''),
    body: restored(body.length === 1 ? (body[0] ?? Buffer.alloc(0)) : Buffer.concat(body)),
    children: children.map((child) => partOf(child, restored)),
  };
}

/** Two fields that disagree on how the part is to be read: every reader takes another one. */
const isAmbiguous = ({ headers }: Node): boolean =>
  ['content-type', 'content-transfer-encoding', 'content-disposition'].some((name) => new Set(headers.get(name)).size > 1);
