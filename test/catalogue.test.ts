/** README's tables say what the code does, both ways. `node test/support/catalogue.ts` writes them anew. */
import { tables, written } from './support/catalogue.ts';

test.each(Object.keys(tables))('README: the table of %s is that of the code', (name) => {
  expect(written(name)).toBe(tables[name]);
});
