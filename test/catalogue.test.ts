/** README's tables say what the code does, both ways. `node test/support/catalogue.ts` writes them anew; those of threats and traps are written by hand. */
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { tables, written } from './support/catalogue.ts';

test.each(Object.keys(tables))('README: the table of %s is that of the code', (name) => {
  expect(written(name)).toBe(tables[name]);
});

/** A row ends with `` `file` › title ``: a file below test/, and the title of a test or of a row of one, as it stands there in quotes. */
test.each(['threats', 'traps'])('README: each answer in the table of %s has a test', (table) => {
  const rows = written(table).split('\n').slice(2);
  const untested = rows.filter((row) => {
    const [, file = '', title = ''] = /\| `([^`]+\.ts)` › (.+) \|$/.exec(row) ?? [];
    const path = join(import.meta.dirname, file);
    const text = title !== '' && existsSync(path) ? readFileSync(path, 'utf8') : '';
    return !["'", '"', '`'].some((quote) => text.includes(quote + title + quote));
  });
  expect(untested).toEqual([]);
  expect(rows.length).toBeGreaterThanOrEqual(60);
});
