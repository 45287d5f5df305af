import { z } from 'zod';
import { whenNeeded } from '../../when-needed.js';

/** Where npm got an installed package from, and the digest of the archive it unpacked. */
export interface InstalledOrigin {
  readonly version: string;
  readonly integrity?: string;
  readonly resolved?: string;
}

const text = whenNeeded(() => z.string().max(4000).optional().catch(undefined));
const lockfile = whenNeeded(() =>
  z.object({
    packages: z.record(z.string(), z.object({ version: text(), integrity: text(), resolved: text() }).optional().catch(undefined)),
  }),
);

const maximumPackages = 100_000;

/**
 * Reads `node_modules/.package-lock.json`, which npm 7 and later keep of what they installed (docs.npmjs.com,
 * package-lock.json, "Hidden Lockfiles"). Unlike a lock file it describes the folder it is in.
 * @returns origins by path of the package's folder, relative to the folder above `node_modules`
 * @throws SyntaxError or ZodError for text of another form
 */
export function parseHiddenLockfile(content: string): Readonly<Record<string, InstalledOrigin>> {
  const { packages } = lockfile().parse(JSON.parse(content));
  return Object.fromEntries(
    Object.entries(packages)
      .slice(0, maximumPackages)
      .flatMap(([path, entry]): readonly [string, InstalledOrigin][] => {
        if (entry?.version === undefined || (entry.integrity === undefined && entry.resolved === undefined)) return [];
        const { version, integrity, resolved } = entry;
        return [[path, { version, ...(integrity === undefined ? {} : { integrity }), ...(resolved === undefined ? {} : { resolved }) }]];
      }),
  );
}
