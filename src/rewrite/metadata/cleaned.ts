/** What comes of freeing a file of what tells about its author: the file, or why it stays behind. */

/**
 * `damaged`: no program could show it as it is; `encrypted`: sealed for somebody else's eyes; `scripted`: it holds a program;
 * `complex`: more objects, more levels or more data than are looked through.
 */
export type Obstacle = 'damaged' | 'encrypted' | 'scripted' | 'complex';

export type Cleaned = Uint8Array | Obstacle;

/** A view, not a copy. */
export const bufferOf = (content: Uint8Array): Buffer => Buffer.from(content.buffer, content.byteOffset, content.byteLength);
