import { inflateSync } from 'node:zlib';
import { z } from 'zod';
import { isIdentifier } from '../bounded-text.js';
import { whenNeeded } from '../../when-needed.js';

/** A crate that is part of a program. */
export interface RustCrate {
  readonly name: string;
  readonly version: string;
  /** Positions in the list. */
  readonly dependencies: readonly number[];
}

/** Real programs stay below a tenth of each. */
const maximumAuditBytes = 8 * 1024 * 1024;
const maximumCrates = 20_000;
const maximumEdges = 200_000;

const auditData = whenNeeded(() =>
  z.object({
    packages: z
      .array(
        z.object({
          name: z.string().refine(isIdentifier),
          version: z.string().refine(isIdentifier),
          kind: z.enum(['runtime', 'build']).optional(),
          dependencies: z.array(z.int().nonnegative()).optional(),
        }),
      )
      .max(maximumCrates),
  }),
);

/**
 * Reads what cargo-auditable puts into a program: JSON, compressed with zlib. Crates that were only run to build the
 * program are no part of it and left out.
 * @throws Error for anything else, and for data larger than any real one
 */
export function parseAuditData(section: Buffer): readonly RustCrate[] {
  const json = inflateSync(section, { maxOutputLength: maximumAuditBytes }).toString();
  const { packages } = auditData().parse(JSON.parse(json));
  const positions = new Map<number, number>();
  for (const [index, { kind }] of packages.entries()) if (kind !== 'build') positions.set(index, positions.size);
  let edges = 0;
  return [...positions.keys()].flatMap((index) => {
    const found = packages[index];
    if (found === undefined) return [];
    const dependencies = [...new Set(found.dependencies ?? [])].flatMap((dependency) => positions.get(dependency) ?? []);
    edges += dependencies.length;
    if (edges > maximumEdges) throw new Error(`more than ${maximumEdges} dependencies`);
    return [{ name: found.name, version: found.version, dependencies }];
  });
}
