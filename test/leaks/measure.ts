/**
 * What came of the leak corpus: how many messages told a secret, lost words, were held or refused, by group of vectors.
 *
 *     node test/leaks/measure.ts [--wrong] [--vectors] [ID PREFIX]...
 *
 * `--wrong` lists each message that did not go as it should, with the reason; `--vectors` has a row for each vector.
 */
import { commandLine } from '../support/command-line.ts';
import { corpus } from './corpus.ts';
import { directions } from './people.ts';
import { type Ran, rightly, run } from './run.ts';

const { values, positionals } = commandLine(import.meta.filename, {
  allowPositionals: true,
  options: { wrong: { type: 'boolean', default: false }, vectors: { type: 'boolean', default: false } },
});
const say = (line: string) => process.stdout.write(`${line}\n`);
const chosen = corpus.filter(({ id }) => positionals.length === 0 || positionals.some((prefix) => id.startsWith(prefix)));

const all: Ran[] = [];
for (const sample of chosen) for (const direction of directions) all.push(await run(sample, direction));

const isLost = (ran: Ran): boolean => ran.lost.length > 0 || (!rightly(ran) && ran.kind !== 'hold');

function sayWrong(ran: Ran): void {
  const { sample, direction, kind, why, leaked, lost } = ran;
  const told = leaked.length > 0 ? ` LEAKED ${leaked.join(' | ')}` : '';
  const gone = lost.length > 0 ? ` LOST ${lost.join(' | ')}` : '';
  const wrong = rightly(ran) ? '' : ` ${kind} INSTEAD OF ${sample.answer ?? 'relay'}`;
  if (told + gone + wrong !== '') say(`${sample.id} ${direction === 'buyer_to_seller' ? 'b>s' : 's>b'}:${told}${gone}${wrong}  [${why}]`);
}

function row(group: string, some: readonly Ran[]): string {
  const count = (is: (ran: Ran) => boolean): string => String(some.filter(is).length).padStart(7);
  const cells = [
    String(new Set(some.map(({ sample }) => sample.id)).size).padStart(8),
    String(some.length).padStart(8),
    count(({ leaked }) => leaked.length > 0),
    count(isLost),
    count((ran) => ran.kind === 'hold'),
    count((ran) => ran.kind === 'refuse' && rightly(ran)),
    count(({ kind }) => kind === 'drop'),
  ];
  return group.padEnd(7) + cells.join('');
}

if (values.wrong) for (const ran of all) sayWrong(ran);
say('group  messages    runs leaked   lost   held refused dropped');
const length = values.vectors ? 6 : 3;
for (const group of new Set(all.map(({ sample }) => sample.id.slice(0, length)).toSorted())) {
  say(
    row(
      group,
      all.filter(({ sample }) => sample.id.startsWith(group)),
    ),
  );
}
say(row('all', all));
