import type {
  ConnectionRecord,
  ContentLayerRecord,
  ContentRecord,
  FindingDetailRecord,
  FindingToDecide,
  ImageCoverage,
  MatchingRecord,
  ProjectRecord,
  ProjectVersionRecord,
  ScanRecord,
  ScanState,
  SeverityCounts,
  Store,
  TrackedImageRecord,
  TriageDecisionRecord,
  VexDocumentEffect,
  VexVerdictRecord,
} from '@esscm/store';
import DataLoader from 'dataloader';
import { noFindings } from './modules/findings/finding-view.js';

type ShownFinding = Omit<FindingToDecide, 'vulnerability'> & { readonly vulnerabilityId: string };

interface FindingPlace {
  readonly imageId: string;
  readonly contentId: string;
  readonly position: number;
  readonly vulnerabilityId: string;
}

interface ImageAt {
  readonly id: string;
  readonly at: Date;
}

/** One read of the store for all rows of a page that ask for the same thing. Made per request: holds nothing longer. */
export interface Loaders {
  readonly connections: DataLoader<string, ConnectionRecord | undefined>;
  readonly connectionImageCounts: DataLoader<string, number>;
  readonly connectionScanCounts: DataLoader<string, Readonly<Record<ScanState, number>>>;
  readonly projects: DataLoader<string, ProjectRecord | undefined>;
  readonly projectImageCounts: DataLoader<string, number>;
  readonly versionsOfProject: DataLoader<string, readonly ProjectVersionRecord[]>;
  readonly projectVersions: DataLoader<string, ProjectVersionRecord | undefined>;
  readonly images: DataLoader<string, TrackedImageRecord | undefined>;
  /** What is known of an image at a moment, the same for all of a request. */
  readonly imageCoverages: DataLoader<ImageAt, ImageCoverage | undefined, string>;
  readonly contents: DataLoader<string, ContentRecord | undefined>;
  readonly layersOfContent: DataLoader<string, readonly ContentLayerRecord[]>;
  readonly matchings: DataLoader<string, MatchingRecord | undefined>;
  /** Findings with a fixed version, by content. */
  readonly fixableCounts: DataLoader<string, SeverityCounts>;
  /** The decision that counts for a finding now. */
  readonly countingDecisions: DataLoader<ShownFinding, TriageDecisionRecord | undefined, string>;
  /** What decides a finding among VEX documents. */
  readonly vexVerdicts: DataLoader<FindingPlace, VexVerdictRecord | undefined, string>;
  readonly vexEffects: DataLoader<string, VexDocumentEffect | undefined>;
  /** Findings that VEX documents settle, by image. */
  readonly settledByVex: DataLoader<string, number>;
  /** By fingerprint. */
  readonly findingDetails: DataLoader<string, FindingDetailRecord | undefined>;
  readonly latestScans: DataLoader<string, ScanRecord | undefined>;
  /** Queued scans that begin before this one. */
  readonly scansAhead: DataLoader<string, number | undefined>;
  readonly connectionsOfPlugin: DataLoader<string, number>;
}

/** Every read is limited to the organisation; an id of another one loads as undefined. */
export function createLoaders(store: Store, organizationId: string): Loaders {
  return {
    connections: byId((ids) => store.connections.findMany(organizationId, ids)),
    connectionImageCounts: byKey((ids) => store.connections.countImages(organizationId, ids), 0),
    connectionScanCounts: new DataLoader((ids) =>
      Promise.all(ids.map((id) => store.scans.countByState(organizationId, id))),
    ),
    projects: byId((ids) => store.projects.findMany(organizationId, ids)),
    projectImageCounts: byKey((ids) => store.images.countByProject(organizationId, ids), 0),
    versionsOfProject: byKey((ids) => store.projects.versionsOf(organizationId, ids), []),
    projectVersions: byId((ids) => store.projects.findVersions(organizationId, ids)),
    images: byId((ids) => store.images.findMany(organizationId, ids)),
    imageCoverages: new DataLoader(
      async (keys: readonly ImageAt[]) => {
        const [first] = keys;
        const known = first && (await store.images.coverageOf(organizationId, keys.map(({ id }) => id), first.at));
        return keys.map(({ id }) => known?.get(id));
      },
      { cacheKeyFn: ({ id }) => id },
    ),
    contents: byId((ids) => store.contents.findMany(organizationId, ids)),
    layersOfContent: new DataLoader((ids) => Promise.all(ids.map((id) => store.contents.layers(organizationId, id)))),
    matchings: byKey((ids) => store.findings.matchingsOf(organizationId, ids), undefined),
    fixableCounts: byKey((ids) => store.findings.fixableOf(organizationId, ids), noFindings),
    countingDecisions: new DataLoader(
      (findings) => store.triage.counting(organizationId, findings.map(({ imageId, vulnerabilityId, packageKey, fixVersion }) => ({ imageId, vulnerability: vulnerabilityId, packageKey, fixVersion }))),
      { cacheKeyFn: ({ imageId, vulnerabilityId, packageKey, fixVersion }) => JSON.stringify([imageId, vulnerabilityId, packageKey, fixVersion]) },
    ),
    vexVerdicts: new DataLoader(
      (findings) => store.vex.verdictsOf(organizationId, findings.map(({ vulnerabilityId, ...place }) => ({ ...place, vulnerability: vulnerabilityId }))),
      { cacheKeyFn: ({ imageId, contentId, position, vulnerabilityId }) => JSON.stringify([imageId, contentId, position, vulnerabilityId]) },
    ),
    vexEffects: byKey((ids) => store.vex.effects(organizationId, ids), undefined),
    settledByVex: byKey((ids) => store.vex.hiddenOf(organizationId, ids), 0),
    findingDetails: byKey((fingerprints) => store.findings.details(organizationId, fingerprints), undefined),
    latestScans: byKey((ids) => store.scans.latestOf(organizationId, ids), undefined),
    scansAhead: byKey((ids) => store.scans.aheadOf(organizationId, ids), undefined),
    connectionsOfPlugin: byKey(() => store.connections.countByPlugin(organizationId), 0),
  };
}

function byId<T extends { readonly id: string }>(read: (ids: readonly string[]) => Promise<readonly T[]>) {
  return new DataLoader<string, T | undefined>(async (ids) => {
    const rows = new Map((await read(ids)).map((row) => [row.id, row]));
    return ids.map((id) => rows.get(id));
  });
}

function byKey<T, M>(read: (ids: readonly string[]) => Promise<ReadonlyMap<string, T>>, missing: M) {
  return new DataLoader<string, T | M>(async (ids) => {
    const values = await read(ids);
    return ids.map((id) => values.get(id) ?? missing);
  });
}
