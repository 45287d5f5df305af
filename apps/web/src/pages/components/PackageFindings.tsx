import { severityNumbers } from '../../findings/severity.js';
import type { PackageFindingNumbersFragment } from '../../gql/graphql.js';
import { AppLink } from '../../ui/AppLink.js';
import { SeverityCells } from '../../ui/Severity.js';

interface PackageFindingsProps {
  /** Null where no image was judged. */
  readonly findings: PackageFindingNumbersFragment | null | undefined;
  /** Some of the images were not judged. */
  readonly atLeast: boolean;
  readonly to: string;
}

/** Findings of a component in a row; leads to them. Words where nobody knows. */
export function PackageFindings({ findings, atLeast, to }: PackageFindingsProps) {
  if (findings == null) return <span className="esscm-tertiary">Not judged</span>;
  const cells = <SeverityCells counts={severityNumbers(findings.counts)} atLeast={atLeast} />;
  return findings.counts.total === 0 ? cells : <AppLink to={to}>{cells}</AppLink>;
}
