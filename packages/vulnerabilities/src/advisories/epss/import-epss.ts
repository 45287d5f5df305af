import type { GenerationWriter } from '../../database/generation-writer.js';
import { VulnerabilitiesError } from '../../vulnerabilities-error.js';

/** Far above the number of CVEs there are. */
const maximumRows = 3_000_000;

/**
 * Replaces the EPSS scores the database holds with those of a day's CSV (https://www.first.org/epss/data_stats): an optional
 * comment with the model, a header, then `cve,epss,percentile`. Rows that are no such triple are left out.
 * @returns the number of scores. @throws VulnerabilitiesError `feed-malformed` when there is no score in it.
 */
export function importEpss(csv: string, writer: GenerationWriter): number {
  writer.clearEnrichment('epss');
  const count = writer.setExploitProbabilities(rows(csv));
  if (count === 0) throw new VulnerabilitiesError('feed-malformed', 'The file holds no EPSS scores.', 'Fetch it again; the scores in use stay.');
  return count;
}

function* rows(csv: string): Generator<{ cve: string; epss: number; percentile: number }> {
  let count = 0;
  for (const [, cve = '', epss, percentile] of csv.matchAll(/^(CVE-\d{4}-\d{4,}),([\d.]+)(?:,([\d.]+))?/gm)) {
    const score = { cve, epss: Number(epss), percentile: Number(percentile ?? Number.NaN) };
    if (!(score.epss >= 0 && score.epss <= 1)) continue;
    if (!(score.percentile >= 0 && score.percentile <= 1)) score.percentile = 0;
    yield score;
    count += 1;
    if (count >= maximumRows) return;
  }
}
