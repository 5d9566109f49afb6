/**
 * Keys of the archive's own, from the relay's secrets by HKDF (RFC 5869): copies lie where others may get at them, and what opens them opens
 * nothing of the store. And the key that signs exports (Ed25519, RFC 8032).
 */
import { createPrivateKey, createPublicKey, hkdfSync, type KeyObject } from 'node:crypto';

const derive = (secret: Buffer, purpose: string): Buffer => Buffer.from(hkdfSync('sha256', secret, '', `postern archive ${purpose}`, 32));

/** One for each of the relay's secrets, in their order. */
export const sealingSecrets = (secrets: readonly Buffer[]): readonly Buffer[] => secrets.map((secret) => derive(secret, 'seal'));

/** A PKCS #8 key of Ed25519 but for its 32 bytes (RFC 8410 section 7). */
const pkcs8 = Buffer.from('302e020100300506032b657004220420', 'hex');

/** The key that exports are signed with; the same secret gives the same one. */
export const signingKey = (secret: Buffer): KeyObject =>
  createPrivateKey({ key: Buffer.concat([pkcs8, derive(secret, 'sign')]), format: 'der', type: 'pkcs8' });

/** In PEM (RFC 8410), as it stands in an export. */
export const publicKeyOf = (signing: KeyObject): string => createPublicKey(signing).export({ format: 'pem', type: 'spki' }).toString();
