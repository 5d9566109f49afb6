/** THE WAY of a dry run: the very code of the relay, without a store, a next hop or a reply. For `POST /v1/check` and `check`. */
import type { CheckAnswer, CheckInput } from './http/operation.ts';
import { readHeader } from './mime/header.ts';
import { aliasAt, type Mailbox } from './model/address.ts';
import type { Header } from './model/message.ts';
import { Refusal } from './model/reply.ts';
import type { Direction, Role, Route, Side } from './model/route.ts';
import type { Policy } from './policy/policy.ts';
import type { Transformed, Work } from './transform.ts';

export interface CheckPorts {
  readonly policy: Policy;
  readonly domain: string;
  readonly transform: (work: Work) => Promise<Transformed>;
  readonly now: () => number;
}

/** Two parties who do not exist: the author is whoever From names. */
export const createCheck =
  ({ policy, domain, transform, now }: CheckPorts) =>
  async ({ message, ...situation }: CheckInput): Promise<CheckAnswer> => {
    let header: Header;
    try {
      header = readHeader(message);
    } catch (error) {
      if (error instanceof Refusal) return { disposition: 'reject', findings: [], delivered: null, reason: error.reply.text };
      throw error;
    }
    const route = imagined(situation.direction, header.author, domain);
    const stationery = { trace: 'check00000000000', messageId: `check@${domain}`, references: [], at: now(), autoSubmitted: false };
    const done = await transform({ raw: message, header, route, situation, policy, stationery });
    if (done.kind === 'unreadable') return { disposition: 'reject', findings: [], delivered: null, reason: done.reply.text };
    const { kind, verdicts } = done.disposition;
    const disposition = kind === 'late' || (kind === 'relay' && done.leaks.length > 0) ? 'hold' : kind;
    const findings = verdicts.flatMap(({ rule, action, findings }) =>
      findings.map(({ part, region, span }) => ({ rule, action, part, region, span })),
    );
    return { disposition, findings, delivered: disposition === 'relay' && done.bytes ? done.bytes : null };
  };

function imagined(direction: Direction, author: Mailbox, domain: string): Route {
  const writes: Role = direction === 'buyer_to_seller' ? 'buyer' : 'seller';
  const reads: Role = writes === 'buyer' ? 'seller' : 'buyer';
  const side = (role: Role, mailboxes: readonly Mailbox[]): Side => ({
    party: role,
    role,
    name: '',
    mailboxes,
    language: 'en',
    face: { name: role === 'buyer' ? 'Buyer' : 'Seller', alias: aliasAt(`check-${role}`, domain) },
  });
  return { conversation: 'check', direction, author: side(writes, [author]), recipient: side(reads, []) };
}
