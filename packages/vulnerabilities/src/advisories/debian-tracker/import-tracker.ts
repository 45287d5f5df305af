import type { GenerationWriter } from '../../database/generation-writer.js';
import { VulnerabilitiesError } from '../../vulnerabilities-error.js';
import { keepRecords } from '../feed.js';
import type { FeedReport } from '../feed.js';
import { readJsonMembers } from '../read-json-members.js';
import { GatheredIssues } from './gathered-issues.js';
import { readTrackerIssue } from './read-tracker-issue.js';
import { trackerIssueSchema, trackerPackageSchema } from './schema.js';

/** The largest, linux, has a tenth of it. */
const maximumPackageBytes = 128 * 1024 * 1024;

/**
 * Reads Debian's tracker: one record an issue, for all its packages and releases. Issues are gathered over the whole file, since
 * it is ordered by package. @throws VulnerabilitiesError `feed-malformed`, `bundle-too-large`.
 */
export async function importTracker(file: string, writer: GenerationWriter, report: FeedReport): Promise<void> {
  using gathered = new GatheredIssues();
  let isReadable = false;
  for await (const { name, value } of readJsonMembers(file, maximumPackageBytes)) {
    keepRecords(writer, report, name, () => {
      for (const [id, issue] of Object.entries(trackerPackageSchema.parse(JSON.parse(value)))) {
        keepRecords(writer, report, `${name} ${id}`, () => {
          const { description, releases } = trackerIssueSchema.parse(issue);
          gathered.add({ id, summary: (description ?? '').slice(0, 500), affected: readTrackerIssue(name, { releases }) });
          isReadable = true;
          return [];
        });
      }
      return [];
    });
  }
  if (!isReadable) throw new VulnerabilitiesError('feed-malformed', 'The file holds no issue in the form Debian\'s tracker has.', 'Fetch it again; the records in use stay.');
  for (const { id, summary, affected } of gathered.issues()) {
    const record = { id, kind: 'vulnerability', modified: report.now, published: undefined, withdrawn: undefined, summary, aliases: [], upstream: [], related: [], severities: [], affected } as const;
    keepRecords(writer, report, id, () => [{ record, body: { id, summary, affected } }]);
  }
}
