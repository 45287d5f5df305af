import { createHash } from 'node:crypto';
import { constants, zstdCompressSync, zstdDecompressSync } from 'node:zlib';
import type { Catalogue, CataloguedLayer } from '../catalogue.js';
import { factKeys } from '../layers/layer-facts-codec.js';
import { runningCode } from '../running-code.js';
import { describeImage, type ImageDescription } from './describe-image.js';

/** What a stack of layers holds, whatever image it is of: a catalogue without what is said of the image. */
type StackContents = Omit<Catalogue, 'formatVersion' | 'image'>;

// Uncompressed; above what the limits of an image allow to come together.
const maximumContentsBytes = 1024 * 1024 * 1024;

/** Bytes before the compressed contents: a digest of the code that put them together. */
const makerBytes = 32;

let maker: Buffer | undefined;

/**
 * Key that a fact store keeps the contents of a stack under, beside the ChainID of its layers. There is one value a stack,
 * which newer code replaces: nothing is left behind by an update.
 */
export function stackContentsKey(scope: 'squashed' | 'all-layers'): string {
  return `contents-${scope}@1`;
}

/** What a catalogue says of its layers, as a fact store keeps it. */
export function serialiseStackContents({ formatVersion: _, image: __, ...contents }: Catalogue): Uint8Array {
  const compressed = zstdCompressSync(JSON.stringify(contents satisfies StackContents), { params: { [constants.ZSTD_c_checksumFlag]: 1 } });
  return Buffer.concat([thisCode(), compressed]);
}

/**
 * The catalogue of an image from what was kept of the same stack of layers.
 * @param layers base first
 * @returns `undefined` for bytes that other code made, or that are damaged: the facts of the layers are to be put together again
 */
export function catalogueOfStack(image: ImageDescription, layers: readonly CataloguedLayer[], kept: Uint8Array): Catalogue | undefined {
  if (!thisCode().equals(kept.subarray(0, makerBytes))) return undefined;
  try {
    const content = zstdDecompressSync(kept.subarray(makerBytes), { maxOutputLength: maximumContentsBytes });
    return { formatVersion: 1, image: describeImage(image, layers), ...(JSON.parse(content.toString()) as StackContents) };
  } catch {
    return undefined;
  }
}

/** Cataloguers raise their version for what they read, not for what they make of it: contents hold for the same code alone. */
function thisCode(): Buffer {
  maker ??= createHash('sha256').update([runningCode, ...factKeys()].join('\n')).digest();
  return maker;
}
