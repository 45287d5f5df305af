import { type FindingRecord, severities, type Store } from '@esscm/store';
import type { RequestHandler } from 'express';
import { z } from 'zod';
import type { ServedDependencies } from '../dependencies.js';
import { createLoaders } from '../loaders.js';
import { findingFilter, mostNamed } from '../modules/findings/finding-view.js';
import { FindingSort } from '../modules/findings/finding.input.js';
import { FindingState } from '../modules/triage/decision.type.js';
import { readerOf, refuseDownload, sendTable } from './csv-download.js';
import { csvLine } from './csv-text.js';

/** Given once for each. */
const names = z.union([z.string().transform((name) => [name]), z.array(z.string()).max(mostNamed)]);

const flag = z.enum(['true', 'false']).transform((text) => text === 'true');

/** The same conditions as `FindingFilterInput`, as an address carries them, and the order. */
const filterSchema = z
  .strictObject({
    severities: z.string().transform((text) => text.split(',')).pipe(z.array(z.enum(severities)).max(severities.length)),
    states: z.string().transform((text) => text.split(',')).pipe(z.array(z.enum(FindingState)).max(20)),
    exploited: flag,
    fixAvailable: flag,
    minimumEpss: z.coerce.number().min(0).max(1),
    vulnerabilityId: z.string().max(200),
    vulnerabilityIds: names,
    search: z.string().max(200),
    packageKey: z.string().max(1000),
    packageKeys: names,
    ecosystem: z.string().max(50),
    layerIndex: z.coerce.number().int().min(0),
    imageId: z.string().max(60),
    imageIds: names,
    imageName: z.string().max(500),
    connectionId: z.string().max(60),
    projectId: z.string().max(60),
    projectVersionId: z.string().max(60),
    firstSeenSince: z.iso.datetime().transform((text) => new Date(text)),
    firstSeenBefore: z.iso.datetime().transform((text) => new Date(text)),
    baseLayer: z.string().max(200),
    vexDocumentId: z.string().max(60),
    includeHidden: flag,
    sort: z.enum(FindingSort),
    reversed: flag,
  })
  .partial();

const header = ['severity', 'vulnerability', 'exploited_since', 'package', 'installed_version', 'fixed_version', 'package_url', 'type', 'epss', 'cvss', 'image', 'tag', 'project', 'project_version', 'file', 'layer', 'first_seen'];

/** Answers `/api/findings.csv` with every finding of the filter. */
export function createFindingsHandler({ store, clock }: Pick<ServedDependencies, 'store' | 'clock'>): RequestHandler {
  return async (request, response) => {
    const requester = readerOf(response);
    if (requester === undefined) return;
    const parsed = filterSchema.safeParse(request.query);
    if (!parsed.success) return refuseDownload(response, 400, 'BAD_USER_INPUT', `The filter cannot be read: ${parsed.error.issues.map(({ path }) => path.join('.')).join(', ') || 'unknown condition'}.`);
    const { sort = FindingSort.IMPORTANCE, reversed = false, ...wanted } = parsed.data;
    const filter = findingFilter(wanted, clock?.now() ?? new Date());
    const organizationId = requester.organization.id;
    await sendTable(response, 'findings.csv', header, (page) => store.findings.list(organizationId, filter, sort, { ...page, reversed }), (findings) => linesOf(store, organizationId, findings));
  };
}

async function linesOf(store: Store, organizationId: string, findings: readonly FindingRecord[]): Promise<readonly string[]> {
  const loaders = createLoaders(store, organizationId);
  return Promise.all(
    findings.map(async (finding) => {
      const image = await loaders.images.load(finding.imageId);
      const version = image === undefined ? undefined : await loaders.projectVersions.load(image.projectVersionId);
      const project = version === undefined ? undefined : await loaders.projects.load(version.projectId);
      return csvLine([
        finding.severity,
        finding.vulnerability,
        finding.exploitedSince,
        finding.packageName,
        finding.packageVersion,
        finding.fixVersion,
        finding.packageUrl,
        finding.ecosystem,
        finding.epss,
        finding.score,
        image?.name,
        image?.tag ?? image?.pinnedDigest,
        project?.name,
        version?.version,
        finding.locations[0]?.path,
        finding.layerIndex === undefined ? undefined : finding.layerIndex + 1,
        finding.firstSeenAt.toISOString(),
      ]);
    }),
  );
}
