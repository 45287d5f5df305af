import { z } from 'zod';
import type { GenerationWriter } from '../../database/generation-writer.js';
import { VulnerabilitiesError } from '../../vulnerabilities-error.js';

const day = z.string().regex(/^\d{4}-\d{2}-\d{2}$/);

/** https://www.cisa.gov/known-exploited-vulnerabilities-catalog; the fields used. */
const catalogue = z.object({
  vulnerabilities: z
    .array(
      z.object({
        cveID: z.string().regex(/^CVE-\d{4}-\d{4,}$/),
        dateAdded: day,
        dueDate: day,
        knownRansomwareCampaignUse: z.string().max(64).optional(),
        requiredAction: z.string().max(4_000).optional(),
      }),
    )
    .max(100_000),
});

/** Replaces what the database holds of CISA's catalogue of exploited vulnerabilities. @returns the number of entries. @throws VulnerabilitiesError `feed-malformed`. */
export function importKev(json: string, writer: GenerationWriter): number {
  const entries = readCatalogue(json);
  writer.clearEnrichment('kev');
  for (const entry of entries) {
    writer.setExploited({ cve: entry.cveID, added: entry.dateAdded, due: entry.dueDate, ransomware: entry.knownRansomwareCampaignUse === 'Known', action: entry.requiredAction ?? '' });
  }
  return entries.length;
}

function readCatalogue(json: string): z.infer<typeof catalogue>['vulnerabilities'] {
  try {
    return catalogue.parse(JSON.parse(json)).vulnerabilities;
  } catch (error) {
    throw new VulnerabilitiesError('feed-malformed', 'The catalogue of exploited vulnerabilities does not have the form CISA documents.', 'Fetch it again; the entries in use stay.', error);
  }
}
