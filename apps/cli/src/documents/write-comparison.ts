import type { Catalogue, CatalogueComparison, Component, ComponentChange } from '@esscm/sbom';
import { alignColumns } from '../align-columns.js';

const columns = ['', 'NAME', 'TYPE', 'BEFORE', 'AFTER', 'CHANGED'] as const;

/** Longer lists of licences are cut here; the JSON has them whole. */
const longestLicence = 40;

/** A comparison for people: a line a component, what was added, removed and changed. */
export function writeComparison({ added, removed, changed, unchanged }: CatalogueComparison): string {
  const rows = [...added.map((component) => ['+', component.name, component.ecosystem, '', component.version, '']), ...removed.map((component) => ['-', component.name, component.ecosystem, component.version, '', '']), ...changed.map(changeRow)];
  return [...(rows.length === 0 ? [] : [...alignColumns(columns, rows), '']), `${added.length} added, ${removed.length} removed, ${changed.length} changed, ${unchanged} the same`, ''].join('\n');
}

function changeRow({ before, after, differences }: ComponentChange): readonly string[] {
  const details = differences.flatMap((difference): readonly string[] => {
    if (difference === 'licences') return [`licences ${licences(before)} to ${licences(after)}`];
    if (difference === 'layer') return [`layer ${before.locations[0]?.layerIndex ?? '?'} to ${after.locations[0]?.layerIndex ?? '?'}`];
    return difference === 'path' ? [`path ${before.locations[0]?.path ?? ''} to ${after.locations[0]?.path ?? ''}`] : [];
  });
  return ['~', after.name, after.ecosystem, before.version, before.version === after.version ? '' : after.version, details.join('; ')];
}

function licences(component: Component): string {
  const text = component.licences.map(({ declared, spdxExpression }) => spdxExpression ?? declared).join(', ') || 'none';
  return text.length > longestLicence ? `${text.slice(0, longestLicence - 1)}…` : text;
}

/** The same for programs. Components are whole, as a catalogue has them. */
export function writeComparisonJson(before: Catalogue, after: Catalogue, comparison: CatalogueComparison): string {
  const subject = ({ image }: Catalogue): object => ({ name: image.name, ...(image.tag === undefined ? {} : { tag: image.tag }), digest: image.digest });
  return `${JSON.stringify({ before: subject(before), after: subject(after), ...comparison }, undefined, 2)}\n`;
}
