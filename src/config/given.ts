/** What was given: the settings file with the environment above it, each value still as text, with where it came from. */
import { readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { codeOf } from './first-start.ts';
import type { Row } from './row.ts';
import { type Name, rows } from './rows.ts';
import { fileNameOf, readSecret, secretFileNames } from './secret-files.ts';

export type Environment = Readonly<Record<string, string | undefined>>;

/** The text of one setting. Undefined: something that is no text at all, described by `kind`. */
export interface Given {
  readonly text: string | undefined;
  /** What it is, for people: `a number`, `a text of 12 characters`. */
  readonly kind: string;
  /** `in the environment`, `in the settings file`, `by RELAY_SECRET_FILE in the environment`. */
  readonly where: string;
  /** The file that it stands in alone; absolute. */
  readonly file?: string;
}

export interface AllGiven {
  readonly given: ReadonlyMap<Name, Given>;
  /** What is wrong with the file as such (not there, no JSON, unknown names), and what is given twice. */
  readonly problems: readonly string[];
}

const names = Object.keys(rows) as Name[];
export const rowOf = (name: Name): Row<unknown> => rows[name];

/** Reads the file that `CONFIG_FILE` names, and the environment. An empty variable counts as not given. */
export function collect(env: Environment, cwd: string): AllGiven {
  const { members, problems } = readFile(env, cwd);
  const given = new Map<Name, Given>();
  const twice: string[] = [];
  for (const { at, where } of [
    { at: (name: string): unknown => env[name]?.trim() || undefined, where: 'in the environment' },
    { at: (name: string): unknown => (Object.hasOwn(members, name) ? members[name] : undefined), where: 'in the settings file' },
  ]) {
    for (const name of names.filter((name) => !given.has(name))) {
      const value = at(name);
      const fileName = fileNameOf(name);
      const file = fileName && at(fileName);
      if (value !== undefined) given.set(name, { text: textOf(value, rowOf(name)), kind: kindOf(value), where });
      else if (file !== undefined) given.set(name, readNamed(file, cwd, `by ${fileName} ${where}`));
      if (value !== undefined && file !== undefined) twice.push(`${fileName} ${where}: ${name} is given there too; one of them must go.`);
    }
  }
  return { given, problems: [...problems, ...twice] };
}

const readNamed = (file: unknown, cwd: string, where: string): Given =>
  typeof file === 'string' ? readSecret(file, cwd, where) : { text: undefined, kind: `${kindOf(file)} for a path`, where };

type Members = Readonly<Record<string, unknown>>;

function readFile(env: Environment, cwd: string): { readonly members: Members; readonly problems: readonly string[] } {
  const named = env.CONFIG_FILE?.trim();
  const file = resolve(cwd, named || rows.CONFIG_FILE.default);
  let json: string;
  try {
    json = readFileSync(file, 'utf8');
  } catch (error) {
    const code = codeOf(error);
    if (!named && code === 'ENOENT') return { members: {}, problems: [] };
    return { members: {}, problems: [`CONFIG_FILE: ${JSON.stringify(file)} cannot be read (${code}). ${rows.CONFIG_FILE.sentence}`] };
  }
  const members = parseObject(json);
  if (!members)
    return { members: {}, problems: [`CONFIG_FILE: ${JSON.stringify(file)} does not hold a JSON object. ${rows.CONFIG_FILE.sentence}`] };
  const unknown = Object.keys(members).filter(
    (name) => !(Object.hasOwn(rows, name) || secretFileNames.has(name)) || name === 'CONFIG_FILE',
  );
  return { members, problems: unknown.map((name) => `${shown(name)} in the settings file: there is no such setting.`) };
}

/** No text of the JSON parser's own is kept: it quotes the file, and the file may hold secrets. */
function parseObject(json: string): Members | undefined {
  try {
    const value: unknown = JSON.parse(json);
    return typeof value === 'object' && value !== null && !Array.isArray(value) ? { ...value } : undefined;
  } catch {
    return undefined;
  }
}

function textOf(value: unknown, { list }: Row<unknown>): string | undefined {
  if (typeof value === 'string') return value.trim();
  if (typeof value === 'number') return String(value);
  if (typeof value === 'boolean') return value ? 'on' : 'off';
  if (list && Array.isArray(value) && value.length > 0 && value.every((item) => typeof item === 'string')) return value.join(',');
  return undefined;
}

function kindOf(value: unknown): string {
  if (typeof value === 'string') return value.length === 1 ? 'a text of 1 character' : `a text of ${value.length} characters`;
  if (value === null) return 'null';
  if (Array.isArray(value)) return `an array of ${value.length}`;
  return typeof value === 'object' ? 'an object' : `a ${typeof value}`;
}

/** A text from outside, escaped and short enough for a line. */
export const shown = (text: string): string => JSON.stringify(text.length > 80 ? `${text.slice(0, 80)}…` : text);
