import type { Catalogue } from '@esscm/sbom';

const columns = ['NAME', 'VERSION', 'TYPE', 'LAYER', 'LICENCE'] as const;

/** Longer lists of licences are cut here; the documents have them whole. */
const longestLicence = 60;

/** The catalogue for people: one line a component, by name; then what is missing, if anything is. */
export function writeTable(catalogue: Catalogue): string {
  const rows = catalogue.components
    .map((component) => [
      component.name,
      component.version,
      component.ecosystem,
      String(component.locations[0]?.layerIndex ?? '–'),
      shorten(component.licences.map((licence) => licence.spdxExpression ?? licence.declared).join(', ') || '–'),
    ])
    .toSorted((one, other) => compare(one[0], other[0]) || compare(one[1], other[1]) || compare(one[2], other[2]));
  const widths = columns.map((title, column) => rows.reduce((width, row) => Math.max(width, row[column]?.length ?? 0), title.length));
  const line = (cells: readonly string[]) => cells.map((cell, column) => cell.padEnd(widths[column] ?? 0)).join('  ').trimEnd();
  const incomplete = catalogue.diagnostics.filter((diagnostic) => diagnostic.severity === 'incomplete');
  return [
    line(columns),
    ...rows.map((row) => line(row)),
    '',
    `${rows.length} components${catalogue.distribution === undefined ? '' : ` on ${catalogue.distribution.prettyName ?? catalogue.distribution.id}`}`,
    ...(incomplete.length === 0 ? [] : ['', 'Not everything could be read:', ...incomplete.map((diagnostic) => `  ${diagnostic.message}`)]),
    '',
  ].join('\n');
}

function shorten(text: string): string {
  return text.length > longestLicence ? `${text.slice(0, longestLicence - 1)}…` : text;
}

function compare(one = '', other = ''): number {
  return one < other ? -1 : one > other ? 1 : 0;
}
