import type { AdvisoryFailureRecord, AdvisoryFeedRecord, AdvisoryProgressRecord } from '@esscm/store';
import { enrichmentSources, listGenerations, openAdvisoryDatabase, shownAddress, updateAdvisories, VulnerabilitiesError } from '@esscm/vulnerabilities';
import { exploitationSource, type UpdateRequest, type UpdateResult } from './update-protocol.js';

/** An update that takes longer is not going to end. */
const timeLimitMs = 3_600_000;

/** Brings one source up to date. Blocks its thread while records are imported. Never rejects. */
export async function runUpdate(request: UpdateRequest, report: (progress: AdvisoryProgressRecord) => void): Promise<UpdateResult> {
  const { folder, source } = request;
  const isExploitation = source === exploitationSource;
  try {
    const outcomes = await updateAdvisories(folder, {
      sources: isExploitation ? enrichmentSources : [source],
      feeds: request.addresses,
      ...(request.packages === undefined ? {} : { packages: request.packages }),
      onProgress: ({ step, receivedBytes, totalBytes }) =>
        report({ step, ...(receivedBytes === undefined ? {} : { bytesDone: receivedBytes }), ...(totalBytes === undefined ? {} : { bytesTotal: totalBytes }) }),
      signal: AbortSignal.timeout(timeLimitMs),
      now: new Date().toISOString(),
    });
    const failure = outcomes.find((outcome) => outcome.failure !== undefined)?.failure;
    return { feeds: await feedsOf(folder, outcomes.map((outcome) => outcome.source)), ...(failure === undefined ? {} : { failure: describe(failure) }) };
  } catch (error) {
    return { feeds: [], failure: describe(error) };
  }
}

/** What the newest generation has of these sources. */
async function feedsOf(folder: string, sources: readonly string[]): Promise<readonly AdvisoryFeedRecord[]> {
  if ((await listGenerations(folder)).length === 0) return [];
  using database = await openAdvisoryDatabase(folder);
  return database
    .sources()
    .filter(({ name }) => sources.includes(name))
    .map(({ name, location, licence, attribution, importedAt, newestRecord, records, refused }) => ({ name, location: shownAddress(location), licence, attribution, importedAt, newestRecord, records, refused }));
}

function describe(error: unknown): AdvisoryFailureRecord {
  if (error instanceof VulnerabilitiesError) return { code: error.code, message: error.message, remedy: error.remedy };
  if (error instanceof Error && error.name === 'TimeoutError') return { code: 'download-failed', message: 'It took longer than an hour and was stopped.', remedy: 'Check the network; it is tried again.' };
  return { code: 'internal', message: 'Something failed inside the update.', remedy: 'The log of the server has the cause; it is tried again.' };
}
