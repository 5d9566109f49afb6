/** A process that writes as fast as it can and says what was acknowledged; `sqlite.test.ts` kills it. */
import { openSqlite } from '../../src/store/sqlite.ts';
import { newId, setupWith } from './fixtures.ts';

const store = await openSqlite(process.argv[2] ?? '', setupWith());
for (;;) {
  await Promise.all(
    Array.from({ length: 8 }, async () => {
      const { buyer, buyerLocal } = await store.directory.open(newId('b'), 's');
      process.stdout.write(`${buyer} ${buyerLocal}\n`);
    }),
  );
}
