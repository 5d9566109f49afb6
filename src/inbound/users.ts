/**
 * Who may hand in mail with a password (RFC 6409): the file that `SUBMISSION_USERS` names, `name:hash:domain,domain` a line, and the check
 * of a name and a password against it. A flood of tries cannot stall the relay: few are worked on at once, few wait, all others are put off
 * (454); and a password that was right a while ago is known again without the work.
 */
import { createHmac, createSecretKey, randomBytes } from 'node:crypto';
import { isPassword, type Kept, keptOfNobody, readKept } from './password.ts';
import type { Submitter } from './ports.ts';

export interface User extends Submitter {
  readonly kept: Kept;
}

/** By name. */
export type Users = ReadonlyMap<string, User>;

/** The users' file cannot be used. `lines`: the numbers of all that are wrong; what stands in them is nobody's business. */
export class UsersError extends Error {
  override readonly name = 'UsersError';
  constructor(lines: readonly number[]) {
    const named = lines.slice(0, 20).join(', ');
    const more = lines.length > 20 ? ` and ${lines.length - 20} more` : '';
    super(`the file of users is wrong in line ${named}${more}: each takes name:hash:domain,domain or name:hash:*`);
  }
}

/** Printable ASCII without a colon: what every client can send. */
const names = /^[!-9;-~]{1,64}$/;
const hostNames = /^[a-z0-9-]{1,63}(?:\.[a-z0-9-]{1,63}){1,20}$/;

/** Reads the file's text; empty lines and those that begin with `#` say nothing. @throws UsersError */
export function readUsers(text: string): Users {
  const users = new Map<string, User>();
  const wrong: number[] = [];
  for (const [index, line] of text.split('\n').entries()) {
    const trimmed = line.trim();
    if (trimmed === '' || trimmed.startsWith('#')) continue;
    const [name = '', hash = '', domains = '', ...rest] = trimmed.split(':');
    const kept = readKept(hash);
    const writesFor = domains.split(',').map((domain) => domain.trim().toLowerCase());
    const fits = rest.length === 0 && names.test(name) && writesFor.every((domain) => domain === '*' || hostNames.test(domain));
    if (kept && fits && !users.has(name)) users.set(name, { kept, writesFor });
    else wrong.push(index + 1);
  }
  if (wrong.length > 0) throw new UsersError(wrong);
  return users;
}

/** Tries worked on at once: each takes a whole core, and mail needs the others. */
const AT_ONCE = 1;
/** Tries that wait for their turn: a second or two of them. */
const WAITING = 32;
/** How long a right password is known again, and how many of them. */
const REMEMBERED_MS = 600_000;
const REMEMBERED = 1_000;

/** The check of names and passwords. */
export class Logins {
  #users: Users;
  readonly #nobody = keptOfNobody();
  readonly #key = createSecretKey(randomBytes(32));
  readonly #right = new Map<string, number>();
  readonly #queue: (() => void)[] = [];
  #running = 0;

  constructor(users: Users) {
    this.#users = users;
  }

  /** Others may log in from now on. */
  replace(users: Users): void {
    this.#users = users;
    this.#right.clear();
  }

  /** Undefined where the password is wrong or nobody has that name; both take the same time. Rejects where too many wait. */
  async login(name: string, password: string): Promise<Submitter | undefined> {
    const user = this.#users.get(name);
    const mark = this.#markOf(name, password, user?.kept.text ?? '');
    const known = (this.#right.get(mark) ?? 0) > performance.now();
    const right = known || ((await this.#inTurn(() => isPassword(password, user?.kept ?? this.#nobody))) && user !== undefined);
    // While it was worked on the file may have been replaced.
    if (!right || !user || this.#users.get(name) !== user) return undefined;
    if (!known) this.#remember(mark);
    return { writesFor: user.writesFor };
  }

  /** Keyed by a key of this process: what lies in memory is no password. */
  #markOf(name: string, password: string, kept: string): string {
    return createHmac('sha256', this.#key)
      .update(JSON.stringify([name, password, kept]))
      .digest('base64');
  }

  #remember(mark: string): void {
    this.#right.set(mark, performance.now() + REMEMBERED_MS);
    if (this.#right.size > REMEMBERED) this.#right.delete(this.#right.keys().next().value ?? mark);
  }

  async #inTurn<T>(work: () => Promise<T>): Promise<T> {
    if (this.#running >= AT_ONCE) {
      if (this.#queue.length >= WAITING) throw new Error('too many tries to log in at once');
      await new Promise<void>((resolve) => this.#queue.push(resolve));
    } else this.#running++;
    try {
      return await work();
    } finally {
      const next = this.#queue.shift();
      if (next) next();
      else this.#running--;
    }
  }
}
