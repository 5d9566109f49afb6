import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
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

test.each(['nonsense', 'constructor'])('a command that there is not: the list, and exit code 2 (%s)', (name) => {
  expect(postern(name)).toMatchObject({ status: 2, stderr: expect.stringContaining('There is no command of that name') });
});

test('check takes links to the relay’s own pages for its own, as the relay does', () => {
  const folder = mkdtempSync(join(tmpdir(), 'postern-check-'));
  try {
    const lines = ['From: jane@buyer.example', 'To: x@relay.localhost', 'Subject: The shelf', 'Content-Type: text/plain', ''];
    const text = ['See https://mail.trading-post.example/report/r-1 and https://elsewhere.example/shelf please.', ''];
    writeFileSync(join(folder, 'mail.eml'), [...lines, ...text].join('\r\n'));
    const { stdout } = spawnSync(process.execPath, [join(import.meta.dirname, '../../src/cli/postern.ts'), 'check', 'mail.eml'], {
      encoding: 'utf8',
      cwd: folder,
      env: {
        PATH: process.env.PATH ?? '',
        PUBLIC_URL: 'https://mail.trading-post.example',
        POLICY_FILE: join(import.meta.dirname, '../support/two-languages/policy.yaml'),
      },
    });
    expect(stdout).toMatch(/external-link .*elsewhere\.example/);
    expect(stdout).not.toContain('mail.trading-post.example');
  } finally {
    rmSync(folder, { recursive: true });
  }
});
