import { createDockerArchiveImageSource, createOciLayoutImageSource } from '@esscm/oci-client/local';
import type { OpenedSource, OpenSourceOptions } from './opened-source.js';
import type { ParsedSource } from './parse-source.js';

/** The forms of a SOURCE argument that are images. */
type ImageSourceForm = Exclude<ParsedSource, { readonly kind: 'document' }>;

/**
 * Opens the image that a SOURCE argument names. Private networks may be reached: the person at the terminal could anyway.
 * @throws CommandError with the usage status when the text is no reference
 */
export async function openSource(parsed: ImageSourceForm, options: OpenSourceOptions): Promise<OpenedSource> {
  switch (parsed.kind) {
    case 'oci-layout':
      return {
        source: createOciLayoutImageSource({ folder: parsed.folder, ...(parsed.tag === undefined ? {} : { tag: parsed.tag }) }),
        image: { name: parsed.name, ...(parsed.tag === undefined ? {} : { tag: parsed.tag }) },
      };
    case 'docker-archive':
      return { source: createDockerArchiveImageSource({ file: parsed.file }), image: { name: parsed.name } };
    case 'registry':
      // Loaded for registries alone: it brings a web client.
      return (await import('./open-registry.js')).openRegistry(parsed.text, options);
  }
}
