/** Signatures of webhooks (Standard Webhooks 1.0, https://www.standardwebhooks.com): HMAC-SHA256 over id, time and body; a secret each. */
import { createHmac, randomBytes } from 'node:crypto';
import type { WebhookSecret } from '../store/webhooks.ts';

const prefix = 'whsec_';

/** 32 random bytes. */
export const mintSecret = (): string => `${prefix}${randomBytes(32).toString('base64')}`;

export interface Signed {
  readonly id: string;
  readonly body: string;
  /** Of this attempt; milliseconds since 1970. */
  readonly at: number;
}

/** The three fields of the header. While a secret is exchanged both sign, and the receiver may know either. */
export function signatureFields({ id, body, at }: Signed, secrets: readonly WebhookSecret[]): Readonly<Record<string, string>> {
  const seconds = String(Math.floor(at / 1000));
  const valid = secrets.filter(({ until }) => until === undefined || until > at);
  const signatures = valid.map(({ secret }) => {
    const key = Buffer.from(secret.slice(prefix.length), 'base64');
    return `v1,${createHmac('sha256', key).update(`${id}.${seconds}.${body}`).digest('base64')}`;
  });
  return { 'webhook-id': id, 'webhook-timestamp': seconds, 'webhook-signature': signatures.join(' ') };
}

/** So long an old secret signs beside the new one, in milliseconds. */
const overlap = 86_400_000;

/** A new one comes first; the one before stays for a day, and no other. */
export function rotated(secrets: readonly WebhookSecret[], now: number): readonly [WebhookSecret, ...WebhookSecret[]] {
  const [current] = secrets;
  return [{ secret: mintSecret() }, ...(current ? [{ secret: current.secret, until: now + overlap }] : [])];
}
