/** Ports of the store for what keeps it in order: duties that one relay at a time has, the secrets that values stand under, legal holds. Types and one error. */

/** A duty that this store has now. */
export interface Duty {
  /** Higher whenever the duty goes to another store: what is written for an older one counts no more. */
  readonly fence: number;
  /** How far it is, as whoever had it last noted; `''` at first. */
  readonly note: string;
}

/** Work that one relay at a time does, however many share the store. */
export interface Duties {
  /** Ours for so many seconds; ours already: for so many from now on. Undefined: another store has it, and its time is not over. */
  take(name: string, seconds: number): Promise<Duty | undefined>;
  /** Notes how far it is, and has the duty for so many seconds more. False: it is not ours any more, and nothing was noted. */
  keep(name: string, duty: Duty, seconds: number): Promise<boolean>;
  /** Notes how far it is, and gives the duty back. Nothing happens where it is not ours any more. */
  leave(name: string, duty: Duty): Promise<void>;
}

/** A secret by its id: 8 hexadecimal digits, which say nothing of it. */
export interface SecretUse {
  readonly id: string;
  /** When a relay said last that it writes with it: milliseconds since 1970. */
  readonly wroteAt: number;
  /** Values that stood under it when all were looked at last; undefined: nobody looked since it writes. */
  readonly left?: number | undefined;
}

/** One step through all that is sealed. */
export interface Walk {
  /** Where to go on; undefined: that was all. */
  readonly next?: string;
  /** Values that were written anew. */
  readonly changed: number;
  /** Message-IDs that cannot be, as their counterpart has another one by now: they end in their time, and nobody needs to wait for it. */
  readonly ending: number;
  /** How many of those looked at stand under which secret now, by its id. */
  readonly standing: Readonly<Record<string, number>>;
}

/** Something that keeps sealed values: the store, and whatever else does. */
export interface Sealed {
  /**
   * Looks at some of its values, from `from` on (`''`: from the beginning), a few hundred at most. `write`: what stands under another secret
   * than the first one is sealed anew under it, and hashes that can be made anew are; never over what somebody changed meanwhile.
   */
  walk(from: string, write: boolean): Promise<Walk>;
}

export interface Secrets extends Sealed {
  /** Of this store's, the first one's first. */
  readonly ids: readonly string[];
  /** This process writes with the first one now. */
  announce(): Promise<void>;
  uses(): Promise<readonly SecretUse[]>;
  /** So many values stand under each of these, as a whole walk found. Of what relays write with since then it says nothing. */
  found(left: Readonly<Record<string, number>>): Promise<void>;
  /** It is not spoken of any more. False: it was not. */
  drop(id: string): Promise<boolean>;
}

/** Why a conversation's records are kept beyond their time. */
export interface LegalHold {
  readonly conversation: string;
  /** Milliseconds since 1970. */
  readonly since: number;
  /** Who says so, and why; encrypted. */
  readonly by: string;
  readonly note: string;
}

/**
 * What belongs to such a conversation (journal, held messages, objections and reports) outlives its time, and neither of its parties can be
 * forgotten: `forget` throws `OnLegalHold`. Message-IDs of both sides end in their time: they serve mail clients, and prove nothing.
 */
export interface LegalHolds {
  /** Durable when it resolves; since when it is stays, where there is one. Nothing happens where there is no such conversation. */
  put(hold: LegalHold): Promise<void>;
  read(conversation: string): Promise<LegalHold | undefined>;
  /** Lifts it: the records end when they would have, those whose time is over within three days. False: there was none. */
  lift(conversation: string): Promise<boolean>;
  /** Every conversation that has one. */
  conversations(): Promise<readonly string[]>;
  /** Takes the end off what came since: asked for more often than the shortest time that anything is kept. */
  preserve(conversation: string): Promise<void>;
}

/** A party of a conversation on legal hold is not forgotten. */
export class OnLegalHold extends Error {
  override readonly name = 'OnLegalHold';
  constructor() {
    super('a conversation of the party is on legal hold');
  }
}

export interface Upkeep {
  readonly duties: Duties;
  readonly secrets: Secrets;
  readonly legalHolds: LegalHolds;
}
