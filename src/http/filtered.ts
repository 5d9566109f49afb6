/** Pages of a list of which only some are wanted: the store knows the order alone, so that pages are looked through, so many at most. */

export interface Page<Item> {
  readonly items: readonly Item[];
  readonly next?: string;
}

interface Wanted<Item> {
  readonly limit: number;
  readonly cursor: string | undefined;
  /** Of all that come after it in the list none fits any more. */
  readonly isPast?: (item: Item) => boolean;
  fits(item: Item): boolean;
}

/** So often the store is asked for one page. */
const mostReads = 50;

/** May be short, and have a `next` all the same. */
export async function filtered<Item>(
  { limit, cursor, fits, isPast = () => false }: Wanted<Item>,
  read: (limit: number, cursor: string | undefined) => Promise<Page<Item>>,
): Promise<Page<Item>> {
  const items: Item[] = [];
  let next = cursor;
  for (let reads = 0; reads < mostReads && items.length < limit; reads += 1) {
    // Never more than there is room for: each `next` is that of the last one that was looked at.
    const page = await read(limit - items.length, next);
    items.push(...page.items.filter(fits));
    next = page.next;
    if (next === undefined || page.items.some(isPast)) return { items };
  }
  return { items, ...(next !== undefined && { next }) };
}
