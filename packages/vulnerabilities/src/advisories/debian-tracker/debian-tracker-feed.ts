import type { Feed } from '../feed.js';
import { sourceTerms } from '../source-terms.js';
import { importTracker } from './import-tracker.js';

const maximumBytes = 1024 * 1024 * 1024;

/** Debian's security tracker: one JSON file with the state of every issue in every supported release. */
export function debianTrackerFeed(address: string): Feed {
  return {
    source: 'debian-tracker',
    terms: sourceTerms('debian-tracker'),
    location: address,
    async fetch(downloads, held) {
      const file = await downloads.file(address, maximumBytes, held);
      if (file === undefined) return undefined;
      return {
        ...file,
        async write(writer, report) {
          await importTracker(file.path, writer, report);
          return 0;
        },
        done: () => downloads.discard(file),
      };
    },
  };
}
