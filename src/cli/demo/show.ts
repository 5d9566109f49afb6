/** Two messages beside one another, as people compare them. */
import { stripVTControlCharacters } from 'node:util';
import { readHeader } from '../../mime/header.ts';
import { parse } from '../../mime/parse.ts';

/** What there is to see of a message, and what lies under it. */
export interface Digest {
  readonly messageId: string;
  readonly lines: readonly string[];
}

const shown = [
  'from',
  'reply-to',
  'to',
  'subject',
  'date',
  'message-id',
  'in-reply-to',
  'organization',
  'x-originating-ip',
  'x-mailer',
  'disposition-notification-to',
];

/** Reads a message with the relay's own reader: the header fields that tell something, the text, and what the HTML and the files carry. */
export async function digest(raw: Uint8Array): Promise<Digest> {
  const header = readHeader(raw);
  const { text, html, files, subject } = await parse(raw, header);
  const fields = header.fields
    .filter(({ name }) => shown.includes(name))
    .map(({ name, value }) => `${name}: ${name === 'subject' ? subject : value.trim()}`);
  const received = header.fields.filter(({ name }) => name === 'received').length;
  const remote = html?.resources.map(({ url }) => `remote picture: ${url}`) ?? [];
  const attached = files.map(({ filename, content }) => `file: ${filename}, ${content.length} bytes${carries(content)}`);
  return {
    messageId: header.messageId ?? '',
    lines: [
      ...fields,
      ...(received > 0 ? [`received: ${received} fields with hosts and addresses`] : []),
      '',
      ...(text ?? html?.plain ?? '').trimEnd().split('\n'),
      '',
      ...(html ? ['(the same as HTML)'] : []),
      ...remote,
      ...attached,
    ],
  };
}

const carries = (content: Uint8Array): string => {
  const bytes = Buffer.from(content).toString('latin1');
  return bytes.includes('Exif\0') && bytes.includes('iPhone') ? ', with place, camera and owner in EXIF' : ', without EXIF';
};

interface Column extends Digest {
  readonly title: string;
}

/** As wide as the terminal, 100 to 160 characters. */
export function besides(left: Column, right: Column): string {
  const width = Math.floor((Math.min(160, Math.max(100, process.stdout.columns ?? 120)) - 3) / 2);
  const [a, b] = [left, right].map(({ title, lines }) => [title, '─'.repeat(width), ...lines.flatMap((line) => wrap(line, width))]);
  const rows = Math.max(a?.length ?? 0, b?.length ?? 0);
  return Array.from({ length: rows }, (_, row) => `${(a?.[row] ?? '').padEnd(width)} │ ${b?.[row] ?? ''}`.trimEnd()).join('\n');
}

function wrap(line: string, width: number): readonly string[] {
  const safe = stripVTControlCharacters(line).replace(/\p{C}/gu, ' ');
  const rows: string[] = [];
  for (let rest = safe; ; ) {
    if (rest.length <= width) return [...rows, rest];
    const space = rest.lastIndexOf(' ', width);
    const cut = space > width / 2 ? space : width;
    rows.push(rest.slice(0, cut));
    rest = rest.slice(cut).trimStart();
  }
}
