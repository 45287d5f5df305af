import { sql, type SQL } from 'drizzle-orm';
import type { FindingFilter } from '../finding-records.js';
import { findings } from '../schema/finding-tables.js';
import { projectVersions, trackedImages } from '../schema/image-tables.js';
import { triageDecisions } from '../schema/triage-tables.js';
import { vexDocuments, vexVerdicts } from '../schema/vex-tables.js';
import type { Executor } from '../store-context.js';
import { holdsAt } from './counting-decision.js';
import { choosesImages, findingConditions, findingsOfImages, imageConditions, isNarrow } from './finding-conditions.js';

/** Findings `f` of images `i` that fit a filter, in the words of a statement. */
export interface FindingSelection {
  readonly from: SQL;
  readonly where: SQL;
  /** The same findings of one image `i` that stands outside a lateral subquery. */
  readonly ofImage: { readonly from: SQL; readonly where: SQL };
  /** Whether states are told by joins of whole tables, which {@link readSelection} has to run. */
  readonly joinsStates: boolean;
}

/**
 * Runs what reads a selection. Where it joins states, tables are joined by hashing meanwhile: of a table that has grown just now the database believes
 * that it is empty, and would go through it once for every finding; or it would sort all findings by three long texts.
 */
export async function readSelection<Result>(transaction: Executor, { joinsStates }: FindingSelection, run: () => Promise<Result>): Promise<Result> {
  if (!joinsStates) return run();
  const othersAre = (setting: 'on' | 'off') => transaction.execute(sql`select set_config('enable_nestloop', ${setting}, true), set_config('enable_mergejoin', ${setting}, true)`);
  await othersAre('off');
  const result = await run();
  await othersAre('on');
  return result;
}

/** Images of which each finding may be asked for what is said of it, one after the other. */
const fewImages = 300;
/** More decisions than this might not fit into one table of hashes, which would then be made again for each image. */
const manyDecisions = 150_000;

const ofImage = sql`${findings} as f`;
const isOfImage = sql`f.content_id = i.content_id and f.organization_id = i.organization_id`;

/**
 * How findings that fit a filter are selected. Those of few images or of one vulnerability or package are asked for their state one by one, by index;
 * of all others the state is told by joining what is said, which takes a tenth of the time where thousands of decisions speak of most of what there is.
 * Both tell the same: the narrowest decision that holds, else the first statement of a document. What nobody uses is not joined.
 */
export async function selectFindings(transaction: Executor, organizationId: string, filter: FindingFilter): Promise<FindingSelection> {
  const { triage, ...others } = filter;
  const byLookUp = (where: SQL): FindingSelection => ({ from: findingsOfImages, where, ofImage: { from: ofImage, where: sql`${isOfImage} and ${where}` }, joinsStates: false });
  if (triage === undefined || isNarrow(filter)) return byLookUp(findingConditions(organizationId, filter));
  const said = await whatIsSaid(transaction, organizationId);
  const where = findingConditions(organizationId, others);
  if (said.decisions === 0 && !said.documents) return byLookUp(triage.states.includes('untriaged') ? where : sql`${where} and false`);
  const lookedUp = byLookUp(findingConditions(organizationId, filter));
  if (await choosesFewImages(transaction, organizationId, filter)) return lookedUp;
  const told = tellStates(organizationId, said, triage.at);
  const inStates = sql`${where} and coalesce(${sql.join([...told.states, sql`'untriaged'`], sql`, `)}) = any(${sql.param([...triage.states])}::text[])`;
  const joinedOfImage = { from: sql`${ofImage} ${told.joinsOfImage}`, where: sql`${isOfImage} and ${inStates}` };
  return { from: sql`${findingsOfImages} ${told.joins}`, where: inStates, ofImage: said.decisions > manyDecisions ? lookedUp.ofImage : joinedOfImage, joinsStates: true };
}

interface Said {
  readonly image: boolean;
  readonly project: boolean;
  readonly everywhere: boolean;
  /** Counted as far as it matters. */
  readonly decisions: number;
  readonly documents: boolean;
}

async function whatIsSaid(transaction: Executor, organizationId: string): Promise<Said> {
  const { rows } = await transaction.execute(sql`
    select coalesce(bool_or(scope = 'image'), false) as image, coalesce(bool_or(scope = 'project'), false) as project, coalesce(bool_or(scope = 'everywhere'), false) as everywhere,
      count(*)::int as decisions, exists (select from ${vexDocuments} where organization_id = ${organizationId}) as documents
    from (select scope from ${triageDecisions} where organization_id = ${organizationId} and ended_at is null limit ${manyDecisions + 1}) as counted`);
  return rows[0] as unknown as Said;
}

