import { severities, type FindingInput } from '../finding-records.js';

const perSeverity = 100_000;
const notExploited = 50_000;
const epssSteps = 49_999;

/** Severity first, then exploited, then EPSS, in one number; the most important lowest. */
export function findingPriority({ severity, exploitedSince, epss }: Pick<FindingInput, 'severity' | 'exploitedSince' | 'epss'>): number {
  const improbable = epssSteps - Math.round(Math.min(Math.max(epss ?? 0, 0), 1) * epssSteps);
  return severities.indexOf(severity) * perSeverity + (exploitedSince === undefined ? notExploited : 0) + improbable;
}
