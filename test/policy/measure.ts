/**
 * `npm run policy`: precision and recall of each rule over labelled cases, F1, clean messages wrongly found, redactions that survived
 * in the message as it is sent on, time per message, and by language.
 *
 *     node test/policy/measure.ts [--wrong] [--rule ID]... [FILE.jsonl]...
 *
 * `--wrong` lists each case that was judged otherwise than labelled. Without files: all of `test/cases/`.
 */
import { globSync } from 'node:fs';
import { join } from 'node:path';
import { performance } from 'node:perf_hooks';
import { commandLine } from '../support/command-line.ts';
import { loadPolicy } from '../../src/config/policy-file.ts';
import { readHeader } from '../../src/mime/header.ts';
import { parse } from '../../src/mime/parse.ts';
import { aliasAt } from '../../src/model/address.ts';
import type { Message } from '../../src/model/message.ts';
import type { Role, Route, Side } from '../../src/model/route.ts';
import type { Disposition } from '../../src/model/verdict.ts';
import { judge } from '../../src/policy/judge.ts';
import { ruleIds } from '../../src/model/verdict.ts';
import { rewrite } from '../../src/rewrite/rewrite.ts';
import { type Case, messageOf, readCases } from '../support/case.ts';

interface Judged {
  readonly it: Case;
  readonly disposition: Disposition;
  readonly found: ReadonlySet<string>;
  readonly milliseconds: number;
  /** What the recipient would read, see in attributes, and could click. */
  readonly delivered: string;
}

const { values, positionals } = commandLine(import.meta.filename, {
  allowPositionals: true,
  options: { wrong: { type: 'boolean', default: false }, rule: { type: 'string', multiple: true, default: [...ruleIds] } },
});
const root = join(import.meta.dirname, '../..');
const files = positionals.length > 0 ? positionals : globSync('test/cases/*.jsonl', { cwd: root }).map((file) => join(root, file));
const policy = loadPolicy(join(root, 'config/policy.yaml'), ['relay.market.example']);
const rules = values.rule;
const say = (line: string) => process.stdout.write(`${line}\n`);
const squeezed = (text: string): string => text.replace(/\s+/g, ' ').trim();

async function judged(it: Case): Promise<Judged> {
  const message = await messageOf(it);
  judge(message, it, policy); // not timed: the first calls compile phrases and code
  const start = performance.now();
  const disposition = judge(message, it, policy);
  const milliseconds = performance.now() - start;
  const broken = disposition.verdicts.filter(({ findings }) => findings.some(({ region }) => region === 'new'));
  const delivered = await readBack(message, disposition);
  return { it, disposition, milliseconds, delivered, found: new Set(broken.map(({ rule }) => rule)) };
}

const side = (role: Role): Side => {
  const face = { name: role, alias: aliasAt(`a-${role}`, 'relay.market.example') };
  return { party: role, role, name: '', mailboxes: [], language: 'en', face };
};

/** The message as it is sent on, read again; also of one that is refused: what stands in its quotes must be gone all the same. */
async function readBack(message: Message, { verdicts }: Disposition): Promise<string> {
  const route: Route = { conversation: 'c', direction: 'seller_to_buyer', author: side('seller'), recipient: side('buyer') };
  const order = { trace: 'measure000000000', messageId: 'm@relay.market.example', references: [], at: 0, autoSubmitted: false, verdicts };
  const bytes = await rewrite(message, route, order);
  const { subject, text = '', html } = await parse(bytes, readHeader(bytes));
  const attributes = html?.tokens.flatMap((token) => (token.kind === 'open' ? Object.values(token.attributes) : [])) ?? [];
  return squeezed([subject, text, html?.plain ?? '', ...attributes].join('\n'));
}

interface Score {
  readonly hits: number;
  readonly extra: number;
  readonly missed: number;
}

function scoreOf(all: readonly Judged[], ids: readonly string[]): Score {
  let [hits, extra, missed] = [0, 0, 0];
  for (const { it, found } of all) {
    for (const id of ids) {
      const [labelled, seen] = [it.rules.includes(id), found.has(id)];
      if (labelled && seen) hits++;
      else if (seen) extra++;
      else if (labelled) missed++;
    }
  }
  return { hits, extra, missed };
}

