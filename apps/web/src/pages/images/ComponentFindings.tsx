import { severityNumbers } from '../../findings/severity.js';
import { packageKeyOf } from '../../formats/package-name.js';
import type { SeverityNumbersFragment } from '../../gql/graphql.js';
import { paths } from '../../paths.js';
import { AppLink } from '../../ui/AppLink.js';
import { SeverityCells } from '../../ui/Severity.js';

interface ComponentFindingsProps {
  /** Null before the first match: then nobody knows. */
  readonly counts: SeverityNumbersFragment | null | undefined;
  readonly imageId: string;
  readonly packageUrl: string;
}

/** Findings of one component in a row; leads to them. */
export function ComponentFindings({ counts, imageId, packageUrl }: ComponentFindingsProps) {
  if (counts == null) return <span className="esscm-tertiary">Not matched</span>;
  if (counts.total === 0) return <span className="esscm-secondary">None known</span>;
  return (
    <AppLink to={paths.image(imageId, 'vulnerabilities', { package: packageKeyOf(packageUrl) })}>
      <SeverityCells counts={severityNumbers(counts)} />
    </AppLink>
  );
}
