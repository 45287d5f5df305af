import type { Catalogue } from '@esscm/sbom';
import { matchComponents, openAdvisoryDatabase, severityLevels } from '@esscm/vulnerabilities';
import type { MatchResult, SeverityLevel } from '@esscm/vulnerabilities';
import { withRemedies } from '../advisories/advisory-folder.js';

/** Holds a catalogue against the advisory database in a folder. @throws CommandError when there is none that can be read. */
export async function matchFindings(catalogue: Catalogue, folder: string): Promise<MatchResult> {
  return withRemedies(async () => {
    using database = await openAdvisoryDatabase(folder);
    return matchComponents(catalogue, database);
  });
}

/** True when a finding that is not hidden is at least as severe as `level`. */
export function reachesSeverity(result: MatchResult, level: SeverityLevel): boolean {
  const limit = severityLevels.indexOf(level);
  return result.findings.some((finding) => !finding.hidden && severityLevels.indexOf(finding.severity.level) <= limit);
}
