/** Where the archive's copies are to lie, read from a URL. */
import { resolve } from 'node:path';
import type { Reader } from './readers.ts';

/** A directory (absolute path), or an S3 bucket; without an endpoint, Amazon's own. */
export type ArchivePlace =
  | { readonly kind: 'dir'; readonly path: string }
  | { readonly kind: 's3'; readonly bucket: string; readonly prefix: string; readonly region: string; readonly endpoint?: string };

/** `dir:PATH`, `s3://bucket/prefix?endpoint=https://host:port&region=name`, `off`. Keys of S3 never stand in it. */
export const archiveUrl: Reader<ArchivePlace | 'off'> = (text, cwd) => {
  if (text === 'off') return 'off';
  if (text.startsWith('dir:')) {
    const path = text.slice('dir:'.length);
    return path === '' || path.includes('\0') ? undefined : { kind: 'dir', path: resolve(cwd, path) };
  }
  return text.startsWith('s3://') ? bucketOf(text) : undefined;
};

function bucketOf(text: string): ArchivePlace | undefined {
  const url = URL.canParse(text) ? new URL(text) : undefined;
  if (!url || url.username || url.password || url.port || url.hash) return undefined;
  const prefix = url.pathname.replace(/^\//, '').replace(/([^/])$/, '$1/');
  const { endpoint, region = 'us-east-1', ...others } = Object.fromEntries(url.searchParams);
  const fits =
    /^[a-z0-9][a-z0-9.-]{1,61}[a-z0-9]$/.test(url.hostname) &&
    /^[A-Za-z0-9._/-]{0,200}$/.test(prefix) &&
    /^[a-z0-9-]{1,40}$/.test(region) &&
    (endpoint === undefined || isEndpoint(endpoint)) &&
    Object.keys(others).length === 0;
  return fits ? { kind: 's3', bucket: url.hostname, prefix, region, ...(endpoint !== undefined && { endpoint }) } : undefined;
}

function isEndpoint(text: string): boolean {
  const url = URL.canParse(text) ? new URL(text) : undefined;
  return (url?.protocol === 'https:' || url?.protocol === 'http:') && !url.username && !url.password && !url.search && !url.hash;
}
