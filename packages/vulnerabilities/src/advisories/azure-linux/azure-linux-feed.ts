import { addressIn } from '../feed.js';
import type { Feed } from '../feed.js';
import { sourceTerms } from '../source-terms.js';
import { importAzureOval } from './import-oval.js';

const maximumBytes = 512 * 1024 * 1024;

/** Microsoft's OVAL of CBL-Mariner `1.0` and `2.0`, which OSV does not have in full, and of Azure Linux `3.0`. */
export function azureLinuxFeed(release: string, base: string): Feed {
  const address = addressIn(base, `${release === '3.0' ? 'azurelinux' : 'cbl-mariner'}-${release}-oval.xml`);
  return {
    source: `azure-linux-oval:${release}`,
    terms: sourceTerms('Azure Linux'),
    location: address,
    async fetch(downloads, held) {
      const file = await downloads.file(address, maximumBytes, held);
      if (file === undefined) return undefined;
      return {
        ...file,
        async write(writer, report) {
          await importAzureOval(release.split('.', 1)[0] ?? release, file.path, writer, report);
          return 0;
        },
      };
    },
  };
}
