/**
 * `export CONVERSATION [FILE.zip]`: a conversation as evidence for a dispute; `export --verify FILE.zip`: was it changed? Shows content: needs the
 * relay's secret. To verify takes no secret; where there is one, the signature must be this relay's.
 */
import { closeSync, openSync, readFileSync, writeSync } from 'node:fs';
import { parseArgs } from 'node:util';
import { byCommand, openArchiveFor, openStoreFor } from '../adapters.ts';
import { exportConversation, TooMuch } from '../archive/export.ts';
import { publicKeyOf, signingKey } from '../archive/keys.ts';
import { verifyExport } from '../archive/verify.ts';
import { codeOf } from '../config/first-start.ts';
import { loadSettings } from '../config/load.ts';
import { unzip, zip } from '../mime/zip.ts';

const usage = `usage: export CONVERSATION [FILE.zip] [--from 2026-01-31] [--to 2026-02-28]
       export --verify FILE.zip [--any-key]
`;

const options = {
  verify: { type: 'string' },
  'any-key': { type: 'boolean' },
  from: { type: 'string' },
  to: { type: 'string' },
} as const;

export async function exportOrVerify(args: readonly string[]): Promise<number> {
  const { values, positionals } = parseArgs({ args: [...args], options, allowPositionals: true });
  if (values.verify !== undefined) return verify(values.verify, values['any-key'] === true);
  const [conversation, file] = positionals;
  const [from, to] = [timeOf(values.from), timeOf(values.to)];
  if (conversation === undefined || Number.isNaN(from) || Number.isNaN(to)) {
    process.stderr.write(usage);
    return 2;
  }
  return write(conversation, file ?? `${conversation.replace(/[^A-Za-z0-9_-]/g, '_')}.zip`, {
    ...(from !== undefined && { from }),
    ...(to !== undefined && { to }),
  });
}

const timeOf = (text: string | undefined): number | undefined => (text === undefined ? undefined : Date.parse(text));

async function write(id: string, file: string, range: { readonly from?: number; readonly to?: number }): Promise<number> {
  const settings = loadSettings({ env: process.env, cwd: process.cwd() });
  await using store = await openStoreFor(settings);
  const kept = await openArchiveFor(settings, store, byCommand);
  const conversation = await store.directory.conversation(id);
  if (!kept || !conversation) return fail(kept ? 'There is no such conversation.' : 'ARCHIVE_URL is off: nothing is kept.');
  const ports = { archive: kept.archive, journal: store.journal, signing: signingKey(settings.relaySecrets[0]), now: Date.now() };
  try {
    const files = await exportConversation(conversation, range, ports);
    create(file, zip(files));
    return report(verifyExport(files), `${file} is written.`);
  } catch (error) {
    if (error instanceof TooMuch)
      return fail(`That is too much for one file, ${error.message}: export a part of the time with --from and --to.`);
    if (codeOf(error) === 'EEXIST') return fail(`${file} is there already: name another file.`);
    throw error;
  }
}

/** Never over another file, and for its owner alone. */
function create(file: string, bytes: Uint8Array): void {
  const handle = openSync(file, 'wx', 0o600);
  try {
    for (let at = 0; at < bytes.length; ) at += writeSync(handle, bytes, at);
  } finally {
    closeSync(handle);
  }
}

const limits = { wants: () => true, maxEntries: 20_000, maxBytes: 1024 * 1024 * 1024 };

function verify(file: string, anyKey: boolean): number {
  const files = unzip(readFileSync(file), limits);
  if (typeof files === 'string') return fail(`${file} is no zip file that can be read (${files}).`);
  const trusted = anyKey
    ? undefined
    : loadSettings({ env: process.env, cwd: process.cwd() }).relaySecrets.map((it) => publicKeyOf(signingKey(it)));
  const verified = verifyExport(files, trusted);
  const fine = anyKey
    ? 'Nothing was changed since it was signed; compare the key with one that you know.'
    : 'Nothing was changed since this relay signed it.';
  return report(verified, fine);
}

/** `fine`: what to say where nothing is wrong. */
function report({ wrong, gaps, about, key }: ReturnType<typeof verifyExport>, fine: string): number {
  const lines = [
    ...about,
    ...(key === undefined ? [] : [`SHA-256 of its public key: ${key}`]),
    '',
    ...(wrong.length > 0 ? ['It was changed:', ...wrong.map((sentence) => `  ${sentence}`)] : [fine]),
    ...(gaps.length > 0 ? ['', 'What it does not hold:', ...gaps.map((sentence) => `  ${sentence}`)] : []),
  ];
  process.stdout.write(`${lines.join('\n')}\n`);
  return wrong.length > 0 ? 1 : 0;
}

function fail(sentence: string): number {
  process.stderr.write(`${sentence}\n`);
  return 1;
}
