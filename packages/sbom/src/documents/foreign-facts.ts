import type { CataloguedLayer, Location } from '../catalogue.js';
import type { Property } from '../formats/catalogue-facts.js';
import type { ComponentFields } from './catalogue-component.js';
import { parsePackageUrl, type ParsedPackageUrl } from './parse-package-url.js';
import type { DocumentComponent } from './sbom-document.js';

/** Adds what syft and trivy say of a component in properties of their own, and what its package URL says besides. */
export function foreignFacts(component: DocumentComponent, fields: ComponentFields, layers: readonly CataloguedLayer[]): ComponentFields {
  const { properties } = component;
  if (properties.some(({ name }) => name.startsWith('esscm:'))) return fields;
  const purl = parsePackageUrl(component.packageUrl ?? '');
  const architecture = purl?.qualifiers['arch'];
  const source = sourceOf(properties, fields, purl);
  const locations = locationsOf(properties, layers);
  const cpes = [...new Set([...(fields.cpes ?? []), ...valuesOf(properties, 'syft:cpe23')])];
  const description = fields.description?.trim() ?? '';
  const { description: _untrimmed, ...rest } = fields;
  return {
    ...rest,
    version: versionOf(fields, purl),
    // Indentation of the XML form is no part of the text.
    ...(description === '' ? {} : { description }),
    ...(architecture === undefined ? {} : { architecture }),
    ...(source === undefined ? {} : { source }),
    ...(locations.length === 0 ? {} : { locations }),
    ...(cpes.length === 0 ? {} : { cpes }),
  };
}

function valuesOf(properties: readonly Property[], ...names: readonly string[]): readonly string[] {
  return properties.flatMap(({ name, value }) => (names.includes(name) && value !== '' ? [value] : []));
}

function trivyValue(properties: readonly Property[], name: string): string | undefined {
  return valuesOf(properties, `aquasecurity:trivy:${name}`, name)[0];
}

/** trivy moves the epoch of a Debian version out of it; an rpm package's stands in its package URL whoever writes it. */
function versionOf({ version, ecosystem }: ComponentFields, purl: ParsedPackageUrl | undefined): string {
  const epoch = purl?.qualifiers['epoch'];
  const hasNone = epoch === undefined || epoch === '0' || version.startsWith(`${epoch}:`);
  return hasNone || (ecosystem !== 'deb' && ecosystem !== 'rpm') ? version : `${epoch}:${version}`;
}

function sourceOf(properties: readonly Property[], { version, ecosystem }: ComponentFields, purl: ParsedPackageUrl | undefined): ComponentFields['source'] {
  if (ecosystem !== 'deb' && ecosystem !== 'apk' && ecosystem !== 'rpm') return undefined;
  const trivyName = trivyValue(properties, 'SrcName');
  if (trivyName !== undefined) return { name: trivyName, version: trivySourceVersion(properties) ?? version };
  const [syftName] = valuesOf(properties, 'syft:metadata:source');
  if (syftName !== undefined) return { name: syftName, version: valuesOf(properties, 'syft:metadata:sourceVersion')[0] ?? version };
  const upstream = purl?.qualifiers['upstream'];
  if (upstream === undefined) return purl === undefined ? undefined : { name: purl.name, version };
  const [, rpmName, rpmVersion] = /^(.+)-([^-]+-[^-]+)\.(?:no)?src\.rpm$/.exec(upstream) ?? [];
  if (rpmName !== undefined && rpmVersion !== undefined) return { name: rpmName, version: rpmVersion };
  const [name = upstream, sourceVersion = version] = upstream.split('@');
  return { name, version: sourceVersion };
}

function trivySourceVersion(properties: readonly Property[]): string | undefined {
  const [version, release, epoch] = ['SrcVersion', 'SrcRelease', 'SrcEpoch'].map((name) => trivyValue(properties, name));
  if (version === undefined) return undefined;
  return `${epoch === undefined || epoch === '0' ? '' : `${epoch}:`}${version}${release === undefined ? '' : `-${release}`}`;
}

function locationsOf(properties: readonly Property[], layers: readonly CataloguedLayer[]): readonly Location[] {
  const path = trivyValue(properties, 'FilePath');
  const diffId = trivyValue(properties, 'LayerDiffID');
  if (path !== undefined) return [{ path: path.startsWith('/') ? path : `/${path}`, ...layerOf(diffId, layers) }];
  return properties.flatMap(({ name, value }): readonly Location[] => {
    const index = /^syft:location:(\d+):path$/.exec(name)?.[1];
    return index === undefined ? [] : [{ path: value, ...layerOf(valuesOf(properties, `syft:location:${index}:layerID`)[0], layers) }];
  });
}

function layerOf(layerDiffId: string | undefined, layers: readonly CataloguedLayer[]): Omit<Location, 'path'> {
  if (layerDiffId === undefined) return {};
  const layerIndex = layers.findIndex(({ diffId }) => diffId === layerDiffId);
  return { layerDiffId, ...(layerIndex < 0 ? {} : { layerIndex }) };
}
