/** How `tail` is called. */
import { parseArgs } from 'node:util';
import { levels } from './event.ts';
import { sinceOf, type Wanted } from './filter.ts';

export const usage = `usage: tail [FILE] [options]        the log as people read it
From standard input (npm start | npm run -s postern -- tail), from FILE, or from a running relay:
  FILE                 a file with the relay's log; follows it as it grows, is cut or is replaced (log rotation)
  --url URL            the running relay's API, http://127.0.0.1:8025; of several workers, the one that answers
  --token-file FILE    its bearer token; otherwise API_TOKEN, or var/api-token
  --lines N            so many lines of the past that fit, first (10; of a relay 200 at most; all of them with --since)
  --no-follow          of a file: ends when it is read
Which ones; all that is asked for must hold:
  --rule ID            messages that broke this rule; may be given several times
  --held  --rejected   messages that were held, or refused; together: either
  --conversation ID    what happened in this conversation
  --party ID           what happened in this party's conversations; asks the relay's store, with the relay's settings
  --trace ID           what happened to this message
  --level LEVEL        trace, debug, info, warn, error, fatal: this one and worse ones
  --since WHEN         2h, 30m, 1d, or a time as in 2026-03-09T14:00:00Z
How:
  --json               the lines as they are
  --color, --no-color  otherwise on a terminal, unless NO_COLOR is set
Exit codes: 0 done, 1 file or relay cannot be read, 2 called wrongly.
`;

const options = {
  url: { type: 'string' },
  'token-file': { type: 'string' },
  lines: { type: 'string' },
  follow: { type: 'boolean', default: true },
  rule: { type: 'string', multiple: true, default: [] as string[] },
  held: { type: 'boolean', default: false },
  rejected: { type: 'boolean', default: false },
  conversation: { type: 'string' },
  party: { type: 'string' },
  trace: { type: 'string' },
  level: { type: 'string', default: 'trace' },
  since: { type: 'string' },
  json: { type: 'boolean', default: false },
  color: { type: 'boolean' },
  help: { type: 'boolean', default: false },
} as const;

export interface Call {
  readonly source: Source;
  readonly wanted: Wanted;
  /** Of the past; undefined: all. */
  readonly lines: number | undefined;
  readonly follow: boolean;
  readonly json: boolean;
  readonly colour: boolean;
}

type Source =
  | { readonly kind: 'pipe' }
  | { readonly kind: 'file'; readonly path: string }
  | { readonly kind: 'relay'; readonly url: string; readonly tokenFile?: string | undefined };

/** What was asked for makes no sense. */
class Wrong extends Error {
  override readonly name = 'Wrong';
}

/** `now`: milliseconds since 1970. Undefined: called wrongly. */
export function readCall(args: readonly string[], now: number): Call | 'help' | undefined {
  try {
    const { values, positionals } = parseArgs({ args: [...args], allowPositionals: true, allowNegative: true, options });
    if (values.help) return 'help';
    const { url, rule: rules, held, rejected, conversation, party, trace, json, follow } = values;
    const level = levels.find((one) => one === values.level);
    if (!level) throw new Wrong();
    const since = values.since === undefined ? undefined : sinceIn(values.since, now);
    const lines = values.lines === undefined ? (since === undefined ? 10 : undefined) : countIn(values.lines);
    const colour = values.color ?? (process.stdout.isTTY === true && (process.env.NO_COLOR ?? '') === '');
    const wanted = { rules, held, rejected, conversation, party, trace, level, since };
    return { source: sourceOf(positionals, url, values['token-file']), wanted, lines, follow, json, colour };
  } catch {
    return undefined;
  }
}

function sourceOf([path, ...more]: readonly string[], url: string | undefined, tokenFile: string | undefined): Source {
  if (more.length > 0 || (path !== undefined && url !== undefined)) throw new Wrong();
  if (url === undefined) return path === undefined ? { kind: 'pipe' } : { kind: 'file', path };
  if (!/^https?:$/.test(new URL(url).protocol)) throw new Wrong();
  return { kind: 'relay', url, tokenFile };
}

function sinceIn(text: string, now: number): number {
  const at = sinceOf(text, now);
  if (at === undefined) throw new Wrong();
  return at;
}

function countIn(text: string): number {
  if (!/^\d{1,6}$/.test(text)) throw new Wrong();
  return Number(text);
}
