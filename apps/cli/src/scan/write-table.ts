import type { Catalogue } from '@esscm/sbom';
import { alignColumns } from '../align-columns.js';

const columns = ['NAME', 'VERSION', 'TYPE', 'LAYER', 'LICENCE'] as const;

/** Longer lists of licences are cut here; the documents have them whole. */
const longestLicence = 60;

/** Of the files that nothing accounts for. */
const mostUnknowns = 20;

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
  const incomplete = catalogue.diagnostics.filter((diagnostic) => diagnostic.severity === 'incomplete');
  return [
    ...alignColumns(columns, rows),
    '',
    `${rows.length} components${catalogue.distribution === undefined ? '' : ` on ${catalogue.distribution.prettyName ?? catalogue.distribution.id}`}`,
    ...unknownLines(catalogue),
    ...(incomplete.length === 0 ? [] : ['', 'Not everything could be read:', ...incomplete.map((diagnostic) => `  ${diagnostic.message}`)]),
    '',
  ].join('\n');
}

/** How many files there are that nothing accounts for, and the first of them. */
function unknownLines({ unknowns = [] }: Catalogue): readonly string[] {
  if (unknowns.length === 0) return [];
  const counts = [...Map.groupBy(unknowns, ({ kind }) => kind)].map(([kind, files]) => `${files.length} ${plural(kind, files.length)}`).toSorted(compare);
  const shown = unknowns.slice(0, mostUnknowns).map(({ path, layerIndex }) => `  ${path} (layer ${layerIndex})`);
  const rest = unknowns.length - shown.length;
  return ['', `No component accounts for ${counts.join(', ')}:`, ...shown, ...(rest === 0 ? [] : [`  and ${rest} more`])];
}

function plural(kind: string, count: number): string {
  if (count === 1) return kind;
  return kind.endsWith('y') ? `${kind.slice(0, -1)}ies` : `${kind}s`;
}

function shorten(text: string): string {
  return text.length > longestLicence ? `${text.slice(0, longestLicence - 1)}…` : text;
}

function compare(one = '', other = ''): number {
  return one < other ? -1 : one > other ? 1 : 0;
}
