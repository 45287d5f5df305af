/** What a scan needs to speak of findings, in one module that is loaded when findings are asked for. */
export { heldByGate, unjudgedOf, vexOfReport, writeVex } from '@esscm/vulnerabilities';
export { findingsFormats } from './findings-formats.js';
export { readVexDocuments, vexAmong } from './read-vex-documents.js';
export { checkAdvisories, reportFindings } from './report-findings.js';
export { writeFindingsTable } from './write-findings-table.js';