const share = (part: number, whole: number): string => (whole === 0 ? '   - ' : (part / whole).toFixed(3));
const f1 = ({ hits, extra, missed }: Score): string => share(2 * hits, 2 * hits + extra + missed);
const row = (name: string, score: Score): string =>
  `${name.padEnd(22)} P ${share(score.hits, score.hits + score.extra)}  R ${share(score.hits, score.hits + score.missed)}  F1 ${f1(score)}  ${JSON.stringify(score)}`;

/** Strings of `redact` that would reach the recipient. */
const survivors = ({ it, delivered }: Judged): readonly string[] => (it.redact ?? []).filter((text) => delivered.includes(squeezed(text)));

/** Labelled spans of a found rule that none of its findings touches. */
const missedSpans = ({ it, disposition }: Judged): readonly string[] =>
  disposition.verdicts.flatMap(({ rule, findings }) =>
    (rules.includes(rule) ? (it.where[rule] ?? []) : [])
      .filter((span) => !findings.some((found) => touches(squeezed(found.span), squeezed(span))))
      .map((span) => `${rule}: ${span}`),
  );

/** The findings hold no offsets into the case's own text: a common beginning or end is as near as one gets. */
function touches(one: string, other: string): boolean {
  if (one.includes(other) || other.includes(one)) return true;
  const shorter = Math.min(one.length, other.length);
  for (let size = shorter; size >= 4; size--) if (one.endsWith(other.slice(0, size)) || other.endsWith(one.slice(0, size))) return true;
  return false;
}

function sayWrong(one: Judged): void {
  const { it, found, disposition } = one;
  const wanted = it.rules.filter((id) => rules.includes(id));
  const got = [...found].filter((id) => rules.includes(id));
  const spans = missedSpans(one);
  const left = survivors(one);
  if (wanted.join() !== got.sort().join()) {
    say(`${it.id} ${it.direction}: wanted [${wanted}] got [${got}]  (${it.note})`);
    for (const id of wanted.filter((rule) => !found.has(rule))) say(`    missed ${id}: ${JSON.stringify(it.where[id] ?? [])}`);
    for (const { rule, findings } of disposition.verdicts.filter(
      (verdict) => !it.rules.includes(verdict.rule) && got.includes(verdict.rule),
    )) {
      say(`    extra ${rule}: ${JSON.stringify(findings.filter(({ region }) => region === 'new').map(({ span }) => span))}`);
    }
  }
  if (spans.length > 0) say(`${it.id}: found elsewhere than labelled: ${spans.join(' | ')}`);
  if (left.length > 0) say(`${it.id}: survives: ${left.join(' | ')}`);
}

const all: Judged[] = [];
for (const file of files) for (const it of readCases(file)) all.push(await judged(it));
if (values.wrong) for (const one of all) sayWrong(one);
say(`${all.length} cases`);
for (const id of rules) say(row(id, scoreOf(all, [id])));
say(row('all', scoreOf(all, rules)));
for (const lang of new Set(all.map(({ it }) => it.lang)))
  say(
    row(
      lang,
      scoreOf(
        all.filter(({ it }) => it.lang === lang),
        rules,
      ),
    ),
  );
const clean = all.filter(({ it }) => it.rules.length === 0);
const wrong = clean.filter(({ found }) => [...found].some((id) => rules.includes(id)));
const exact = all.filter(
  ({ it, found }) =>
    it.rules.filter((id) => rules.includes(id)).join() ===
    [...found]
      .filter((id) => rules.includes(id))
      .sort()
      .join(),
);
say(
  `clean messages wrongly found: ${wrong.length} of ${clean.length} (${((100 * wrong.length) / Math.max(1, clean.length)).toFixed(1)} %)`,
);
say(`cases with exactly the labelled rules: ${exact.length} of ${all.length}`);
say(`redactions that survived: ${all.flatMap(survivors).length} of ${all.flatMap(({ it }) => it.redact ?? []).length}`);
const times = all.map(({ milliseconds }) => milliseconds).sort((a, b) => a - b);
say(`milliseconds per message: median ${times[times.length >> 1]?.toFixed(2)}, p99 ${times[Math.floor(times.length * 0.99)]?.toFixed(2)}`);
