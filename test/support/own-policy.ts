import { mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { openScene, type Scene } from './scene.ts';

/** A relay with a policy of the test's own beside the usual phrases. */
export async function withPolicy(
  policy: string,
  test: (scene: Scene) => Promise<void>,
  hop: Parameters<typeof openScene>[1] = {},
): Promise<void> {
  const folder = mkdtempSync(join(tmpdir(), 'postern-policy-'));
  writeFileSync(join(folder, 'policy.yaml'), policy);
  symlinkSync(join(import.meta.dirname, '../../config/phrases'), join(folder, 'phrases'));
  try {
    await using scene = await openScene({ POLICY_FILE: join(folder, 'policy.yaml') }, hop);
    await test(scene);
  } finally {
    rmSync(folder, { recursive: true });
  }
}
