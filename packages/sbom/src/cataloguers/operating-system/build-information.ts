import { z } from 'zod';
import { isIdentifier } from '../bounded-text.js';
import { whenNeeded } from '../../when-needed.js';

/** What Red Hat's build puts into an image about the image. */
export interface BuildInformation {
  readonly kind: 'build';
  /** Repositories the packages are from, as they are written there. */
  readonly contentSets: readonly string[];
  /** The product the image is. */
  readonly productCpe?: string;
}

const maximumContentSets = 1000;

const contentManifest = whenNeeded(() => z.object({ content_sets: z.array(z.unknown()).optional().catch(undefined) }));
const labels = whenNeeded(() => z.object({ cpe: z.string().optional().catch(undefined) }));

/** Whether a file is one of Red Hat's: a manifest of content, or the labels of the image. */
export function isBuildInformation(path: string): boolean {
  return /^(?:root\/buildinfo\/(?:content_manifests\/[^/]+|labels)|usr\/share\/buildinfo\/(?:content_manifests\/[^/]+|[^/]+))\.json$/.test(path);
}

/**
 * Reads a content manifest (atomic-reactor, `content_manifest.json`, also as `content-sets.json`) or a file of labels.
 * @returns `undefined` for one that says nothing of either
 * @throws SyntaxError for text that is no JSON
 */
export function parseBuildInformation(text: string): BuildInformation | undefined {
  const content: unknown = JSON.parse(text);
  const listed = contentManifest().safeParse(content).data?.content_sets ?? [];
  const contentSets = listed.slice(0, maximumContentSets).filter((name): name is string => typeof name === 'string' && isIdentifier(name));
  const cpe = labels().safeParse(content).data?.cpe;
  const productCpe = cpe !== undefined && isIdentifier(cpe) && cpe.startsWith('cpe:') ? cpe : undefined;
  if (contentSets.length === 0 && productCpe === undefined) return undefined;
  return { kind: 'build', contentSets, ...(productCpe === undefined ? {} : { productCpe }) };
}
