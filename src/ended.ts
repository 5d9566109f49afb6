/**
 * THE WAY of a mail to an alias that has ended (requirement A13). RCPT answers it as one that never was (A4), so nothing of the mail is taken; but the
 * party that the alias obeyed is told, once for each end, where MAIL FROM names a mailbox of its own. That is not proven: who forges it must know
 * alias and mailbox, and gets a few honest words sent to their owner. It happens after the reply and away from it, so that no time tells of it.
 */
import { readLocal } from './directory/alias.ts';
import { faceIn } from './directory/face.ts';
import { endOf, lifeOf } from './directory/life.ts';
import { type AliasSetup, maySend } from './directory/resolve.ts';
import { describe } from './journal/log.ts';
import { type Recorder, record } from './journal/record.ts';
import { type Mailbox, parseMailbox } from './model/address.ts';
import { replies, wire } from './model/reply.ts';
import { type Conversation, languageOf, type Party, type Role } from './model/route.ts';
import { endingItem } from './notice/ending.ts';
import { type TellPorts, tellOnce } from './notice/tell.ts';
import type { Store } from './store/store.ts';

export interface EndedPorts extends TellPorts {
  readonly store: Store;
  readonly recorder: Recorder;
  readonly aliases: AliasSetup;
  readonly mintTrace: () => string;
  /** Milliseconds since 1970. */
  readonly now: () => number;
}

/** Of what RCPT refused: addresses as they were given. */
export interface Refused {
  readonly forwardPath: string;
  readonly reversePath: string;
}

/** Milliseconds after the reply; and so many wait at once, further ones are not told. */
const later = 1_000;
const atOnce = 50;
/** How long it is known that somebody was told of an end. */
const toldSeconds = 400 * 86_400;

/** Returns at once and never throws. */
export function tellingOfEnds(ports: EndedPorts): (refused: Refused) => void {
  let waiting = 0;
  const failed = (error: unknown): void => ports.recorder.note('unexpected', { error: describe(error) });
  return (refused) => {
    if (waiting >= atOnce) return;
    waiting += 1;
    const tell = () =>
      tellOfEnd(refused, ports)
        .catch(failed)
        .finally(() => {
          waiting -= 1;
        });
    setTimeout(tell, later).unref();
  };
}

interface Writer {
  readonly conversation: Conversation;
  readonly role: Role;
  readonly party: Party;
  readonly other: Party;
  readonly mailbox: Mailbox;
}

async function tellOfEnd(refused: Refused, ports: EndedPorts): Promise<void> {
  const { store, aliases, office } = ports;
  const writer = await writerOf(refused, store);
  if (!writer || writer.party.notices === 'off') return;
  const { conversation, role, party, other, mailbox } = writer;
  const end = endOf(await lifeOf(conversation, store.directory), aliases.days);
  const id = `notice:ended:${conversation.id}:${role}:${end}`;
  if (end === undefined) return;
  const [trace, at, language] = [ports.mintTrace(), ports.now(), languageOf(party.locale)];
  const told = await tellOnce({ id, seconds: toldSeconds }, ports, () => {
    const own = faceIn(conversation, party, languageOf(other.locale), aliases);
    const ending = { language, trace, at, own, other: faceIn(conversation, other, language, aliases) };
    return endingItem(ending, id, mailbox, office);
  });
  if (told) await note(writer, { trace, at }, ports);
}

async function writerOf({ forwardPath, reversePath }: Refused, { directory }: Store): Promise<Writer | undefined> {
  const mailbox = parseMailbox(reversePath);
  if (mailbox === undefined) return undefined;
  const binding = await directory.find(readLocal(forwardPath) ?? '');
  if (binding?.kind !== 'conversation') return undefined;
  const { conversation, stands } = binding;
  const [buyer, seller] = await Promise.all([directory.party(conversation.buyer), directory.party(conversation.seller)]);
  if (!buyer || !seller) return undefined;
  const role: Role = stands === 'buyer' ? 'seller' : 'buyer';
  const [party, other] = role === 'buyer' ? [buyer, seller] : [seller, buyer];
  return maySend(party, mailbox) ? { conversation, role, party, other, mailbox } : undefined;
}

/** So that whoever asks by the reference in the mail finds why, and an answer to it finds its author. */
const note = ({ conversation, role }: Writer, { trace, at }: { readonly trace: string; readonly at: number }, { recorder }: EndedPorts) =>
  record(
    {
      trace,
      at,
      conversation: conversation.id,
      direction: role === 'buyer' ? 'buyer_to_seller' : 'seller_to_buyer',
      disposition: 'reject',
      reply: wire(replies.unknownAlias),
      findings: [],
      bytes: 0,
      steps: {},
      reason: 'the aliases have ended',
    },
    {},
    recorder,
  );
