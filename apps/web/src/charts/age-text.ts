/** An age in words: "Under 7 days", "7 to 30 days", "Over a year". */
export function ageText({ fromDays, toDays }: { readonly fromDays: number; readonly toDays?: number | null }): string {
  if (toDays == null) return fromDays === 365 ? 'Over a year' : `Over ${fromDays} days`;
  if (fromDays === 0) return `Under ${toDays} days`;
  return toDays === 365 ? `${fromDays} days to a year` : `${fromDays} to ${toDays} days`;
}
