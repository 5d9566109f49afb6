/** A folder to start from, with what the tests of the settings need to say. */
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { loadSettings, SettingsError } from '../../src/config/load.ts';
import type { Settings } from '../../src/config/settings.ts';

export const secret = Buffer.alloc(32, 7).toString('base64');
export const older = Buffer.alloc(32, 8).toString('base64');

export type Environment = Readonly<Record<string, string>>;

/** What a relay needs that others can reach. */
export const open = {
  SMTP_LISTEN: '0.0.0.0:25',
  RELAY_SECRET: secret,
  API_TOKEN: 'a-token-for-tests-only',
  OUTBOUND_URL: 'smtp://mx.example',
} as const;

export interface Folder extends Disposable {
  readonly cwd: string;
  load(env?: Environment): Settings;
  /** What was wrong; nothing, where it starts. */
  problems(env?: Environment): readonly string[];
  put(name: string, content: string | object): void;
}

export function makeFolder(): Folder {
  const cwd = mkdtempSync(join(tmpdir(), 'postern-settings-'));
  const load = (env: Environment = {}): Settings => loadSettings({ env, cwd });
  return {
    cwd,
    load,
    problems(env) {
      try {
        load(env);
      } catch (error) {
        if (error instanceof SettingsError) return error.problems;
        throw error;
      }
      return [];
    },
    put(name, content) {
      const file = join(cwd, name);
      mkdirSync(join(file, '..'), { recursive: true });
      writeFileSync(file, typeof content === 'string' ? content : JSON.stringify(content));
    },
    [Symbol.dispose]: () => rmSync(cwd, { recursive: true, force: true }),
  };
}

/** The settings that sentences are about, in their order. */
export const names = (sentences: readonly string[]): readonly string[] => sentences.map((sentence) => sentence.split(/[ :]/, 1)[0] ?? '');
