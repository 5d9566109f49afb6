/** Key and certificate for STARTTLS (RFC 3207). */
import { createSecureContext } from 'node:tls';

/** PEM texts; the certificate with its chain. */
export interface TlsKeys {
  readonly key: string;
  readonly cert: string;
}

/**
 * What the server needs of them; TLS 1.2 at least (RFC 8996). Throws where they are no key and certificate, or not of one another.
 *
 * QUIRK: smtp-server 3.21.6 drops its old contexts before it reads the new key: keys must be tried before they are given to it.
 */
export function secureOptions({ key, cert }: TlsKeys): { key: string; cert: string; minVersion: 'TLSv1.2' } {
  createSecureContext({ key, cert, minVersion: 'TLSv1.2' });
  return { key, cert, minVersion: 'TLSv1.2' };
}
