/** Looks through an export: was anything changed, taken out or put in? Says in words what is wrong. */
import { createPublicKey, verify } from 'node:crypto';
import { format, hashOf, names, signed } from './export.ts';
import { sha256 } from './seal.ts';

/** What an export is found to be. */
export interface Verified {
  /** What is wrong, a sentence each; none: nothing was changed. */
  readonly wrong: readonly string[];
  /** What is not there, and was not there when it was exported. */
  readonly gaps: readonly string[];
  /** What it says of itself; empty where it cannot be read. */
  readonly about: readonly string[];
  /** SHA-256 of the public key, to be compared with one that is known by another way. */
  readonly key: string | undefined;
}

type Members = Readonly<Record<string, unknown>>;

const membersOf = (value: unknown): Members => (typeof value === 'object' && value !== null ? { ...value } : {});
const listOf = (value: unknown): readonly unknown[] => (Array.isArray(value) ? value : []);

/** As it may be shown: whoever made the file chose the words. */
const shown = (value: unknown): string => JSON.stringify(String(value).slice(0, 80));

/** `files`: by their names. `trusted`: public keys (PEM), one of which must have signed; not set: whose it is is left to the reader. */
export function verifyExport(files: ReadonlyMap<string, Uint8Array>, trusted?: readonly string[]): Verified {
  const json = readJson(files.get(names.json));
  const pem = textOf(files.get(names.key));
  const key = pem === undefined ? undefined : sha256(pem.trim());
  if (!json) return { wrong: [`${names.json} is missing, or no JSON.`], gaps: [], about: [], key };
  const head = membersOf(json.head);
  const entries = listOf(json.entries).map(membersOf);
  if (head.format !== format) return { wrong: [`It is no export of the form ${format}.`], gaps: [], about: [], key };
  const chain = checkChain(head, entries);
  const wrong = [
    ...chain.wrong,
    ...checkSignature(chain.last, { pem, signature: textOf(files.get(names.signature)), trusted }),
    ...checkFiles(entries, files),
  ];
  const about = [
    `Conversation ${shown(head.conversation)} of buyer ${shown(head.buyer)} and seller ${shown(head.seller)}, ${entries.length} messages`,
    `Exported ${shown(head.exportedAt)}${head.from === undefined ? '' : `, from ${shown(head.from)}`}${head.to === undefined ? '' : `, before ${shown(head.to)}`}`,
  ];
  return { wrong, gaps: gapsIn(head, entries), about, key };
}

const textOf = (bytes: Uint8Array | undefined): string | undefined => bytes && Buffer.from(bytes).toString();

function readJson(bytes: Uint8Array | undefined): Members | undefined {
  try {
    const value: unknown = JSON.parse(textOf(bytes) ?? '');
    return typeof value === 'object' && value !== null ? { ...value } : undefined;
  } catch {
    return undefined;
  }
}

interface Chain {
  readonly wrong: readonly string[];
  readonly last: string;
}

function checkChain(head: Members, entries: readonly Members[]): Chain {
  const wrong: string[] = [];
  let previous = hashSafely(head);
  let n = 1;
  for (const entry of entries) {
    const own = hashSafely(entry);
    wrong.push(...complaintsOf(entry, { n, previous, own }));
    previous = typeof entry.hash === 'string' ? entry.hash : own;
    n = typeof entry.n === 'number' ? entry.n + 1 : n + 1;
  }
  if (head.entries !== entries.length) wrong.push(`It had ${shown(head.entries)} entries, and has ${entries.length}.`);
  return { wrong, last: previous };
}

/** What an entry must be: its number, the hash of the one before, its own. */
interface Link {
  readonly n: number;
  readonly previous: string;
  readonly own: string;
}

function complaintsOf(entry: Members, { n, previous, own }: Link): readonly string[] {
  const name = `Entry ${shown(entry.n)} (trace ${shown(entry.trace)})`;
  const broken =
    n === 1 && entry.n === 1 ? 'What stands in `head` was changed.' : `${name} does not follow the one before it: the chain is broken.`;
  return [
    ...(entry.n === n ? [] : [misplaced(name, entry.n, n)]),
    ...(entry.hash === own ? [] : [`${name} was changed: its hash is another one.`]),
    ...(entry.previous === previous ? [] : [broken]),
  ];
}

function misplaced(name: string, stands: unknown, n: number): string {
  if (typeof stands !== 'number' || stands < n) return `${name} stands in a place that is not its own.`;
  return stands === n + 1 ? `Entry ${n} was taken out.` : `Entries ${n} to ${stands - 1} were taken out.`;
}

/** What is nested so deep that it has no hash was not made by us. */
function hashSafely(value: Members): string {
  try {
    return hashOf(value);
  } catch {
    return '';
  }
}

interface Signature {
  readonly pem: string | undefined;
  readonly signature: string | undefined;
  readonly trusted: readonly string[] | undefined;
}

function checkSignature(last: string, { pem, signature, trusted }: Signature): readonly string[] {
  if (pem === undefined || signature === undefined) return [`It is not signed: ${names.key} or ${names.signature} is missing.`];
  if (!isSigned(last, pem, signature)) return ['The signature does not fit: the end of the chain is not the one that was signed.'];
  if (!trusted || trusted.some((one) => one.trim() === pem.trim())) return [];
  return ["It was signed with a key that is not this relay's: whoever changed it may have signed it anew."];
}

function isSigned(last: string, pem: string, signature: string): boolean {
  try {
    return verify(null, Buffer.from(signed(last)), createPublicKey(pem), Buffer.from(signature, 'base64'));
  } catch {
    return false;
  }
}

const contentsIn = (entry: Members): readonly Members[] => Object.values(membersOf(entry.contents)).map(membersOf);

function checkFiles(entries: readonly Members[], files: ReadonlyMap<string, Uint8Array>): readonly string[] {
  const wrong: string[] = [];
  const known = new Set<string>(Object.values(names));
  for (const { file, sha256: digest } of entries.flatMap(contentsIn)) {
    if (typeof file !== 'string') continue;
    known.add(file);
    const bytes = files.get(file);
    if (!bytes) wrong.push(`The file ${shown(file)} was taken out.`);
    else if (sha256(bytes) !== digest) wrong.push(`The file ${shown(file)} was changed.`);
  }
  for (const name of files.keys()) if (!known.has(name)) wrong.push(`The file ${shown(name)} was put in: no entry names it.`);
  return wrong;
}

const reasons: Readonly<Record<string, string>> = {
  forgotten: 'its contents went when a party was forgotten',
  'no room': 'there was no room for its contents when it came',
  'not found': 'its contents were not found in the archive',
};

function gapsIn(head: Members, entries: readonly Members[]): readonly string[] {
  const empty = entries.flatMap((entry) => {
    const why = contentsIn(entry).flatMap(({ missing }) => (typeof missing === 'string' ? [reasons[missing] ?? shown(missing)] : []));
    return [...new Set(why)].map((reason) => `Message ${shown(entry.trace)}: ${reason}.`);
  });
  const unknown = listOf(head.notArchived).map(membersOf);
  return [...empty, ...unknown.map(({ trace, at }) => `Message ${shown(trace)} of ${shown(at)} is in the journal and not in the archive.`)];
}
