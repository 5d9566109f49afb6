/** Copies as they lie in the archive: compressed, sealed, addressed by a keyed hash of what they are and whose. */
import { hash } from 'node:crypto';
import type { Copy, CopyOf } from '../store/archive.ts';
import { secretOf, type Vault } from '../store/vault.ts';
import { compressed, decompressed } from './compressed.ts';

/** Bytes to be kept, and which ones they are. */
export interface Content {
  readonly of: CopyOf;
  readonly bytes: Uint8Array;
}

/** What lies at one address. */
export interface Parcel {
  readonly address: string;
  readonly contents: readonly Content[];
  /** As the record names them. */
  readonly copies: Readonly<Partial<Record<CopyOf, Copy>>>;
}

export interface Sealer {
  /** Of its secrets, the first one's first. */
  readonly ids: readonly string[];
  /** Under which of them it stands; its first bytes will do. Undefined: it is no copy. */
  secretOf(head: Uint8Array): string | undefined;
  /** Where contents go together. No two messages share one address, so that forgetting one never takes from another. */
  parcelOf(contents: readonly Content[], trace: string): Parcel;
  /** In pieces, which are sealed as they are asked for; they may be asked for again. */
  seal(parcel: Pick<Parcel, 'address' | 'contents'>): Promise<Iterable<Uint8Array>>;
  /** Throws where no secret fits, and where it is not the very copy. */
  open(sealed: Uint8Array, copy: Copy): Promise<Buffer>;
  /** Under the first secret; undefined where it stands under that already. Throws where no secret fits. */
  reseal(sealed: Uint8Array, address: string): Buffer | undefined;
}

export const sha256 = (bytes: Uint8Array | string): string => hash('sha256', bytes, 'hex');

const bufferOf = ({ buffer, byteOffset, byteLength }: Uint8Array): Buffer => Buffer.from(buffer, byteOffset, byteLength);

/** `vault`: of the archive's own keys. */
export function createSealer(vault: Vault): Sealer {
  const contextOf = (address: string): string => `copy:${address}`;
  return {
    ids: vault.ids,
    secretOf,
    parcelOf(contents, trace) {
      const named = contents.map(({ of, bytes }) => ({ of, digest: sha256(bytes), bytes: bytes.length }));
      const what = named.map(({ of, digest }) => `${of} ${digest}`).join(' ');
      const address = Buffer.from(vault.hash('copy', `${trace} ${what}`), 'base64url').toString('hex');
      return { address, contents, copies: copiesIn(address, named) };
    },
    async seal({ address, contents }) {
      const pieces = await compressed(contents.map(({ bytes }) => bufferOf(bytes)));
      return { [Symbol.iterator]: () => vault.sealPieces(pieces, contextOf(address))[Symbol.iterator]() };
    },
    async open(sealed, { address, sha256: digest, bytes: length, within }) {
      const { from, bytes: all } = within ?? { from: 0, bytes: length };
      // One byte more at least: nothing may be cut off unseen, and an empty one is allowed.
      const content = await decompressed(vault.open(sealed, contextOf(address)), all + 1);
      const bytes = content.subarray(from, from + length);
      if (content.length !== all || sha256(bytes) !== digest) throw new Error('a copy is not the one that the archive took');
      return bytes;
    },
    reseal(sealed, address) {
      const before = bufferOf(sealed);
      return secretOf(before) === vault.ids[0] ? undefined : vault.seal(vault.open(before, contextOf(address)), contextOf(address));
    },
  };
}

interface Named {
  readonly of: CopyOf;
  readonly digest: string;
  readonly bytes: number;
}

function copiesIn(address: string, named: readonly Named[]): Parcel['copies'] {
  const all = named.reduce((sum, { bytes }) => sum + bytes, 0);
  let from = 0;
  const copies = named.map(({ of, digest, bytes }): readonly [CopyOf, Copy] => {
    const copy = { address, sha256: digest, bytes, ...(named.length > 1 && { within: { from, bytes: all } }) };
    from += bytes;
    return [of, copy];
  });
  return Object.fromEntries(copies);
}
