/** TLS of those who connect to us: by STARTTLS (RFC 3207), or from the first byte (RFC 8314). */
import { constants } from 'node:crypto';
import { createSecureContext } from 'node:tls';

/** PEM texts; the certificate with its chain. */
export interface TlsKeys {
  readonly key: string;
  readonly cert: string;
}

/**
 * TLS 1.2 at least (RFC 8996), and of its suites those with forward secrecy alone (RFC 9325 section 4.1). CBC stays: a server that cannot
 * do better would send in the clear. Nobody negotiates anew within a connection: it costs us more than them.
 */
const policy = {
  minVersion: 'TLSv1.2',
  ciphers: [
    'TLS_AES_256_GCM_SHA384:TLS_CHACHA20_POLY1305_SHA256:TLS_AES_128_GCM_SHA256',
    'ECDHE+AESGCM:ECDHE+CHACHA20:DHE+AESGCM:ECDHE+AES:DHE+AES:!aNULL:!eNULL:!PSK:!SRP',
  ].join(':'),
  secureOptions: constants.SSL_OP_NO_RENEGOTIATION,
} as const;

/**
 * What the server needs of them. Throws where they are no key and certificate, or not of one another.
 *
 * QUIRK: smtp-server 3.21.6 drops its old contexts before it reads the new key: keys must be tried before they are given to it.
 */
export function secureOptions({ key, cert }: TlsKeys): TlsKeys & typeof policy {
  createSecureContext({ key, cert, ...policy });
  return { key, cert, ...policy };
}
