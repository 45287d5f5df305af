import { join } from 'node:path';
import { readSampleImageFiles, type SampleFileSource, type SampleImageFiles } from './sample-image-files.js';
import { writeOciLayout } from './write-oci-layout.js';
import type { TarEntry } from './write-tar.js';

/** A sample image on disk. */
export interface SampleImage {
  readonly repository: string;
  readonly visibility: 'private' | 'public';
  readonly tags: readonly string[];
  readonly projectName: string;
  readonly projectVersion: string;
  readonly createdAt: Date;
  /** Folder of the OCI image layout. */
  readonly layout: string;
  /** Of the manifest; the same on every machine. */
  readonly digest: string;
}

function required<Value>(values: Readonly<Record<string, Value>>, name: string): Value {
  const value = values[name];
  if (value === undefined) throw new RangeError(`The sample data has no '${name}'`);
  return value;
}

async function contentOf(files: SampleImageFiles, source: Exclude<SampleFileSource, { symlink: string }>): Promise<string> {
  if ('text' in source) return source.text;
  if ('npm' in source) return `${JSON.stringify(required(files.npm, source.npm), null, 2)}\n`;
  if ('python' in source) return required(files.python, source.python);
  if ('copyright' in source) return required(files.copyright, source.copyright);
  return (await Promise.all(source.parts.map(files.readText))).join('');
}

/** A layer's entries: each folder before what is in it, in the order of the paths. */
async function layerEntries(files: SampleImageFiles, layer: string): Promise<readonly TarEntry[]> {
  const entries = new Map<string, TarEntry>();
  for (const [path, source] of Object.entries(required(files.layers, layer))) {
    const segments = path.split('/');
    for (let depth = 1; depth < segments.length; depth += 1) {
      const folder = segments.slice(0, depth).join('/');
      if (!entries.has(folder)) entries.set(folder, { path: folder, kind: 'folder' });
    }
    entries.set(
      path,
      'symlink' in source
        ? { path, kind: 'symbolic-link', target: source.symlink }
        : { path, kind: 'file', content: Buffer.from(await contentOf(files, source)) },
    );
  }
  return [...entries.values()].toSorted((left, right) => (left.path < right.path ? -1 : left.path > right.path ? 1 : 0));
}

/**
 * Writes the sample images, one OCI image layout each, below a scratch folder, which is made. They hold the package databases and metadata of
 * real packages and none of their programs. Deterministic: the same digests every time and everywhere.
 */
export async function buildSampleImages(folder: string): Promise<readonly SampleImage[]> {
  const files = await readSampleImageFiles();
  const samples: SampleImage[] = [];
  for (const image of files.images) {
    const layout = join(folder, image.visibility, ...image.repository.split('/'), image.projectVersion);
    const steps = [];
    for (const { layer, ...step } of image.steps) {
      steps.push(layer === undefined ? step : { ...step, entries: await layerEntries(files, layer) });
    }
    const { digest } = await writeOciLayout(layout, { architecture: image.architecture, created: image.created, config: image.config, steps });
    const { repository, visibility, tags, projectName, projectVersion, created } = image;
    samples.push({ repository, visibility, tags, projectName, projectVersion, createdAt: created, layout, digest });
  }
  return samples;
}
