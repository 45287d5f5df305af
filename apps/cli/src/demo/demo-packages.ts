import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { ecosystems } from '@esscm/sbom';
import { z } from 'zod';

const schema = z.object({
  systems: z.record(
    z.string(),
    z.object({
      distribution: z.object({ id: z.string(), idLike: z.array(z.string()), versionId: z.string().optional(), codename: z.string().optional(), prettyName: z.string().optional() }),
      ecosystem: z.enum(ecosystems),
      /** Name, version (of rpm with epoch and release), and where it is known the source package with its version. */
      packages: z.array(z.union([z.tuple([z.string(), z.string()]), z.tuple([z.string(), z.string(), z.string(), z.string()])])),
    }),
  ),
  applications: z.record(z.string(), z.array(z.object({ ecosystem: z.enum(ecosystems), name: z.string(), licence: z.string(), versions: z.array(z.string()).length(4) }))),
});

/** Real packages that the demonstration's images are composed of; see `demo/README.md`. */
export type DemoPackages = z.infer<typeof schema>;

/** Folder with the lists and the advisories. */
export const demoFolder = fileURLToPath(new URL('../../demo/', import.meta.url));

/** Reads the lists. */
export function readDemoPackages(): DemoPackages {
  return schema.parse(JSON.parse(readFileSync(`${demoFolder}packages.json`, 'utf8')));
}
