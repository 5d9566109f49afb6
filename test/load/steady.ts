/** A minute of a usual load: 150 messages a second of 5 KB, as text and as HTML, each proven by its signature; all work is on. */
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { randomFrom } from '../support/random.ts';
import type { Goal } from './goals.ts';
import { type Measured, measure, warmUp } from './measure.ts';
import { author } from './mixes.ts';
import { startOurs, startSink } from './programs.ts';
import { missing, proven, startKeys } from './proven.ts';
import type { Bench, Report } from './section.ts';

const perSecond = 150;

export async function steady({ quick, folder }: Bench): Promise<Report> {
  const seconds = quick ? 10 : 60;
  const title = `${perSecond} messages a second of 5 KB, for ${seconds} s`;
  if (missing !== undefined) return { title, text: `${missing}\n`, goals: goalsOf(), data: undefined };
  await using keys = await startKeys();
  await using sink = await startSink();
  await using ours = await startOurs(sink.port, { name: 'Postern, SQLite', storeUrl: 'sqlite:var/postern.db', env: keys.env });
  const own = lettersBelow(folder);
  await warmUp(ours, { a: own, b: own });
  const found = await measure(ours, { folder: own, messages: perSecond * seconds, connections: 50, perSecond });
  const { cpu, p50, p99, peak, failed } = found;
  const answered = `answered in ${p50.toFixed(0)} ms (p50), ${p99.toFixed(0)} ms (p99), counted from when each was due`;
  return {
    title,
    text: `${found.perSecond.toFixed(0)} a second, ${cpu.toFixed(1)} ms of CPU each; ${answered}; at most ${peak.toFixed(0)} MB; ${failed} not answered 250\n`,
    goals: goalsOf(found),
    data: { seconds, ...found },
  };
}

function goalsOf({ perSecond: reached, p99, peak, failed }: Partial<Measured> = {}): readonly Goal[] {
  const what = (text: string): string => `${text}, ${perSecond} a second of 5 KB`;
  const note = missing ?? '';
  return [
    // The last of them are answered a moment after the minute.
    { what: what('taken'), limit: '>=', goal: perSecond * 0.99, unit: 'messages/s', measured: reached, note },
    { what: what('p99 of the reply'), limit: '<=', goal: 1_000, unit: 'ms', measured: p99, note },
    { what: what('most memory'), limit: '<=', goal: 500, unit: 'MB', measured: peak, note },
    { what: what('not answered 250'), limit: '<=', goal: 0, unit: 'messages', measured: failed, note },
  ];
}

const words =
  'the lamp arrived on monday but one of its two shades has a crack along the base and please tell me whether you still have another'.split(
    ' ',
  );

/** Forty letters that differ; answers the folder. */
function lettersBelow(folder: string): string {
  const to = join(folder, 'mail', 'steady');
  mkdirSync(to, { recursive: true });
  const random = randomFrom(5);
  const sentence = (): string => Array.from({ length: 12 }, () => words[Math.floor(random() * words.length)]).join(' ');
  for (let at = 0; at < 40; at += 1) writeFileSync(join(to, `${at}.eml`), letterOf(at, Array.from({ length: 22 }, sentence)));
  return to;
}

function letterOf(at: number, sentences: readonly string[]): string {
  const lines = [
    `From: Anna Buyer <${author}>`,
    'To: order@relay.example',
    `Subject: The lamp of order ${at}`,
    'Date: Fri, 07 Jun 2024 11:14:22 +0200',
    'MIME-Version: 1.0',
    'Content-Type: multipart/alternative; boundary=inner',
    '',
    '--inner',
    'Content-Type: text/plain; charset=utf-8',
    '',
    ...sentences.map((one) => `${one}.`),
    '--inner',
    'Content-Type: text/html; charset=utf-8',
    '',
    '<html><body style="font-family: sans-serif">',
    ...sentences.map((one) => `<p>${one}.</p>`),
    '</body></html>',
    '--inner--',
    '',
  ];
  return proven(lines.join('\r\n'));
}
