/** What the thread of the fence and the relay say to one another. The thread has one message at a time, so nothing needs a number. */
import type { Message } from '../model/message.ts';
import type { Disposition } from '../model/verdict.ts';
import type { Phrases } from '../policy/reading/phrases.ts';
import type { Transformed, Work } from '../transform.ts';

/** A message as the judge wants it: of a file its size alone. */
export interface Judgeable extends Omit<Message, 'files'> {
  readonly files: readonly (Omit<Message['files'][number], 'content'> & { readonly bytes: number })[];
}

export type ToThread =
  | { readonly kind: 'work'; readonly work: Work }
  | { readonly kind: 'read'; readonly raw: Uint8Array }
  | { readonly kind: 'judged'; readonly disposition: Disposition }
  | { readonly kind: 'phrases'; readonly phrases: Phrases };

/** `done` answers `work`, `words` answers `read`; `judge` and `phrases` ask for what is above; `failed` is an error that nobody foresaw. */
export type FromThread =
  | { readonly kind: 'ready' }
  | { readonly kind: 'judge'; readonly message: Judgeable }
  | { readonly kind: 'phrases' }
  | { readonly kind: 'done'; readonly done: Transformed }
  | { readonly kind: 'words'; readonly words: string }
  | { readonly kind: 'failed'; readonly error: unknown };

export const judgeable = ({ files, ...message }: Message): Judgeable => ({
  ...message,
  files: files.map(({ content, ...file }) => ({ ...file, bytes: content.length })),
});

let blank = new ArrayBuffer(0);

/** Contents are blank, and the same bytes for all: rules look at types and sizes alone. */
export const judgedMessage = ({ files, ...message }: Judgeable): Message => ({
  ...message,
  files: files.map(({ bytes, ...file }) => {
    if (bytes > blank.byteLength) blank = new ArrayBuffer(bytes);
    return { ...file, content: new Uint8Array(blank, 0, bytes) };
  }),
});
