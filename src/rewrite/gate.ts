/**
 * GATE: the last look at the very bytes that are about to leave. Whatever the code before it did or forgot, a message that names a mailbox, a host
 * of their own or the full name of either party does not pass; neither does one that cannot be decoded (requirement F3). In a file the name of
 * the recipient is no secret: an invoice bears it, and its reader knows it.
 */
import type { Route } from '../model/route.ts';
import { type Found, foundIn, foundInBytes, mailboxIn, read, type Search, searchFor, sieveFor } from './gate/search.ts';
import { type Said, saidIn } from './outgoing.ts';

/** What was found and where; never the words themselves. */
export interface Leak {
  readonly what: 'mailbox' | 'host' | 'name';
  readonly whose: 'author' | 'recipient';
  /** `header Subject`, `part 1.2 text/html`, `undecodable part 2 text/plain`. */
  readonly where: string;
  /** The name under which a file was to leave, where it stands in one. */
  readonly file?: string;
}

/** Here stand ids that the recipient's own mail client made: they lead back to its own messages. */
const ownIds = new Set(['header In-Reply-To', 'header References']);

type Whose = readonly [whose: Leak['whose'], search: Search];

/** Empty: the message may leave. Linear in its bytes. */
export function leaks(bytes: Uint8Array, route: Pick<Route, 'author' | 'recipient'>): readonly Leak[] {
  const searches: readonly Whose[] = [
    ['author', searchFor(route.author)],
    ['recipient', searchFor(route.recipient)],
  ];
  const isTelling = sieveFor(searches.map(([, search]) => search));
  const found = new Map<string, Leak>();
  for (const said of saidIn(bytes)) {
    const { file } = said;
    for (const it of leaksIn(said, { searches: ownIds.has(said.where) ? searches.slice(0, 1) : searches, isTelling })) {
      const leak = file === undefined ? it : { ...it, file };
      found.set(`${leak.what} ${leak.whose} ${leak.where}`, leak);
    }
  }
  // Whoever reads of a mailbox knows that its host stands there too.
  return [...found.values()].filter(({ what, whose, where }) => what !== 'host' || !found.has(`mailbox ${whose} ${where}`));
}

interface Sought {
  readonly searches: readonly Whose[];
  readonly isTelling: (bytes: Uint8Array) => boolean;
}

function* leaksIn({ where, texts, joined, bytes, file }: Said, { searches, isTelling }: Sought): Generator<Leak> {
  if (texts === undefined) {
    yield { what: 'mailbox', whose: 'author', where: `undecodable ${where}` };
    return;
  }
  const known = new Set(texts);
  for (const text of known) {
    const said = read(text);
    for (const [whose, search] of searches) yield* named(foundIn(said, search), { whose, where, file });
  }
  if (joined !== undefined && !known.has(joined)) {
    const said = read(joined);
    for (const [whose, search] of searches) if (mailboxIn(said.folded, search)) yield { what: 'mailbox', whose, where };
  }
  for (const content of bytes?.filter(isTelling) ?? []) {
    for (const [whose, search] of searches) yield* named(foundInBytes(content, search), { whose, where, file });
  }
}

function* named(found: Found, { whose, where, file }: Pick<Leak, 'whose' | 'where'> & Pick<Said, 'file'>): Generator<Leak> {
  for (const what of ['mailbox', 'host', 'name'] as const) {
    const isKnown = what === 'name' && whose === 'recipient' && file !== undefined;
    if (found[what] && !isKnown) yield { what, whose, where };
  }
}
