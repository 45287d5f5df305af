import { formatCount, formatQuantity } from '../formats/format-count.js';
import { formatEstimate } from '../formats/format-duration.js';
import { formatSizeOf } from '../formats/format-size.js';
import type { ScanRowFragment, ScanStage, ScanState, ScanTrigger } from '../gql/graphql.js';
import type { StageSegment } from '../ui/StageTrack.js';
import type { StatusKind } from '../ui/Status.js';

/** What the words are made of. */
export type ScanFacts = Pick<ScanRowFragment, 'state' | 'stage' | 'progress' | 'failure' | 'diagnostics' | 'componentCount' | 'findings' | 'attempt' | 'cancelledBy' | 'aheadCount'>;

/** The stages in the order a scan goes through them. */
export const stageOrder: readonly ScanStage[] = ['RESOLVE', 'PULL', 'CATALOGUE', 'MATCH', 'STORE'];

const stageNames: Readonly<Record<ScanStage, string>> = { RESOLVE: 'Resolve', PULL: 'Pull', CATALOGUE: 'Catalogue', MATCH: 'Match', STORE: 'Store' };

/** The stage's name as shown. */
export function stageName(stage: ScanStage): string {
  return stageNames[stage];
}

/** Waiting or under way: more news will come. */
export function isActive(state: ScanState): boolean {
  return state === 'QUEUED' || state === 'RUNNING';
}

/** The state as an icon and a word; a running scan says its stage when `withStage` is set. */
export function scanStatus(scan: Pick<ScanFacts, 'state' | 'stage'>, withStage = false): { readonly kind: StatusKind; readonly text: string } {
  switch (scan.state) {
    case 'QUEUED':
      return { kind: 'waiting', text: 'Waiting' };
    case 'RUNNING':
      return { kind: 'running', text: withStage && scan.stage != null ? stageName(scan.stage) : 'Running' };
    case 'SUCCEEDED':
      return { kind: 'done', text: 'Done' };
    case 'PARTIAL':
      return { kind: 'partial', text: 'Partial' };
    case 'FAILED':
      return { kind: 'failed', text: 'Failed' };
    case 'CANCELLED':
      return { kind: 'stopped', text: 'Cancelled' };
  }
}

/** One segment a stage. The stage a scan failed in is marked; a cancelled scan shows only what it finished. */
export function stageSegments(scan: Pick<ScanFacts, 'state' | 'stage' | 'progress'>): readonly StageSegment[] {
  const ended = scan.state === 'SUCCEEDED' || scan.state === 'PARTIAL';
  const current = scan.stage == null ? -1 : stageOrder.indexOf(scan.stage);
  return stageOrder.map((stage, index): StageSegment => {
    const name = stageName(stage);
    if (ended || index < current) return { name, done: 1 };
    if (index > current || scan.state === 'QUEUED') return { name, done: 0 };
    if (scan.state === 'FAILED') return { name, done: 1, failed: true };
    return { name, done: scan.state === 'RUNNING' ? stageShare(stage, scan.progress) : 0 };
  });
}

/** The segments in words: "Pull, stage 2 of 4". */
export function stageLabel(scan: Pick<ScanFacts, 'state' | 'stage'>): string {
  if (scan.state === 'SUCCEEDED' || scan.state === 'PARTIAL') return `All ${stageOrder.length} stages done`;
  if (scan.stage == null) return scan.state === 'QUEUED' ? 'Waiting' : 'Not started';
  const where = `${stageName(scan.stage)}, stage ${stageOrder.indexOf(scan.stage) + 1} of ${stageOrder.length}`;
  return scan.state === 'FAILED' ? `Failed in ${where}` : where;
}

