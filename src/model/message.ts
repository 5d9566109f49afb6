/** A message on its way: as received, and as read. Values only; no step changes what another made. */
import type { Mailbox } from './address.ts';

/** Who handed the message in. */
export interface Client {
  readonly ip: string;
  readonly helo: string;
  readonly tls: boolean;
  /** It logged in (RFC 4954), and may write for authors at these domains; `*`: at any. */
  readonly writesFor?: readonly string[];
}

/** What SMTP said about the message (RFC 5321). */
export interface Envelope {
  /** `''` is the null reverse-path of a bounce. */
  readonly reversePath: string;
  readonly forwardPath: string;
  readonly client: Client;
}

/** What came over the wire, byte for byte: DKIM needs it so. */
export interface Received {
  /** Ours, 16 random characters; in the reply, the log, the journal and our header field. */
  readonly trace: string;
  readonly envelope: Envelope;
  readonly raw: Uint8Array;
  /** Milliseconds since 1970, when DATA ended. */
  readonly at: number;
}

/** One header field, unfolded; the value is not decoded. */
export interface Field {
  /** Lower case. */
  readonly name: string;
  readonly value: string;
}

/** The header, read strictly; what its fields say that the way of the message needs to know before the body is read. */
export interface Header {
  readonly fields: readonly Field[];
  readonly author: Mailbox;
  /** Addresses in To and Cc, normalised, the first 100; only to see whether the other alias stands beside one's own. */
  readonly addressees: readonly string[];
  /** Without angle brackets; undefined where there is none. */
  readonly messageId?: string;
  readonly inReplyTo: readonly string[];
  readonly references: readonly string[];
  /** Where the body begins in the raw bytes. */
  readonly bodyAt: number;
}

/**
 * HTML, read once into a flat list of tokens. Left out by the reader: comments, style, script, head, and all that no reader sees
 * (its text stands in `hidden`, its remote resources in `resources`). White space is folded as a browser does.
 */
export interface Html {
  readonly tokens: readonly HtmlToken[];
  /** What a reader sees: the text of all tokens, with line breaks where blocks end. Offsets of findings count in it. */
  readonly plain: string;
  /** Text that is in the source and not seen (`display:none`, size 0, comments of mail clients left out), joined by line breaks. */
  readonly hidden: string;
  /** Every remote resource that a mail client might fetch, with the element, attribute or style that names it; also of hidden elements. */
  readonly resources: readonly { readonly url: string; readonly by: string; readonly at: number }[];
}

export type HtmlToken =
  | { readonly kind: 'text'; readonly text: string /** where it begins in `plain` */; readonly at: number }
  | {
      readonly kind: 'open';
      readonly name: string;
      readonly attributes: Readonly<Record<string, string>> /** length of `plain` so far */;
      readonly at: number;
    }
  | { readonly kind: 'close'; readonly name: string; readonly at: number };

/** A part that is not the text of the message: an attachment or a picture shown in the text. */
export interface File {
  /** As declared, without controls; may be empty. Never shown to the other side. */
  readonly filename: string;
  /** As declared, lower case. */
  readonly declaredType: string;
  /** As found in the content: `pdf`, `jpeg`, `exe` … or `unknown`. */
  readonly type: string;
  /** Content-ID without brackets, where the HTML may refer to it. */
  readonly contentId?: string;
  readonly content: Uint8Array;
}

/** A received message, read. Text is Unicode with LF line ends, whatever charset and encoding it came in. */
export interface Message {
  readonly subject: string;
  /** The text/plain alternative; undefined where the message has HTML alone. */
  readonly text?: string;
  readonly html?: Html;
  readonly files: readonly File[];
}
