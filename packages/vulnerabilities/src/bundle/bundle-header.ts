import { z } from 'zod';
import { databaseVersion } from '../database/schema.js';

/** What bundles of every version begin with. */
export const bundleName = 'ESSCM-ADVISORIES ';
/** First line of a bundle. */
export const bundleMark = `${bundleName}1\n`;
/** Longer headers are refused. */
export const maximumHeaderBytes = 1024 * 1024;

const source = z.object({ name: z.string().max(256), records: z.number().int().nonnegative(), importedAt: z.string().max(64), licence: z.string().max(1_000), attribution: z.string().max(1_000) });

/** What a bundle says of itself: the second line, as JSON. The database follows, compressed with Zstandard, to the end of the file. */
export const bundleHeaderSchema = z.object({
  databaseVersion: z.number().int(),
  /** RFC 3339. */
  createdAt: z.string().max(64),
  /** Of the database, not compressed. */
  bytes: z.number().int().positive(),
  /** Of the database, not compressed, in hexadecimal. */
  sha256: z.string().regex(/^[0-9a-f]{64}$/),
  sources: z.array(source).max(10_000),
  /** Sources whose terms forbid handing them on. */
  leftOut: z.array(z.string().max(256)).max(10_000),
});

export type BundleHeader = z.infer<typeof bundleHeaderSchema>;

/** The version of the database in bundles this program writes and reads. */
export const bundledDatabaseVersion = databaseVersion;
