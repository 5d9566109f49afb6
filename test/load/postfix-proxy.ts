/**
 * Debian's Postfix as a before-queue proxy (SMTPD_PROXY_README): its smtpd takes a message and hands it on at once, to the sink, and does nothing
 * with its content. In a folder of its own; all its processes are children of one master.
 */
import { postfixIsThere, startPostfix } from '../support/postfix.ts';
import type { Program } from './programs.ts';

/** Why there is none; empty where there is. */
export const postfixIsMissing = (): string =>
  postfixIsThere() ? '' : 'no Postfix: its Debian package is not installed, or this is not root';

/** Longer than any bench, seconds. */
const longestLife = 4 * 3_600;

export async function startPostfixProxy(name: string, next: number): Promise<Program> {
  const postfix = await startPostfix({ domains: ['relay.example'], proxyFilter: next, longestLife });
  const { pid, port } = postfix;
  return { name, pid, port, to: 'anybody@relay.example', [Symbol.asyncDispose]: () => postfix[Symbol.asyncDispose]() };
}
