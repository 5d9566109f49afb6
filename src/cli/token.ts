/** `token create | list | revoke`: tokens of the API beside the one of the settings, with scopes. A token is shown once, when it is made. */
import { parseArgs } from 'node:util';
import { mintTrace } from '../directory/alias.ts';
import { type ApiToken, digestOf, mintToken, type Scope, scopes } from '../model/token.ts';
import type { Store } from '../store/store.ts';
import { withStore } from './store.ts';

const day = 86_400_000;
const mostDays = 3650;

const usage = `usage: npm run -s postern -- token create NAME --scopes ${scopes.join(',')} [--days 90]
                                  token list
                                  token revoke ID
`;

/** What `create` was asked for. */
interface Wanted {
  readonly name: string;
  readonly scopes: readonly Scope[];
  readonly days: number | undefined;
}

export async function token(args: readonly string[]): Promise<number> {
  const [what, one] = args;
  if (what === 'create') return create(args.slice(1));
  if (what === 'list' && one === undefined) return withStore(list);
  if (what === 'revoke' && one !== undefined) return withStore((store) => revoke(one, store));
  return misused('');
}

function misused(why: string): number {
  process.stderr.write(`${why === '' ? '' : `${why}\n`}${usage}`);
  return 2;
}

async function create(args: readonly string[]): Promise<number> {
  const wanted = readWanted(args);
  if (typeof wanted === 'string') return misused(wanted);
  const { days, ...rest } = wanted;
  const madeAt = Date.now();
  const made: ApiToken = { id: mintTrace(), ...rest, madeAt, ...(days !== undefined && { endsAt: madeAt + days * day }) };
  const text = mintToken();
  await withStore((store) => store.tokens.add(made, digestOf(text)));
  process.stderr.write(`${lineOf(made, madeAt)}\nIt is shown this once; to replace it, make another one and then revoke ${made.id}:\n`);
  process.stdout.write(`${text}\n`);
  return 0;
}

/** A sentence where it does not fit. */
function readWanted(args: readonly string[]): Wanted | string {
  const options = { scopes: { type: 'string' }, days: { type: 'string' } } as const;
  let read: ReturnType<typeof parseArgs<{ options: typeof options; allowPositionals: true }>>;
  try {
    read = parseArgs({ args: [...args], options, allowPositionals: true });
  } catch {
    return 'There is no such option.';
  }
  const { positionals, values } = read;
  const [name = '', more] = positionals;
  if (more !== undefined || !/^[\w .:@-]{1,64}$/.test(name)) return 'NAME takes up to 64 letters, digits, blanks and _ . : @ -';
  const asked = (values.scopes ?? '').split(',').map((scope) => scope.trim());
  if (!asked.every(isScope)) return `--scopes takes some of ${scopes.join(', ')}, comma separated.`;
  const days = values.days === undefined ? undefined : Number(values.days);
  const fits = days === undefined || (Number.isInteger(days) && days >= 1 && days <= mostDays);
  return fits ? { name, scopes: scopes.filter((scope) => asked.includes(scope)), days } : `--days takes a number from 1 to ${mostDays}.`;
}

const isScope = (text: string): text is Scope => scopes.some((scope) => scope === text);

async function list(store: Store): Promise<number> {
  const tokens = await store.tokens.list();
  const now = Date.now();
  for (const one of tokens) process.stdout.write(`${lineOf(one, now)}\n`);
  if (tokens.length === 0) process.stderr.write('There is none but API_TOKEN of the settings, which may do all.\n');
  return 0;
}

async function revoke(id: string, store: Store): Promise<number> {
  const known = await store.tokens.revoke(id);
  process.stderr.write(known ? 'Revoked: it opens nothing any more.\n' : 'There is no such token; token list shows the ids.\n');
  return known ? 0 : 1;
}

function lineOf({ id, name, scopes: may, madeAt, endsAt }: ApiToken, now: number): string {
  const end = endsAt === undefined ? 'until revoked' : `${endsAt <= now ? 'ENDED' : 'until'} ${dateOf(endsAt)}`;
  return `${id}  ${may.join(',').padEnd(29)}  made ${dateOf(madeAt)}  ${end.padEnd(16)}  ${name}`;
}

const dateOf = (at: number): string => new Date(at).toISOString().slice(0, 10);
