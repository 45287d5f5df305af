/** The values an axis from zero names, highest first: round steps of 1, 2 or 5, at most five of them, the highest not below `largest`. */
export function axisValues(largest: number): readonly number[] {
  const raw = Math.max(1, largest) / 4;
  const power = 10 ** Math.floor(Math.log10(raw));
  const step = Math.max(1, [1, 2, 5, 10].map((factor) => factor * power).find((candidate) => candidate >= raw) ?? 10 * power);
  const count = Math.ceil(Math.max(1, largest) / step);
  return Array.from({ length: count + 1 }, (_, index) => (count - index) * step);
}
