import { spawnSync } from 'node:child_process';
import { join } from 'node:path';

const postern = (...args: readonly string[]) =>
  spawnSync(process.execPath, [join(import.meta.dirname, '../../src/cli/postern.ts'), ...args], { encoding: 'utf8' });

test('every command is listed, and --help of one says how it is used and does nothing', () => {
  const { stdout, status } = postern('help');
  expect(status).toBe(0);
  for (const name of ['backup', 'tail', 'token']) {
    expect(stdout).toContain(`  ${name} `);
    const help = postern(name, '--help');
    expect(help).toMatchObject({ status: 0, stderr: '' });
    expect(help.stdout).toMatch(/^usage: /);
    expect(help.stdout).toContain(name);
  }
});

test('a command that there is not: the list, and exit code 2', () => {
  expect(postern('nonsense')).toMatchObject({ status: 2, stderr: expect.stringContaining('There is no command of that name') });
});
