import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { OCI_MANIFEST } from '../content/media-types.js';
import { digestOf } from '../content/stored-manifest.js';
import { type TarEntry, writeTar } from './write-tar.js';
import { writeGzip } from './write-gzip.js';

/** One step of the build: a layer, or an instruction that left none. */
interface BuildStep {
  readonly createdBy: string;
  readonly created: Date;
  readonly comment?: string | undefined;
  /** Absent for an instruction that only changed the configuration. */
  readonly entries?: readonly TarEntry[] | undefined;
}

/** An image to be written. */
export interface ImageBuild {
  readonly architecture: string;
  readonly created: Date;
  /** The `config` object of an image configuration: Env, Entrypoint, Labels, … */
  readonly config: Readonly<Record<string, unknown>>;
  /** Base first. */
  readonly steps: readonly BuildStep[];
  /** Annotations of the manifest. */
  readonly annotations?: Readonly<Record<string, string>> | undefined;
}

/** Digests of what was written. */
export interface WrittenImage {
  readonly digest: string;
  readonly configDigest: string;
  /** Of the layers as stored, base first. */
  readonly layerDigests: readonly string[];
}

/** Writes an OCI image layout (image specification 1.1) with one Linux image into a folder, which is made. The same build gives the same digests. */
export async function writeOciLayout(folder: string, build: ImageBuild): Promise<WrittenImage> {
  const blobs = join(folder, 'blobs', 'sha256');
  await mkdir(blobs, { recursive: true });
  const store = async (mediaType: string, bytes: Buffer) => {
    const digest = digestOf(bytes);
    await writeFile(join(blobs, digest.slice('sha256:'.length)), bytes);
    return { mediaType, digest, size: bytes.length };
  };
  const json = (value: unknown) => Buffer.from(JSON.stringify(value));

  const layers = [];
  const diffIds: string[] = [];
  for (const step of build.steps) {
    if (step.entries === undefined) continue;
    const tar = writeTar(step.entries, step.created);
    diffIds.push(digestOf(tar));
    layers.push(await store('application/vnd.oci.image.layer.v1.tar+gzip', writeGzip(tar)));
  }
  const config = await store(
    'application/vnd.oci.image.config.v1+json',
    json({
      created: build.created.toISOString(),
      architecture: build.architecture,
      os: 'linux',
      config: build.config,
      rootfs: { type: 'layers', diff_ids: diffIds },
      history: build.steps.map((step) => ({
        created: step.created.toISOString(),
        created_by: step.createdBy,
        comment: step.comment,
        ...(step.entries === undefined ? { empty_layer: true } : {}),
      })),
    }),
  );
  const manifest = await store(OCI_MANIFEST, json({ schemaVersion: 2, mediaType: OCI_MANIFEST, config, layers, annotations: build.annotations }));
  await writeFile(join(folder, 'oci-layout'), json({ imageLayoutVersion: '1.0.0' }));
  await writeFile(join(folder, 'index.json'), json({ schemaVersion: 2, manifests: [manifest] }));
  return { digest: manifest.digest, configDigest: config.digest, layerDigests: layers.map((layer) => layer.digest) };
}
