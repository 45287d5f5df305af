import type { GenerationWriter } from '../../database/generation-writer.js';
import { VulnerabilitiesError } from '../../vulnerabilities-error.js';
import { keepRecords } from '../feed.js';
import type { Feed, FeedReport } from '../feed.js';
import { fileFeed } from '../file-feed.js';
import { readBzip2 } from '../read-bzip2.js';
import { sourceTerms } from '../source-terms.js';
import { XmlElements } from '../xml-elements.js';
import { readDefinition } from './read-definition.js';

const maximumUnfoldedBytes = 4 * 1024 * 1024 * 1024;

/** Oracle's notices (ELSA) of every release: one OVAL document, bzip2. */
export function oracleLinuxFeed(address: string): Feed {
  return fileFeed({
    source: 'oracle-linux',
    terms: sourceTerms('oracle-linux'),
    address,
    maximumBytes: 512 * 1024 * 1024,
    isLarge: true,
    read(file, writer, report) {
      importOracleOval(file, writer, report);
      return 0;
    },
  });
}

function importOracleOval(file: string, writer: GenerationWriter, report: FeedReport): void {
  let count = 0;
  const elements = new XmlElements(['definition'], (definition) => {
    count += 1;
    keepRecords(writer, report, definition.attributes['id'] ?? 'a definition', () => [{ record: readDefinition(definition), body: definition }]);
  });
  readBzip2(file, maximumUnfoldedBytes, (bytes) => elements.write(bytes));
  elements.end();
  if (count === 0) throw new VulnerabilitiesError('feed-malformed', 'The document holds no definition.', 'Fetch it again; the records in use stay.');
}
