/** The dry run: what would become of a message, by exactly the code of the relay; nothing is sent. */
import { Refusal, type Reply, replies } from '../model/reply.ts';
import type { Situation } from '../model/route.ts';
import { type Answer, type CheckInput, type HttpPorts, type HttpSettings, membersOf, type Operation } from './operation.ts';
import { unavailable } from './problem.ts';
import { checkBody } from './schemas.ts';

interface CheckBody extends Situation {
  readonly message: string;
  readonly encoding?: 'base64';
}

const leastBodyLimit = 256 * 1024;

/** `check`: the port. The body may be twice as large as a message: base64 takes a third more, JSON a character more for each line end. */
export function checkOperations({ check }: HttpPorts, { maxMessageBytes }: HttpSettings): readonly Operation[] {
  return [
    {
      id: 'check',
      method: 'POST',
      path: '/v1/check',
      summary: 'Dry run: judges and rewrites a message as the relay would, and sends nothing.',
      tag: 'check',
      access: 'token',
      scope: 'read',
      changesNothing: true,
      bodyLimit: Math.max(leastBodyLimit, 2 * maxMessageBytes),
      body: checkBody,
      answers: { 200: { description: 'What would become of it.', schema: { $ref: 'CheckAnswer#' } } },
      check({ body }) {
        const { message, encoding } = membersOf(body);
        const bad = typeof message === 'string' && encoding === 'base64' && !isBase64(message);
        return bad ? [{ field: '/message', message: 'must be base64' }] : [];
      },
      async run({ body }) {
        const { direction, initiates, order, buyerOptedOut, message, encoding } = body as CheckBody;
        const bytes = encoding === 'base64' ? Buffer.from(message, 'base64') : Buffer.from(withNetworkLineEnds(message));
        if (bytes.length > maxMessageBytes) return refused(replies.tooLarge);
        return dryRun({ direction, initiates, order, buyerOptedOut, message: bytes }, check);
      },
    },
  ];
}

async function dryRun(input: CheckInput, check: HttpPorts['check']): Promise<Answer> {
  try {
    const { delivered, ...answer } = await check(input);
    return { status: 200, body: { ...answer, delivered: delivered && Buffer.from(delivered).toString() } };
  } catch (error) {
    if (!(error instanceof Refusal)) throw error;
    return error.reply.code < 500 ? unavailable() : refused(error.reply);
  }
}

/** What the relay refuses before it is judged breaks no rule. */
const refused = ({ text }: Reply): Answer => ({
  status: 200,
  body: { disposition: 'reject', findings: [], delivered: null, reason: text },
});

/** Base64 in lines or in one (RFC 2045 section 6.8). Two scans, as one pattern for the whole would need a stack as long as the message. */
function isBase64(text: string): boolean {
  const padding = text.indexOf('=');
  return !/[^A-Za-z0-9+/=\s]/.test(text) && (padding < 0 || ['=', '=='].includes(text.slice(padding).trim()));
}

/** A text that has LF alone was read from a file as text; over SMTP it would have had CRLF. Mixed line ends are the message's own. */
const withNetworkLineEnds = (text: string): string => (text.includes('\r') ? text : text.replaceAll('\n', '\r\n'));
