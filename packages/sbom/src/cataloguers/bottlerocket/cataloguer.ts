import { z } from 'zod';
import { isIdentifier } from '../bounded-text.js';
import { defineCataloguer, type Extraction } from '../cataloguer.js';
import { distroQualifier } from '../distribution-qualifiers.js';
import { assembleRecords, presentFields, type RecordFact } from '../record-files.js';
import { whenNeeded } from '../../when-needed.js';

const text = whenNeeded(() => z.string().optional().catch(undefined));
const inventory = whenNeeded(() =>
  z.object({
    Content: z
      .array(
        z.object({ Name: z.string().refine(isIdentifier), Version: z.string().refine(isIdentifier), Release: text(), Epoch: text(), Architecture: text(), Publisher: text(), Url: text(), Summary: text() }).nullable().catch(null),
      )
      .max(100_000),
  }),
);

/** Bottlerocket, which keeps no package database, and an inventory of what it was built from. */
export const bottlerocketCataloguer = defineCataloguer<RecordFact>({
  name: 'bottlerocket',
  version: 1,
  candidates: { names: ['application-inventory.json'] },
  wants: (path) => path.endsWith('usr/share/bottlerocket/application-inventory.json'),
  extract({ content }): Extraction<RecordFact> {
    let document: unknown;
    try {
      document = JSON.parse(content.toString());
    } catch {
      document = undefined;
    }
    const parsed = inventory().safeParse(document).data;
    if (parsed === undefined) {
      return { diagnostics: [{ code: 'bottlerocket-inventory-unreadable', severity: 'incomplete', message: 'The inventory of Bottlerocket is not of its form.' }] };
    }
    const records = parsed.Content.flatMap((entry) => {
      if (entry === null) return [];
      const { Name: name, Version: version, Release: release, Epoch: epoch } = entry;
      return [
        {
          name,
          version: release === undefined || release === '' ? version : `${version}-${release}`,
          ...presentFields({ architecture: entry.Architecture, supplier: entry.Publisher, homepage: entry.Url, description: entry.Summary }),
          ...(epoch === undefined || epoch === '' ? {} : { qualifiers: { epoch } }),
        },
      ];
    });
    return { fact: { records } };
  },
  assemble: (view) =>
    assembleRecords(view, {
      ecosystem: 'bottlerocket',
      ownsFiles: true,
      packageUrl: ({ name, version, architecture }) => ({ type: 'bottlerocket', name, version, qualifiers: { arch: architecture, distro: distroQualifier(view.distribution) } }),
    }),
});
