/** A process that has a duty and says so, until it is killed; `duty.test.ts` kills it. Takes the store's URL. */
import { openStore } from '../../src/store/open.ts';
import { startDuty } from '../../src/upkeep/duty.ts';
import { setupWith } from '../store/fixtures.ts';

const { duties } = await openStore(process.argv[2] ?? '', setupWith());
let count = 1;
startDuty(
  {
    duties,
    name: 'work',
    failed: (error) => process.stderr.write(`${error}\n`),
    async work(held) {
      for (; await held.keep(String(Number(held.note) + count)); count += 1) {
        process.stdout.write(`${process.argv[3]} ${held.note} ${count}\n`);
        await new Promise((resolve) => setTimeout(resolve, 20));
      }
    },
  },
  50,
  1,
);
// The duty itself keeps no process.
setInterval(() => undefined, 1000);
