/** Runs work for each item, a few at a time; stops with the first failure. */
export async function fetchSeveral<Item>(items: Iterable<Item>, atATime: number, work: (item: Item) => Promise<void>): Promise<void> {
  const waiting = Iterator.from(items);
  const next = async (): Promise<void> => {
    for (const item of waiting) await work(item);
  };
  await Promise.all(Array.from({ length: atATime }, next));
}
