/** The command line of the tools that measure: what each of them takes stands in the comment it begins with. */
import { readFileSync } from 'node:fs';
import { type ParseArgsConfig, parseArgs } from 'node:util';

/**
 * Of `parseArgs`, for the program in `file`. `--help` prints the comment that the program begins with and ends it; what is no option of its is said
 * in a line, and ends it with 2.
 */
export function commandLine<const T extends ParseArgsConfig>(file: string, config: T): ReturnType<typeof parseArgs<T>> {
  if (process.argv.slice(2).some((word) => word === '--help' || word === '-h')) {
    process.stdout.write(helpIn(readFileSync(file, 'utf8')));
    process.exit(0);
  }
  try {
    return parseArgs(config);
  } catch (error) {
    process.stderr.write(`${error instanceof Error ? error.message : error}\n--help says what there is\n`);
    process.exit(2);
  }
}

const helpIn = (source: string): string => {
  const lines = (/^\/\*\*([\s\S]*?)\*\//.exec(source)?.[1] ?? '').split('\n').map((line) => line.replace(/^ \* ?/, '').trimEnd());
  return `${lines.join('\n').trim()}\n`;
};
