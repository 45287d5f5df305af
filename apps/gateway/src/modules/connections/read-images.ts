import { InvalidReferenceError, type RegistryPlugin } from '@esscm/registry-core';
import type { ConnectImage } from '@esscm/store';
import { z } from 'zod';
import type { FieldIssue } from '../../graphql/problem.type.js';
import { isPlatform } from '../selections/read-selections.js';
import type { ConnectImageInput } from './connect.input.js';

const maximumImages = 500;
const text = (what: string) => z.string().trim().min(1, `Enter ${what}.`).max(100, 'At most 100 characters.');

/** Images as they are sent; `readImages` then reads their references. */
export const imagesSchema = z
  .array(z.object({ reference: z.string().max(1024, 'A reference has at most 1024 characters.'), projectName: text('a project name'), projectVersion: text('a version') }))
  .max(maximumImages, `At most ${maximumImages} images at once.`);

/** Images by their references; issues name the field below `images`. */
export function readImages(plugin: RegistryPlugin, variantId: string, inputs: readonly ConnectImageInput[]) {
  const issues: FieldIssue[] = [];
  const images: ConnectImage[] = [];
  const seen = new Set<string>();
  for (const [index, input] of inputs.entries()) {
    const platform = input.platform == null || input.platform === '' ? undefined : input.platform;
    try {
      const { host, repository, tag, digest } = plugin.parseReference(variantId, input.reference);
      if (platform !== undefined && !isPlatform(platform)) {
        issues.push({ field: `images.${index}.platform`, message: 'A platform is written like linux/amd64.' });
        continue;
      }
      const key = [host, repository, digest ?? tag, platform].join(' ');
      if (seen.has(key)) issues.push({ field: `images.${index}.reference`, message: 'This image is chosen twice.' });
      seen.add(key);
      images.push({
        name: `${host}/${repository}`,
        repository,
        ...(tag !== undefined && { tag }),
        ...(digest !== undefined && { pinnedDigest: digest }),
        ...(platform !== undefined && { platform }),
        projectName: input.projectName.trim(),
        projectVersion: input.projectVersion.trim(),
      });
    } catch (error) {
      if (!(error instanceof InvalidReferenceError)) throw error;
      issues.push({ field: `images.${index}.reference`, message: error.message });
    }
  }
  return { images, issues };
}
