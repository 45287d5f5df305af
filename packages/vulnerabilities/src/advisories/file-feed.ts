import type { Feed, FetchedFeed } from './feed.js';
import type { SourceTerms } from './source-terms.js';

/** A source that is one file. */
export interface FileFeedOptions {
  readonly source: string;
  readonly terms: SourceTerms;
  readonly address: string;
  readonly maximumBytes: number;
  /** The file is not kept once it was read: it is large, and what the server said of it is enough to ask for changes. */
  readonly isLarge?: boolean;
  /** As `FetchedFeed.write`, with the path of the file first. */
  read(this: void, file: string, ...rest: Parameters<FetchedFeed['write']>): ReturnType<FetchedFeed['write']>;
}

/** Fetches the file when it changed. */
export function fileFeed({ source, terms, address, maximumBytes, isLarge, read }: FileFeedOptions): Feed {
  return {
    source,
    terms,
    location: address,
    async fetch(downloads, held) {
      const file = await downloads.file(address, maximumBytes, held);
      if (file === undefined) return undefined;
      return {
        etag: file.etag,
        lastModified: file.lastModified,
        write: (writer, report) => read(file.path, writer, report),
        ...(isLarge === true ? { done: () => downloads.discard(file) } : {}),
      };
    },
  };
}
