/** The tools that measure say what they take. */
import { spawnSync } from 'node:child_process';
import { join } from 'node:path';

const tools = ['soak/soak', 'load/flood', 'load/timing', 'load/bench', 'load/block', 'load/overload', 'load/stores', 'policy/measure']
  .concat('fuzz/fuzz', 'leaks/measure')
  .map((name) => `test/${name}.ts`);

const run = (tool: string, ...words: readonly string[]) =>
  spawnSync(process.execPath, [join(import.meta.dirname, '../..', tool), ...words], { encoding: 'utf8' });

test.each(tools)('%s --help says what it takes, and measures nothing; what is no option is said', (tool) => {
  const { status, stdout, stderr } = run(tool, '--help');
  expect({ status, stderr }).toEqual({ status: 0, stderr: '' });
  expect(stdout).toMatch(/^ +(?:node|npm run) /m);
  expect(stdout).not.toContain(' * ');
  const wrong = run(tool, '--no-such-option');
  expect(wrong).toMatchObject({ status: 2, stdout: '' });
  expect(wrong.stderr).toMatch(/^Unknown option '--no-such-option'.*\n--help says what there is\n$/);
});
