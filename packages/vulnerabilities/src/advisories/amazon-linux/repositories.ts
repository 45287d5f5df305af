import { z } from 'zod';
import { VulnerabilitiesError } from '../../vulnerabilities-error.js';
import type { FeedAddresses } from '../feed-addresses.js';
import type { Downloads } from '../downloads.js';
import { addressIn } from '../feed.js';

/** One repository of a release for one architecture. */
export interface AmazonRepository {
  /** `core`, or what it is beside it: `docker`, `kernel-5.10`, `nvidia`. */
  readonly name: string;
  /** Lists places of its current content. */
  readonly mirrorList: string;
  /** A repository every release has; others may be missing for an architecture. */
  readonly isRequired: boolean;
}

const architectures = ['x86_64', 'aarch64'] as const;
const maximumCatalogueBytes = 64 * 1024 * 1024;
const repositoriesOf2023 = ['core', 'kernel-livepatch', 'nvidia'] as const;

const extrasCatalogueSchema = z.object({ topics: z.array(z.object({ n: z.string().regex(/^[\w.+-]{1,64}$/) })).max(5_000) });

/** Repositories of Amazon Linux `1`, `2` or `2023`; the second edition has one for each topic of its extras. */
export async function amazonRepositories(release: string, addresses: Pick<FeedAddresses, 'amazonLinux' | 'amazonLinux1'>, downloads: Downloads): Promise<AmazonRepository[]> {
  if (release === '1') return [{ name: 'core', mirrorList: addressIn(addresses.amazonLinux1, '2018.03/updates/x86_64/mirror.list'), isRequired: true }];
  const base = addresses.amazonLinux;
  if (release !== '2') {
    return repositoriesOf2023.flatMap((name) => architectures.map((architecture) => ({ name, mirrorList: addressIn(base, `al${release}/${name}/mirrors/latest/${architecture}/mirror.list`), isRequired: name === 'core' })));
  }
  const core = architectures.map((architecture) => ({ name: 'core', mirrorList: addressIn(base, `2/core/latest/${architecture}/mirror.list`), isRequired: true }));
  const topics = readTopics(await downloads.text(addressIn(base, '2/extras-catalog.json'), maximumCatalogueBytes));
  const extras = topics.flatMap((name) => architectures.map((architecture) => ({ name, mirrorList: addressIn(base, `2/extras/${encodeURIComponent(name)}/latest/${architecture}/mirror.list`), isRequired: false })));
  return [...core, ...extras];
}

function readTopics(json: string): string[] {
  try {
    return extrasCatalogueSchema.parse(JSON.parse(json)).topics.map((topic) => topic.n);
  } catch (error) {
    throw new VulnerabilitiesError('feed-malformed', 'The catalogue of extras does not have the form Amazon Linux publishes.', 'Fetch it again; the records in use stay.', error);
  }
}
