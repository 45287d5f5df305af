import type { Feed } from '../feed.js';
import { fileFeed } from '../file-feed.js';
import { sourceTerms } from '../source-terms.js';
import { importTracker } from './import-tracker.js';

/** Debian's security tracker: the state of every issue in every supported release. */
export function debianTrackerFeed(address: string): Feed {
  return fileFeed({
    source: 'debian-tracker',
    terms: sourceTerms('debian-tracker'),
    address,
    maximumBytes: 1024 * 1024 * 1024,
    isLarge: true,
    read: async (file, writer, report) => {
      await importTracker(file, writer, report);
      return 0;
    },
  });
}
