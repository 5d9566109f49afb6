/** What the proof of the sender costs: the same signed mail through a relay that asks for it and through one that does not, in turns. */
import { mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { columns, type Goal } from './goals.ts';
import { type Measured, measure, medianOf, warmUp } from './measure.ts';
import { startOurs, startSink } from './programs.ts';
import { missing, proven, startKeys } from './proven.ts';
import { type Bench, loadOf, type Report } from './section.ts';

const mixes = ['a', 'b'] as const;
type Signed = (typeof mixes)[number];

export async function proof(bench: Bench): Promise<Report> {
  if (missing !== undefined) return report(undefined, missing);
  const mail = { a: sign(bench, 'a'), b: sign(bench, 'b') };
  await using keys = await startKeys();
  await using sink = await startSink();
  const start = (name: string, env: Readonly<Record<string, string>>) =>
    startOurs(sink.port, { name, storeUrl: 'sqlite:var/postern.db', env });
  await using off = await start('off', { SENDER_PROOF: 'off' });
  await using on = await start('on', keys.env);
  const measured: Record<Signed, { readonly off: Measured[]; readonly on: Measured[] }> = {
    a: { off: [], on: [] },
    b: { off: [], on: [] },
  };
  for (const program of [off, on]) await warmUp(program, mail);
  for (let round = 0; round < Math.max(bench.rounds, bench.quick ? 1 : 5); round += 1) {
    for (const mix of mixes) {
      const load = { ...loadOf(mix, bench), folder: mail[mix] };
      measured[mix].off.push(await measure(off, load));
      measured[mix].on.push(await measure(on, load));
    }
    bench.say(`sender proof, round ${round + 1}`);
  }
  return report(mixes.map((mix) => ({ mix, off: medianOf(measured[mix].off), on: medianOf(measured[mix].on) })));
}

/** Every message of the mix with a signature of its author's domain. Answers the folder. */
function sign({ mail, folder }: Bench, mix: Signed): string {
  const to = join(folder, 'mail', `signed-${mix}`);
  mkdirSync(to, { recursive: true });
  for (const name of readdirSync(mail[mix])) writeFileSync(join(to, name), proven(readFileSync(join(mail[mix], name), 'utf8')));
  return to;
}

interface Cost {
  readonly mix: Signed;
  readonly off: Measured;
  readonly on: Measured;
}

function report(costs: readonly Cost[] | undefined, note?: string): Report {
  const goals = mixes.map((mix): Goal => {
    const cost = costs?.find((one) => one.mix === mix);
    const measured = cost && cost.on.cpu - cost.off.cpu;
    return { what: `CPU of the sender's proof: ${mix}`, limit: '<=', goal: 1, unit: 'ms', measured, ...(note !== undefined && { note }) };
  });
  const lines = (costs ?? []).map(({ mix, off, on }) => [mix, off.cpu.toFixed(2), on.cpu.toFixed(2), String(off.failed + on.failed)]);
  const text = note ?? columns(['mix', 'CPU ms, off', 'on', 'not 250'], lines, ['mix']);
  return { title: "The sender's proof (DKIM, SQLite)", text, goals, data: costs ?? note };
}
