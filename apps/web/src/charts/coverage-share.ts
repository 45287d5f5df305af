/** A share of images in whole percent; what is there is never 0 %, and what is not all never 100 %. */
export function formatCoverageShare(count: number, total: number): string {
  if (total === 0) return '–';
  const percent = Math.round((count / total) * 100);
  if (count > 0 && percent === 0) return '< 1 %';
  if (count < total && percent === 100) return '> 99 %';
  return `${percent} %`;
}
