/**
 * The two kinds of addresses, which must never stand for one another (RFC 5321 section 4.1.2, RFC 6531).
 * A mailbox is a secret of its party; an alias is what the other side is shown.
 */
import { domainToASCII } from 'node:url';

declare const kind: unique symbol;

/** A party's own address, normalised: lower case, domain in its ASCII form. A secret: it may stand in our RCPT TO and nowhere else. */
export type Mailbox = string & { readonly [kind]: 'mailbox' };

/** The address that we show to the other side: `<local part>@<relay domain>`. */
export type Alias = string & { readonly [kind]: 'alias' };

const dotAtom = /^[\p{L}\p{N}\p{M}!#$%&'*+/=?^_`{|}~-]+(?:\.[\p{L}\p{N}\p{M}!#$%&'*+/=?^_`{|}~-]+)*$/u;
/** As people write it; IDNA's own dots included. */
const domainText = /^[\p{L}\p{N}\p{M}.\u3002\uff0e\uff61-]+$/u;
const hostName = /^(?=.{1,253}$)[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?(?:\.[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?)+$/;

/**
 * Reads an addr-spec: a dot-atom, `@`, a host name of at least two labels; 254 octets at most (RFC 5321 section 4.5.3.1).
 * Quoted local parts and address literals are not taken: no provider gives them to people, and they are how From is forged.
 */
export function parseMailbox(text: string): Mailbox | undefined {
  const at = text.lastIndexOf('@');
  // QUIRK: domainToASCII reads a URL's host: it ends at `/ ? # \`, decodes percent signs, drops CR, LF, tab and what nobody sees, and
  // makes an IPv4 address of a number. What it would mend is no address.
  if (at < 1 || text.length > 254 || !domainText.test(text.slice(at + 1))) return undefined;
  const local = text.slice(0, at).normalize('NFC').toLowerCase();
  const domain = domainToASCII(text.slice(at + 1));
  if (local.length > 64 || !dotAtom.test(local) || !hostName.test(domain) || /\.\d+$/.test(domain)) return undefined;
  return `${local}@${domain}` as Mailbox;
}

/** What stands left of the last `@`. */
export const localPart = (address: string): string => address.slice(0, address.lastIndexOf('@'));

/** What stands right of the last `@`, in lower case. */
export const domainOf = (address: string): string => address.slice(address.lastIndexOf('@') + 1).toLowerCase();

/** Makes an alias of its local part and our domain. */
export const aliasAt = (local: string, domain: string): Alias => `${local}@${domain}` as Alias;
