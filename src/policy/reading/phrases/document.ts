/** A parsed phrase file (`config/phrases/<lang>.yaml`) -> plain values, with every problem of it at once. */
import { type Node, type Pattern, parsePattern, parseWords } from './pattern.ts';

/** One entry of a phrase file, read. */
export interface Entry {
  /** File and id, for people. */
  readonly name: string;
  readonly rule: string;
  /** What the rule makes of it: `finds`, `excuses` (cancels what the rule finds in the same sentence) or a word of the rule's own. */
  readonly role: string;
  readonly any: readonly Pattern[];
  /** Cancels this entry in the same sentence. */
  readonly unless: readonly Pattern[];
  /** Sentences that it must find, and that it must not. */
  readonly yes: readonly string[];
  readonly no: readonly string[];
}

/** A phrase file, read. Plain values: it can be handed to a worker thread. */
export interface PhraseFile {
  readonly name: string;
  /** Single words that no text of its language does without: a text that has others is not looked through for this file's phrases. */
  readonly common: readonly Node[];
  readonly lists: Readonly<Record<string, readonly Node[]>>;
  readonly entries: readonly Entry[];
}

type Row = Readonly<Record<string, unknown>>;

/** Reads a document; what is wrong goes to `problems`, one line each that begins with the file's name and the entry. */
export function readPhraseFile(name: string, document: unknown, problems: string[]): PhraseFile {
  const root = rowOf(document, name, problems);
  refuseOthers(root, ['common', 'words', 'rules'], { place: name, problems });
  const lists: Record<string, readonly Node[]> = {};
  for (const [list, words] of Object.entries(rowOf(root.words ?? {}, `${name}: words`, problems))) {
    const place = `${name}: words.${list}`;
    lists[list] = textsOf(words, place, problems).flatMap((it) => attempt(() => parseWords(it), `${place} "${it}"`, problems));
    if (lists[list]?.length === 0) problems.push(`${place}: no words`);
  }
  const entries: Entry[] = [];
  for (const [rule, rows] of Object.entries(rowOf(root.rules ?? {}, `${name}: rules`, problems))) {
    if (!Array.isArray(rows)) problems.push(`${name}: rules.${rule}: not a list`);
    else entries.push(...rows.map((row: unknown, at) => entryOf(row, { name, rule, at, problems })));
  }
  const common = textsOf(root.common ?? [], `${name}: common`, problems).flatMap((it) =>
    attempt(() => parseWords(it), `${name}: common "${it}"`, problems),
  );
  const file = { name, common, lists, entries };
  checkLists(file, problems);
  return file;
}

function entryOf(value: unknown, where: { name: string; rule: string; at: number; problems: string[] }): Entry {
  const { name, rule, at, problems } = where;
  const row = rowOf(value, `${name}: ${rule} ${at + 1}`, problems);
  const id = typeof row.id === 'string' ? row.id : String(at + 1);
  const place = `${name}: ${rule}/${id}`;
  refuseOthers(row, ['id', 'role', 'any', 'unless', 'yes', 'no'], { place, problems });
  const patterns = (key: string) =>
    textsOf(row[key] ?? [], `${place}: ${key}`, problems).flatMap((it) =>
      attempt(() => parsePattern(it), `${place}: ${key} "${it}"`, problems),
    );
  const any = patterns('any');
  if (any.length === 0) problems.push(`${place}: no phrase`);
  const role = row.role ?? 'finds';
  if (typeof role !== 'string') problems.push(`${place}: role: not a text`);
  const yes = textsOf(row.yes ?? [], `${place}: yes`, problems);
  if (yes.length === 0) problems.push(`${place}: no sentence that it must find`);
  return {
    name: place,
    rule,
    role: String(role),
    any,
    unless: patterns('unless'),
    yes,
    no: textsOf(row.no ?? [], `${place}: no`, problems),
  };
}

/** Every list that is named must be there, and none may name itself, however far round. */
function checkLists({ name, common, lists, entries }: PhraseFile, problems: string[]): void {
  const known = new Map<string, 'open' | 'done'>();
  const visit = (node: Node, place: string): void => {
    for (const list of listsIn(node)) visitList(list, place);
  };
  const visitList = (list: string, place: string): void => {
    if (known.get(list) === 'done') return;
    const nodes = Object.hasOwn(lists, list) ? lists[list] : undefined;
    if (nodes === undefined) problems.push(`${place}: there is no list {${list}}`);
    else if (known.get(list) === 'open') problems.push(`${name}: words.${list}: names itself`);
    else {
      known.set(list, 'open');
      for (const it of nodes) visit(it, `${name}: words.${list}`);
    }
    known.set(list, 'done');
  };
  for (const list of Object.keys(lists)) visitList(list, name);
  for (const node of common) visit(node, `${name}: common`);
  for (const entry of entries) {
    for (const { all, none } of [...entry.any, ...entry.unless]) for (const node of [...all, ...none]) visit(node, entry.name);
  }
}

function listsIn(node: Node): readonly string[] {
  if (node.kind === 'list') return [node.name];
  if (node.kind === 'any') return node.of.flatMap(listsIn);
  return node.kind === 'row' ? node.of.flatMap((it) => listsIn(it.node)) : [];
}

function rowOf(value: unknown, place: string, problems: string[]): Row {
  if (typeof value === 'object' && value !== null && !Array.isArray(value)) return value as Row;
  problems.push(`${place}: not a map`);
  return {};
}

function textsOf(value: unknown, place: string, problems: string[]): string[] {
  const texts = typeof value === 'string' ? [value] : value;
  if (Array.isArray(texts) && texts.every((it) => typeof it === 'string' && it.trim() !== '')) return texts;
  problems.push(`${place}: not a list of texts`);
  return [];
}

function refuseOthers(row: Row, known: readonly string[], { place, problems }: { place: string; problems: string[] }): void {
  for (const key of Object.keys(row)) if (!known.includes(key)) problems.push(`${place}: unknown name "${key}"`);
}

function attempt<Value>(read: () => Value, place: string, problems: string[]): Value[] {
  try {
    return [read()];
  } catch (error) {
    problems.push(`${place}: ${error instanceof Error ? error.message : 'unreadable'}`);
    return [];
  }
}
