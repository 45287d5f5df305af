/**
 * What is known of an image: `current` all of it, `stale` all of it but against advisories older than two days, `partial` some of
 * it because a part could not be read, `partlyJudged` all of it but no advisories for a part, `notJudged` its components but no advisories for them, `failed` nothing because its last scan failed, `notScanned` nothing yet.
 */
export const imageCoverages = ['current', 'stale', 'partial', 'partlyJudged', 'notJudged', 'failed', 'notScanned'] as const;
export type ImageCoverage = (typeof imageCoverages)[number];
