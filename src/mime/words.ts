/** All that people read in a received message: its subject and its text. */
import { readHeader } from './header.ts';
import { parse } from './parse.ts';

/** @throws Refusal, where no reader could read it. */
export async function wordsOf(raw: Uint8Array): Promise<string> {
  const { subject, text = '', html } = await parse(raw, readHeader(raw));
  return [subject, text, html?.plain ?? ''].join('\n');
}
