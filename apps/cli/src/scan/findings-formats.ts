import { writeCsvReport, writeCycloneDxVdr, writeJsonReport, writeSarifReport } from '@esscm/vulnerabilities';
import type { Report } from '@esscm/vulnerabilities';
import { writeFindingsTable } from './write-findings-table.js';

/** Formats of findings by their names on the command line. */
export const findingsFormats: Readonly<Record<string, (report: Report) => string>> = {
  findings: (report) => writeFindingsTable(report.result),
  'findings-json': writeJsonReport,
  csv: writeCsvReport,
  sarif: writeSarifReport,
  'cyclonedx-vdr-json': writeCycloneDxVdr,
};
