/** All that people read in a received message, its subject and its text, to be searched. */
import { folded } from '../model/folded.ts';
import { Refusal } from '../model/reply.ts';
import { readHeader } from './header.ts';
import { parse } from './parse.ts';

/** Folded. What no reader could read, or is sealed, is answered as it stands. */
export async function wordsOf(raw: Uint8Array): Promise<string> {
  try {
    const { subject, text = '', html } = await parse(raw, readHeader(raw));
    return folded([subject, text, html?.plain ?? ''].join('\n'));
  } catch (error) {
    if (!(error instanceof Refusal)) throw error;
    return folded(Buffer.from(raw).toString());
  }
}
