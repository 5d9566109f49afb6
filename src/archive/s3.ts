/**
 * Copies as objects of an S3 bucket, for many machines. The door of `@aws-sdk/client-s3`. Keys come from the environment, a profile or the
 * machine's role, as everywhere with S3; the bucket needs no encryption of its own, and its versioning and lifecycle rules are the operator's.
 */
import { DeleteObjectCommand, GetObjectCommand, NoSuchKey, PutObjectCommand, S3Client } from '@aws-sdk/client-s3';
import { type Blobs, headBytes } from './blobs.ts';

export interface Bucket {
  readonly bucket: string;
  /** Before each name; empty, or ends with a slash. */
  readonly prefix: string;
  readonly region: string;
  /** Not set: Amazon's own for the region. */
  readonly endpoint?: string;
}

/** It is the way there that takes time: with 50 ms for one, more than 300 a second. */
const atOnce = 16;
/** Milliseconds until a call is given up; the copy waits in the store then. */
const patience = 20_000;

/** Opens no connection yet. Each call rejects within 20 s. */
export function openBucket({ bucket: Bucket, prefix, region, endpoint }: Bucket): Blobs {
  const client = new S3Client({
    region,
    // Servers that are not Amazon's are seldom found by a host name for each bucket.
    ...(endpoint && { endpoint, forcePathStyle: true }),
    // Once more at once, as a connection that was kept may have ended; later tries are ours, and outlive the process.
    maxAttempts: 2,
    // QUIRK: since 3.729 the client sends checksums in trailers, which S3-compatible servers may refuse; copies carry a hash of their own.
    requestChecksumCalculation: 'WHEN_REQUIRED',
    responseChecksumValidation: 'WHEN_REQUIRED',
  });
  const soon = () => ({ abortSignal: AbortSignal.timeout(patience) });
  const keyOf = (address: string): string => `${prefix}${address}`;
  const read = async (address: string, Range?: string): Promise<Buffer | undefined> => {
    try {
      const { Body } = await client.send(new GetObjectCommand({ Bucket, Key: keyOf(address), ...(Range && { Range }) }), soon());
      return Body && Buffer.from(await Body.transformToByteArray());
    } catch (error) {
      if (error instanceof NoSuchKey) return undefined;
      throw error;
    }
  };
  return {
    atOnce,
    async put(address, pieces) {
      const Body = Buffer.concat([...pieces]);
      await client.send(new PutObjectCommand({ Bucket, Key: keyOf(address), Body, ContentType: 'application/octet-stream' }), soon());
    },
    get: (address) => read(address),
    // A server that knows no ranges sends all of it (RFC 9110 section 14.2).
    head: async (address) => (await read(address, `bytes=0-${headBytes - 1}`))?.subarray(0, headBytes),
    async delete(address) {
      await client.send(new DeleteObjectCommand({ Bucket, Key: keyOf(address) }), soon());
    },
  };
}
