/** A figure with its goal; a missed one fails the run. */
export function told(figure: number, most: number, digits: number): string {
  const reached = Number(figure.toFixed(digits)) <= most;
  if (!reached) process.exitCode = 1;
  return `${figure.toFixed(digits)} ${reached ? 'pass' : 'MISS'} (≤ ${most})`;
}
