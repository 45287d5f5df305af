import { readFile } from 'node:fs/promises';
import { dirname, resolve } from 'node:path';
import { z } from 'zod';
import { SimulatorError } from './errors.js';
import { IMAGE_FAILURE_CODES } from './faults.js';
import { policyDocumentSchema } from './iam/policy-document.js';
import type { EcrSimulatorOptions } from './simulator-options.js';

const date = z.iso.datetime().transform((text) => new Date(text));

const accountId = z.string().regex(/^\d{12}$/);

const behaviourSchema = z.discriminatedUnion('kind', [
  z.strictObject({ kind: z.literal('throttle'), retryAfterSeconds: z.number().int().nonnegative().optional() }),
  z.strictObject({ kind: z.literal('server-error') }),
  z.strictObject({ kind: z.literal('html-page'), status: z.number().int().min(200).max(599).optional() }),
  z.strictObject({ kind: z.literal('hang') }),
  z.strictObject({ kind: z.literal('reset') }),
  z.strictObject({ kind: z.literal('cut'), afterBytes: z.number().int().nonnegative() }),
  z.strictObject({ kind: z.literal('corrupt') }),
  z.strictObject({ kind: z.literal('wrong-length') }),
  z.strictObject({ kind: z.literal('image-failure'), failureCode: z.enum(IMAGE_FAILURE_CODES) }),
]);

const configurationSchema = z.strictObject({
  account: z.string().optional(),
  region: z.string().optional(),
  regions: z.array(z.string()).optional(),
  port: z.number().int().min(0).max(65_535).optional(),
  blobPort: z.number().int().min(0).max(65_535).optional(),
  users: z.array(
    z.strictObject({
      name: z.string().min(1),
      accessKeyId: z.string().min(16).max(128),
      secretAccessKey: z.string().min(1),
      sessionToken: z.string().optional(),
      sessionExpiresAt: date.optional(),
      active: z.boolean().optional(),
      policies: z.array(policyDocumentSchema),
      permissionsBoundary: policyDocumentSchema.optional(),
      sessionPolicy: policyDocumentSchema.optional(),
      account: accountId.optional(),
    }),
  ),
  roles: z
    .array(
      z.strictObject({
        name: z.string().min(1),
        trustPolicy: policyDocumentSchema,
        policies: z.array(policyDocumentSchema),
        permissionsBoundary: policyDocumentSchema.optional(),
        maxSessionDurationSeconds: z.number().int().min(3_600).max(43_200).optional(),
        account: accountId.optional(),
      }),
    )
    .optional(),
  serviceControlPolicies: z.array(policyDocumentSchema).optional(),
  repositories: z.array(
    z.strictObject({
      name: z.string(),
      visibility: z.enum(['private', 'public']),
      images: z.array(
        z.strictObject({
          layout: z.string().min(1),
          reference: z.string().optional(),
          tags: z.array(z.string()),
          pushedAt: date.optional(),
          archived: z.boolean().optional(),
        }),
      ),
      generatedImages: z.number().int().nonnegative().max(100_000).optional(),
      policy: policyDocumentSchema.optional(),
      tagMutability: z.enum(['MUTABLE', 'IMMUTABLE', 'IMMUTABLE_WITH_EXCLUSION', 'MUTABLE_WITH_EXCLUSION']).optional(),
      tagMutabilityExclusions: z.array(z.string()).optional(),
      account: accountId.optional(),
      region: z.string().optional(),
      createdAt: date.optional(),
    }),
  ),
  faults: z.array(z.strictObject({ operation: z.string(), behaviour: behaviourSchema, times: z.number().int().positive().optional() })).optional(),
  rateLimits: z.record(z.string(), z.strictObject({ burst: z.number().positive(), perSecond: z.number().nonnegative() })).optional(),
  blobLinkLifeSeconds: z.number().int().positive().optional(),
  referrersApi: z.boolean().optional(),
  maxUploadBytes: z.number().int().positive().optional(),
  seed: z.string().optional(),
});

/**
 * Reads the options of a simulator from a JSON file: the fields of {@link EcrSimulatorOptions} without the clock, dates as ISO 8601 in UTC, and
 * `layout` folders relative to the file.
 * @throws SimulatorError `invalid-configuration`, naming the field and never its value
 */
export async function loadSimulatorConfiguration(file: string): Promise<EcrSimulatorOptions> {
  let json: unknown;
  try {
    json = JSON.parse(await readFile(file, 'utf8'));
  } catch {
    // A parser's message quotes the text, which holds secrets.
    throw new SimulatorError('invalid-configuration', `${file} cannot be read as JSON`, 'Check that the file exists and is JSON without comments.');
  }
  const parsed = configurationSchema.safeParse(json);
  if (!parsed.success) {
    const fields = parsed.error.issues.map((issue) => issue.path.join('.') || '(root)');
    throw new SimulatorError('invalid-configuration', `${file} has unusable fields: ${[...new Set(fields)].join(', ')}`, 'Correct the named fields.');
  }
  const folder = dirname(file);
  const repositories = parsed.data.repositories.map((repository) => ({
    ...repository,
    images: repository.images.map((image) => ({ ...image, layout: resolve(folder, image.layout) })),
  }));
  return { ...parsed.data, repositories };
}
