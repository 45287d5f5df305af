import type { ScanEngineProgress, ScanOutcome } from '@esscm/scan-engine';
import type { ScanFailureRecord, ScanLogLevel, TrackedImageRecord } from '@esscm/store';

/** Text of a line, and how much it matters. */
export type LogWords = readonly [text: string, level?: ScanLogLevel];

type Catalogued = Extract<ScanOutcome, { kind: 'catalogued' }>;

/** Diagnostics and notices told one by one; the scan's page lists more of them. */
const maximumTold = 50;

/** What is about to be read. */
export function beginWords({ name, tag, pinnedDigest, platform }: Pick<TrackedImageRecord, 'name' | 'tag' | 'pinnedDigest' | 'platform'>, attempt: number): LogWords {
  const reference = pinnedDigest === undefined ? `${name}:${tag ?? 'latest'}` : `${name}@${pinnedDigest}`;
  return [`Attempt ${attempt}: asking the registry for ${reference}${platform === undefined ? '' : ` for ${platform}`}`];
}

/** How far a pull is: its first report says what there is to do, each later one that ends layers says so. Undefined where there is no news. */
export function pullWords(before: ScanEngineProgress | undefined, now: ScanEngineProgress): LogWords | undefined {
  const { layersDone, layersTotal, layersCached, bytesDone, bytesTotal } = now;
  if (before === undefined) {
    const missing = layersTotal - layersCached;
    const reused = layersCached === 0 ? '' : `; ${counted(layersCached, 'layer')} known from earlier scans`;
    return [missing === 0 ? `All ${counted(layersTotal, 'layer')} known from earlier scans, nothing to download` : `${counted(missing, 'layer')} to read, ${megabytes(bytesTotal)} to download${reused}`];
  }
  return layersDone > before.layersDone ? [`${layersDone} of ${counted(layersTotal, 'layer')} read, ${megabytes(bytesDone)} of ${megabytes(bytesTotal)}`] : undefined;
}

/** What the catalogue holds, and what could not be read. */
export function catalogueWords({ catalogue }: Pick<Catalogued, 'catalogue'>): readonly LogWords[] {
  const { components, distribution, diagnostics } = catalogue;
  const of = distribution === undefined ? 'no distribution recognised' : (distribution.prettyName ?? distribution.id);
  const incomplete = diagnostics.filter(({ severity }) => severity === 'incomplete');
  return [
    [`${counted(components.length, 'component')} found, ${of}`],
    ...told(incomplete.map(({ message, path }) => (path === undefined ? message : `${path}: ${message}`))),
    ...(diagnostics.length > incomplete.length ? [[`${counted(diagnostics.length - incomplete.length, 'remark')} that cost nothing, listed with the scan`] as const] : []),
  ];
}

/** What came of matching, with which advisories. */
export function matchWords(matching: Catalogued['matching']): readonly LogWords[] {
  if (matching === undefined) return [];
  const { state, findings, advisoriesAt, revision, notices } = matching;
  const advisories = advisoriesAt === undefined ? 'no advisories' : `advisories of ${advisoriesAt}${revision === undefined ? '' : ` (${revision.slice(0, 12)})`}`;
  const main: LogWords = state === 'unmatched' ? [`Nothing was judged: ${advisories}`, 'warning'] : [`${counted(findings.length, 'finding')}, ${advisories}`];
  return [main, ...told(notices.map(({ message }) => message))];
}

/** Nothing was matched, because nothing would come out otherwise. */
export const matchedBeforeWords: LogWords = ['Matched with the present advisories before'];

/** Why an attempt ended badly, in the words users read, and whether there is another. */
export function failureWords({ heading, message }: ScanFailureRecord, again: boolean): LogWords {
  return [`${heading}: ${message}${again ? ' It is tried again.' : ''}`, 'error'];
}

function told(messages: readonly string[]): readonly LogWords[] {
  const lines = messages.slice(0, maximumTold).map((message): LogWords => [message, 'warning']);
  return messages.length <= maximumTold ? lines : [...lines, [`${messages.length - maximumTold} more of these`, 'warning']];
}

function counted(count: number, noun: string): string {
  return `${count.toLocaleString('en-GB')} ${noun}${count === 1 ? '' : 's'}`;
}

function megabytes(bytes: number): string {
  return `${(bytes / 1e6).toFixed(1)} MB`;
}
