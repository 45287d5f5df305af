import { isRegion } from '../partitions.js';
import { registryHostName } from '../host-names.js';
import { publicRegistryHost } from './registry-host.js';

/** Text ready for the strict grammar, and what was changed to get there. */
export interface NormalisedText {
  readonly text: string;
  readonly notes: readonly string[];
}

// Zero-width characters, joiners, marks of direction and the byte order mark: pasted along, never seen.
const invisiblePattern = /[\u200b-\u200f\u2060-\u2064\u202a-\u202e\ufeff\u00ad]/g;

/** Turns what people paste (blanks, `docker pull`, a scheme, a gallery or console address, an ARN) into a reference. */
export function normaliseReferenceText(typed: string): NormalisedText {
  const visible = typed.slice(0, 4096).replace(invisiblePattern, '').trim();
  const unquoted = visible.replace(/^(["'`])(.*)\1$/, '$2').trim();
  const withoutCommand = unquoted.replace(/^(?:docker|podman|nerdctl|finch)\s+pull\s+/, '');
  return (
    fromArn(withoutCommand) ??
    fromGallery(withoutCommand) ??
    fromConsole(withoutCommand) ?? {
      text: withoutCommand.replace(/^(?:https?|docker|oci):\/\//, '').replace(/\/+$/, ''),
      notes: [],
    }
  );
}

function fromArn(text: string): NormalisedText | undefined {
  const match = /^arn:aws[a-z-]*:ecr:([a-z0-9-]+):([0-9]{12}):repository\/(.+)$/.exec(text);
  const [, region, accountId, repository] = match ?? [];
  if (region === undefined || accountId === undefined || repository === undefined || !isRegion(region)) {
    return undefined;
  }
  return {
    text: `${registryHostName(accountId, region, 'standard')}/${repository}`,
    notes: ['Read from the ARN of the repository.'],
  };
}

function fromGallery(text: string): NormalisedText | undefined {
  const match = /^(?:https:\/\/)?gallery\.ecr\.aws\/([^?#]+)/.exec(text);
  const path = match?.[1];
  if (path === undefined) return undefined;
  return {
    text: `${publicRegistryHost}/${path.replace(/\/+$/, '')}`,
    notes: ['Read from the address of the ECR Public Gallery.'],
  };
}

const consolePattern =
  /^https:\/\/(?:[a-z0-9-]+\.)*(?:console\.aws\.amazon\.com|console\.amazonaws\.cn|console\.amazonaws-us-gov\.com)\//;

function fromConsole(text: string): NormalisedText | undefined {
  if (!consolePattern.test(text)) return undefined;
  const address = URL.parse(text);
  const [, accountId, path] = /^\/ecr\/repositories\/private\/([0-9]{12})\/(.+?)\/?$/.exec(address?.pathname ?? '') ?? [];
  const region = address?.searchParams.get('region') ?? address?.hostname.split('.')[0];
  if (accountId === undefined || path === undefined || region === undefined || !isRegion(region)) return undefined;
  // The console shows the pages of one image under `/_/`; what stands before it is the repository.
  const repository = path.replace(/%2f/gi, '/').replace(/\/_\/.*$/, '');
  return {
    text: `${registryHostName(accountId, region, 'standard')}/${repository}`,
    notes: ['Read from the address of the AWS console.'],
  };
}
