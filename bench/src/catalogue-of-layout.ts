import { createOciLayoutImageSource } from '@esscm/oci-client';
import type { Catalogue } from '@esscm/sbom';
import { createScanEngine } from '@esscm/scan-engine';

/** Scans the image of an OCI layout, with nothing kept. */
export async function catalogueOfLayout(layout: string): Promise<Catalogue> {
  const kept = new Map<string, Map<string, Uint8Array>>();
  await using engine = createScanEngine({
    facts: {
      read: (diffId, keys) => Promise.resolve(new Map([...(kept.get(diffId) ?? [])].filter(([key]) => keys.includes(key)))),
      write: (diffId, facts) => Promise.resolve(void kept.set(diffId, new Map([...(kept.get(diffId) ?? []), ...facts]))),
    },
    inlineBelowBytes: Number.POSITIVE_INFINITY,
  });
  await using source = createOciLayoutImageSource({ folder: layout });
  const outcome = await engine.scan({ source, image: { name: 'bench' }, signal: new AbortController().signal });
  if (outcome.kind !== 'catalogued') throw new Error('The image was not catalogued.');
  return outcome.catalogue;
}
