/**
 * The four mixes of mail that speed is measured with: a 2 KB of text, b 30 KB replies of Outlook and Gmail with long quotes, c 1.5 MB with a
 * photo and a PDF, d 7 MB of attachments. a and b lie in `mail/`, c and d are made from a seed. All are of anna.buyer@mailer.example and have no
 * Message-ID: each sending gives its own, since the same message twice is delivered once.
 */
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { deflateSync } from 'node:zlib';
import { randomFrom } from '../support/random.ts';

export const mixes = ['a', 'b', 'c', 'd'] as const;
export type Mix = (typeof mixes)[number];

export const author = 'anna.buyer@mailer.example';

/** Makes c and d below `folder`; answers where the messages of each mix are. */
export function writeMixes(folder: string): Readonly<Record<Mix, string>> {
  const write = (mix: 'c' | 'd', files: readonly File[]): string => {
    const to = join(folder, mix);
    mkdirSync(to, { recursive: true });
    writeFileSync(join(to, 'mail.eml'), mixed(files));
    return to;
  };
  const given = (mix: 'a' | 'b'): string => join(import.meta.dirname, 'mail', mix);
  return {
    a: given('a'),
    b: given('b'),
    c: write('c', [jpeg(860_000, 'IMG_2041.jpg'), pdf(230_000)]),
    d: write('d', [jpeg(7_000_000, 'IMG_2042.jpg')]),
  };
}

interface File {
  readonly type: string;
  readonly name: string;
  readonly content: Buffer;
}

/** Bytes that no compression and no short pattern knows, the same for the same seed. */
function noise(length: number, seed: number): Buffer {
  const random = randomFrom(seed);
  return Buffer.from(Uint8Array.from({ length }, () => random() * 256));
}

/** A whole file by its markers (JFIF, one table, one frame, one scan); its picture is noise. */
function jpeg(length: number, name: string): File {
  const start = Buffer.concat([
    Buffer.from('ffd8ffe000104a46494600010100000100010000ffdb004300', 'hex'),
    Buffer.alloc(64, 16),
    Buffer.from('ffc0000b080780078001011100ffc4001f0000010501010101010100000000000000000102030405060708090a0bffda0008010100003f00', 'hex'),
  ]);
  const scan = noise(length - start.length - 2, 20_240_607).map((byte) => (byte === 0xff ? 0xfe : byte));
  return { type: 'image/jpeg', name, content: Buffer.concat([start, scan, Buffer.from('ffd9', 'hex')]) };
}

function pdf(length: number): File {
  const objects = [
    '<</Type/Catalog/Pages 2 0 R>>',
    '<</Type/Pages/Kids[3 0 R]/Count 1>>',
    '<</Type/Page/Parent 2 0 R/MediaBox[0 0 595 842]/Contents 4 0 R>>',
  ];
  const page = deflateSync(noise(length, 302));
  const head = `%PDF-1.4\n${objects.map((object, at) => `${at + 1} 0 obj${object}endobj\n`).join('')}4 0 obj<</Length ${page.length}/Filter/FlateDecode>>stream\n`;
  const end = '\nendstream endobj\ntrailer<</Root 1 0 R>>\n%%EOF\n';
  return { type: 'application/pdf', name: 'invoice 302.pdf', content: Buffer.concat([Buffer.from(head), page, Buffer.from(end)]) };
}

const words = 'The lamp arrived yesterday, but one of the two has a crack along the base, and the cable is shorter than the page says.';

function mixed(files: readonly File[]): string {
  const header = [
    `From: Anna Buyer <${author}>`,
    'To: Marketplace <order@relay.example>',
    'Subject: Re: Order 302-7729113-4450 photos',
    'Date: Fri, 07 Jun 2024 11:14:22 +0200',
    'MIME-Version: 1.0',
    'Content-Type: multipart/mixed; boundary=outer',
  ];
  const alternatives = [
    ['Content-Type: text/plain; charset=utf-8', '', words],
    ['Content-Type: text/html; charset=utf-8', '', `<html><body><p>${words}</p><p>${words}</p></body></html>`],
  ];
  const text = [
    'Content-Type: multipart/alternative; boundary=inner',
    '',
    ...alternatives.flatMap((part) => ['--inner', ...part]),
    '--inner--',
  ];
  const attached = files.map(({ type, name, content }) => [
    `Content-Type: ${type}; name="${name}"`,
    `Content-Disposition: attachment; filename="${name}"`,
    'Content-Transfer-Encoding: base64',
    '',
    ...(content.toString('base64').match(/.{1,76}/g) ?? []),
  ]);
  return [...header, '', ...[text, ...attached].flatMap((part) => ['--outer', ...part]), '--outer--', ''].join('\r\n');
}
