import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';

const module = pathToFileURL(join(import.meta.dirname, '../../src/config/first-start.ts')).href;
let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'postern-first-'));
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

/** A process that waits for the stroke, then asks for the file. */
async function ask(file: string, stroke: number): Promise<string> {
  const script = `import { keep } from ${JSON.stringify(module)};
    while (Date.now() < ${stroke});
    process.stdout.write(keep(${JSON.stringify(file)}).text);`;
  const child = spawn(process.execPath, ['--input-type=module', '-e', script], { stdio: ['ignore', 'pipe', 'inherit'] });
  let said = '';
  child.stdout.setEncoding('utf8').on('data', (text: string) => {
    said += text;
  });
  expect(await once(child, 'close')).toEqual([0, null]);
  return said;
}

test('processes that start at once agree on one secret, and leave nothing else behind', async () => {
  const file = join(folder, 'var/secret');
  const stroke = Date.now() + 1500;
  const said = await Promise.all(Array.from({ length: 6 }, () => ask(file, stroke)));
  expect(new Set(said).size).toBe(1);
  expect(readFileSync(file, 'utf8')).toBe(`${said[0]}\n`);
  expect(Buffer.from(said[0] ?? '', 'base64')).toHaveLength(32);
  expect(readdirSync(join(folder, 'var'))).toEqual(['secret']);
});
