import { z } from 'zod';
import type { GenerationWriter } from '../../database/generation-writer.js';
import { levelOfScore } from '../../matchers/severity.js';
import { VulnerabilitiesError } from '../../vulnerabilities-error.js';
import { encodeEvents } from '../advisory-record.js';
import type { AffectedPackage } from '../advisory-record.js';
import { keepRecords } from '../feed.js';
import type { FeedReport } from '../feed.js';

const name = z.string().min(1).max(256).regex(/^\S+$/);

/** One row of `cve_data_photon<release>.json`; older files have no status. */
const rowSchema = z.object({
  cve_id: z.string().regex(/^[A-Z]{2,}-[\w-]*\d[\w-]*$/),
  pkg: name,
  cve_score: z.number().min(0).max(10).nullish(),
  res_ver: z.string().max(256),
  status: z.string().max(64).optional(),
});

const fileSchema = z.array(z.unknown()).max(1_000_000);

/** Reads Photon OS's data of one release: one record an identifier. @throws VulnerabilitiesError `feed-malformed`. */
export function importPhoton(release: string, json: string, writer: GenerationWriter, report: FeedReport): void {
  const vulnerabilities = new Map<string, { readonly affected: AffectedPackage[]; score: number | undefined }>();
  for (const row of readFile(json)) {
    keepRecords(writer, report, nameOf(row), () => {
      const { cve_id: id, cve_score: score, pkg, res_ver: resolved, status } = rowSchema.parse(row);
      const isNever = status === 'Not Affected';
      const fixed = isNever ? '0' : /^\d[^\s]*$/.test(resolved) ? resolved : undefined;
      // Fixed, without a version that says where: nothing can be compared.
      if (fixed === undefined && status === 'Fixed') return [];
      const known = vulnerabilities.get(id) ?? { affected: [], score: undefined };
      vulnerabilities.set(id, known);
      known.score ??= score ?? undefined;
      known.affected.push({
        ecosystem: `Photon OS:${release}`,
        name: pkg,
        ranges: [encodeEvents([{ kind: 'introduced', version: '0' }, ...(fixed === undefined ? [] : [{ kind: 'fixed', version: fixed } as const])])],
        versions: [],
        detail: undefined,
      });
      return [];
    });
  }
  for (const [id, { affected, score }] of vulnerabilities) {
    // A score without its vector: only its band is kept.
    const severities = score === undefined || score === 0 ? [] : [{ type: 'word', score: levelOfScore(score, '3.1') }];
    const record = { id, kind: 'vulnerability', modified: report.now, published: undefined, withdrawn: undefined, summary: '', aliases: [], upstream: [], related: [], severities, affected } as const;
    keepRecords(writer, report, id, () => [{ record, body: { id, score, affected } }]);
  }
}

function readFile(json: string): unknown[] {
  try {
    return fileSchema.parse(JSON.parse(json));
  } catch (error) {
    throw new VulnerabilitiesError('feed-malformed', 'The file does not have the form Photon OS publishes.', 'Fetch it again; the records in use stay.', error);
  }
}

function nameOf(row: unknown): string {
  const named = z.object({ cve_id: z.string(), pkg: z.string() }).safeParse(row);
  return named.success ? `${named.data.cve_id} ${named.data.pkg}`.slice(0, 200) : 'a row';
}
