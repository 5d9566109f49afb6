/** The unit for systemd, read by systemd's own tools; no systemd runs here, so that it starts the relay is not shown. */
import { execFileSync, spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileNameOf } from '../../src/config/secret-files.ts';
import { type Name, rows } from '../../src/config/rows.ts';
import { testWith } from '../support/programs.ts';

const root = join(import.meta.dirname, '../..');
const unit = readFileSync(join(root, 'config/postern.service'), 'utf8');
const folder = mkdtempSync(join(tmpdir(), 'postern-unit-'));
afterAll(() => rmSync(folder, { recursive: true }));

/** What systemd has to say of a unit; as it is installed, but that the relay lies here. */
function verified(text: string): string {
  const file = join(folder, 'postern.service');
  writeFileSync(file, text.replaceAll('/opt/postern/', `${root}/`).replace(/(?<=ExecStart=)\S+/, process.execPath));
  const { status, stdout, stderr } = spawnSync('systemd-analyze', ['verify', '--man=no', file], { encoding: 'utf8' });
  return `${status ?? 'killed'} ${stdout}${stderr}`;
}

testWith('systemd-analyze')('systemd finds nothing wrong with it, and would with a word misspelt', () => {
  expect(verified(unit)).toBe('0 ');
  expect(verified(unit.replace('ProtectSystem', 'ProtectSytem'))).toContain('ProtectSytem');
});

testWith('systemd-analyze')('what a relay that was broken into could do is little: exposure 2.0 of 10 at most', () => {
  const file = join(folder, 'postern.service');
  writeFileSync(file, unit);
  expect(() => execFileSync('systemd-analyze', ['security', '--offline=true', '--threshold=20', file], { stdio: 'pipe' })).not.toThrow();
});

test('the secrets that every deployment has come as credentials, and there is time to drain', () => {
  const loaded = [...unit.matchAll(/^LoadCredential=(\w+):/gm)].map(([, name]) => name ?? '');
  const secrets = (Object.keys(rows) as Name[]).map(fileNameOf).filter((name) => name !== undefined);
  expect(loaded).toEqual(['relay_secret', 'api_token', 'outbound_url', 'store_url']);
  for (const name of loaded) {
    expect(secrets).toContain(`${name.toUpperCase()}_FILE`);
    expect(unit).toContain(`${name.toUpperCase()}_FILE=%d/${name}`);
  }
  expect(Number(/^TimeoutStopSec=(\d+)$/m.exec(unit)?.[1])).toBeGreaterThan(90);
});
