import type { GenerationWriter } from '../../database/generation-writer.js';
import { VulnerabilitiesError } from '../../vulnerabilities-error.js';
import { keepRecords } from '../feed.js';
import type { Feed, FeedReport } from '../feed.js';
import { readBzip2 } from '../read-bzip2.js';
import { sourceTerms } from '../source-terms.js';
import { XmlElements } from '../xml-elements.js';
import { readDefinition } from './read-definition.js';

const maximumBytes = 512 * 1024 * 1024;
const maximumUnfoldedBytes = 4 * 1024 * 1024 * 1024;

/** Oracle's notices (ELSA) of every release: one OVAL document, bzip2. */
export function oracleLinuxFeed(address: string): Feed {
  return {
    source: 'oracle-linux',
    terms: sourceTerms('oracle-linux'),
    location: address,
    async fetch(downloads, held) {
      const file = await downloads.file(address, maximumBytes, held);
      if (file === undefined) return undefined;
      return {
        ...file,
        write(writer, report) {
          importOracleOval(file.path, writer, report);
          return 0;
        },
      };
    },
  };
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
