import type { Catalogue, CataloguedImage, Component, Distribution } from '../../catalogue.js';
import { compareText } from '../../catalogue/compare-text.js';
import {
  contentUuid,
  documentTime,
  documentTool,
  imagePackageUrl,
  imageShortName,
  webAddress,
  type DocumentOptions,
} from '../document-options.js';
import { cycloneDxLicences } from './cyclonedx-licences.js';

interface Property {
  readonly name: string;
  readonly value: string;
}

/**
 * Writes a catalogue as a CycloneDX 1.6 JSON document (ECMA-424). The same catalogue and options give the same bytes: the
 * serial number comes from the content, the time from the image or the options and is left out where neither says one.
 *
 * Every component is a dependency of the image. That an operating-system package owns a component's files, which the
 * format has no relation for, is the property `esscm:ownedBy`.
 */
export function writeCycloneDx16Json(catalogue: Catalogue, options: DocumentOptions = {}): string {
  const imageReference = imagePackageUrl(catalogue.image);
  const timestamp = documentTime(options, catalogue.image);
  const isPartial = catalogue.diagnostics.some(({ severity }) => severity === 'incomplete');
  const operatingSystem = catalogue.distribution === undefined ? undefined : distributionComponent(catalogue.distribution);
  const content = {
    version: 1,
    metadata: {
      ...(timestamp === undefined ? {} : { timestamp }),
      lifecycles: [{ phase: 'post-build' }],
      tools: { components: [{ type: 'application', ...documentTool(options) }] },
      component: imageComponent(catalogue.image, imageReference),
      properties: diagnosticProperties(catalogue),
    },
    components: [...(operatingSystem === undefined ? [] : [operatingSystem]), ...catalogue.components.map(component)],
    dependencies: dependencies(catalogue, imageReference, operatingSystem?.['bom-ref']),
    // Software that no package manager recorded may be in any image, so that completeness is never claimed.
    compositions: [{ aggregate: isPartial ? 'incomplete' : 'unknown', assemblies: [imageReference] }],
  };
  const serialNumber = `urn:uuid:${contentUuid(JSON.stringify(content))}`;
  const document = {
    $schema: 'http://cyclonedx.org/schema/bom-1.6.schema.json',
    bomFormat: 'CycloneDX',
    specVersion: '1.6',
    serialNumber,
    ...content,
  };
  return `${JSON.stringify(document, undefined, 2)}\n`;
}

function imageComponent(image: CataloguedImage, reference: string): object {
  const { name, tag, digest, platform, labels, layers } = image;
  const variant = platform.variant === undefined ? '' : `/${platform.variant}`;
  const properties: Property[] = [
    { name: 'esscm:image:name', value: name },
    { name: 'esscm:image:digest', value: digest },
    { name: 'esscm:image:platform', value: `${platform.os}/${platform.architecture}${variant}` },
    ...layers.flatMap(({ diffId, createdBy }, index) => [
      { name: `esscm:layer:${index}:diffId`, value: diffId },
      ...(createdBy === undefined ? [] : [{ name: `esscm:layer:${index}:createdBy`, value: createdBy }]),
    ]),
    ...Object.entries(labels)
      .sort(([left], [right]) => compareText(left, right))
      .map(([label, value]) => ({ name: `esscm:image:label:${label}`, value })),
  ];
  const sha256 = /^sha256:([0-9a-f]{64})$/.exec(digest)?.[1];
  return {
    type: 'container',
    'bom-ref': reference,
    name: imageShortName(name),
    version: tag ?? digest,
    ...(sha256 === undefined ? {} : { hashes: [{ alg: 'SHA-256', content: sha256 }] }),
    purl: reference,
    properties,
  };
}

function distributionComponent({ id, versionId, prettyName, codename }: Distribution) {
  return {
    type: 'operating-system',
    'bom-ref': `operating-system:${id}${versionId === undefined ? '' : `@${versionId}`}`,
    name: id,
    ...(versionId === undefined ? {} : { version: versionId }),
    ...(prettyName === undefined ? {} : { description: prettyName }),
    ...(codename === undefined ? {} : { properties: [{ name: 'esscm:distribution:codename', value: codename }] }),
  };
}

/** Where the name of a component has its scope, group or vendor end; -1 where it has none. */
function groupSeparator({ ecosystem, name }: Component): number {
  if (ecosystem === 'maven') return name.indexOf(':');
  return (ecosystem === 'npm' && name.startsWith('@')) || ecosystem === 'composer' ? name.indexOf('/') : -1;
}

function component(entry: Component): object {
  const licenses = cycloneDxLicences(entry.licences);
  const website = webAddress(entry.homepage);
  const separator = groupSeparator(entry);
  return {
    type: 'library',
    'bom-ref': entry.id,
    ...(entry.supplier === undefined ? {} : { supplier: { name: entry.supplier } }),
    ...(separator < 0 ? {} : { group: entry.name.slice(0, separator) }),
    name: entry.name.slice(separator + 1),
    version: entry.version,
    ...(entry.description === undefined ? {} : { description: entry.description }),
    ...(licenses.length === 0 ? {} : { licenses }),
    purl: entry.packageUrl,
    ...(website === undefined ? {} : { externalReferences: [{ type: 'website', url: website }] }),
    properties: componentProperties(entry),
    evidence: { occurrences: uniqueLocations(entry) },
  };
}

function componentProperties({ locations, source, architecture, ownedBy, cataloguer }: Component): readonly Property[] {
  const [first] = locations;
  return [
    { name: 'esscm:cataloguer', value: cataloguer },
    ...(first === undefined
      ? []
      : [
          { name: 'esscm:layer:diffId', value: first.layerDiffId },
          { name: 'esscm:layer:index', value: String(first.layerIndex) },
        ]),
    ...(source === undefined
      ? []
      : [
          { name: 'esscm:source:name', value: source.name },
          { name: 'esscm:source:version', value: source.version },
        ]),
    ...(architecture === undefined ? [] : [{ name: 'esscm:architecture', value: architecture }]),
    ...(ownedBy === undefined ? [] : [{ name: 'esscm:ownedBy', value: ownedBy }]),
  ];
}

function uniqueLocations({ locations }: Component): readonly { readonly location: string }[] {
  return [...new Set(locations.map(({ path }) => path))].map((location) => ({ location }));
}

function dependencies(catalogue: Catalogue, imageReference: string, operatingSystem: string | undefined): readonly object[] {
  const edges = Map.groupBy(
    catalogue.relationships.filter(({ kind }) => kind === 'depends-on'),
    ({ from }) => from,
  );
  const ids = catalogue.components.map(({ id }) => id);
  const rest = operatingSystem === undefined ? ids : [operatingSystem, ...ids];
  return [
    { ref: imageReference, dependsOn: rest },
    ...rest.map((ref) => {
      const dependsOn = [...new Set(edges.get(ref)?.map(({ to }) => to) ?? [])];
      return dependsOn.length === 0 ? { ref } : { ref, dependsOn };
    }),
  ];
}

function diagnosticProperties({ diagnostics }: Catalogue): readonly Property[] {
  const properties = diagnostics
    .filter(({ severity }) => severity === 'incomplete')
    .map(({ code, message, path }) => ({ name: `esscm:incomplete:${code}`, value: path === undefined ? message : `${path}: ${message}` }));
  return [...new Map(properties.map((property) => [JSON.stringify(property), property])).values()];
}
