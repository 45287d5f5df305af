import type { Finding } from '../matchers/finding.js';
import { DependencyPaths } from './dependency-paths.js';
import type { Report } from './report.js';
import { unjudgedOf } from './unjudged.js';

/** Of the document below; raised when a field changes its meaning or goes. */
const formatVersion = 1;

/** The whole result as JSON, every finding with where it is and through what it came in. Ends in a line break. */
export function writeJsonReport(report: Report): string {
  const { tool, image, distribution, result } = report;
  const paths = new DependencyPaths(report);
  const components = new Map(report.components.map((component) => [component.id, component]));
  const located = (finding: Finding): object => ({
    ...finding,
    locations: (components.get(finding.componentId)?.locations ?? []).map(({ path, layerIndex, layerDiffId }) => ({ path, layerIndex, layerDiffId, createdBy: layerIndex === undefined ? undefined : image.layers?.[layerIndex]?.createdBy })),
    dependencyPath: paths.to(finding.componentId),
  });
  const unjudged = unjudgedOf(result);
  const document = {
    formatVersion,
    tool: { name: tool.name, version: tool.version },
    image: { name: image.name, tag: image.tag, digest: image.digest, platform: image.platform },
    distribution,
    advisories: report.sources.map(({ name, location, licence, attribution, importedAt, newestRecord, records }) => ({ name, location, licence, attribution, importedAt, newestRecord, records })),
    counts: result.counts,
    findings: result.findings.map(located),
    suppressed: result.suppressed.map((entry) => ({ ...entry, finding: located(entry.finding) })),
    notices: result.notices,
    ...(unjudged !== undefined && { unjudged: { componentCount: unjudged.componentCount, codes: [...new Set(unjudged.notices.map(({ code }) => code))] } }),
  };
  return `${JSON.stringify(document, undefined, 2)}\n`;
}
