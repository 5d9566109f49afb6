/**
 * What each address of a message takes: from whom, which commands, and what a mail there means that has no command in it. Pages say the same.
 * README's section *What may be said by mail and by a click* is this table in words.
 */
import type { Role } from '../model/route.ts';
import type { Said } from './read.ts';
import type { Command } from './vocabulary.ts';

/** The kinds of own addresses that take commands. */
export type CommandKind = 'command' | 'report' | 'unsubscribe' | 'approve' | 'done';

/** Whom an address obeys: the message's author, its recipient, or the party in whose name an unknown mailbox wrote it. */
export type Holder = 'author' | 'recipient' | 'namesake';

/** What is done: a command's own, or `objection`: a person looks at what an author has to say. */
export type Deed = Command | 'objection';

interface Row {
  readonly holder: Holder;
  /** A mail without a word. */
  readonly nothing: Deed;
  /** A mail with other words than a command. */
  readonly words: Deed;
}

export const table: Readonly<Record<CommandKind, Row>> = {
  command: { holder: 'author', nothing: 'help', words: 'objection' },
  report: { holder: 'recipient', nothing: 'report', words: 'report' },
  // Mail clients write what they like when somebody unsubscribes.
  unsubscribe: { holder: 'recipient', nothing: 'stop', words: 'stop' },
  approve: { holder: 'namesake', nothing: 'help', words: 'help' },
  done: { holder: 'recipient', nothing: 'done', words: 'help' },
};

const understood: Readonly<Record<Holder, Readonly<Record<Role, readonly Command[]>>>> = {
  author: { buyer: ['send'], seller: ['send'] },
  recipient: { buyer: ['report', 'stop', 'all', 'start', 'block', 'unblock'], seller: ['report', 'done', 'block', 'unblock'] },
  namesake: { buyer: ['approve', 'block'], seller: ['approve', 'block'] },
};

/** At any address of the message that is the holder's; HELP is understood everywhere. */
export const commandsFor = (holder: Holder, role: Role): readonly Command[] => understood[holder][role];

/** What is to be done. Whoever says something to a person beside a command is heard as well. */
export function deedsFor(kind: CommandKind, role: Role, said: Said): readonly Deed[] {
  const { holder, nothing, words } = table[kind];
  const isForPeople = words === 'objection' || words === 'report';
  if (said.kind === 'nothing') return [nothing];
  if (said.kind === 'words') return [words];
  // Nearly the word for what would be done anyway.
  if (said.kind === 'misspelt') return [said.near === nothing && nothing !== 'help' ? nothing : 'help'];
  const { command, more } = said;
  const isKnown = understood[holder][role].includes(command);
  if (!isKnown) return [more && isForPeople ? words : 'help'];
  return more && isForPeople && words !== command ? [command, words] : [command];
}
