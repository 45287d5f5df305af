/**
 * Runs work for each item, a few at a time. With the first failure nothing more is begun; what was begun has ended when this
 * rejects with that failure, so that nothing is written afterwards.
 */
export async function fetchSeveral<Item>(items: Iterable<Item>, atATime: number, work: (item: Item) => Promise<void>): Promise<void> {
  const waiting = Iterator.from(items);
  const failures: unknown[] = [];
  const next = async (): Promise<void> => {
    for (const item of waiting) {
      if (failures.length > 0) return;
      try {
        await work(item);
      } catch (error) {
        failures.push(error);
      }
    }
  };
  await Promise.all(Array.from({ length: atATime }, next));
  if (failures.length > 0) throw failures[0];
}
