import { ecosystemOf } from '../catalogue/ecosystem-of.js';
import { componentPurposes, type Component, type ComponentHash, type Ecosystem, type Licence } from '../catalogue.js';
import { licence } from '../licences/licence.js';
import { packageUrl } from '../package-url.js';
import type { DocumentComponent, DocumentLicence } from './sbom-document.js';

/** A component before it has an id, as far as the format's own fields tell it. Writers use it to see what they have to add. */
export type ComponentFields = Omit<Component, 'id' | 'cataloguer'>;

/** The catalogue's idea of a document's component, properties not looked at. */
export function catalogueComponent(component: DocumentComponent): ComponentFields {
  const { version = '', description, copyright, supplier, homepage, hashes, cpes, paths } = component;
  const purl = component.packageUrl ?? genericPackageUrl(component);
  const ecosystem = ecosystemOf(purl);
  const downloadUrl = component.references.find(({ type }) => type === 'distribution')?.url;
  const purpose = componentPurposes.find((known) => known === component.type);
  return {
    ecosystem,
    name: fullName(ecosystem, component),
    version,
    packageUrl: purl,
    licences: licencesOf(component.licences),
    ...(description === undefined ? {} : { description }),
    ...(homepage === undefined ? {} : { homepage }),
    ...(supplier?.name === undefined ? {} : { supplier: supplier.name }),
    ...(purpose === undefined ? {} : { purpose }),
    ...(hashes.length === 0 ? {} : { hashes: hashes.map(normalHash) }),
    ...(cpes.length === 0 ? {} : { cpes }),
    ...(copyright === undefined ? {} : { copyright }),
    ...(downloadUrl === undefined ? {} : { downloadUrl }),
    locations: paths.map((path) => ({ path })),
  };
}

/** Separators between the group and the name of a package, as its ecosystem writes them; none where the group is no part of the name. */
const separators: Partial<Record<Ecosystem, string>> = { maven: ':', npm: '/', composer: '/', golang: '/', generic: '/' };

function fullName(ecosystem: Ecosystem, { group = '', name }: DocumentComponent): string {
  const separator = separators[ecosystem];
  return separator === undefined || group === '' || name.startsWith(`${group}${separator}`) ? name : `${group}${separator}${name}`;
}

function genericPackageUrl({ group, name, version }: DocumentComponent): string {
  return packageUrl({ type: 'generic', namespace: group, name: name === '' ? 'unnamed' : name, version });
}

/** Declared licences, and those concluded ones that say something else: many programs write the same in both places. */
function licencesOf(licences: readonly DocumentLicence[]): readonly Licence[] {
  const declared = licences.filter(({ acknowledgement }) => acknowledgement !== 'concluded').map(licenceOf);
  const concluded = licences.filter(({ acknowledgement }) => acknowledgement === 'concluded').map(licenceOf);
  const others = concluded.filter(({ declared: text }) => !declared.some((known) => known.declared === text));
  return [...declared, ...others.map((other): Licence => ({ ...other, acknowledgement: 'concluded' }))];
}

function licenceOf({ expression, name }: DocumentLicence): Licence {
  return licence(expression ?? name ?? '');
}

function normalHash({ algorithm, value }: ComponentHash): ComponentHash {
  return { algorithm, value: value.toLowerCase() };
}
