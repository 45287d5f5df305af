import { dockerHub } from './docker-hub.js';

export interface NormalisedText {
  readonly text: string;
  /** What was changed or assumed. */
  readonly notes: readonly string[];
}

const hubPage = /^https:\/\/hub\.docker\.com\/(?:_\/([a-z0-9._-]+)|(?:r|repository\/docker)\/([a-z0-9._-]+\/[a-z0-9._-]+))(?:[/?#].*)?$/i;
const pullCommand = /^(?:docker|podman|nerdctl)\s+(?:image\s+)?pull\s+/;
const scheme = /^(?:https|docker|oci):\/\//i;

/** Takes off what surrounds a reference when it is copied from a terminal or a browser, and adds the registry that is meant. */
export function normaliseReferenceText(typed: string): NormalisedText {
  const trimmed = typed.trim();
  const [, official, owned] = hubPage.exec(trimmed) ?? [];
  const page = official === undefined ? owned : `library/${official}`;
  if (page !== undefined) return { text: `${dockerHub}/${page}`, notes: ['Read from the address of a page of Docker Hub.'] };
  const text = trimmed.replace(pullCommand, '').replace(scheme, '');
  if (!namesNoRegistry(text)) return { text, notes: [] };
  return { text: `${dockerHub}/${text}`, notes: ['No registry given: Docker Hub is used.'] };
}

/** Docker's rule: a first part with a dot or a port, or `localhost`, is a registry. A bare name is one of Docker Hub. */
function namesNoRegistry(text: string): boolean {
  const slash = text.indexOf('/');
  if (slash < 0) return /^[a-z0-9]+(?:[._-]+[a-z0-9]+)*(?::[\w][\w.-]*)?(?:@sha256:[0-9a-f]{64})?$/.test(text);
  const first = text.slice(0, slash);
  return /^[a-z0-9]+(?:[_-]+[a-z0-9]+)*$/.test(first) && first !== 'localhost';
}
