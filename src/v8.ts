/**
 * How V8 works in a process whose heap holds 50 MB of phrases, whose messages lie beside the heap, in buffers, and which searches with patterns of
 * thousands of words. What is set holds for all threads of the process.
 */
import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';

/** To be called before anything else. */
export function setUpV8(): void {
  // QUIRK: by default V8 counts buffers by themselves, and marks the whole heap again after every 64 MB of new ones: half of the CPU of a message
  // with pictures. Counted together with the heap they may grow by a share of both; that takes 200 MB with 200 messages of 7 MB at once.
  setFlagsFromString('--external-memory-accounted-in-global-limit');
  // QUIRK: V8 first translates a pattern into code of its own and, at the second search, into the machine's; of a pattern of thousands of words the
  // former takes ten times as long (0.14 s at the start, and whenever the pattern was forgotten) as the latter.
  setFlagsFromString('--no-regexp-tier-up');
}

/**
 * What reading and compiling a megabyte of phrases left in memory. Takes 0.2 s and gives back 150 MB.
 * QUIRK: V8 lets a program ask for that behind a flag alone; by itself it would keep them.
 */
export function giveBack(): void {
  setFlagsFromString('--expose-gc');
  const collect: unknown = runInNewContext('gc');
  setFlagsFromString('--no-expose-gc');
  if (typeof collect === 'function') collect({ type: 'major', execution: 'sync', flavor: 'last-resort' });
}
