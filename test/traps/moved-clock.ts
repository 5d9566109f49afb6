/**
 * Loaded into a relay before its own code (`NODE_OPTIONS=--import …`): on SIGUSR2 its clock is moved by as many milliseconds as the file CLOCK_FILE
 * says, as when an operator or a time server sets the machine's. Timers go on as before: they never read that clock.
 */
import { readFileSync } from 'node:fs';

const RealDate = Date;
let moved = 0;
const now = (): number => RealDate.now() + moved;

process.on('SIGUSR2', () => {
  moved = Number(readFileSync(process.env.CLOCK_FILE ?? '', 'utf8'));
});

globalThis.Date = new Proxy(RealDate, {
  construct: (target, given: unknown[], made) => Reflect.construct(target, given.length === 0 ? [now()] : given, made) as object,
  apply: () => new RealDate(now()).toString(),
  get: (target, name, receiver) => (name === 'now' ? now : (Reflect.get(target, name, receiver) as unknown)),
});
