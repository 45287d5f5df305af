const units = ['B', 'kB', 'MB', 'GB', 'TB', 'PB'] as const;

/** Bytes in decimal units with one digit: "186.4 MB"; "0 B" for an empty layer. `null` is a size nobody knows: "–". */
export function formatSize(bytes: string | number | null | undefined): string {
  if (bytes === null || bytes === undefined) return '–';
  let value = Number(bytes);
  if (!Number.isFinite(value) || value < 0) return '–';
  let unit = 0;
  // 999.95 would be written "1000.0".
  while (value >= 999.95 && unit < units.length - 1) {
    value /= 1000;
    unit += 1;
  }
  return unit === 0 ? `${Math.round(value)} B` : `${value.toFixed(1)} ${units[unit] ?? 'B'}`;
}

/** Two sizes in the unit of the second: "214 of 345 MB". */
export function formatSizeOf(done: string | number, total: string | number): string {
  const whole = formatSize(total);
  const unit = whole.slice(whole.indexOf(' ') + 1);
  const exponent = units.findIndex((candidate) => candidate === unit);
  const scale = (bytes: string | number): string => {
    const value = Number(bytes) / 1000 ** Math.max(0, exponent);
    return value >= 100 || exponent <= 0 ? String(Math.round(value)) : value.toFixed(1);
  };
  return `${scale(done)} of ${scale(total)} ${unit}`;
}
