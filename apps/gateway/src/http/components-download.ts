import type { PackagePlaceRecord, Page, PageRequest, Store } from '@esscm/store';
import type { RequestHandler } from 'express';
import { z } from 'zod';
import { createLoaders, type Loaders } from '../loaders.js';
import { ComponentSearchService } from '../modules/components/component-search.service.js';
import { ComponentMatchSort } from '../modules/components/component-search.input.js';
import type { ComponentVersion } from '../modules/components/component-search.type.js';
import { readerOf, refuseDownload, sendTable } from './csv-download.js';
import { csvLine } from './csv-text.js';

/** The same conditions and order as `Query.searchComponents`, as an address carries them. */
const querySchema = z.strictObject({
  text: z.string(),
  versionRange: z.string().max(200).optional(),
  ecosystem: z.string().max(60).optional(),
  sort: z.enum(ComponentMatchSort).optional(),
  reversed: z.enum(['true', 'false']).transform((text) => text === 'true').optional(),
  vulnerable: z.enum(['true', 'false']).transform((text) => text === 'true').optional(),
});

const header = ['component', 'version', 'type', 'package_url', 'critical', 'high', 'medium', 'low', 'image', 'tag', 'project', 'project_version', 'file', 'layer'];

/** A copy of a version in an image. */
interface Copy {
  readonly version: ComponentVersion;
  readonly place: PackagePlaceRecord;
}

/** Answers `/api/components.csv` with every copy of every version that a search finds, in the order of the search. A search that finds too much to be told whole is refused. */
export function createComponentsHandler(store: Store): RequestHandler {
  const service = new ComponentSearchService(store);
  return async (request, response) => {
    const requester = readerOf(response);
    if (requester === undefined) return;
    const parsed = querySchema.safeParse(request.query);
    if (!parsed.success) return refuseDownload(response, 400, 'BAD_USER_INPUT', `The search cannot be read: ${parsed.error.issues.map(({ path }) => path.join('.')).join(', ') || 'unknown condition'}.`);
    const { text, versionRange, ecosystem, vulnerable, sort = 'match', reversed = false } = parsed.data;
    const organizationId = requester.organization.id;
    const wanted = { text, ...(versionRange !== undefined && { versionRange }), ...(ecosystem !== undefined && { ecosystem }), ...(vulnerable !== undefined && { vulnerable }) };
    const found = await service.search(organizationId, wanted, { sort, reversed });
    if (!('versions' in found)) return refuseDownload(response, 400, 'BAD_USER_INPUT', found.map(({ message }) => message).join(' '));
    if (found.truncated) return refuseDownload(response, 400, 'BAD_USER_INPUT', 'More versions fit than one list holds. Give more of the name.');
    const loaders = createLoaders(store, organizationId);
    const read = copiesOf(await service.views(organizationId, found.versions), (version, page) => store.packages.places(organizationId, version, page));
    await sendTable(response, 'components.csv', header, read, (copies) => Promise.all(copies.map((copy) => lineOf(loaders, copy))));
  };
}

/** Reads the copies of one version after the other; a cursor is the place of the version and the cursor among its copies. */
function copiesOf(versions: readonly ComponentVersion[], placesOf: (version: ComponentVersion, page: PageRequest) => Promise<Page<PackagePlaceRecord>>): (page: PageRequest) => Promise<Page<Copy>> {
  return async ({ first, after = '0 ' }) => {
    const [index = '0', cursor = ''] = after.split(' ');
    const version = versions[Number(index)];
    if (version === undefined) return { items: [] };
    const { items, nextCursor } = await placesOf(version, { first, ...(cursor !== '' && { after: cursor }) });
    const next = nextCursor === undefined ? `${Number(index) + 1} ` : `${index} ${nextCursor}`;
    return { items: items.map((place) => ({ version, place })), ...(Number(index) + (nextCursor === undefined ? 1 : 0) < versions.length && { nextCursor: next }) };
  };
}

async function lineOf(loaders: Loaders, { version, place: { image, locations, findings } }: Copy): Promise<string> {
  const projectVersion = await loaders.projectVersions.load(image.projectVersionId);
  const project = projectVersion === undefined ? undefined : await loaders.projects.load(projectVersion.projectId);
  const [location] = locations;
  return csvLine([
    version.name,
    version.version,
    version.ecosystem,
    version.id,
    // Nothing where the image was not judged: that is not zero.
    findings?.counts.critical,
    findings?.counts.high,
    findings?.counts.medium,
    findings?.counts.low,
    image.name,
    image.tag ?? image.pinnedDigest,
    project?.name,
    projectVersion?.version,
    location?.path,
    location === undefined ? undefined : location.layerIndex + 1,
  ]);
}
