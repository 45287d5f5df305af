import { closeSync, constants, createReadStream, fstatSync, openSync, readSync, statSync } from 'node:fs';
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

/** Everything but a layer is small, and read at once: streams and promises of the file system would cost more than what they carry. */
function folderFiles(folder: string, description: string): LayoutFiles {
  const unreadable = (name: string, cause: unknown): OciError => new OciError({ code: 'unreachable', message: `${name} of ${description} cannot be read.`, retryable: false, cause });
  return {
    size: async (name) => {
      try {
        const found = statSync(join(folder, name), { throwIfNoEntry: false });
        // Reading a pipe or a device could wait for ever.
        return found?.isFile() === true ? found.size : undefined;
      } catch (error) {
        throw unreadable(name, error);
      }
    },
    read: async (name, sizeBytes) => {
      try {
        return readRegularFile(join(folder, name), sizeBytes);
      } catch (error) {
        throw unreadable(name, error);
      }
    },
    open: (name) => Promise.resolve(createReadStream(join(folder, name), { highWaterMark: 256 * 1024 })),
    path: (name) => resolve(folder, name),
    [Symbol.asyncDispose]: () => Promise.resolve(),
  };
}

function readRegularFile(file: string, sizeBytes: number): Buffer {
  // A pipe in the place of the file must not make this wait for a writer.
  const descriptor = openSync(file, constants.O_RDONLY | constants.O_NONBLOCK);
  try {
    if (!fstatSync(descriptor).isFile()) throw new Error('It is no regular file any more.');
    const bytes = Buffer.alloc(sizeBytes);
    let length = 0;
    while (length < sizeBytes) {
      const read = readSync(descriptor, bytes, length, sizeBytes - length, length);
      if (read === 0) throw new Error('It has become shorter.');
      length += read;
    }
    return bytes;
  } finally {
    closeSync(descriptor);
  }
}
