/** What smtp-server is told, and what is said in its place. It is imported in server.ts alone. */
import { isIP } from 'node:net';
import { type Reply, replies } from '../model/reply.ts';
import type { Limits } from './limits.ts';
import type { Address, InboundOptions } from './ports.ts';
import { secureOptions } from './tls.ts';

/** How a listener is spoken to: by anybody, or by who has a password. */
export type Door = 'relay' | 'submission' | 'submission with implicit TLS';

/** One address that is listened on. */
export interface Place {
  readonly address: Address;
  readonly door: Door;
}

export const placesOf = ({ listen, submission = [] }: InboundOptions): readonly Place[] => [
  ...listen.map((address): Place => ({ address, door: 'relay' })),
  ...submission.map((address): Place => ({ address, door: address.implicitTls ? 'submission with implicit TLS' : 'submission' })),
];

/** The longest command line, parameters and an address of 254 octets in UTF-8 with them; a name and a password of 500 octets too. */
const MAX_COMMAND_BYTES = 2048;

/** What the library would say in words of its own, some with values from the command in them. The rest of its texts are fixed. */
export const inOurWords: ReadonlyMap<number, Reply> = new Map([
  [421, replies.tooManyErrors],
  [451, replies.tryLater],
  [454, replies.loginAway],
  [501, replies.syntax],
  [535, replies.loginFailed],
  [538, replies.loginNotInClear],
  [552, replies.tooLarge],
]);

/** `ECONNRESET`, `ERR_SSL_…`: the code of an error, never its text. */
export function codeOf(error: unknown): string {
  const code = error instanceof Error && 'code' in error ? String(error.code) : '';
  return /^[A-Z][A-Z0-9_]{0,60}$/.test(code) ? code : 'unknown';
}

/** Throws where a balancer's address is none, or the keys are none. */
export function libraryOptions(options: InboundOptions, limits: Limits, door: Door) {
  const { name, maxMessageBytes, proxyFrom, tls } = options;
  const wrong = proxyFrom.find((ip) => isIP(ip) === 0);
  if (wrong !== undefined) throw new RangeError('PROXY lines are believed from IP addresses only');
  if (door !== 'relay' && !tls) throw new RangeError('a password may travel with TLS only');
  const disabled = [...(door === 'relay' ? ['AUTH'] : []), ...(tls ? [] : ['STARTTLS'])];
  return {
    name,
    size: maxMessageBytes,
    heloResponse: '%s',
    logger: false,
    disableReverseLookup: true,
    hideENHANCEDSTATUSCODES: false,
    disabledCommands: ['HELP', 'WIZ', 'SHELL', 'KILL', 'XCLIENT', 'XFORWARD', 'LHLO', ...disabled],
    authMethods: ['PLAIN', 'LOGIN'],
    // That nothing goes without AUTH is seen to at MAIL, and what leads nowhere is counted by conduct.ts.
    authOptional: true,
    secure: door === 'submission with implicit TLS',
    maxClients: limits.connections,
    maxCommandLength: MAX_COMMAND_BYTES,
    useProxy: proxyFrom.length > 0 ? [...proxyFrom] : false,
    ...(tls && secureOptions(tls)),
  };
}
