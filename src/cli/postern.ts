/** The command line: `npm run -s postern -- COMMAND`. Exit codes: 0 done, 1 not found or found wanting, 2 called wrongly. */
import { parseArgs } from 'node:util';
import { SettingsError } from '../config/load.ts';
import { check } from './check.ts';
import { demo } from './demo.ts';
import { explain } from './explain.ts';
import { held } from './held.ts';
import { serve } from './serve.ts';

const commands: Readonly<Record<string, { readonly takes: string; readonly says: string; run(args: readonly string[]): Promise<number> }>> =
  {
    serve: { takes: '', says: 'run the relay (the same as npm start)', run: serve },
    check: { takes: 'FILE.eml [--direction buyer_to_seller]', says: 'what the relay would do with a message; sends nothing', run: check },
    explain: { takes: 'TRACE', says: 'why did this mail (not) arrive: every step, its time, the reply', run: explain },
    held: { takes: 'TRACE', says: 'a held message, as it was received', run: held },
    demo: { takes: '', says: 'send a mail each way and show what each side got', run: demo },
  };

function help(): string {
  const rows = Object.entries(commands).map(([name, { takes, says }]) => `  ${`${name} ${takes}`.padEnd(52)} ${says}`);
  return ['usage: npm run -s postern -- COMMAND', '', ...rows, ''].join('\n');
}

async function main(): Promise<number> {
  const { positionals } = parseArgs({ args: process.argv.slice(2, 3), allowPositionals: true, options: { help: { type: 'boolean' } } });
  const name = positionals[0];
  if (name === undefined || name === 'help') {
    process.stdout.write(help());
    return name === undefined ? 2 : 0;
  }
  const command = commands[name];
  if (!command) {
    process.stderr.write(`There is no command of that name.\n\n${help()}`);
    return 2;
  }
  return command.run(process.argv.slice(3));
}

try {
  process.exitCode = await main();
} catch (error) {
  const text = error instanceof SettingsError ? error.problems.map((problem) => `  - ${problem}`).join('\n') : String(error);
  process.stderr.write(`${error instanceof SettingsError ? 'The settings do not fit:\n' : ''}${text}\n`);
  process.exitCode = 2;
}
