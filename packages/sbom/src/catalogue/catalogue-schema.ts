import { z } from 'zod';
import { componentPurposes, ecosystems, type Catalogue } from '../catalogue.js';
import { SbomError } from '../errors.js';

const text = z.string();
const position = z.int().nonnegative();

const share = z.number().min(0).max(1);
const licence = z.strictObject({
  declared: text,
  spdxExpression: text.exactOptional(),
  acknowledgement: z.literal('concluded').exactOptional(),
  confidence: share.exactOptional(),
});
const location = z.strictObject({ path: text, layerDiffId: text.exactOptional(), layerIndex: position.exactOptional() });

/** Shape of each part of a catalogue, for whoever puts one together from other texts. */
export const componentSchema = z.strictObject({
  id: text,
  ecosystem: z.enum(ecosystems),
  name: text,
  version: text,
  packageUrl: text,
  source: z.strictObject({ name: text, version: text }).exactOptional(),
  architecture: text.exactOptional(),
  licences: z.array(licence),
  description: text.exactOptional(),
  homepage: text.exactOptional(),
  supplier: text.exactOptional(),
  purpose: z.enum(componentPurposes).exactOptional(),
  hashes: z.array(z.strictObject({ algorithm: text, value: text })).exactOptional(),
  cpes: z.array(text).exactOptional(),
  copyright: text.exactOptional(),
  locations: z.array(location),
  ownedBy: text.exactOptional(),
  removedInLayer: position.exactOptional(),
  cataloguer: text,
  evidence: z
    .strictObject({ technique: z.enum(['manifest-analysis', 'binary-analysis', 'filename', 'attestation', 'other']), confidence: share })
    .exactOptional(),
  downloadUrl: text.exactOptional(),
});
const unknownFile = z.strictObject({
  kind: z.enum(['program', 'library', 'archive', 'database']),
  path: text,
  layerDiffId: text.exactOptional(),
  layerIndex: position.exactOptional(),
});

export const imageSchema = z.strictObject({
  name: text,
  tag: text.exactOptional(),
  digest: text,
  platform: z.strictObject({ os: text, architecture: text, variant: text.exactOptional() }),
  created: text.exactOptional(),
  labels: z.record(text, text),
  layers: z.array(
    z.strictObject({ digest: text, diffId: text, mediaType: text, sizeBytes: position, createdBy: text.exactOptional() }),
  ),
  base: z
    .strictObject({ layerCount: position.exactOptional(), name: text.exactOptional(), digest: text.exactOptional(), knownBy: z.enum(['labels', 'history']) })
    .exactOptional(),
});

export const distributionSchema = z.strictObject({
  id: text,
  idLike: z.array(text),
  versionId: text.exactOptional(),
  codename: text.exactOptional(),
  prettyName: text.exactOptional(),
  contentSets: z.array(text).exactOptional(),
  productCpe: text.exactOptional(),
});

export const catalogueSchema = z.strictObject({
  formatVersion: z.literal(1),
  image: imageSchema,
  distribution: distributionSchema.exactOptional(),
  components: z.array(componentSchema),
  relationships: z.array(z.strictObject({ from: text, to: text, kind: z.enum(['depends-on', 'owns']) })),
  declared: z.array(componentSchema).exactOptional(),
  unknowns: z.array(unknownFile).exactOptional(),
  diagnostics: z.array(
    z.strictObject({
      code: text,
      severity: z.enum(['incomplete', 'notice']),
      message: text,
      path: text.exactOptional(),
      layerDiffId: text.exactOptional(),
    }),
  ),
  cataloguers: z.array(z.strictObject({ name: text, version: z.int() })),
});

/** A catalogue as text to store. Equal catalogues give equal text, in whatever order their properties were written. */
export function serialiseCatalogue(catalogue: Catalogue): string {
  return JSON.stringify(catalogueSchema.parse(catalogue) satisfies Catalogue);
}

/**
 * Reads back what {@link serialiseCatalogue} wrote.
 * @throws SbomError of code `invalid-catalogue` for any other text.
 */
export function parseCatalogue(serialised: string): Catalogue {
  try {
    return catalogueSchema.parse(JSON.parse(serialised));
  } catch (cause) {
    throw new SbomError({
      code: 'invalid-catalogue',
      message: 'The stored catalogue cannot be read by this version',
      remedy: 'Scan the image again.',
      cause,
    });
  }
}
