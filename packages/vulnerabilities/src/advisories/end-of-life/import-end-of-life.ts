import { z } from 'zod';
import type { GenerationWriter } from '../../database/generation-writer.js';
import { VulnerabilitiesError } from '../../vulnerabilities-error.js';

const day = z.string().regex(/^\d{4}-\d{2}-\d{2}$/);

const release = z.object({
  name: z.string().min(1).max(64),
  label: z.string().max(256).nullish(),
  isEol: z.boolean(),
  eolFrom: day.nullish(),
  /** Support that has to be asked or paid for. */
  eoesFrom: day.nullish(),
});

const product = z.object({
  name: z.string().min(1).max(64),
  aliases: z.array(z.string().max(64)).max(100).nullish(),
  identifiers: z.array(z.object({ type: z.string().max(64), id: z.string().max(512) })).max(10_000).nullish(),
  releases: z.array(release).max(10_000),
});

/** https://endoflife.date/docs/api/v1; the fields used. */
const response = z.object({ result: z.array(z.unknown()).max(10_000) });

/** Package types of distributions: their packages are supported as long as the distribution is. */
const distributionTypes = /^pkg:(?:deb|rpm|apk|alpm|docker|oci)\//;

/**
 * Replaces what the database holds of releases and their support. A product of another form is left out by name.
 * @returns the number of products. @throws VulnerabilitiesError `feed-malformed` when there is none.
 */
export function importEndOfLife(json: string, writer: GenerationWriter, refused: (name: string, reason: string) => void): number {
  writer.clearSupport();
  let count = 0;
  for (const each of readResponse(json)) {
    const parsed = product.safeParse(each);
    if (!parsed.success) {
      refused(z.object({ name: z.string() }).safeParse(each).data?.name.slice(0, 64) ?? 'a product', parsed.error.issues[0]?.message ?? 'it has another form');
      continue;
    }
    const { name, aliases, identifiers, releases } = parsed.data;
    const packageUrls = (identifiers ?? []).flatMap(({ type, id }) => (type === 'purl' && !distributionTypes.test(id) ? [id.replace(/[?#@].*$/, '')] : []));
    writer.setSupport(
      name,
      [...(aliases ?? []), ...packageUrls],
      releases.map(({ name: cycle, label, isEol, eolFrom, eoesFrom }) => ({ cycle, label: label ?? cycle, ended: isEol, ends: eolFrom ?? undefined, extendedEnds: eoesFrom ?? undefined })),
    );
    count += 1;
  }
  if (count === 0) throw new VulnerabilitiesError('feed-malformed', 'The file holds no product in the form endoflife.date documents.', 'Fetch it again; the dates in use stay.');
  return count;
}

function readResponse(json: string): unknown[] {
  try {
    return response.parse(JSON.parse(json)).result;
  } catch (error) {
    throw new VulnerabilitiesError('feed-malformed', 'The file does not have the form endoflife.date documents.', 'Fetch it again; the dates in use stay.', error);
  }
}
