/** A share of 1 in per cent with one digit: 0.944 is "94.4 %". What rounds to nothing is not called nothing; nothing known is a dash. */
export function formatShare(share: number | null | undefined): string {
  if (share == null) return '–';
  if (share > 0 && share < 0.0005) return '< 0.1 %';
  return `${(share * 100).toFixed(1)} %`;
}

/** The place among all from the top: 0.995 is "top 0.5 %"; at least 0.1 %. */
export function formatTopShare(percentile: number): string {
  const top = Math.max(0.1, (1 - percentile) * 100);
  return `top ${top >= 10 ? Math.round(top) : Number(top.toFixed(1))} %`;
}
