import type { Database } from '@esscm/store';

/** What is stored of images, by their names; nothing of it depends on the store it is in. */
export interface StoredResults {
  readonly findings: readonly Record<string, unknown>[];
  readonly matchings: readonly Record<string, unknown>[];
}

/** Reads everything a match wrote, but ids, the days of writing and the first days of findings. */
export async function storedResults({ pool }: Pick<Database, 'pool'>): Promise<StoredResults> {
  const rowsOf = async (table: 'findings' | 'matchings', order: string) => {
    const { rows } = await pool.query<{ name: string; row: Record<string, unknown> }>(
      `select i.name, to_jsonb(r) - '{content_id,organization_id,first_seen_at,matched_at}'::text[] as row from esscm.tracked_images as i join esscm.${table} as r on r.content_id = i.content_id order by i.name${order}`,
    );
    return rows.map(({ name, row }) => ({ image: name, ...row }));
  };
  return { findings: await rowsOf('findings', ', r.position, r.vulnerability'), matchings: await rowsOf('matchings', '') };
}

interface ShownFinding {
  readonly image: string;
  readonly what: string;
  readonly severity: number;
  readonly fix: string | null;
}

/** What images show, with what an event would say of it. */
export async function shownFindings({ pool }: Pick<Database, 'pool'>): Promise<ShownFinding[]> {
  const { rows } = await pool.query<ShownFinding>(`
    select i.name as image, concat_ws(' ', f.vulnerability, f.package_key, f.package_name, f.package_version) as what, f.severity, f.fix_version as fix
    from esscm.tracked_images as i join esscm.findings as f on f.content_id = i.content_id where not f.hidden`);
  return rows;
}

/** What images would show if it was told by their events alone: what they showed first, then what happened, in order. */
export async function toldFindings({ pool }: Pick<Database, 'pool'>, first: readonly ShownFinding[]): Promise<string[]> {
  const { rows } = await pool.query<ShownFinding & { readonly kind: string }>(`
    select e.kind, i.name as image, concat_ws(' ', e.vulnerability, e.package_key, e.package_name, e.package_version) as what, e.severity, e.fix_version as fix
    from esscm.finding_events as e join esscm.tracked_images as i on i.id = e.image_id order by e.id`);
  const told = new Map<string, { count: number; last: ShownFinding }>();
  for (const happened of [...first.map((shown) => ({ ...shown, kind: 'new' })), ...rows]) {
    const key = `${happened.image} ${happened.what}`;
    const { count } = told.get(key) ?? { count: 0 };
    told.set(key, { count: count + (happened.kind === 'new' ? 1 : happened.kind === 'resolved' ? -1 : 0), last: happened });
  }
  return [...told.values()].flatMap(({ count, last }) => (count < 0 ? [`${textOf(last)} was resolved too often`] : Array.from({ length: count }, () => textOf(last)))).toSorted();
}

export function textOf({ image, what, severity, fix }: ShownFinding): string {
  return `${image} ${what} severity ${severity} fix ${fix}`;
}
