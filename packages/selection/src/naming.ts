import { z } from 'zod';
import { InvalidRuleError } from './errors.js';

/** How the project and the version of an image get their names. */
export interface NamingTemplates {
  readonly project: string;
  readonly version: string;
}

/** What a template may say of an image. */
export interface NamedImage {
  readonly repository: string;
  readonly tag?: string;
  readonly digest: string;
  readonly pushedAt?: Date;
}

export const namingTemplatesSchema = z.strictObject({
  project: z.string().trim().min(1, 'Enter a project name.').max(200, 'At most 200 characters.'),
  version: z.string().trim().min(1, 'Enter a version.').max(200, 'At most 200 characters.'),
});

/** A project for each repository, a version for each tag. */
export const defaultNaming: NamingTemplates = { project: '{repository}', version: '{tag}' };

/** Longest name of a project or version. */
const maximumNameLength = 100;
const shortDigestLength = 12;
const placeholder = /\{([^{}]*)\}/g;

/** @throws InvalidRuleError for a placeholder that does not exist */
export function checkTemplates(templates: NamingTemplates): void {
  for (const field of ['project', 'version'] as const) expand(field, templates[field], { repository: 'a', digest: `sha256:${'0'.repeat(64)}` });
}

/**
 * The names of an image, 1 to 100 characters each. `{repository}` is the path, `{name}` its last part, `{tag}` the tag (of an image
 * without one, the start of its digest), `{digest}` the digest's digits, `{digest:12}` so many of them, `{pushed}` the day of its push.
 */
export function namesOf(templates: NamingTemplates, image: NamedImage): { readonly projectName: string; readonly projectVersion: string } {
  return { projectName: expand('project', templates.project, image), projectVersion: expand('version', templates.version, image) };
}

function expand(field: string, template: string, image: NamedImage): string {
  const text = template.replace(placeholder, (whole, name: string) => {
    const value = valueOf(name, image);
    if (value === undefined) throw new InvalidRuleError(field, `There is no placeholder ${whole}. Use {repository}, {name}, {tag}, {digest}, {digest:12} or {pushed}.`);
    return value;
  });
  // The end of a long path tells more than its beginning.
  return text.trim().slice(-maximumNameLength) || 'unnamed';
}

function valueOf(name: string, { repository, tag, digest, pushedAt }: NamedImage): string | undefined {
  const digits = digest.slice(digest.indexOf(':') + 1);
  const length = /^digest:(\d{1,3})$/.exec(name)?.[1];
  if (length !== undefined) return digits.slice(0, Number(length));
  switch (name) {
    case 'repository':
      return repository;
    case 'name':
      return repository.slice(repository.lastIndexOf('/') + 1);
    case 'tag':
      return tag ?? digits.slice(0, shortDigestLength);
    case 'digest':
      return digits;
    case 'pushed':
      return pushedAt === undefined ? 'unknown' : pushedAt.toISOString().slice(0, 10);
    default:
      return undefined;
  }
}
