import { readFile } from 'node:fs/promises';
import { z } from 'zod';

const DATA = new URL('../../sample-images/', import.meta.url);

const timestamp = z.iso.datetime().transform((text) => new Date(text));

/** How a file of a layer is made from the quoted package metadata. */
const sourceSchema = z.union([
  z.strictObject({ text: z.string() }),
  z.strictObject({ symlink: z.string() }),
  z.strictObject({ parts: z.array(z.string().regex(/^[a-z0-9.-]+\.txt$/)) }),
  z.strictObject({ npm: z.string() }),
  z.strictObject({ python: z.string() }),
  z.strictObject({ copyright: z.string() }),
]);
const layersSchema = z.record(z.string(), z.record(z.string(), sourceSchema));
const imagesSchema = z.object({
  images: z.array(
    z.strictObject({
      repository: z.string(),
      visibility: z.enum(['private', 'public']),
      tags: z.array(z.string()).min(1),
      projectName: z.string(),
      projectVersion: z.string(),
      architecture: z.string(),
      created: timestamp,
      config: z.record(z.string(), z.unknown()),
      steps: z.array(z.strictObject({ created: timestamp, createdBy: z.string(), comment: z.string().optional(), layer: z.string().optional() })),
    }),
  ),
});
const textsSchema = z.record(z.string(), z.string());
const npmSchema = z.record(z.string(), z.record(z.string(), z.unknown()));

/** Where the content of one file of a layer comes from. */
export type SampleFileSource = z.infer<typeof sourceSchema>;

/** The folder `sample-images` of this package, parsed. */
export interface SampleImageFiles {
  readonly images: z.infer<typeof imagesSchema>['images'];
  /** Layer name to path to source. */
  readonly layers: Readonly<Record<string, Readonly<Record<string, SampleFileSource>>>>;
  /** `name@version` to the fields of its package.json. */
  readonly npm: Readonly<Record<string, Readonly<Record<string, unknown>>>>;
  /** `name-version.dist-info` to the headers of its METADATA. */
  readonly python: Readonly<Record<string, string>>;
  /** Debian package to its copyright file. */
  readonly copyright: Readonly<Record<string, string>>;
  readonly readText: (name: string) => Promise<string>;
}

/** Reads what the sample images are made of. */
export async function readSampleImageFiles(): Promise<SampleImageFiles> {
  const readText = (name: string) => readFile(new URL(name, DATA), 'utf8');
  const readJson = async <Value>(name: string, schema: z.ZodType<Value>): Promise<Value> => schema.parse(JSON.parse(await readText(name)));
  const [{ images }, layers, npm, python, copyright] = await Promise.all([
    readJson('images.json', imagesSchema),
    readJson('layers.json', layersSchema),
    readJson('npm-packages.json', npmSchema),
    readJson('python-metadata.json', textsSchema),
    readJson('debian-copyright.json', textsSchema),
  ]);
  return { images, layers, npm, python, copyright, readText };
}
