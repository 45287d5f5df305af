import { eq, sql, type SQL } from 'drizzle-orm';
import { severities, type FindingInput, type MatchingInput } from '../finding-records.js';
import { components } from '../schema/content-tables.js';
import { findingDetails, findings, matchings } from '../schema/finding-tables.js';
import { storableJson, storableText } from '../storable-text.js';
import type { Executor } from '../store-context.js';
import { recordRematch } from './finding-events.js';
import { findingPriority } from './finding-priority.js';

/** Rows of one insert: some tens of milliseconds, after which readers of the embedded database get their turn. */
const rowsPerStatement = 1000;

interface WrittenFor {
  readonly organizationId: string;
  readonly contentId: string;
  readonly now: Date;
}

/**
 * Writes what came of matching a content whose components are written. Findings the content has already keep the day they were
 * first seen. Inside a transaction readers see the old result or the new one.
 */
export async function writeMatching(executor: Executor, target: WrittenFor, matching: MatchingInput): Promise<void> {
  const { organizationId, contentId, now } = target;
  await writeDetails(executor, organizationId, matching.findings);
  // Locked first, as a later match of many contents does, so that neither waits for the other in a circle.
  const [earlier] = await executor.select({ state: matchings.state }).from(matchings).where(eq(matchings.contentId, contentId)).for('update');
  const seen = earlier === undefined ? [] : await executor.select().from(findings).where(eq(findings.contentId, contentId));
  const firstSeen = new Map(seen.map((row) => [`${row.vulnerability}\n${row.packageKey}`, row.firstSeenAt]));
  if (seen.length > 0) await executor.delete(findings).where(eq(findings.contentId, contentId));
  for (let start = 0; start < matching.findings.length; start += rowsPerStatement) {
    await executor.execute(insertFindings(target, matching.findings.slice(start, start + rowsPerStatement), firstSeen));
  }
  // What nobody could judge before has no history: its first findings are not news of the advisories.
  const wasJudged = earlier !== undefined && earlier.state !== 'unmatched';
  if (wasJudged && matching.state !== 'unmatched') await recordRematch(executor, target, seen, matching);
  const shown = matching.findings.filter((finding) => !finding.hidden);
  const row = {
    state: matching.state,
    revision: matching.revision ?? null,
    heldRevision: matching.heldRevision ?? null,
    advisoriesAt: matching.advisoriesAt ?? null,
    matchedAt: now,
    matcherVersion: matching.matcherVersion,
    distribution: matching.distribution ?? null,
    notices: matching.notices,
    missingEcosystems: matching.missingEcosystems.map(storableText),
    suppressedCount: matching.suppressedCount,
    hiddenCount: matching.findings.length - shown.length,
    ...countBySeverity(shown),
    exploitedCount: shown.filter((finding) => finding.exploitedSince !== undefined).length,
    fixableCount: shown.filter((finding) => finding.fixVersion !== undefined).length,
  };
  await executor.insert(matchings).values({ contentId, organizationId, ...row }).onConflictDoUpdate({ target: matchings.contentId, set: row });
}

/** How many findings there are of each severity. */
export function countBySeverity(shown: readonly FindingInput[]) {
  const counts = { critical: 0, high: 0, medium: 0, low: 0, negligible: 0, none: 0, unknown: 0 };
  for (const { severity } of shown) counts[severity] += 1;
  return counts;
}

export async function writeDetails(executor: Executor, organizationId: string, all: readonly FindingInput[]): Promise<void> {
  // In one order, so that two results written at once do not wait for each other in a circle.
  const unique = [...new Map(all.map((finding) => [finding.fingerprint, finding])).values()].toSorted((one, other) => (one.fingerprint < other.fingerprint ? -1 : 1));
  for (let start = 0; start < unique.length; start += rowsPerStatement) {
    const rows = unique.slice(start, start + rowsPerStatement);
    const identifiers = rows.map((row) => storableJson(row.detail.identifiers));
    await executor.execute(sql`
      insert into ${findingDetails} (organization_id, fingerprint, vulnerability, identifiers, detail)
      select ${organizationId}, row.fingerprint, row.vulnerability, array(select jsonb_array_elements_text(row.identifiers::jsonb)), row.detail::jsonb
      from unnest(${sql.param(rows.map((row) => row.fingerprint))}::text[], ${sql.param(rows.map((row) => storableText(row.vulnerability)))}::text[],
        ${sql.param(identifiers)}::text[], ${sql.param(rows.map((row) => storableJson(row.detail)))}::text[]) as row (fingerprint, vulnerability, identifiers, detail)
      on conflict do nothing`);
  }
}

function insertFindings({ organizationId, contentId, now }: WrittenFor, rows: readonly FindingInput[], firstSeen: ReadonlyMap<string, Date>): SQL {
  const column = (value: (row: FindingInput) => string | number | boolean | null | undefined, type: 'text' | 'int' | 'float8' | 'boolean' | 'timestamptz') =>
    sql`${sql.param(rows.map((row) => stored(value(row))))}::${sql.raw(type)}[]`;
  return sql`
    insert into ${findings} (content_id, organization_id, position, package_name, package_version, ecosystem, layer_index, vulnerability, package_key,
      severity, score, epss, epss_percentile, exploited_since, exploited_due, ransomware, fix_state, fix_version, class, hidden, confidence, published,
      priority, fingerprint, first_seen_at)
    select ${contentId}, ${organizationId}, component.position, component.name, component.version, component.ecosystem, component.layer_index,
      row.vulnerability, row.package_key, row.severity, row.score, row.epss, row.epss_percentile, row.exploited_since, row.exploited_due, row.ransomware,
      row.fix_state, row.fix_version, row.class, row.hidden, row.confidence, row.published, row.priority, row.fingerprint, row.first_seen_at
    from unnest(
      ${column((row) => row.componentId, 'text')}, ${column((row) => row.vulnerability, 'text')}, ${column((row) => row.packageKey, 'text')},
      ${column((row) => severities.indexOf(row.severity), 'int')}, ${column((row) => row.score, 'float8')}, ${column((row) => row.epss, 'float8')},
      ${column((row) => row.epssPercentile, 'float8')}, ${column((row) => row.exploitedSince, 'text')}, ${column((row) => row.exploitedDue, 'text')},
      ${column((row) => row.ransomware, 'boolean')}, ${column((row) => row.fixState, 'text')}, ${column((row) => row.fixVersion, 'text')},
      ${column((row) => row.class, 'text')}, ${column((row) => row.hidden, 'boolean')}, ${column((row) => row.confidence, 'text')},
      ${column((row) => row.published, 'text')}, ${column(findingPriority, 'int')}, ${column((row) => row.fingerprint, 'text')},
      ${column((row) => (firstSeen.get(`${row.vulnerability}\n${row.packageKey}`) ?? now).toISOString(), 'timestamptz')}
    ) as row (component_id, vulnerability, package_key, severity, score, epss, epss_percentile, exploited_since, exploited_due, ransomware, fix_state,
      fix_version, class, hidden, confidence, published, priority, fingerprint, first_seen_at)
    join ${components} as component on component.content_id = ${contentId} and component.id = row.component_id
    on conflict do nothing`;
}

function stored(value: string | number | boolean | null | undefined): string | number | boolean | null {
  return typeof value === 'string' ? storableText(value) : (value ?? null);
}
