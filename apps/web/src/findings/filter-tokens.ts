import { formatDigest } from '../formats/format-digest.js';
import { formatEcosystem } from '../formats/format-ecosystem.js';
import { packageName } from '../formats/package-name.js';
import { packageTypes } from '../formats/package-types.js';
import type { FilterToken, PropertyChoice } from '../ui/property-filter-field.js';
import { severityLevels, severityWord } from '../ui/Severity.js';
import { stateChoices, stateWords } from '../triage/triage-words.js';
import { filterNames, type FilterName, type FindingFilter } from './finding-filter.js';

interface Named {
  readonly id: string;
  readonly name: string;
}

/** What can be filtered by, with the values there are to choose. Values outside a list can be typed. */
export function filterChoices(projects: readonly Named[], connections: readonly Named[], filter: FindingFilter): readonly PropertyChoice[] {
  const named = (entries: readonly Named[]) => entries.map(({ id, name }) => ({ value: id, label: name }));
  return [
    { name: 'severity', label: 'Severity', several: true, values: severityLevels.map((level) => ({ value: level, label: severityWord(level) })) },
    {
      name: 'state',
      label: 'State',
      several: true,
      values: [{ value: 'open', label: 'Open' }, { value: 'untriaged', label: stateWords.UNTRIAGED }, ...stateChoices.map(({ value, label }) => ({ value: value.toLowerCase(), label }))],
    },
    { name: 'exploited', label: 'Exploited', values: [{ value: 'yes', label: 'Known to be exploited' }, { value: 'no', label: 'Not known to be exploited' }] },
    { name: 'fix', label: 'Fix', values: [{ value: 'available', label: 'Available' }, { value: 'none', label: 'None yet' }] },
    { name: 'epss', label: 'EPSS at least', values: ['1', '10', '50', '90'].map((value) => ({ value, label: `${value} %` })) },
    { name: 'vulnerability', label: 'Vulnerability', values: [] },
    { name: 'package', label: 'Package', values: filter.package === undefined ? [] : [{ value: filter.package, label: packageName(filter.package) }] },
    { name: 'type', label: 'Type', values: packageTypes.map((value) => ({ value, label: formatEcosystem(value) })) },
    { name: 'project', label: 'Project', values: named(projects) },
    { name: 'connection', label: 'Connection', values: named(connections) },
    { name: 'document', label: 'VEX document', values: filter.document === undefined ? [] : [{ value: filter.document, label: 'one document' }] },
    { name: 'since', label: 'First seen', values: [{ value: '1', label: 'since yesterday' }, { value: '7', label: 'in the last 7 days' }, { value: '30', label: 'in the last 30 days' }] },
    { name: 'before', label: 'First seen before', values: ['7', '30', '90', '365'].map((value) => ({ value, label: `${value} days ago` })) },
    { name: 'base', label: 'Base image', values: filter.base === undefined ? [] : [{ value: filter.base, label: `layers up to ${formatDigest(filter.base)}` }] },
    { name: 'hidden', label: 'Hidden findings', values: [{ value: 'shown', label: 'shown too' }] },
  ];
}

/** Properties of which several values can be chosen at once. */
const severalOf: ReadonlySet<string> = new Set(['severity', 'state']);

/** The filter as tokens. The image is none: the page it is on or a part of its own names it. */
export function filterTokens(filter: FindingFilter): readonly FilterToken[] {
  return filterNames.flatMap((name): readonly FilterToken[] => {
    const value = filter[name];
    if (value === undefined || name === 'image') return [];
    return name === 'q' ? [{ name: undefined, values: [value] }] : [{ name, values: severalOf.has(name) ? value.split(',') : [value] }];
  });
}

/** Tokens as the filter; of several of one kind the last counts, and free texts are joined. */
export function filterOfTokens(tokens: readonly FilterToken[]): FindingFilter {
  const filter: Partial<Record<FilterName, string>> = {};
  for (const { name, values } of tokens) {
    const known = filterNames.find((candidate) => candidate === name);
    const text = values.join(',');
    if (text === '') continue;
    if (known !== undefined) filter[known] = text;
    else if (name === undefined) filter.q = filter.q === undefined ? text : `${filter.q} ${text}`;
  }
  return filter;
}
