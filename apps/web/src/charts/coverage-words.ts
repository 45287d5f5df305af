import type { ImageCoverage } from '../gql/graphql.js';

/** What is known of an image, in words. */
export const coverageWords: Readonly<Record<ImageCoverage, { readonly text: string; readonly meaning: string }>> = {
  CURRENT: { text: 'Current', meaning: 'whole result, advisories of the last two days' },
  STALE: { text: 'Stale', meaning: 'advisories older than two days' },
  PARTIAL: { text: 'Partial', meaning: 'a part could not be read' },
  PARTLY_JUDGED: { text: 'Judged in part', meaning: 'no advisories for some components' },
  NOT_JUDGED: { text: 'Not judged', meaning: 'components known, no advisories for them' },
  FAILED: { text: 'Failed', meaning: 'the last scan failed, no result' },
  NOT_SCANNED: { text: 'Not scanned', meaning: 'no scan has ended yet' },
};

/** As the address of a list names it. */
export function coverageAddress(kind: ImageCoverage): string {
  return kind.toLowerCase().replaceAll('_', '-');
}

/** Reads it; undefined for what it does not know. */
export function readCoverage(text: string): ImageCoverage | undefined {
  return (Object.keys(coverageWords) as ImageCoverage[]).find((kind) => coverageAddress(kind) === text);
}
