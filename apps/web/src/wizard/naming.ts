import type { ChosenImage } from './chosen-image.js';

/** How projects and versions get their names until someone edits them. */
export interface NamingRules {
  readonly project: 'repository' | 'path' | 'fixed';
  /** The one name for all, for `fixed`. */
  readonly projectText: string;
  readonly version: 'tag' | 'fixed';
  readonly versionText: string;
}

/** Names typed by the user: by reference for one image, by repository for all its images. */
export interface NameEdits {
  readonly images: Readonly<Record<string, NameEdit>>;
  readonly repositories: Readonly<Record<string, NameEdit>>;
}

export interface NameEdit {
  readonly project?: string;
  readonly version?: string;
}

export interface ImageNames {
  readonly project: string;
  readonly version: string;
}

export const defaultRules: NamingRules = { project: 'repository', projectText: '', version: 'tag', versionText: '' };
export const noEdits: NameEdits = { images: {}, repositories: {} };

/** The names of one image: its own edit, then its repository's, then the rules. */
export function namesOf(image: ChosenImage, rules: NamingRules, edits: NameEdits): ImageNames {
  const own = edits.images[image.reference];
  const shared = edits.repositories[image.repository];
  return {
    project: own?.project ?? shared?.project ?? projectByRule(image.repository, rules),
    version: own?.version ?? shared?.version ?? versionByRule(image, rules),
  };
}

/** A repository's project name by the rules: "payments/fraud-scorer" becomes "Fraud scorer". */
export function projectByRule(repository: string, { project, projectText }: NamingRules): string {
  switch (project) {
    case 'repository':
      return sentence(repository.slice(repository.lastIndexOf('/') + 1));
    case 'path':
      return repository;
    case 'fixed':
      return projectText;
  }
}

/** A version by the rules: the tag; for a digest the day of its push, or its first characters. */
export function versionByRule(image: ChosenImage, { version, versionText }: NamingRules): string {
  if (version === 'fixed') return versionText;
  if (image.tag !== undefined) return image.tag;
  return image.pushedAt === undefined ? image.digest.replace(/^sha256:/, '').slice(0, 12) : image.pushedAt.slice(0, 10);
}

/** Sets a name for one image; the rule's own name, or an empty one, takes the edit back. */
export function editImage(edits: NameEdits, reference: string, edit: NameEdit): NameEdits {
  return { ...edits, images: { ...edits.images, [reference]: cleaned({ ...edits.images[reference], ...edit }) } };
}

/** Sets a name for all images of a repository, which drops what was typed for single ones of them. */
export function editRepository(edits: NameEdits, repository: string, references: readonly string[], edit: NameEdit): NameEdits {
  const images = { ...edits.images };
  for (const reference of references) {
    const own = images[reference];
    if (own !== undefined) images[reference] = cleaned({ ...own, ...Object.fromEntries(Object.keys(edit).map((key) => [key, ''])) });
  }
  return { images, repositories: { ...edits.repositories, [repository]: cleaned({ ...edits.repositories[repository], ...edit }) } };
}

/** Whether anything was named by hand. */
export function hasEdits({ images, repositories }: NameEdits): boolean {
  return [...Object.values(images), ...Object.values(repositories)].some(({ project, version }) => project !== undefined || version !== undefined);
}

/** What is wrong with the names, by reference; empty when all is well. Names: 1 to 100 characters. */
export function nameProblems(chosen: readonly ChosenImage[], rules: NamingRules, edits: NameEdits): readonly string[] {
  return chosen.flatMap((image) => {
    const { project, version } = namesOf(image, rules, edits);
    const fine = isName(project) && isName(version);
    return fine ? [] : [image.reference];
  });
}

/** How many projects the images end up in. */
export function projectCount(chosen: readonly ChosenImage[], rules: NamingRules, edits: NameEdits): number {
  return new Set(chosen.map((image) => namesOf(image, rules, edits).project)).size;
}

function isName(text: string): boolean {
  const length = text.trim().length;
  return length >= 1 && length <= 100;
}

function cleaned(edit: NameEdit): NameEdit {
  const entries = Object.entries(edit).map(([key, text]) => [key, text.trim()] as const);
  return Object.fromEntries(entries.filter(([, text]) => text !== ''));
}

function sentence(text: string): string {
  const words = text.replaceAll(/[-_.]+/g, ' ').trim();
  return words === '' ? text : `${words.charAt(0).toLocaleUpperCase('en-GB')}${words.slice(1)}`;
}
