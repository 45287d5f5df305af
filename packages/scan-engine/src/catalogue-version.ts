import { factKeys } from '@esscm/sbom/scan';

/** Names the cataloguers and their versions; content catalogued under another value is read again by the next scan. */
export function catalogueVersion(): string {
  return factKeys().toSorted().join(' ');
}
