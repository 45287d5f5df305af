import { z } from 'zod';
import { isDigest, type Digest } from './digest.js';

const digest = z.custom<Digest>((value) => typeof value === 'string' && isDigest(value), 'not a sha256 digest');
const size = z.number().int().nonnegative();
const nullable = <Schema extends z.ZodType>(schema: Schema) => schema.nullish().transform((value) => value ?? undefined);
const annotations = nullable(z.record(z.string(), z.string()));

const platform = z.object({
  os: z.string().max(64),
  architecture: z.string().max(64),
  variant: nullable(z.string().max(64)),
  'os.version': nullable(z.string().max(64)),
});

/** https://github.com/opencontainers/image-spec/blob/v1.1.1/descriptor.md */
const descriptor = z.object({
  mediaType: z.string().max(256).default(''),
  digest,
  size,
  annotations,
  artifactType: nullable(z.string().max(256)),
  urls: nullable(z.array(z.string())),
  platform: nullable(platform),
});
export type Descriptor = z.infer<typeof descriptor>;

/** https://github.com/opencontainers/image-spec/blob/v1.1.1/image-index.md, and Docker's manifest list. */
export const indexSchema = z.object({ manifests: nullable(z.array(descriptor)), annotations });
export type ImageIndex = z.infer<typeof indexSchema>;

/** https://github.com/opencontainers/image-spec/blob/v1.1.1/manifest.md, and Docker's schema 2. */
export const manifestSchema = z.object({
  artifactType: nullable(z.string().max(256)),
  config: descriptor,
  layers: nullable(z.array(descriptor)),
  annotations,
});
export type ImageManifest = z.infer<typeof manifestSchema>;

/** The fields that tell one kind of document from another. */
export const documentKindSchema = z.object({
  schemaVersion: z.number().optional(),
  mediaType: nullable(z.string().max(256)),
  manifests: z.unknown().optional(),
  layers: z.unknown().optional(),
  config: z.unknown().optional(),
});

const strings = nullable(z.array(z.string()));

/** https://github.com/opencontainers/image-spec/blob/v1.1.1/config.md; builders write null for what is not set. */
export const configurationSchema = z.object({
  os: nullable(z.string().max(64)),
  architecture: nullable(z.string().max(64)),
  variant: nullable(z.string().max(64)),
  'os.version': nullable(z.string().max(64)),
  created: nullable(z.string()),
  author: nullable(z.string()),
  config: nullable(
    z.object({
      Labels: annotations,
      Entrypoint: strings,
      Cmd: strings,
      Env: strings,
      WorkingDir: nullable(z.string()),
      User: nullable(z.string()),
    }),
  ),
  rootfs: z.object({ diff_ids: nullable(z.array(digest)) }),
  history: nullable(
    z.array(
      z.object({
        created: nullable(z.string()),
        created_by: nullable(z.string()),
        comment: nullable(z.string()),
        empty_layer: nullable(z.boolean()),
      }),
    ),
  ),
});
export type ConfigurationDocument = z.infer<typeof configurationSchema>;

/** https://github.com/opencontainers/distribution-spec/blob/v1.1.1/spec.md#error-codes */
export const errorBodySchema = z.object({
  errors: z.array(z.object({ code: nullable(z.coerce.string()), message: nullable(z.string()) })).min(1),
});

/** https://distribution.github.io/distribution/spec/auth/token/ */
export const tokenSchema = z.object({
  token: nullable(z.string().min(1)),
  access_token: nullable(z.string().min(1)),
  expires_in: nullable(z.number().positive()),
});

/** https://github.com/opencontainers/distribution-spec/blob/v1.1.1/spec.md#listing-tags */
export const tagListSchema = z.object({ tags: nullable(z.array(z.string())) });

export const catalogSchema = z.object({ repositories: nullable(z.array(z.string())) });

/** https://github.com/opencontainers/image-spec/blob/v1.1.1/image-layout.md */
export const layoutFileSchema = z.object({ imageLayoutVersion: z.string() });

/** `manifest.json` of `docker save`: https://github.com/moby/docker-image-spec/blob/v1.3.1/spec.md */
export const archiveManifestSchema = z.array(
  z.object({ Config: z.string().max(512), RepoTags: strings, Layers: z.array(z.string().max(512)) }),
);
