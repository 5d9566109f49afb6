/** Opens the archive where the settings say it is, with keys of its own; and what goes with it: its housekeeping, its part in the rotation of secrets, and that a forgotten party is forgotten here too. */
import type { Store } from '../store/store.ts';
import type { Sealed } from '../store/upkeep.ts';
import { openVault } from '../store/vault.ts';
import { type Archive, type ArchivePorts, createArchive } from './archive.ts';
import { type ArchivistPorts, startArchivist } from './archivist.ts';
import type { Blobs } from './blobs.ts';
import { openDirectory } from './dir.ts';
import { sealingSecrets } from './keys.ts';
import type { Bucket } from './s3.ts';
import { createSealed } from './reseal.ts';
import { createSealer } from './seal.ts';

export type ArchivePlace = { readonly kind: 'dir'; readonly path: string } | ({ readonly kind: 's3' } & Bucket);

export interface ArchiveSetup {
  readonly place: ArchivePlace;
  readonly days: number;
  /** The relay's; the first writes, all read. */
  readonly secrets: readonly Buffer[];
  readonly store: Store;
  readonly wordsOf: ArchivePorts['wordsOf'];
  readonly said: (event: ArchiveEvent, more: ArchiveFields) => void;
  /** Milliseconds since 1970. */
  readonly now: () => number;
}

/** As they stand in the log. */
export type ArchiveEvent = 'not-archived' | 'archive-queued' | 'archive-behind' | 'archive-caught-up' | 'archive-failed';

export interface ArchiveFields {
  readonly trace?: string;
  readonly error?: unknown;
  /** Copies that wait. */
  readonly messages?: number;
  /** For how long the oldest has waited. */
  readonly milliseconds?: number;
}

/** The library of S3 takes a while to load, and most relays do not need it. */
async function openBlobs(place: ArchivePlace): Promise<Blobs> {
  if (place.kind === 'dir') return openDirectory(place.path);
  const { openBucket } = await import('./s3.ts');
  return openBucket(place);
}

export interface Opened {
  readonly archive: Archive;
  /** The store whose `forget` forgets in the archive too; also a party that it knows no more, so that what was cut off can be asked for again. */
  readonly store: Store;
  /** Its copies, under the ids of the relay's secrets; under one of the archive's own where a secret is missing. */
  readonly sealed: Sealed;
  /** Removes what is too old; for one relay at a time, once an hour. */
  readonly removal: { readonly name: string; work(goOn: () => Promise<boolean>): Promise<void> };
  /** Begins the housekeeping: for the relay itself, and not for commands that look. */
  start(): { close(): Promise<void> };
}

export async function openArchive({ place, days, secrets, store, wordsOf, said, now }: ArchiveSetup): Promise<Opened> {
  const blobs = await openBlobs(place);
  const { archive: index, directory, legalHolds } = store;
  const sealer = createSealer(openVault(sealingSecrets(secrets)));
  const archive = createArchive({
    blobs,
    index,
    directory,
    legalHolds,
    sealer,
    wordsOf,
    told: (what, trace, error) =>
      said(what === 'lost' ? 'not-archived' : 'archive-queued', { trace, ...(error !== undefined && { error }) }),
    now,
  });
  const told: ArchivistPorts['told'] = (what, { count, ms, error }) => {
    if (what === 'failed') return said('archive-failed', { error });
    if (what === 'caught up') return said('archive-caught-up', {});
    said('archive-behind', { ...(count !== undefined && { messages: count }), ...(ms !== undefined && { milliseconds: ms }) });
  };
  const forget = async (party: string): Promise<boolean> => {
    // Throws where a conversation is on legal hold, before anything is erased.
    const known = await directory.forget(party);
    return (await archive.forgetParty(party)) || known;
  };
  return {
    archive,
    store: { ...store, directory: { ...directory, forget } },
    sealed: createSealed({ blobs, index, sealer, ids: store.secrets.ids }),
    removal: { name: 'archive-removal', work: async (goOn) => void (await archive.removeOlderThan(now() - days * 86_400_000, goOn)) },
    start: () => startArchivist({ blobs, index, told, now }),
  };
}
