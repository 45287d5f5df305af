// The small form of zod: the command reads a manifest in each run, and the large one takes longer to load than that.
import * as z from 'zod/mini';
import { isDigest, type Digest } from './digest.js';

const digest = z.custom<Digest>((value) => typeof value === 'string' && isDigest(value), 'not a sha256 digest');
const size = z.int().check(z.nonnegative());
const textOf = (maximumLength: number) => z.string().check(z.maxLength(maximumLength));
const nullable = <Schema extends z.ZodMiniType>(schema: Schema) =>
  z.pipe(
    z.nullish(schema),
    z.transform((value: z.infer<Schema> | null | undefined) => value ?? undefined),
  );
const annotations = nullable(z.record(z.string(), z.string()));

const platform = z.object({
  os: textOf(64),
  architecture: textOf(64),
  variant: nullable(textOf(64)),
  'os.version': nullable(textOf(64)),
});

/** https://github.com/opencontainers/image-spec/blob/v1.1.1/descriptor.md */
const descriptor = z.object({
  mediaType: z._default(textOf(256), ''),
  digest,
  size,
  annotations,
  artifactType: nullable(textOf(256)),
  urls: nullable(z.array(z.string())),
  platform: nullable(platform),
});
export type Descriptor = z.infer<typeof descriptor>;

/** https://github.com/opencontainers/image-spec/blob/v1.1.1/image-index.md, and Docker's manifest list. */
export const indexSchema = z.object({ manifests: nullable(z.array(descriptor)), annotations });
export type ImageIndex = z.infer<typeof indexSchema>;

/** https://github.com/opencontainers/image-spec/blob/v1.1.1/manifest.md, and Docker's schema 2. */
export const manifestSchema = z.object({
  artifactType: nullable(textOf(256)),
  config: descriptor,
  layers: nullable(z.array(descriptor)),
  annotations,
});
export type ImageManifest = z.infer<typeof manifestSchema>;

/** The fields that tell one kind of document from another. */
export const documentKindSchema = z.object({
  schemaVersion: z.optional(z.number()),
  mediaType: nullable(textOf(256)),
  manifests: z.optional(z.unknown()),
  layers: z.optional(z.unknown()),
  config: z.optional(z.unknown()),
});

const strings = nullable(z.array(z.string()));

/** https://github.com/opencontainers/image-spec/blob/v1.1.1/config.md; builders write null for what is not set. */
export const configurationSchema = z.object({
  os: nullable(textOf(64)),
  architecture: nullable(textOf(64)),
  variant: nullable(textOf(64)),
  'os.version': nullable(textOf(64)),
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
  errors: z.array(z.object({ code: nullable(z.coerce.string()), message: nullable(z.string()) })).check(z.minLength(1)),
});

/** https://distribution.github.io/distribution/spec/auth/token/ */
export const tokenSchema = z.object({
  token: nullable(z.string().check(z.minLength(1))),
  access_token: nullable(z.string().check(z.minLength(1))),
  expires_in: nullable(z.number().check(z.positive())),
});

/** https://github.com/opencontainers/distribution-spec/blob/v1.1.1/spec.md#listing-tags */
export const tagListSchema = z.object({ tags: nullable(z.array(z.string())) });

export const catalogSchema = z.object({ repositories: nullable(z.array(z.string())) });

/** https://github.com/opencontainers/image-spec/blob/v1.1.1/image-layout.md */
export const layoutFileSchema = z.object({ imageLayoutVersion: z.string() });

/** `manifest.json` of `docker save`: https://github.com/moby/docker-image-spec/blob/v1.3.1/spec.md */
export const archiveManifestSchema = z.array(
  z.object({ Config: textOf(512), RepoTags: strings, Layers: z.array(textOf(512)) }),
);
