import type { Catalogue, Component } from '../../catalogue.js';

const columns = ['name', 'version', 'ecosystem', 'package-url', 'licences', 'supplier', 'architecture', 'source-name', 'source-version', 'layer', 'path', 'owned-by', 'cataloguer'] as const;

/**
 * Writes the components as comma-separated values (RFC 4180), in the order of the catalogue, for spreadsheets. A cell that a
 * spreadsheet would take for a formula begins with an apostrophe. It is a report, and cannot be read back into a catalogue.
 */
export function* writeCsv(catalogue: Catalogue): Generator<string> {
  yield csvLine(columns);
  for (const component of catalogue.components) yield csvLine(cellsOf(component));
}

function cellsOf({ name, version, ecosystem, packageUrl, licences, supplier = '', architecture = '', source, locations, ownedBy = '', cataloguer }: Component): readonly string[] {
  const [first] = locations;
  const licenceText = licences.map(({ declared, spdxExpression }) => spdxExpression ?? declared).join('; ');
  return [name, version, ecosystem, packageUrl, licenceText, supplier, architecture, source?.name ?? '', source?.version ?? '', String(first?.layerIndex ?? ''), first?.path ?? '', ownedBy, cataloguer];
}

function csvLine(cells: readonly string[]): string {
  return `${cells.map(csvCell).join(',')}\r\n`;
}

function csvCell(text: string): string {
  const safe = /^[=+\-@\t\r]/.test(text) ? `'${text}` : text;
  return /[",\r\n]/.test(safe) ? `"${safe.replaceAll('"', '""')}"` : safe;
}
