import manifest from '../../package.json' with { type: 'json' };
import type { CataloguedImage } from '../catalogue.js';
import { packageUrl } from '../package-url.js';

/** What a document says beside the catalogue. */
export interface DocumentOptions {
  /** The program named as the document's author; `esscm` in the version of this package when absent. */
  readonly tool?: { readonly name: string; readonly version: string };
  /** Who answers for the document, such as the organisation that runs the scan. Without one the program is its only author. */
  readonly author?: { readonly name: string; readonly email?: string };
  /** ISO 8601. When absent the creation time of the image, so that a document depends on the catalogue alone. */
  readonly created?: string;
}

const packageVersion = manifest.version;

/** The program named as the document's author. */
export function documentTool({ tool }: DocumentOptions): { readonly name: string; readonly version: string } {
  return tool ?? { name: 'esscm', version: packageVersion };
}

/** `2026-01-31T12:00:00Z`, whole seconds, of the option or else of the image; `undefined` where neither is a time. */
export function documentTime(options: DocumentOptions, image: CataloguedImage): string | undefined {
  const time = Date.parse(options.created ?? image.created ?? '');
  return Number.isNaN(time) ? undefined : `${new Date(time).toISOString().slice(0, 19)}Z`;
}

/** Package URL of an image: the type `oci`, named after the last part of the repository. */
export function imagePackageUrl({ name, tag, digest, platform }: CataloguedImage): string {
  return packageUrl({
    type: 'oci',
    name: imageShortName(name),
    version: digest,
    qualifiers: { arch: platform.architecture, repository_url: name, tag },
  });
}

/** The last part of a repository's name. */
export function imageShortName(name: string): string {
  return name.slice(name.lastIndexOf('/') + 1) || 'image';
}

/**
 * An address a reader may follow, without user name and password; `undefined` for anything but an absolute http or https URL. The
 * parser of browsers leaves characters that no URI may have (RFC 3986): those are encoded, too.
 */
export function webAddress(text: string | undefined): string | undefined {
  const url = text !== undefined && /^https?:\/\//i.test(text) ? URL.parse(text) : null;
  if (url === null) return undefined;
  const fragment = url.hash === '' ? '' : `#${url.hash.slice(1).replaceAll('#', '%23')}`;
  const rest = `${url.pathname}${url.search}${fragment}`.slice(1);
  return `${url.origin}/${rest.replaceAll(/[^\w\-.~:/?#@!$&'()*+,;=%]|%(?![\da-f]{2})/gi, (character) => encodeURIComponent(character))}`;
}
