import { gunzipSync } from 'node:zlib';
import { z } from 'zod';
import { parsePackageUrl } from '../../documents/parse-package-url.js';
import { packageUrl } from '../../package-url.js';
import { whenNeeded } from '../../when-needed.js';
import { isIdentifier } from '../bounded-text.js';

/** A library that a native image was built from, by the word of its builder. */
export interface NativeLibrary {
  readonly name: string;
  readonly version: string;
  readonly packageUrl: string;
  readonly cpe?: string;
}

/** Real ones have some dozen kilobytes. */
const maximumDocumentBytes = 16 * 1024 * 1024;
const maximumLibraries = 20_000;

const text = whenNeeded(() => z.string().max(2000).optional().catch(undefined));
const nativeSbom = whenNeeded(() =>
  z.object({
    bomFormat: z.literal('CycloneDX'),
    components: z.array(z.object({ group: text(), name: text(), version: text(), purl: text(), cpe: text() }).catch({})).max(maximumLibraries),
  }),
);

/**
 * Reads the SBOM that `native-image --enable-sbom` puts into a program: CycloneDX as JSON, compressed with gzip. GraalVM 25 writes
 * package URLs, GraalVM 22 none. What it calls dependencies are calls that may happen, through interfaces too, from a library
 * to all that implement something of it: they are not taken.
 * @throws Error for anything else, and for data larger than any real one
 */
export function parseNativeSbom(compressed: Buffer): readonly NativeLibrary[] {
  const json = gunzipSync(compressed, { maxOutputLength: maximumDocumentBytes }).toString();
  const { components } = nativeSbom().parse(JSON.parse(json));
  return [...new Map(components.flatMap(libraryOf).map((library) => [library.packageUrl, library])).values()];
}

/** Modules of the Java runtime itself, which GraalVM 22 lists beside libraries. */
const runtimeModule = /^(?:java|jdk)\./;

type Entry = z.infer<ReturnType<typeof nativeSbom>>['components'][number];

function libraryOf({ group = '', name = '', version = '', purl, cpe }: Entry): readonly NativeLibrary[] {
  if (!isIdentifier(name) || !isIdentifier(version) || runtimeModule.test(group)) return [];
  if (purl !== undefined && parsePackageUrl(purl) === undefined) return [];
  // What has a CPE and no package URL is GraalVM itself.
  const isLibrary = purl !== undefined || (group !== '' && cpe === undefined);
  const coordinates = isLibrary ? { type: 'maven', namespace: group, name, version } : { type: 'generic', name, version };
  return [{
    name: isLibrary && group !== '' ? `${group}:${name}` : name,
    version,
    packageUrl: purl ?? packageUrl(coordinates),
    ...(cpe?.startsWith('cpe:2.3:') === true ? { cpe } : {}),
  }];
}
