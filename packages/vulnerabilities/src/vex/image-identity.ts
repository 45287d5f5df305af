import type { Report } from '../reports/report.js';
import type { VexIdentity } from './vex-document.js';

/** An image as statements name it: by the package URL its SBOM has, and by its digest. */
export function vexImageIdentity({ name, tag, digest, platform }: Pick<Report['image'], 'name' | 'tag' | 'digest'> & { readonly platform?: { readonly architecture: string } }): VexIdentity {
  const encode = (text: string): string => encodeURIComponent(text).replaceAll('%3A', ':');
  const qualifiers = [...(platform === undefined ? [] : [`arch=${encode(platform.architecture)}`]), `repository_url=${encode(name)}`, ...(tag === undefined ? [] : [`tag=${encode(tag)}`])];
  const packageUrl = `pkg:oci/${encode(name.slice(name.lastIndexOf('/') + 1).toLowerCase() || 'image')}@${digest}?${qualifiers.join('&')}`;
  return { packageUrls: [packageUrl], digests: [digest], cpes: [], name, versions: undefined };
}