async function choosesFewImages(transaction: Executor, organizationId: string, filter: FindingFilter): Promise<boolean> {
  if (!choosesImages(filter)) return false;
  const { rows } = await transaction.execute(sql`select count(*)::int as count from (select from ${trackedImages} as i where ${imageConditions(organizationId, filter)} limit ${fewImages + 1}) as counted`);
  return Number(rows[0]?.['count']) <= fewImages;
}

/** Joins that tell the state of `f` in `i`, for whole tables and for one image at a time, and the states, the one that counts first. */
interface StateJoins {
  readonly joins: SQL;
  readonly joinsOfImage: SQL;
  readonly states: readonly SQL[];
}

function tellStates(organizationId: string, said: Said, at: Date): StateJoins {
  const decided = scopesOfDecisions.filter(({ scope }) => said[scope]).map(({ scope, keyOfImage, keyOfDecision, from }) => {
    const name = sql.identifier(`of_${scope}`);
    const rows = sql`select d.vulnerability, d.package_key, ${keyOfDecision} as key, d.state, d.reopen_when_fixed and not d.had_fix as waits
      from ${from} where d.organization_id = ${organizationId} and d.scope = ${sql.raw(`'${scope}'`)} and ${holdsAt(at)}`;
    const isAbout = (key: SQL): SQL => sql`${name}.vulnerability = f.vulnerability and ${name}.package_key = f.package_key and ${name}.key = ${key} and not (${name}.waits and f.fix_version is not null)`;
    return {
      state: sql`${name}.state`,
      join: sql`left join (${rows}) as ${name} on ${isAbout(keyOfImage)}`,
      // As an array, which the database takes for a short one, and by a key that is not the image's alone: so it makes one table of hashes for all images.
      joinOfImage: sql`left join unnest((select array_agg(row(decided.vulnerability, decided.package_key, decided.key, decided.state, decided.waits)) from (${rows}) as decided))
        as ${name} (vulnerability text collate "C", package_key text collate "C", key text collate "C", state text, waits boolean) on ${isAbout(sql`${keyOfImage} || left(f.content_id, 0)`)}`,
    };
  });
  const stated = said.documents ? [{ state: sql`stated.status`, join: joinOfVerdicts(organizationId), joinOfImage: joinOfVerdictsOfImage }] : [];
  const parts = [...decided, ...stated];
  return { states: parts.map(({ state }) => state), joins: sql.join(parts.map(({ join }) => join), sql` `), joinsOfImage: sql.join(parts.map(({ joinOfImage }) => joinOfImage), sql` `) };
}

/** The narrowest first. Decisions of a project are about all of its versions, of which an image names one. */
const scopesOfDecisions = [
  { scope: 'image', keyOfImage: sql`i.name`, keyOfDecision: sql`d.scope_key`, from: sql`${triageDecisions} as d` },
  { scope: 'project', keyOfImage: sql`i.project_version_id`, keyOfDecision: sql`version.id`, from: sql`${triageDecisions} as d join ${projectVersions} as version on version.project_id = d.scope_key` },
  { scope: 'everywhere', keyOfImage: sql`''`, keyOfDecision: sql`d.scope_key`, from: sql`${triageDecisions} as d` },
] as const;

/** The same verdict as `decidingVerdict` looks up. */
function joinOfVerdicts(organizationId: string): SQL {
  const same = sql`earlier.image_id = v.image_id and earlier.content_id = v.content_id and earlier.position = v.position and earlier.vulnerability = v.vulnerability`;
  return sql`left join (
    select v.image_id, v.content_id, v.position, v.vulnerability, v.status from ${vexVerdicts} as v
    where v.organization_id = ${organizationId} and not exists (select from ${vexVerdicts} as earlier where ${same} and earlier.rank < v.rank))
    as stated on stated.image_id = i.id and stated.content_id = f.content_id and stated.position = f.position and stated.vulnerability = f.vulnerability`;
}

const joinOfVerdictsOfImage = sql`left join (
  select distinct on (v.position, v.vulnerability) v.position, v.vulnerability, v.status from ${vexVerdicts} as v
  where v.image_id = i.id and v.content_id = i.content_id order by v.position, v.vulnerability, v.rank)
  as stated on stated.position = f.position and stated.vulnerability = f.vulnerability`;
