import { parse } from 'yaml';
import { z } from 'zod';
import type { GenerationWriter } from '../../database/generation-writer.js';
import { versionSchemes } from '../../versions/schemes.js';
import { VulnerabilitiesError } from '../../vulnerabilities-error.js';
import { encodeEvents } from '../advisory-record.js';
import type { AffectedPackage } from '../advisory-record.js';
import { keepRecords } from '../feed.js';
import type { FeedReport } from '../feed.js';
import { rejectionsSchema, secdbSchema, secfixesSchema } from './schema.js';

/** What one branch says of each vulnerability: by identifier, then by package; `0` for not affected. */
type Fixes = Map<string, Map<string, string>>;

/**
 * Reads the security database of one branch: its repositories (JSON) and Alpine's rejections (YAML), which say that a
 * vulnerability never concerned a package. One record an identifier. @throws VulnerabilitiesError `feed-malformed`.
 */
export function importSecdb(branch: string, repositories: readonly string[], rejections: readonly string[], writer: GenerationWriter, report: FeedReport): void {
  const fixes: Fixes = new Map();
  for (const text of rejections) {
    for (const [name, ids] of Object.entries(readRejections(text))) {
      keepRecords(writer, report, `${name} (rejected)`, () => {
        for (const id of z.array(z.string().max(256)).parse(ids)) remember(fixes, id, name, '0');
        return [];
      });
    }
  }
  for (const text of repositories) {
    for (const { pkg } of readRepository(text, branch).packages ?? []) {
      keepRecords(writer, report, `${branch} ${pkg.name}`, () => {
        for (const [version, lines] of Object.entries(secfixesSchema.parse(pkg.secfixes ?? {}))) for (const line of lines ?? []) remember(fixes, line, pkg.name, version);
        return [];
      });
    }
  }
  for (const [id, packages] of fixes) {
    const affected = [...packages].map(([name, fixed]): AffectedPackage => ({
      ecosystem: `Alpine:${branch}`,
      name,
      ranges: [encodeEvents([{ kind: 'introduced', version: '0' }, { kind: 'fixed', version: fixed }])],
      versions: [],
      detail: { decisive: true },
    }));
    const record = { id, kind: 'vulnerability', modified: report.now, published: undefined, withdrawn: undefined, summary: '', aliases: [], upstream: [], related: [], severities: [], affected } as const;
    keepRecords(writer, report, id, () => [{ record, body: { id, branch, fixed: Object.fromEntries(packages) } }]);
  }
}

/** Some lines hold several identifiers, or a remark in brackets. A vulnerability that was fixed twice is fixed by the later version. */
function remember(fixes: Fixes, line: string, name: string, version: string): void {
  for (const id of line.replace(/\(.*?\)/g, ' ').split(/[\s,]+/)) {
    if (!/^(?:CVE-\d{4}-\d{4,}|[A-Z]+-[\w-]*\d[\w-]*)$/.test(id)) continue;
    const packages = fixes.get(id) ?? new Map<string, string>();
    fixes.set(id, packages);
    const known = packages.get(name);
    if (known === undefined || known === '0' || (version !== '0' && isLater(version, known))) packages.set(name, version);
  }
}

function isLater(version: string, other: string): boolean {
  const [one, two] = [versionSchemes.apk.parse(version), versionSchemes.apk.parse(other)];
  return one !== undefined && (two === undefined || one > two);
}

function readRepository(text: string, branch: string): z.infer<typeof secdbSchema> {
  try {
    const repository = secdbSchema.parse(JSON.parse(text));
    if (repository.distroversion !== branch) throw new TypeError(`It is of ${repository.distroversion}.`);
    return repository;
  } catch (error) {
    throw malformed(`The security database of ${branch}`, error);
  }
}

function readRejections(text: string): Record<string, unknown> {
  try {
    return rejectionsSchema.parse(parse(text, { maxAliasCount: 0, schema: 'failsafe' })) ?? {};
  } catch (error) {
    throw malformed('The list of rejected vulnerabilities', error);
  }
}

function malformed(what: string, cause: unknown): VulnerabilitiesError {
  return new VulnerabilitiesError('feed-malformed', `${what} does not have the form Alpine publishes.`, 'Fetch it again; the records in use stay.', cause);
}
