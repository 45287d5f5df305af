import { severities, type FindingRecord } from '../finding-records.js';
import type { ComponentRecord } from '../records.js';
import { withoutNulls } from '../without-nulls.js';

/** A finding of an image as lists select it: the columns of `findings`, and those of its image and component. */
export interface FindingRow {
  readonly content_id: string;
  readonly position: number;
  readonly vulnerability: string;
  readonly image_id: string;
  readonly sort_key: number | string;
  readonly component_id: string;
  readonly package_key: string;
  readonly package_name: string;
  readonly package_version: string;
  readonly package_url: string;
  readonly ecosystem: string;
  readonly locations: ComponentRecord['locations'];
  readonly owned_by: string | null;
  readonly layer_index: number | null;
  readonly severity: number;
  readonly score: number | null;
  readonly epss: number | null;
  readonly epss_percentile: number | null;
  readonly exploited_since: string | null;
  readonly exploited_due: string | null;
  readonly ransomware: boolean;
  readonly fix_state: string;
  readonly fix_version: string | null;
  readonly class: string;
  readonly hidden: boolean;
  readonly confidence: string;
  readonly published: string | null;
  readonly fingerprint: string;
  readonly first_seen_at: Date;
}

/** The record of a row. */
export function toFinding(row: FindingRow): FindingRecord {
  return withoutNulls({
    imageId: row.image_id,
    contentId: row.content_id,
    position: row.position,
    componentId: row.component_id,
    vulnerability: row.vulnerability,
    packageKey: row.package_key,
    packageName: row.package_name,
    packageVersion: row.package_version,
    packageUrl: row.package_url,
    ecosystem: row.ecosystem,
    locations: row.locations,
    ownedBy: row.owned_by,
    layerIndex: row.layer_index,
    severity: severities[row.severity] ?? 'unknown',
    score: row.score,
    epss: row.epss,
    epssPercentile: row.epss_percentile,
    exploitedSince: row.exploited_since,
    exploitedDue: row.exploited_due,
    ransomware: row.ransomware,
    fixState: row.fix_state,
    fixVersion: row.fix_version,
    class: row.class,
    hidden: row.hidden,
    confidence: row.confidence,
    published: row.published,
    fingerprint: row.fingerprint,
    firstSeenAt: new Date(row.first_seen_at),
  });
}
