import { type FindingChangeRecord, findingChangeKinds, severities, type Store } from '@esscm/store';
import type { RequestHandler } from 'express';
import { z } from 'zod';
import { bothJudged } from '../modules/compare/both-judged.js';
import { findingChangeFilter } from '../modules/compare/finding-change.type.js';
import { readerOf, refuseDownload, sendTable } from './csv-download.js';
import { csvLine } from './csv-text.js';

const listOf = <Value extends string>(values: readonly [Value, ...Value[]]) => z.string().transform((text) => text.split(',')).pipe(z.array(z.enum(values)).max(values.length));

/** The images and the same conditions as `FindingChangeFilterInput`, as an address carries them. */
const querySchema = z.strictObject({
  from: z.string().max(60),
  to: z.string().max(60),
  kinds: listOf(findingChangeKinds).optional(),
  severities: listOf(severities).optional(),
  search: z.string().max(200).optional(),
});

const header = ['change', 'severity', 'vulnerability', 'exploited_since', 'package', 'earlier_version', 'later_version', 'fixed_version', 'package_url', 'type', 'epss', 'cvss', 'file'];

/** Answers `/api/comparison.csv` with every finding of two images that is in the filter, by what became of it. */
export function createComparisonHandler(store: Pick<Store, 'images' | 'findings' | 'comparisons'>): RequestHandler {
  return async (request, response) => {
    const requester = readerOf(response);
    if (requester === undefined) return;
    const parsed = querySchema.safeParse(request.query);
    if (!parsed.success) return refuseDownload(response, 400, 'BAD_USER_INPUT', `The filter cannot be read: ${parsed.error.issues.map(({ path }) => path.join('.')).join(', ') || 'unknown condition'}.`);
    const { from, to, ...conditions } = parsed.data;
    const organizationId = requester.organization.id;
    const images = await store.images.findMany(organizationId, [from, to]);
    const [earlier, later] = [from, to].map((id) => images.find((image) => image.id === id)?.contentId);
    if (earlier === undefined || later === undefined) return refuseDownload(response, 404, 'NOT_FOUND', 'One of the images is gone, or has no result yet.');
    const pair = { from: { imageId: from, contentId: earlier }, to: { imageId: to, contentId: later } };
    if (!(await bothJudged(store, organizationId, pair))) return refuseDownload(response, 409, 'CONFLICT', 'One of the images was not held against advisories, so that nobody can say what became of its findings.');
    const filter = findingChangeFilter(conditions);
    await sendTable(response, 'comparison.csv', header, (page) => store.comparisons.list(organizationId, pair, filter, page), async (changes) => changes.map(lineOf));
  };
}

function lineOf({ kind, finding, fromVersion, toVersion }: FindingChangeRecord): string {
  return csvLine([
    kind,
    finding.severity,
    finding.vulnerability,
    finding.exploitedSince,
    finding.packageName,
    fromVersion,
    toVersion,
    finding.fixVersion,
    finding.packageUrl,
    finding.ecosystem,
    finding.epss,
    finding.score,
    finding.locations[0]?.path,
  ]);
}
