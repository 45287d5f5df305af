import type { ListedComponentRecord, Store } from '@esscm/store';
import type { RequestHandler } from 'express';
import { z } from 'zod';
import { ComponentSort } from '../modules/images/component.type.js';
import { readerOf, refuseDownload, sendTable } from './csv-download.js';
import { csvLine } from './csv-text.js';

/** The same conditions and order as `ImageContent.components`, as an address carries them. */
const querySchema = z
  .strictObject({
    search: z.string().max(1000),
    ecosystem: z.string().max(60),
    layerIndex: z.coerce.number().int().min(0),
    licence: z.string().max(1000),
    sort: z.enum(ComponentSort),
    reversed: z.enum(['true', 'false']).transform((text) => text === 'true'),
  })
  .partial();

const header = ['component', 'version', 'type', 'licences', 'layer', 'critical', 'high', 'medium', 'low', 'package_url', 'file'];

/** Answers `/api/images/:imageId/components.csv` with the components of the shown result that fit, in the order asked for. */
export function createImageComponentsHandler(store: Pick<Store, 'images' | 'contents'>): RequestHandler<{ imageId: string }> {
  return async (request, response) => {
    const requester = readerOf(response);
    if (requester === undefined) return;
    const parsed = querySchema.safeParse(request.query);
    if (!parsed.success) return refuseDownload(response, 400, 'BAD_USER_INPUT', `The filter cannot be read: ${parsed.error.issues.map(({ path }) => path.join('.')).join(', ') || 'unknown condition'}.`);
    const organizationId = requester.organization.id;
    const contentId = (await store.images.find(organizationId, request.params.imageId))?.contentId;
    if (contentId === undefined) return refuseDownload(response, 404, 'NOT_FOUND', 'This image does not exist, or has no result yet.');
    const { sort: by = 'name', reversed = false, ...filter } = parsed.data;
    await sendTable(response, 'components.csv', header, (page) => store.contents.components(organizationId, contentId, given(filter), page, { by, reversed }), (components) => Promise.resolve(components.map(lineOf)));
  };
}

function given<Conditions extends object>(conditions: Conditions): { [Name in keyof Conditions]: Exclude<Conditions[Name], undefined> } {
  return Object.fromEntries(Object.entries(conditions).filter(([, value]) => value !== undefined)) as { [Name in keyof Conditions]: Exclude<Conditions[Name], undefined> };
}

function lineOf({ name, version, ecosystem, licences, locations, findingCounts, packageUrl }: ListedComponentRecord): string {
  const [location] = locations;
  return csvLine([
    name,
    version,
    ecosystem,
    licences.map(({ declared, spdxExpression }) => spdxExpression ?? declared).join(', '),
    location === undefined ? undefined : location.layerIndex + 1,
    // Nothing where the image was not matched: that is not zero.
    findingCounts?.critical,
    findingCounts?.high,
    findingCounts?.medium,
    findingCounts?.low,
    packageUrl,
    location?.path,
  ]);
}
