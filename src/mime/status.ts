/** The part of a delivery report that machines read (RFC 3464 section 2; RFC 6533 for addresses in UTF-8): bounded, and lenient as its writers are. */
import { type Mailbox, parseMailbox } from '../model/address.ts';

/** RFC 3464 section 2.3.3. */
const actions = ['failed', 'delayed', 'delivered', 'relayed', 'expanded'] as const;
export type ReportAction = (typeof actions)[number];

/** What a report says of one recipient. */
export interface StatusGroup {
  readonly action: ReportAction;
  /** RFC 3463: `5.1.1`; `''` where there is none. */
  readonly status: string;
  /** The far side's words, on one line. They may name anybody: never passed on. */
  readonly diagnostic: string;
  /** Original-Recipient and Final-Recipient, those that are addresses. */
  readonly addresses: readonly Mailbox[];
}

const maxLines = 2_000;
const maxGroups = 50;
const longestValue = 2_000;

type Fields = Map<string, string>;

/** @param text of the part, decoded */
export function readStatus(text: string): StatusGroup[] {
  return groupsOf(text).flatMap(groupOf).slice(0, maxGroups);
}

/** Groups stand apart by blank lines (section 2.1); some writers forget them, and begin the next recipient with its address. */
function groupsOf(text: string): readonly Fields[] {
  const groups: Fields[] = [new Map()];
  const lines = text.replace(/\r?\n[ \t]+/g, ' ').split(/\r?\n/, maxLines);
  for (const line of lines) {
    const last = groups.at(-1);
    const [, name = '', value = ''] = /^([A-Za-z][A-Za-z-]{0,60})\s{0,10}:(.*)$/.exec(line.slice(0, longestValue)) ?? [];
    const key = name.toLowerCase();
    if (line.trim() === '' || !last) groups.push(new Map());
    else if (name === '') continue;
    else if (last.has(key) && key.endsWith('-recipient')) groups.push(new Map([[key, value.trim()]]));
    else if (!last.has(key)) last.set(key, value.trim());
  }
  return groups;
}

function groupOf(fields: Fields): StatusGroup[] {
  const said = (name: string): string => fields.get(name) ?? '';
  const status = /^\s*([245]\.\d{1,3}\.\d{1,3})(?!\d)/.exec(said('status'))?.[1] ?? '';
  const action = actionOf(said('action').toLowerCase(), status);
  if (!action) return [];
  const addresses = ['original-recipient', 'final-recipient'].flatMap((name) => addressOf(said(name)));
  return [{ action, status, diagnostic: said('diagnostic-code'), addresses }];
}

/** `failure` and comments are seen in the wild; where it says nothing, the class of the status does. */
function actionOf(text: string, status: string): ReportAction | undefined {
  if (text.startsWith('fail')) return 'failed';
  const known = actions.find((action) => text.startsWith(action));
  if (known || status === '') return known;
  return status.startsWith('5') ? 'failed' : status.startsWith('4') ? 'delayed' : 'delivered';
}

/** `rfc822; jane@mail.example`, in brackets at times; `+2B` is how xtext writes a plus sign (RFC 3461 section 4). */
function addressOf(value: string): Mailbox[] {
  const address = value
    .slice(value.indexOf(';') + 1)
    .replace(/\+([0-9A-F]{2})/g, (_, hex: string) => String.fromCharCode(Number.parseInt(hex, 16)))
    .replace(/[<>\s]/g, '');
  const plain = value.slice(value.indexOf(';') + 1).replace(/[<>\s]/g, '');
  return [...new Set([plain, address])].flatMap((one) => parseMailbox(one) ?? []);
}
