/** An archive over a real store and a real directory, for its tests. */
import { randomBytes } from 'node:crypto';
import { mkdtempSync, readdirSync, readFileSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createArchive, type Archive, type ArchivePorts } from '../../src/archive/archive.ts';
import { openDirectory } from '../../src/archive/dir.ts';
import { sealingSecrets } from '../../src/archive/keys.ts';
import type { ToKeep } from '../../src/archive/record.ts';
import { createSealer } from '../../src/archive/seal.ts';
import { wordsOf } from '../../src/mime/words.ts';
import type { Entry } from '../../src/model/entry.ts';
import type { Conversation } from '../../src/model/route.ts';
import { openSqlite } from '../../src/store/sqlite.ts';
import type { Store } from '../../src/store/store.ts';
import { openVault } from '../../src/store/vault.ts';
import { buyer, entry, message, newId, secrets, seller, setupWith } from '../store/fixtures.ts';

export interface Kit extends AsyncDisposable {
  readonly store: Store;
  /** Where copies lie. */
  readonly folder: string;
  readonly ports: ArchivePorts;
  readonly archive: Archive;
  readonly told: (readonly [string, string])[];
  /** A buyer, a seller, an order and their conversation. */
  pair(): Promise<Conversation>;
  /** Keeps a message, and waits until that is done. */
  keep(copy: ToKeep): Promise<void>;
}

/** Where the store's own file is, too. */
export const newFolder = (): string => mkdtempSync(join(tmpdir(), 'postern-archive-'));

export async function openKit(
  given: { readonly ports?: Partial<ArchivePorts>; readonly secrets?: readonly Buffer[]; readonly folder?: string } = {},
): Promise<Kit> {
  const folder = given.folder ?? newFolder();
  const all = given.secrets ?? [secrets.a];
  const store = await openSqlite(join(folder, 'store.db'), setupWith({ vault: openVault(all) }));
  const told: [string, string][] = [];
  const ports: ArchivePorts = {
    blobs: openDirectory(join(folder, 'copies')),
    sealer: createSealer(openVault(sealingSecrets(all))),
    index: store.archive,
    directory: store.directory,
    legalHolds: store.legalHolds,
    wordsOf,
    told: (what, trace) => told.push([what, trace]),
    now: Date.now,
    ...given.ports,
  };
  const archive = createArchive(ports);
  return {
    store,
    folder: join(folder, 'copies'),
    ports,
    archive,
    told,
    async pair() {
      const [b, s] = [buyer(), seller()];
      await store.directory.putParty(b);
      await store.directory.putParty(s);
      await store.directory.putOrder({ id: `o-${b.id}`, buyer: b.id, seller: s.id, kind: 'standard' });
      return store.directory.open(b.id, s.id);
    },
    async keep(copy) {
      archive.keep(copy);
      await archive.close(10_000);
    },
    async [Symbol.asyncDispose]() {
      await store[Symbol.asyncDispose]();
      if (given.folder === undefined) rmSync(folder, { recursive: true, force: true });
    },
  };
}

export const mail = (text: string, subject = 'The shelf'): string =>
  `From: Lara <lara@buyer.example>\r\nSubject: ${subject}\r\nMessage-ID: <${newId('id')}@mail.example>\r\n\r\n${text}\r\n`;

export interface Said {
  readonly raw?: string | Uint8Array;
  readonly delivered?: string;
  readonly at?: number;
  readonly trace?: string;
  readonly disposition?: Entry['disposition'];
}

/** A message of this conversation. */
export function copyIn(
  { id, buyer, seller }: Conversation,
  { raw = mail('Is it oiled?'), delivered, at = Date.now(), trace = newTrace(), disposition = 'relay' }: Said = {},
): ToKeep {
  const verdicts = [
    { rule: 'contact-phone', action: 'redact', findings: [{ part: 'text', region: 'new', span: '+46 70 123 45 67' }] },
  ] as const;
  return {
    received: { ...message(trace, raw), at },
    entry: { ...entry(id, at, trace), disposition },
    parties: [buyer, seller],
    judged: { verdicts, order: `o-${buyer}`, ...(delivered !== undefined && { delivered: Buffer.from(delivered) }) },
  };
}

export const newTrace = (): string => randomBytes(8).toString('hex');

/** All files below a folder. */
export const filesBelow = (folder: string): readonly string[] =>
  readdirSync(folder, { recursive: true, encoding: 'utf8' })
    .map((name) => join(folder, name))
    .filter((name) => statSync(name).isFile())
    .sort();

export const bytesOf = (files: readonly string[]): Buffer => Buffer.concat(files.map((file) => readFileSync(file)));
