import { writeCsvReport, writeCycloneDxVdr, writeJsonReport, writeSarifReport } from '@esscm/vulnerabilities';
import type { Report } from '@esscm/vulnerabilities';
import type { FindingsFormatName } from './findings-format-names.js';
import { writeFindingsTable } from './write-findings-table.js';

/** Writers of findings by the names of their formats. */
export const findingsFormats: Readonly<Record<FindingsFormatName, (report: Report) => string>> = {
  findings: (report) => writeFindingsTable(report.result),
  'findings-json': writeJsonReport,
  csv: writeCsvReport,
  sarif: writeSarifReport,
  'cyclonedx-vdr-json': writeCycloneDxVdr,
};
