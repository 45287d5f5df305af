import type { FeedAddresses } from '../feed-addresses.js';
import { addressIn, fingerprint } from '../feed.js';
import type { Feed } from '../feed.js';
import { fetchSeveral } from '../fetch-several.js';
import { sourceTerms } from '../source-terms.js';
import { fetchUpdateinfo } from './fetch-updateinfo.js';
import type { FetchedUpdateinfo } from './fetch-updateinfo.js';
import { importUpdateinfo } from './import-updateinfo.js';
import { amazonRepositories } from './repositories.js';

const atATime = 6;

/** The notices (ALAS) of Amazon Linux `1`, `2` or `2023`, from the repositories themselves, extras and both architectures included. */
export function amazonLinuxFeed(release: string, addresses: Pick<FeedAddresses, 'amazonLinux' | 'amazonLinux1'>): Feed {
  const base = release === '1' ? addresses.amazonLinux1 : addresses.amazonLinux;
  return {
    source: `amazon-linux:${release}`,
    terms: sourceTerms('amazon-linux'),
    location: release === '1' ? addressIn(base, '2018.03/') : addressIn(base, release === '2' ? '2/' : `al${release}/`),
    async fetch(downloads, held) {
      const repositories = await amazonRepositories(release, addresses, downloads);
      const found: (FetchedUpdateinfo | undefined)[] = [];
      await fetchSeveral(repositories.entries(), atATime, async ([index, repository]) => {
        found[index] = await fetchUpdateinfo(repository, base, downloads);
      });
      const files = found.filter((each) => each !== undefined);
      const etag = await fingerprint(files.map((each) => each.file));
      if (etag === held?.etag) return undefined;
      return {
        etag,
        async write(writer, report) {
          await importUpdateinfo(release, files.map(({ repository, file }) => ({ repository, path: file.path })), writer, report);
          return 0;
        },
      };
    },
  };
}
