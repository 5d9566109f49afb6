/**
 * Loaded into a relay before its own code (`NODE_OPTIONS=--import …`): does on a signal what no message can make the relay do, an error
 * that nobody catches. SIGUSR2: thrown by a callback; SIGWINCH: in a promise that nobody waits for.
 */

/** What a library could have in its words. */
const error = (): Error => new RangeError('cannot read lara.weber@buyer.example');

process.on('SIGUSR2', () => {
  setImmediate(() => {
    throw error();
  });
});
process.on('SIGWINCH', () => void Promise.reject(error()));
