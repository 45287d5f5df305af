const grouped = new Intl.NumberFormat('en-GB');

/** A whole number with separators: "1,461". */
export function formatCount(count: number): string {
  return grouped.format(count);
}

/** A number and its noun: "1 image", "1,461 images". The plural is the noun with an "s" unless another is given. */
export function formatQuantity(count: number, noun: string, plural = `${noun}s`): string {
  return `${formatCount(count)} ${count === 1 ? noun : plural}`;
}
