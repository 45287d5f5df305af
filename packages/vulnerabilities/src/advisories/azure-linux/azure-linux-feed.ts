import { addressIn } from '../feed.js';
import type { Feed } from '../feed.js';
import { fileFeed } from '../file-feed.js';
import { sourceTerms } from '../source-terms.js';
import { importAzureOval } from './import-oval.js';

/** Microsoft's OVAL of CBL-Mariner `1.0` and `2.0`, which OSV does not have in full, and of Azure Linux `3.0`. */
export function azureLinuxFeed(release: string, base: string): Feed {
  return fileFeed({
    source: `azure-linux-oval:${release}`,
    terms: sourceTerms('Azure Linux'),
    address: addressIn(base, `${release === '3.0' ? 'azurelinux' : 'cbl-mariner'}-${release}-oval.xml`),
    maximumBytes: 512 * 1024 * 1024,
    read: async (file, writer, report) => {
      await importAzureOval(release.split('.', 1)[0] ?? release, file, writer, report);
      return 0;
    },
  });
}
