/** Work for the fence: messages from a seller to a buyer, by what they cost. */
import { join } from 'node:path';
import { loadPolicy } from '../../src/config/policy-file.ts';
import { readHeader } from '../../src/mime/header.ts';
import { aliasAt, type Mailbox } from '../../src/model/address.ts';
import type { Role, Side } from '../../src/model/route.ts';
import type { Policy } from '../../src/policy/policy.ts';
import type { Work } from '../../src/transform.ts';
import { docx } from '../leaks/files/office.ts';

const usual = loadPolicy(join(import.meta.dirname, '../support/two-languages/policy.yaml'));

/** With time enough for a machine that has other things to do. */
export const policy: Policy = { ...usual, limits: { ...usual.limits, milliseconds: 60_000 } };

const side = (role: Role, name: string, mailbox: string, party = role === 'buyer' ? 'b-1' : 's-1'): Side => ({
  party,
  role,
  name,
  mailboxes: [mailbox as Mailbox],
  language: 'en',
  face: { name: role === 'buyer' ? 'Lara W.' : 'Hanna O.', alias: aliasAt(`alias-of-${role}`, 'relay.example') },
});

/** What the relay knows of a message when it comes to the heavy part. `party`: of its author. */
export function workOn(raw: Buffer, party = 's-1'): Work {
  return {
    raw,
    header: readHeader(raw),
    route: {
      conversation: 'c-1',
      direction: 'seller_to_buyer',
      author: side('seller', 'Hanna Okafor', 'hanna.okafor@oakbench.example', party),
      recipient: side('buyer', 'Lara Weber', 'lara.weber@buyer.example'),
    },
    situation: { direction: 'seller_to_buyer', initiates: false, order: { kind: 'standard', completedDaysAgo: 1 }, buyerOptedOut: false },
    policy,
    stationery: { trace: 'k3m9x7q2v8r4t6w1', messageId: 'm@relay.example', references: [], at: 1_700_000_000_000, autoSubmitted: false },
  };
}

interface Attached {
  readonly type: string;
  readonly content: Buffer;
}

let count = 0;

export function mail(text: string, files: readonly Attached[] = [], html?: string): Buffer {
  count += 1;
  const head = [
    'From: Hanna <hanna.okafor@oakbench.example>',
    'To: x@relay.example',
    `Message-ID: <${count}@oakbench.example>`,
    'Subject: The shelf',
    'MIME-Version: 1.0',
    'Content-Type: multipart/mixed; boundary=x',
  ];
  const shown = [
    ['Content-Type: text/plain; charset=utf-8', text],
    ...(html === undefined ? [] : [['Content-Type: text/html; charset=utf-8', html]]),
  ].map(([type, body]) => `--x\r\n${type}\r\n\r\n${body}\r\n`);
  const attached = files.map(
    ({ type, content }) =>
      `--x\r\nContent-Type: ${type}\r\nContent-Disposition: attachment; filename="a"\r\nContent-Transfer-Encoding: base64\r\n\r\n${(content.toString('base64').match(/.{1,76}/g) ?? []).join('\r\n')}\r\n`,
  );
  return Buffer.from(`${head.join('\r\n')}\r\n\r\n${shown.join('')}${attached.join('')}--x--\r\n`);
}

/** 5 MB of XML in 25 kB, worth some 100 ms. */
export const wordFile = (paragraphs = 100_000): Attached => ({
  type: 'application/octet-stream',
  content: docx({ body: '<w:p><w:r><w:t>The ring is at 34 cm</w:t></w:r></w:p>'.repeat(paragraphs) }),
});

/** Seconds of work in some 1.2 MB, and within all limits of size. */
export const bomb = (): Buffer =>
  mail(
    'Is it oiled?',
    Array.from({ length: 60 }, () => wordFile()),
  );

/** 11 MB of text, worth 2 s where it is folded: each of its letters is a sentence of 18 (U+FDFA). */
export const foldingBomb = (): Buffer => mail('\uFDFA '.repeat(2_800_000));

/** 100,000 objects of a PDF, each some hundred bytes of heap. */
export const heapBomb = (): Buffer => {
  const objects = Array.from({ length: 100_000 }, (_, at) => `${at + 4} 0 obj<</A[1 2 3]/B(x)>>endobj\n`).join('');
  const content = Buffer.from(
    `%PDF-1.4\n1 0 obj<</Type/Catalog/Pages 2 0 R>>endobj\n2 0 obj<</Type/Pages/Kids[3 0 R]/Count 1>>endobj\n3 0 obj<</Type/Page/Parent 2 0 R>>endobj\n${objects}trailer<</Root 1 0 R>>\n%%EOF\n`,
  );
  return mail('Is it oiled?', [{ type: 'application/pdf', content }]);
};
