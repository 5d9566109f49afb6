/** A notice taken apart without the code that built it: the header, the parts between the delimiters, the text decoded. */

interface Part {
  readonly type: string;
  readonly encoding: string;
  readonly body: string;
}

/** Names of the fields of the header, in their order. */
export const fieldNames = (message: string): string[] =>
  (message.split('\r\n\r\n', 1)[0] ?? '')
    .replace(/\r\n[ \t]/g, ' ')
    .split('\r\n')
    .map((line) => line.split(':', 1)[0] ?? '');

function entity(source: string): Part {
  const end = source.indexOf('\r\n\r\n');
  const head = source.slice(0, end);
  return {
    type: /^Content-Type: ([^;\r]*)/m.exec(head)?.[1] ?? '',
    encoding: /^Content-Transfer-Encoding: (.*)$/m.exec(head)?.[1] ?? '',
    body: source.slice(end + 4),
  };
}

/** The parts of a multipart; all that stands between two delimiters, whoever wrote them. */
export function partsOf(message: string): readonly Part[] {
  const boundary = /boundary="([^"]+)"/.exec(message)?.[1] ?? '';
  const [, ...pieces] = message.slice(message.indexOf('\r\n\r\n') + 2).split(`\r\n--${boundary}`);
  expect(pieces.at(-1)).toBe('--\r\n');
  return pieces.slice(0, -1).map((piece) => entity(piece.slice(2)));
}

/** What a person reads: the first part, or the body where there are no parts. LF line ends. */
export function readText(message: string): string {
  const { encoding, body } = /boundary="/.test(message.split('\r\n\r\n', 1)[0] ?? '')
    ? (partsOf(message)[0] ?? entity(''))
    : entity(message);
  const bytes = encoding === 'base64' ? Buffer.from(body, 'base64') : encoding === '7bit' ? Buffer.from(body) : fromQuotedPrintable(body);
  return bytes.toString('utf8').replaceAll('\r\n', '\n');
}

const fromQuotedPrintable = (body: string): Buffer =>
  Buffer.from(
    body.replaceAll('=\r\n', '').replace(/=([0-9A-F]{2})/g, (_, hex: string) => String.fromCharCode(Number.parseInt(hex, 16))),
    'latin1',
  );
