import { isRepositoryName } from '@esscm/oci-client';
import { canonicalRepository, dockerHub } from '../reference/docker-hub.js';

export type NamesCheck = { readonly names: readonly string[] } | { readonly problem: string };

const mostNames = 1000;

/** Reads repository names parted by commas, blanks or line breaks; one named twice counts once. */
export function checkRepositoryNames(typed: string, host: string): NamesCheck {
  const words = typed.split(/[\s,]+/).filter((word) => word !== '');
  const names = [...new Set(words.map((word) => canonicalRepository(host, withoutHost(word, host))))];
  const wrong = names.find((name) => !isRepositoryName(name));
  if (wrong !== undefined) {
    return { problem: `"${wrong.slice(0, 80)}" is not a repository name: lower-case letters and digits, parted by single ".", "_", "-" or "/", without a tag.` };
  }
  if (names.length > mostNames) return { problem: `At most ${mostNames} repositories can be named.` };
  return { names };
}

function withoutHost(word: string, host: string): string {
  const prefixes = host === dockerHub ? [`${dockerHub}/`, 'index.docker.io/'] : [`${host}/`];
  const prefix = prefixes.find((candidate) => word.startsWith(candidate));
  return prefix === undefined ? word : word.slice(prefix.length);
}
