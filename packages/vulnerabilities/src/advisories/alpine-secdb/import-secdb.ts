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

/** The repositories of one branch, as JSON texts. */
export interface SecdbBranch {
  readonly branch: string;
  readonly repositories: readonly string[];
}

/** What is said of each vulnerability: by identifier, then by package; `0` for not affected. */
type Fixes = Map<string, Map<string, string>>;

/**
 * Reads the security database of some branches, and Alpine's rejections (YAML), which say that a vulnerability never concerned a
 * package in any. One record an identifier. @throws VulnerabilitiesError `feed-malformed`.
 */
export function importSecdb(branches: readonly SecdbBranch[], rejections: readonly string[], writer: GenerationWriter, report: FeedReport): void {
  const records = new Map<string, AffectedPackage[]>();
  const rejected = readRejections(rejections, writer, report);
  for (const { branch, repositories } of branches) {
    const fixes: Fixes = new Map(rejected.entries().map(([id, packages]) => [id, new Map(packages)]));
    for (const text of repositories) {
      for (const { pkg } of readRepository(text, branch).packages ?? []) {
        keepRecords(writer, report, `${branch} ${pkg.name}`, () => {
          for (const [version, lines] of Object.entries(secfixesSchema.parse(pkg.secfixes ?? {}))) for (const line of lines ?? []) remember(fixes, line, pkg.name, version);
          return [];
        });
      }
    }
    for (const [id, packages] of fixes) records.set(id, [...(records.get(id) ?? []), ...[...packages].map(([name, fixed]) => affectedPackage(branch, name, fixed))]);
  }
  for (const [id, affected] of records) {
    const record = { id, kind: 'vulnerability', modified: report.now, published: undefined, withdrawn: undefined, summary: '', aliases: [], upstream: [], related: [], severities: [], affected } as const;
    keepRecords(writer, report, id, () => [{ record, body: { id, affected } }]);
  }
}

function affectedPackage(branch: string, name: string, fixed: string): AffectedPackage {
  return { ecosystem: `Alpine:${branch}`, name, ranges: [encodeEvents([{ kind: 'introduced', version: '0' }, { kind: 'fixed', version: fixed }])], versions: [], detail: { decisive: true } };
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

function readRejections(texts: readonly string[], writer: GenerationWriter, report: FeedReport): Fixes {
  const rejected: Fixes = new Map();
  for (const text of texts) {
    for (const [name, ids] of Object.entries(parseRejections(text))) {
      keepRecords(writer, report, `${name} (rejected)`, () => {
        for (const id of z.array(z.string().max(256)).parse(ids)) remember(rejected, id, name, '0');
        return [];
      });
    }
  }
  return rejected;
}

function parseRejections(text: string): Record<string, unknown> {
  try {
    return rejectionsSchema.parse(parse(text, { maxAliasCount: 0, schema: 'failsafe' })) ?? {};
  } catch (error) {
    throw malformed('The list of rejected vulnerabilities', error);
  }
}

function malformed(what: string, cause: unknown): VulnerabilitiesError {
  return new VulnerabilitiesError('feed-malformed', `${what} does not have the form Alpine publishes.`, 'Fetch it again; the records in use stay.', cause);
}
