/** Copies as they lie in the archive: compressed (Zstandard, RFC 8878), sealed, addressed by a keyed hash of what they are and whose. */
import { createHash } from 'node:crypto';
import { promisify } from 'node:util';
import { constants, zstdCompress, zstdDecompress } from 'node:zlib';
import type { Copy, CopyOf } from '../store/archive.ts';
import { secretOf, type Vault } from '../store/vault.ts';

const compress = promisify(zstdCompress);
const decompress = promisify(zstdDecompress);

/**
 * Mail is mostly base64, of which a quarter goes whatever the effort: this takes a third of the time of Brotli. QUIRK: what comes out is gathered
 * in chunks of 16 KB where nothing else is said, which takes longer than the compressing.
 */
const optionsFor = ({ length }: Uint8Array) => ({
  chunkSize: Math.min(Math.max(length, 4_096), 1 << 20),
  params: { [constants.ZSTD_c_compressionLevel]: 1 },
});

export interface Sealer {
  /** Of its secrets, the first one's first. */
  readonly ids: readonly string[];
  /** Under which of them it stands; its first bytes will do. Undefined: it is no copy. */
  secretOf(head: Uint8Array): string | undefined;
  /** Where a copy goes. No two messages share one, so that forgetting one never takes from another. */
  copyOf(bytes: Uint8Array, trace: string, of: CopyOf): Copy;
  seal(bytes: Uint8Array, copy: Copy): Promise<Buffer>;
  /** Throws where no secret fits, and where it is not the very copy. */
  open(sealed: Uint8Array, copy: Copy): Promise<Buffer>;
  /** Under the first secret; undefined where it stands under that already. Throws where no secret fits. */
  reseal(sealed: Uint8Array, address: string): Buffer | undefined;
}

export const sha256 = (bytes: Uint8Array | string): string => createHash('sha256').update(bytes).digest('hex');

/** `vault`: of the archive's own keys. */
export function createSealer(vault: Vault): Sealer {
  const contextOf = (address: string): string => `copy:${address}`;
  return {
    ids: vault.ids,
    secretOf,
    copyOf(bytes, trace, of) {
      const digest = sha256(bytes);
      const address = Buffer.from(vault.hash('copy', `${trace} ${of} ${digest}`), 'base64url').toString('hex');
      return { address, sha256: digest, bytes: bytes.length };
    },
    seal: async (bytes, { address }) => vault.seal(await compress(bytes, optionsFor(bytes)), contextOf(address)),
    async open(sealed, copy) {
      // One byte more at least: nothing may be cut off unseen, and an empty one is allowed.
      const bytes = await decompress(vault.open(sealed, contextOf(copy.address)), { maxOutputLength: copy.bytes + 1 });
      if (sha256(bytes) !== copy.sha256) throw new Error('a copy is not the one that the archive took');
      return bytes;
    },
    reseal(sealed, address) {
      const before = Buffer.from(sealed.buffer, sealed.byteOffset, sealed.byteLength);
      return secretOf(before) === vault.ids[0] ? undefined : vault.seal(vault.open(before, contextOf(address)), contextOf(address));
    },
  };
}