/** What is happening, or how it ended, in one line. */
export function scanNews(scan: ScanFacts): { readonly text: string; readonly kind: 'plain' | 'failed' | 'partial' } {
  switch (scan.state) {
    case 'QUEUED':
      return { text: waitingText(scan), kind: 'plain' };
    case 'RUNNING':
      return { text: runningText(scan), kind: 'plain' };
    case 'SUCCEEDED':
      return { text: findingsText(scan), kind: 'plain' };
    case 'PARTIAL':
      return { text: scan.diagnostics[0]?.message ?? 'Parts of this image could not be read', kind: 'partial' };
    case 'FAILED':
      return { text: scan.failure?.heading ?? 'Failed without a reason', kind: 'failed' };
    case 'CANCELLED':
      return { text: scan.cancelledBy == null ? 'Cancelled' : `Cancelled by ${scan.cancelledBy}`, kind: 'plain' };
  }
}

/** What a table adds to the news: how long the pull still takes, or what is in the image. */
export function scanNote(scan: ScanFacts, now: Date): string | undefined {
  if (scan.state === 'SUCCEEDED') return contentText(scan);
  if (scan.state !== 'RUNNING' || scan.stage !== 'PULL') return undefined;
  const { progress } = scan;
  const [done, total] = [Number(progress.bytesDone), Number(progress.bytesTotal)];
  const begun = progress.stages.find(({ stage }) => stage === 'PULL')?.startedAt;
  const elapsedMs = begun === undefined ? 0 : now.getTime() - new Date(begun).getTime();
  return done > 0 && elapsedMs >= 1_000 ? `${formatEstimate((elapsedMs / done) * (total - done))} left` : undefined;
}

const triggers: Readonly<Record<ScanTrigger, string>> = { CONNECT: 'New connection', USER: 'By hand', RETRY: 'Retry', REGISTRY: 'Found in the registry' };

/** What started the scan. */
export function triggerText(trigger: ScanTrigger): string {
  return triggers[trigger];
}

function stageShare(stage: ScanStage, progress: ScanFacts['progress']): number {
  if (stage !== 'PULL') return 0.5;
  const total = Number(progress.bytesTotal);
  return total > 0 ? Math.max(0.06, Number(progress.bytesDone) / total) : 0.06;
}

function waitingText({ attempt, aheadCount }: ScanFacts): string {
  const waiting = attempt > 0 ? `Waiting for attempt ${attempt + 1}` : 'Waiting';
  if (aheadCount == null) return waiting;
  return aheadCount === 0 ? `${waiting}, next` : `${waiting}, ${formatCount(aheadCount)} ahead`;
}

function runningText({ stage, progress }: ScanFacts): string {
  switch (stage) {
    case 'PULL': {
      if (progress.layersTotal === 0) return 'Pulling';
      const layer = Math.min(progress.layersDone + 1, progress.layersTotal);
      const bytes = Number(progress.bytesTotal) > 0 ? `, ${formatSizeOf(progress.bytesDone, progress.bytesTotal)}` : '';
      return `Pulling layer ${layer} of ${progress.layersTotal}${bytes}`;
    }
    case 'CATALOGUE':
      return 'Cataloguing';
    case 'MATCH':
      return 'Matching';
    case 'STORE':
      return 'Storing the result';
    case 'RESOLVE':
    case null:
    case undefined:
      return 'Resolving';
  }
}

/** "88 findings, none new": what the image had at the end of the scan, or what is in it where that is not known. */
function findingsText(scan: ScanFacts): string {
  const { findings } = scan;
  if (findings == null) return contentText(scan);
  const { count, atLeast, newCount } = findings;
  if (count == null) return `${contentText(scan)}, no advisories`;
  if (count === 0) return atLeast ? 'None found so far' : 'No known vulnerabilities';
  const news = newCount == null ? '' : newCount === 0 ? ', none new' : `, ${formatCount(newCount)} new`;
  return `${atLeast ? 'At least ' : ''}${formatQuantity(count, 'finding')}${news}`;
}

function contentText({ componentCount, progress }: ScanFacts): string {
  const components = componentCount == null ? 'Result stored' : formatQuantity(componentCount, 'component');
  return progress.layersCached > 0 ? `${components}, ${formatQuantity(progress.layersCached, 'layer')} reused` : components;
}
