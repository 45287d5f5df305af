import type { SourceCheck, StoredSource } from '@esscm/vulnerabilities';

/** Beyond this age, in hours, a source is called old. */
const oldAfterHours = 48;

/** RFC 3339; when a source last answered as it should, with something new or not. */
export function currentAt(source: Pick<StoredSource, 'importedAt'>, check: Pick<SourceCheck, 'currentAt'> | undefined): string {
  const moments = [source.importedAt, check?.currentAt ?? source.importedAt];
  return moments.toSorted((one, other) => Date.parse(one) - Date.parse(other)).at(-1) ?? source.importedAt;
}

/** Whether what was current at that moment is old. `now` is in milliseconds. */
export function isOld(moment: string, now: number): boolean {
  return now - Date.parse(moment) > oldAfterHours * 3_600_000;
}
