import { z } from 'zod';
import type { DocumentComponent, DocumentLicence, DocumentParty } from '../../documents/sbom-document.js';
import { spdx3Algorithms, spdx3Purposes } from './spdx3-model.js';
import { whenNeeded } from '../../when-needed.js';

const text = whenNeeded(() => z.string());
const hash = whenNeeded(() => z.object({ algorithm: text(), hashValue: text() }));

const spdxPackage = whenNeeded(() =>
  z.object({
    spdxId: text(),
    name: text().default(''),
    description: text().optional(),
    software_packageVersion: text().optional(),
    software_packageUrl: text().optional(),
    software_primaryPurpose: text().optional(),
    software_homePage: text().optional(),
    software_downloadLocation: text().optional(),
    software_copyrightText: text().optional(),
    suppliedBy: text().optional(),
    originatedBy: z.array(text()).default([]),
    verifiedUsing: z.array(z.unknown()).default([]),
    externalIdentifier: z.array(z.object({ externalIdentifierType: text(), identifier: text() })).default([]),
    extension: z.array(z.unknown()).default([]),
  }),
);

const propertyEntry = whenNeeded(() => z.object({ extension_cdxPropName: text(), extension_cdxPropValue: text().default('') }));
const propertiesExtension = whenNeeded(() => z.object({ type: z.literal('extension_CdxPropertiesExtension'), extension_cdxProperty: z.array(propertyEntry()) }));

/** What other elements of the graph say about a package. */
export interface Spdx3Surroundings {
  party(this: void, id: string): DocumentParty | undefined;
  readonly licences: readonly DocumentLicence[];
}

/** What a `software_Package` of an SPDX 3 graph says. */
export function readSpdx3Package(element: object, { party, licences }: Spdx3Surroundings): DocumentComponent {
  const read = spdxPackage().parse(element);
  const { software_packageVersion: version, software_copyrightText: copyright, software_homePage: homepage, description, externalIdentifier } = read;
  const supplier = read.suppliedBy === undefined ? undefined : party(read.suppliedBy);
  const hashes = read.verifiedUsing.flatMap((method) => {
    const { success, data } = hash().safeParse(method);
    return success ? [{ algorithm: spdx3Algorithms[data.algorithm] ?? data.algorithm, value: data.hashValue }] : [];
  });
  const identifiers = (types: readonly string[]): readonly string[] => externalIdentifier.flatMap(({ externalIdentifierType, identifier }) => (types.includes(externalIdentifierType) ? [identifier] : []));
  const packageUrl = read.software_packageUrl ?? identifiers(['packageUrl'])[0];
  return {
    reference: read.spdxId,
    type: spdx3Purposes[read.software_primaryPurpose ?? ''] ?? 'library',
    name: read.name,
    ...(version === undefined || version === '' ? {} : { version }),
    ...(description === undefined ? {} : { description }),
    ...(copyright === undefined ? {} : { copyright }),
    ...(supplier === undefined ? {} : { supplier }),
    creators: read.originatedBy.flatMap((id) => party(id) ?? []),
    licences,
    hashes,
    ...(packageUrl === undefined ? {} : { packageUrl }),
    cpes: identifiers(['cpe22', 'cpe23']),
    otherIdentifiers: identifiers(['swid', 'swhid', 'gitoid']),
    ...(homepage === undefined ? {} : { homepage }),
    references: read.software_downloadLocation === undefined ? [] : [{ type: 'distribution', url: read.software_downloadLocation, hashes }],
    paths: [],
    properties: readExtensions(read.extension),
  };
}

/** Properties kept in extensions of an element. */
export function readExtensions(extensions: readonly unknown[]): DocumentComponent['properties'] {
  return extensions.flatMap((extension) => {
    const { success, data } = propertiesExtension().safeParse(extension);
    return success ? data.extension_cdxProperty.map(({ extension_cdxPropName, extension_cdxPropValue }) => ({ name: extension_cdxPropName, value: extension_cdxPropValue })) : [];
  });
}
