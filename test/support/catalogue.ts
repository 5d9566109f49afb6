/** README's tables, made of the code. `node test/support/catalogue.ts` writes them; `catalogue.test.ts` holds them. */
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { rows } from '../../src/config/rows.ts';
import { replies } from '../../src/model/reply.ts';
import { classes } from '../../src/model/retention.ts';
import { defaultPolicy } from '../../src/policy/policy.ts';
import { ruleIds } from '../../src/model/verdict.ts';
import { rules } from '../../src/policy/rules/index.ts';

const readme = join(import.meta.dirname, '../../README.md');

const table = (head: readonly string[], lines: readonly (readonly string[])[]): string =>
  [head, head.map(() => '---'), ...lines].map((cells) => `| ${cells.join(' | ')} |`).join('\n');

const code = (text: string): string => (text === '' ? '' : `\`${text}\``);

const settingLines = Object.entries(rows).map(([name, row]) => {
  const { default: usual, otherwise, takes, sentence } = row as { default?: string; otherwise?: string; takes: string; sentence: string };
  const unset = usual === undefined ? (otherwise ?? '') : code(usual) + (otherwise ? `; ${otherwise}` : '');
  return [code(name), unset, takes, sentence];
});

const ruleLines = ruleIds
  .filter((id) => rules.some((rule) => rule.id === id))
  .map((id) => [code(id), defaultPolicy.actions.seller_to_buyer[id] ?? 'off', defaultPolicy.actions.buyer_to_seller[id] ?? 'off']);

const replyLines = Object.entries(replies).map(([name, { code: number, enhanced, text }]) => [name, `\`${number} ${enhanced}\``, text]);

const retentionLines = classes.map(({ name, what, keeps, setting, ends }) => {
  const time = keeps === undefined ? 'no time of its own' : `${keeps / 86_400_000} days`;
  return [name, what, setting ? `${time} (\`${setting}\`)` : time, ends];
});

/** By the name of the section's marks. */
export const tables: Readonly<Record<string, string>> = {
  settings: table(['variable', 'default', 'takes', 'meaning'], settingLines),
  rules: table(['rule', 'seller to buyer', 'buyer to seller'], ruleLines),
  retention: table(['class', 'what is kept', 'for', 'ends with'], retentionLines),
  replies: table(['reply', 'code', 'text'], replyLines),
};

const section = (name: string): RegExp => new RegExp(`(<!-- ${name} -->\n)([^]*?)(<!-- /${name} -->)`);

/** What README says between the marks. */
export const written = (name: string): string => section(name).exec(readFileSync(readme, 'utf8'))?.[2]?.trim() ?? '';

if (process.argv[1] === import.meta.filename) {
  const text = Object.entries(tables).reduce(
    (all, [name, rows]) => all.replace(section(name), `$1${rows}\n$3`),
    readFileSync(readme, 'utf8'),
  );
  writeFileSync(readme, text);
}
