import { z } from 'zod';
import { ecosystems, type Catalogue } from '../catalogue.js';
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
const location = z.strictObject({ path: text, layerDiffId: text, layerIndex: position });

const component = z.strictObject({
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
  locations: z.array(location).min(1),
  ownedBy: text.exactOptional(),
  cataloguer: text,
  evidence: z
    .strictObject({ technique: z.enum(['manifest-analysis', 'binary-analysis', 'filename', 'attestation', 'other']), confidence: share })
    .exactOptional(),
  hashes: z.array(z.strictObject({ algorithm: z.enum(['MD5', 'SHA-1', 'SHA-256', 'SHA-384', 'SHA-512']), value: text })).exactOptional(),
  cpes: z.array(text).exactOptional(),
  downloadUrl: text.exactOptional(),
});
const unknownFile = z.strictObject({
  kind: z.enum(['program', 'library', 'archive', 'database']),
  path: text,
  layerDiffId: text,
  layerIndex: position,
});

const image = z.strictObject({
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

const catalogueSchema: z.ZodType<Catalogue> = z.strictObject({
  formatVersion: z.literal(1),
  image,
  distribution: z
    .strictObject({
      id: text,
      idLike: z.array(text),
      versionId: text.exactOptional(),
      codename: text.exactOptional(),
      prettyName: text.exactOptional(),
    })
    .exactOptional(),
  components: z.array(component),
  relationships: z.array(z.strictObject({ from: text, to: text, kind: z.enum(['depends-on', 'owns']) })),
  declared: z.array(component).exactOptional(),
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
  return JSON.stringify(catalogueSchema.parse(catalogue));
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
