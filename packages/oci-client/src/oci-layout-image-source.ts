import { createReadStream } from 'node:fs';
import { stat } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import { OciError } from './errors.js';
import type { ImageSource } from './image-source.js';
import { defaultLimits, type OciLimits } from './limits.js';
import { OciLayoutStore, type LayoutFiles } from './oci-layout-store.js';
import { StoredImageSource } from './stored-image-source.js';

export interface OciLayoutImageSourceOptions {
  readonly folder: string;
  /** `org.opencontainers.image.ref.name` in `index.json`; needed when the layout holds several images. */
  readonly tag?: string;
  readonly limits?: Partial<OciLimits>;
}

/** An image in an OCI image layout folder, as `skopeo copy … oci:folder:tag` writes it. */
export function createOciLayoutImageSource({ folder, tag, limits }: OciLayoutImageSourceOptions): ImageSource {
  const description = `oci:${folder}${tag === undefined ? '' : `:${tag}`}`;
  const allLimits = { ...defaultLimits, ...limits };
  const store = new OciLayoutStore({
    files: folderFiles(folder, description),
    description,
    limits: allLimits,
    ...(tag === undefined ? {} : { tag }),
  });
  return new StoredImageSource(store, allLimits);
}

function folderFiles(folder: string, description: string): LayoutFiles {
  return {
    size: async (name) => {
      try {
        const found = await stat(join(folder, name));
        // Reading a pipe or a device could wait for ever.
        return found.isFile() ? found.size : undefined;
      } catch (error) {
        if (error instanceof Error && 'code' in error && (error.code === 'ENOENT' || error.code === 'ENOTDIR')) return undefined;
        throw new OciError({ code: 'unreachable', message: `${name} of ${description} cannot be read.`, retryable: false, cause: error });
      }
    },
    open: (name) => Promise.resolve(createReadStream(join(folder, name), { highWaterMark: 256 * 1024 })),
    path: (name) => resolve(folder, name),
    [Symbol.asyncDispose]: () => Promise.resolve(),
  };
}
