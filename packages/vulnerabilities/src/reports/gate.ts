import type { Finding, MatchResult } from '../matchers/finding.js';
import { severityLevels } from '../matchers/severity.js';
import type { SeverityLevel } from '../matchers/severity.js';

/** What makes a build fail: a finding for which every condition given holds. */
export interface Gate {
  /** This severe, or worse. A finding of unknown severity never is. */
  readonly severity?: SeverityLevel;
  /** A version that fixes it is known. */
  readonly onlyFixed?: boolean;
  /** In CISA's catalogue of exploited vulnerabilities. */
  readonly exploited?: boolean;
}

/**
 * The findings that a gate does not let through. Hidden and suppressed ones pass. Malware has no severity and no fix and
 * is exploited by being there: no gate lets it through.
 */
export function heldByGate(result: MatchResult, gate: Gate): Finding[] {
  const limit = gate.severity === undefined ? undefined : severityLevels.indexOf(gate.severity);
  return result.findings.filter((finding) => {
    if (finding.hidden) return false;
    if (finding.class === 'malware') return true;
    return (
      (limit === undefined || severityLevels.indexOf(finding.severity.level) <= limit) &&
      (gate.onlyFixed !== true || finding.fix.version !== undefined) &&
      (gate.exploited !== true || finding.enrichment?.exploited !== undefined)
    );
  });
}
