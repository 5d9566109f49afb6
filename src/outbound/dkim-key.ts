/** A DKIM key: what can sign with it, and the record that its public half is published by (RFC 6376 section 3.6.1, RFC 8463 section 4). */
import { createPrivateKey, createPublicKey, type KeyObject } from 'node:crypto';

export interface SigningKey {
  readonly kind: 'rsa' | 'ed25519';
  readonly key: KeyObject;
  /** Of an RSA key; 256 of an Ed25519 one. */
  readonly bits: number;
  /** `p=` of its record. */
  readonly publicKey: string;
}

/** Reads a private key in PEM. Throws a `TypeError`, without a word of the key, where it cannot make DKIM signatures. */
export function readDkimKey(pem: string): SigningKey {
  const key = keyIn(pem);
  const kind = key.asymmetricKeyType;
  const bits = kind === 'rsa' ? (key.asymmetricKeyDetails?.modulusLength ?? 0) : 256;
  if ((kind !== 'rsa' && kind !== 'ed25519') || (kind === 'rsa' && bits < 1024))
    throw new TypeError('a DKIM key must be an RSA key of at least 1024 bits, or an Ed25519 key');
  const der = createPublicKey(key).export({ type: 'spki', format: 'der' });
  // RFC 8463 section 4: the 32 octets themselves, which stand at the end.
  return { kind, key, bits, publicKey: (kind === 'rsa' ? der : der.subarray(-32)).toString('base64') };
}

function keyIn(pem: string): KeyObject {
  try {
    return createPrivateKey(pem);
  } catch {
    throw new TypeError('a DKIM key must be a private key in PEM, without a passphrase');
  }
}

/** The text of the TXT record at `<selector>._domainkey.<domain>`. */
export const dkimRecord = ({ kind, publicKey }: Pick<SigningKey, 'kind' | 'publicKey'>): string => `v=DKIM1; k=${kind}; p=${publicKey}`;
