/** What lies in the store because of one message: whether it is held, mails of ours about it, what the two said of it. */
import { receivingMailboxes } from '../../directory/receiving.ts';
import { sentMessage } from '../../directory/sent.ts';
import type { Entry } from '../../model/entry.ts';
import type { NoticeChoice, Role } from '../../model/route.ts';
import type { ReviewFinding } from '../../model/standing.ts';
import type { Waiting } from '../../store/lookups.ts';
import type { Store } from '../../store/store.ts';

export interface Mail {
  /** In words. */
  readonly what: string;
  readonly state: Waiting;
}

export interface Remark {
  readonly kind: 'objection' | 'report';
  readonly by: Role;
  readonly at: number;
  readonly found?: ReviewFinding;
}

export interface Beside {
  /** It lies in the store, to be released. */
  readonly held: boolean;
  readonly mails: readonly Mail[];
  readonly remarks: readonly Remark[];
  /** How its author is told of such things; not set where the author is not known. */
  readonly notices?: NoticeChoice;
  /** One of the recipient's mailboxes takes mail now, as far as we know. */
  readonly reachable: boolean;
}

/** What the outbox knows them by, before the trace. */
const mails: Readonly<Record<string, string>> = {
  'notice:refused': 'the notice that it was not delivered',
  'notice:redacted': 'the notice that parts were taken out',
  'notice:held': 'the notice that it is held',
  'notice:closed': 'the notice that the recipient takes no messages now',
  'notice:bounced': 'the notice that it came back',
  'notice:copied': 'the notice that it named others beside the alias',
  'notice:stranger': 'the question whether its author may write in the party’s name',
};
/** A party has at most 50 mailboxes; copies beyond these are not looked for. */
const copies = 9;

/** `at`: milliseconds since 1970, now. */
export async function besideOf({ trace }: Entry, store: Store, at: number): Promise<Beside> {
  const [held, sent] = await Promise.all([store.holds.read(trace), sentMessage(trace, store)]);
  const named = [
    ...Object.entries(mails).map(([prefix, what]) => ({ id: `${prefix}:${trace}`, what })),
    ...Array.from({ length: copies }, (_, index) => ({
      id: `copy:${trace}:${index + 1}`,
      what: `the copy to mailbox ${index + 2} of the recipient`,
    })),
  ];
  const states = await Promise.all(named.map(async ({ id, what }) => ({ what, state: await store.lookups.mail(id) })));
  const { author, recipient } = sent ?? {};
  return {
    held: held !== undefined,
    mails: states.flatMap(({ what, state }) => (state ? [{ what, state }] : [])),
    remarks: await remarksOn(trace, [author, recipient], store),
    ...(author && { notices: author.notices }),
    reachable: recipient !== undefined && typeof receivingMailboxes(recipient, at) !== 'string',
  };
}

type Sayer = { readonly id: string; readonly role: Role } | undefined;

async function remarksOn(trace: string, parties: readonly Sayer[], { lookups }: Store): Promise<readonly Remark[]> {
  const asked = parties.flatMap((party) => (party ? (['objection', 'report'] as const).map((kind) => ({ kind, party })) : []));
  const said = await Promise.all(
    asked.map(async ({ kind, party }) => {
      const found = await lookups.said({ kind, trace, party: party.id });
      return found && { kind, by: party.role, ...found };
    }),
  );
  return said.filter((remark) => remark !== undefined);
}
