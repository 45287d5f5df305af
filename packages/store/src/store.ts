import type {
  AccessTokenRecord,
  ComponentRecord,
  ComponentVersionRecord,
  ConnectImage,
  ConnectionDraftRecord,
  ConnectionRecord,
  ContentLayerRecord,
  ContentRecord,
  FindingDayRecord,
  LicenceCountRecord,
  PackageFixRecord,
  PackagePlaceRecord,
  PackageVersionRecord,
  Page,
  PageRequest,
  ProjectRecord,
  ProjectVersionRecord,
  SavedViewRecord,
  ScanDiagnosticRecord,
  ScanFailureRecord,
  ScanProgressRecord,
  ScanRecord,
  ScanStage,
  ScanState,
  TrackedImageRecord,
} from './records.js';
import type { ImageFollowing, SelectionInput, SelectionRepository, WatchRepository } from './watch-records.js';

import type { AdvisoryFailureRecord, AdvisoryFeedRecord, AdvisoryProgressRecord, AdvisorySourceRecord } from './advisory-records.js';
import type {
  AdvisoryRevision,
  BoundedCount,
  ComponentGroupChange,
  ComponentGroupRecord,
  FindingDetailRecord,
  FindingEventFilter,
  FindingEventRecord,
  FindingFilter,
  FindingGroupRecord,
  FindingGrouping,
  FindingRecord,
  FindingSort,
  MatchingInput,
  MatchingRecord,
  SeverityCounts,
} from './finding-records.js';

import type { VexRepository } from './vex-records.js';
import type { TriageDecisionRecord, TriageFilter, TriageInput, TriageScope, TriageTarget } from './triage-records.js';

/** Everything that is kept. Every call names its organisation; a row of another organisation is as if it were not there. */
export interface Store {
  readonly organizations: OrganizationRepository;
  readonly accessTokens: AccessTokenRepository;
  readonly drafts: DraftRepository;
  readonly connections: ConnectionRepository;
  readonly projects: ProjectRepository;
  readonly images: TrackedImageRepository;
  readonly scans: ScanRepository;
  readonly contents: ContentRepository;
  readonly packages: PackageRepository;
  readonly savedViews: SavedViewRepository;
  readonly fixes: FixRepository;
  readonly findingDays: FindingDayRepository;
  readonly findings: FindingRepository;
  readonly triage: TriageRepository;
  readonly vex: VexRepository;
  readonly rematches: RematchRepository;
  readonly advisorySources: AdvisorySourceRepository;
  readonly leases: LeaseRepository;
  readonly facts: LayerFactRepository;
  readonly selections: SelectionRepository;
  readonly watches: WatchRepository;
}

export interface OrganizationRepository {
  /** The one organisation of this installation, made on first use. */
  ensureDefault(): Promise<{ readonly id: string; readonly name: string }>;
  find(id: string): Promise<{ readonly id: string; readonly name: string } | undefined>;
}

export interface AccessTokenRepository {
  /** `hash` is SHA-256 of the token's text, which is never stored. */
  create(token: Omit<AccessTokenRecord, 'id' | 'createdAt' | 'lastUsedAt'> & { readonly hash: Uint8Array }): Promise<AccessTokenRecord>;
  /** Unexpired and not revoked. */
  findByHash(hash: Uint8Array, now: Date): Promise<AccessTokenRecord | undefined>;
  markUsed(id: string, at: Date): Promise<void>;
  list(organizationId: string, userId: string): Promise<readonly AccessTokenRecord[]>;
  revoke(organizationId: string, userId: string, id: string): Promise<boolean>;
}

/** Secret values by field name, in memory only as long as needed. */
export type PlainSecrets = Readonly<Record<string, string>>;

export interface DraftRepository {
  /** @throws NotFoundError when `id` names no draft of this user */
  save(draft: DraftInput, secrets: PlainSecrets): Promise<ConnectionDraftRecord>;
  find(organizationId: string, id: string, now: Date): Promise<ConnectionDraftRecord | undefined>;
  readSecrets(organizationId: string, id: string): Promise<PlainSecrets>;
  /** The end of a verification: its progress is forgotten. */
  recordVerification(organizationId: string, id: string, report: unknown): Promise<void>;
  recordVerificationProgress(organizationId: string, id: string, progress: unknown): Promise<void>;
  delete(organizationId: string, id: string): Promise<boolean>;
  deleteExpired(now: Date): Promise<number>;
}

export interface DraftInput {
  /** Given to replace an earlier draft of the same user. */
  readonly id?: string;
  readonly organizationId: string;
  readonly createdBy: string;
  readonly pluginId: string;
  readonly variantId: string;
  readonly credentialKindId?: string;
  readonly name: string;
  readonly description: string;
  readonly settings: Readonly<Record<string, string>>;
  readonly credentialHint: string;
  readonly expiresAt: Date;
  readonly credentialExpiresAt?: Date;
}

export interface ConnectInput {
  readonly organizationId: string;
  readonly requestedBy: string;
  readonly pluginId: string;
  readonly variantId: string;
  readonly credentialKindId?: string;
  readonly name: string;
  readonly description: string;
  readonly settings: Readonly<Record<string, string>>;
  readonly credentialHint: string;
  readonly secrets: PlainSecrets;
  readonly credentialExpiresAt?: Date;
  readonly verification?: unknown;
  readonly sample: boolean;
  /** No scan is queued for its images. */
  readonly withoutScanning?: boolean;
  readonly images: readonly ConnectImage[];
  /** Rules that find further images, now and later. */
  readonly selections?: readonly SelectionInput[];
  /** The draft that this connection ends, deleted with it. */
  readonly draftId?: string;
  /** A replay with the same id within 24 hours gives the first result again. */
  readonly clientMutationId?: string;
}

/** What changes with a connection's credential. */
export interface ReplacedCredential {
  readonly credentialKindId: string;
  readonly settings: Readonly<Record<string, string>>;
  readonly credentialHint: string;
  readonly credentialExpiresAt?: Date;
  readonly secrets: PlainSecrets;
  readonly verification: unknown;
}

export interface ConnectResult {
  readonly connection: ConnectionRecord;
  readonly images: readonly TrackedImageRecord[];
  /** One queued scan an image, none without scanning. Rows first, jobs after: the caller adds the jobs, a restart adds what is missing. */
  readonly scans: readonly ScanRecord[];
  readonly replayed: boolean;
}

export interface ConnectionRepository {
  /**
   * Connection, sealed credentials, projects, versions, tracked images and queued scans in one transaction.
   * @throws NameTakenError when the organisation has a connection of this name
   */
  connect(input: ConnectInput): Promise<ConnectResult>;
  /** What a connect with this id gave within the last 24 hours, marked as replayed. */
  findReplay(request: Pick<ConnectInput, 'organizationId' | 'requestedBy'> & { readonly clientMutationId: string }): Promise<ConnectResult | undefined>;
  find(organizationId: string, id: string): Promise<ConnectionRecord | undefined>;
  findMany(organizationId: string, ids: readonly string[]): Promise<readonly ConnectionRecord[]>;
  /** Newest first. */
  list(organizationId: string, page: PageRequest): Promise<Page<ConnectionRecord>>;
  readSecrets(organizationId: string, id: string): Promise<PlainSecrets>;
  /** The end of a verification: its progress is forgotten. */
  recordVerification(organizationId: string, id: string, report: unknown): Promise<void>;
  recordVerificationProgress(organizationId: string, id: string, progress: unknown): Promise<void>;
  /** Puts a verified credential in the place of the present one, sealed, in one transaction. Undefined when the connection is gone. */
  replaceCredential(organizationId: string, id: string, credential: ReplacedCredential): Promise<ConnectionRecord | undefined>;
  /** Lets its images be scanned again. */
  resumeScanning(organizationId: string, id: string): Promise<void>;
  countImages(organizationId: string, ids: readonly string[]): Promise<ReadonlyMap<string, number>>;
  /** Connections by plugin id; a plugin without connections is absent. */
  countByPlugin(organizationId: string): Promise<ReadonlyMap<string, number>>;
  /** The newest connection to the built-in sample registry. */
  findSample(organizationId: string): Promise<ConnectionRecord | undefined>;
  /** What `delete` would remove. */
  deletionImpact(organizationId: string, id: string): Promise<{ readonly images: number; readonly results: number; readonly selections: number } | undefined>;
  /** With its images, scans, and the projects, versions and contents nothing else refers to. */
  delete(organizationId: string, id: string): Promise<boolean>;
}

export interface ProjectRepository {
  find(organizationId: string, id: string): Promise<ProjectRecord | undefined>;
  findMany(organizationId: string, ids: readonly string[]): Promise<readonly ProjectRecord[]>;
  /** By name. */
  list(organizationId: string, page: PageRequest & { readonly search?: string }): Promise<Page<ProjectRecord>>;
  /** Newest first, by project. */
  versionsOf(organizationId: string, projectIds: readonly string[]): Promise<ReadonlyMap<string, readonly ProjectVersionRecord[]>>;
  findVersions(organizationId: string, ids: readonly string[]): Promise<readonly ProjectVersionRecord[]>;
}

export interface TrackedImageFilter {
  readonly connectionId?: string;
  readonly projectId?: string;
  readonly projectVersionId?: string;
  /** Part of the name or tag. */
  readonly search?: string;
  /** The whole name, registry host included. */
  readonly name?: string;
}

export interface TrackedImageTotals {
  readonly total: number;
  /** Images with a result. */
  readonly scanned: number;
  /** Images whose shown result is known to be incomplete. */
  readonly partial: number;
  /** When the oldest shown result was made. */
  readonly oldestResultAt?: Date;
}

export interface TrackedImageRepository extends ImageFollowing {
  find(organizationId: string, id: string): Promise<TrackedImageRecord | undefined>;
  findMany(organizationId: string, ids: readonly string[]): Promise<readonly TrackedImageRecord[]>;
  /** By name, then tag. */
  list(organizationId: string, filter: TrackedImageFilter, page: PageRequest): Promise<Page<TrackedImageRecord>>;
  count(organizationId: string): Promise<TrackedImageTotals>;
  /** Images of all versions of each project; a project without images may be absent. */
  countByProject(organizationId: string, projectIds: readonly string[]): Promise<ReadonlyMap<string, number>>;
}

export interface ScanFilter {
  readonly states?: readonly ScanState[];
  readonly connectionId?: string;
  readonly trackedImageId?: string;
  readonly ids?: readonly string[];
}

export interface ScanRepository {
  /**
   * A new queued scan of an image; the one already queued or running is given back instead of a second.
   * @throws NotFoundError when the organisation has no such image
   */
  request(input: {
    readonly organizationId: string;
    readonly trackedImageId: string;
    readonly trigger: ScanRecord['trigger'];
    readonly requestedBy: string;
  }): Promise<ScanRecord>;
  find(organizationId: string, id: string): Promise<ScanRecord | undefined>;
  /** Active first, then newest first. */
  list(organizationId: string, filter: ScanFilter, page: PageRequest): Promise<Page<ScanRecord>>;
  latestOf(organizationId: string, trackedImageIds: readonly string[]): Promise<ReadonlyMap<string, ScanRecord>>;
  countByState(organizationId: string, connectionId?: string): Promise<Readonly<Record<ScanState, number>>>;
  /** Queued or running scans of every organisation, oldest first: what a start puts back on the queue. */
  unfinished(): Promise<readonly { readonly id: string; readonly organizationId: string }[]>;
  /** Marks it running and counts the attempt. Undefined when it has ended meanwhile: the job then has nothing to do. */
  begin(id: string): Promise<ScanRecord | undefined>;
  recordProgress(id: string, stage: ScanStage, progress: ScanProgressRecord): Promise<ScanRecord | undefined>;
  fail(id: string, failure: ScanFailureRecord): Promise<ScanRecord | undefined>;
  /** Back to `queued` after a failure that will be tried again. */
  requeue(id: string, failure: ScanFailureRecord): Promise<ScanRecord | undefined>;
  cancel(organizationId: string, id: string): Promise<ScanRecord | undefined>;
  /**
   * Ends a scan well: content, layers, components, totals and the image's pointer, so that readers see the old result
   * or the whole new one. Storing the same result twice changes nothing. Undefined when the scan has ended otherwise.
   */
  complete(id: string, result: ScanResultInput): Promise<ScanRecord | undefined>;
  /**
   * Ends a scan well with content that is stored already, for a digest found by `ContentRepository.findByDigest`. Undefined
   * when the scan has ended otherwise.
   * @throws NotFoundError when the content has been removed meanwhile: the image then has to be catalogued after all
   */
  completeFromContent(id: string, contentId: string): Promise<ScanRecord | undefined>;
}

export interface ScanResultInput {
  readonly digest: string;
  readonly mediaType: string;
  readonly platform: string;
  readonly created?: string;
  readonly sizeBytes: number;
  readonly distributionName?: string;
  /** Names the cataloguers and versions that made it; another value means another content row is written. */
  readonly catalogueVersion: string;
  readonly layers: readonly Omit<ContentLayerRecord, 'componentCount'>[];
  readonly components: readonly ScannedComponent[];
  /** The whole catalogue as text; kept compressed, read back for exports. */
  readonly catalogue: string;
  readonly diagnostics: readonly ScanDiagnosticRecord[];
  readonly partial: boolean;
  /** Shown together with the content; without it the content has not been matched. */
  readonly matching?: MatchingInput;
}

/** A component with what a later match needs of it. */
export interface ScannedComponent extends Omit<ComponentRecord, 'contentId'> {
  /** 32-bit hashes of the questions a matcher asks for it. */
  readonly lookUps?: readonly number[];
  readonly matchFacts?: unknown;
}

export interface ComponentFilter {
  /** Part of the name or the package URL. */
  readonly search?: string;
  readonly ecosystem?: string;
  readonly layerIndex?: number;
  /** SPDX expression, or as declared; empty for components that declare none. */
  readonly licence?: string;
}

export interface ContentRepository {
  find(organizationId: string, id: string): Promise<ContentRecord | undefined>;
  findMany(organizationId: string, ids: readonly string[]): Promise<readonly ContentRecord[]>;
  /** The stored content for a digest made by this catalogue version, if any: nothing needs to be pulled then. */
  findByDigest(organizationId: string, digest: string, catalogueVersion: string): Promise<ContentRecord | undefined>;
  layers(organizationId: string, contentId: string): Promise<readonly ContentLayerRecord[]>;
  /** By name, then version, then id. */
  components(organizationId: string, contentId: string, filter: ComponentFilter, page: PageRequest): Promise<Page<ComponentRecord>>;
  countComponents(organizationId: string, contentId: string, filter: ComponentFilter): Promise<number>;
  countByEcosystem(organizationId: string, contentId: string): Promise<readonly { readonly ecosystem: string; readonly count: number }[]>;
  /** Those of the ids that there are. */
  findComponents(organizationId: string, contentId: string, ids: readonly string[]): Promise<readonly ComponentRecord[]>;
  /** Every component, by name, with no more than telling two images apart takes. */
  componentVersions(organizationId: string, contentId: string): Promise<readonly ComponentVersionRecord[]>;
  /** Components by licence, most first; an entry without a licence counts those that declare none. A component with two is in both. */
  countByLicence(organizationId: string, contentId: string): Promise<readonly LicenceCountRecord[]>;
  readCatalogue(organizationId: string, contentId: string): Promise<string | undefined>;
}

/** Which packages to look for. */
export interface PackageSearch {
  /** Part of the name. */
  readonly name?: string;
  /** Start of the package URL without version. */
  readonly packageKey?: string;
  readonly ecosystem?: string;
  /** Most versions given. */
  readonly limit: number;
}

/** A version of a package. */
export interface PackageVersionKey {
  readonly packageKey: string;
  readonly version: string;
}

/** Components across the images of an organisation, as their present results say it. */
export interface PackageRepository {
  /** Versions of packages, by package and version; the caller asks for one more than it shows to learn whether there are more. */
  search(organizationId: string, search: PackageSearch): Promise<readonly PackageVersionRecord[]>;
  /** Images that hold any of the versions, each once, by connection; most first. */
  countImages(organizationId: string, versions: readonly PackageVersionKey[]): Promise<readonly { readonly connectionId: string; readonly count: number }[]>;
  /** Every copy of one version, by image. */
  places(organizationId: string, version: PackageVersionKey, page: PageRequest): Promise<Page<PackagePlaceRecord>>;
}

/** What upgrading a package would mend. */
export interface FixRepository {
  /** Packages with findings that have a fix: those with exploited ones first, then by critical, high and all findings. */
  list(organizationId: string, wanted: { readonly imageId?: string; readonly limit: number }): Promise<readonly PackageFixRecord[]>;
}

/** Findings at the end of each day. */
export interface FindingDayRepository {
  /** Days from `since` (`YYYY-MM-DD`) on, oldest first; a day on which nothing was recorded is absent. */
  list(organizationId: string, since: string): Promise<readonly FindingDayRecord[]>;
  /** In place of what was recorded for the day before. */
  record(organizationId: string, day: FindingDayRecord): Promise<void>;
}

/** Filters that people keep under a name; everyone in the organisation sees them. */
export interface SavedViewRepository {
  /** By name. */
  list(organizationId: string): Promise<readonly SavedViewRecord[]>;
  /**
   * A new view, or the one of this name with another query.
   * @throws StoreError `too-many-views` above 200 in an organisation
   */
  save(view: Omit<SavedViewRecord, 'id' | 'createdAt'>): Promise<SavedViewRecord>;
  delete(organizationId: string, id: string): Promise<boolean>;
}

export interface FindingRepository {
  /** By content; a content that has not been matched is absent. */
  matchingsOf(organizationId: string, contentIds: readonly string[]): Promise<ReadonlyMap<string, MatchingRecord>>;
  /** Findings of what images show now, one an image. */
  list(organizationId: string, filter: FindingFilter, sort: FindingSort, page: PageRequest): Promise<Page<FindingRecord>>;
  find(organizationId: string, key: { readonly imageId: string; readonly position: number; readonly vulnerability: string }): Promise<FindingRecord | undefined>;
  details(organizationId: string, fingerprints: readonly string[]): Promise<ReadonlyMap<string, FindingDetailRecord>>;
  count(organizationId: string, filter: FindingFilter): Promise<BoundedCount>;
  countBySeverity(
    organizationId: string,
    filter: FindingFilter,
  ): Promise<{ readonly counts: SeverityCounts; readonly exploitedCount: number; readonly fixableCount: number }>;
  /** The group with the most important finding first. */
  groups(organizationId: string, grouping: FindingGrouping, filter: FindingFilter, page: PageRequest): Promise<Page<FindingGroupRecord>>;
  /** Canonical ids of the vulnerabilities an identifier may mean, itself first. Empty when no finding names it. */
  resolveIdentifier(organizationId: string, identifier: string): Promise<readonly string[]>;
  /** What is known of one vulnerability, one entry for each package and version it was found in; at most 50. */
  detailsOf(organizationId: string, vulnerability: string): Promise<readonly FindingDetailRecord[]>;
  /** Newest first. */
  events(organizationId: string, filter: FindingEventFilter, page: PageRequest): Promise<Page<FindingEventRecord>>;
  /** In place of the content's earlier result, in one transaction. False when the organisation has no such content. */
  replace(organizationId: string, contentId: string, matching: MatchingInput): Promise<boolean>;
}

/** What decides which decision counts for a finding. */
export interface FindingToDecide {
  readonly imageId: string;
  readonly vulnerability: string;
  readonly packageKey: string;
  readonly fixVersion?: string | undefined;
}

/** Decisions about findings. */
export interface TriageRepository {
  /** What findings come to under a scope, at most `limit`, by vulnerability, package and scope. */
  targets(organizationId: string, filter: FindingFilter, scope: TriageScope, limit: number): Promise<readonly TriageTarget[]>;
  /** One decision a target, in place of those that held there; in one transaction. */
  decide(organizationId: string, targets: readonly TriageTarget[], input: TriageInput): Promise<readonly TriageDecisionRecord[]>;
  /** Newest first. */
  list(organizationId: string, filter: TriageFilter, page: PageRequest): Promise<Page<TriageDecisionRecord>>;
  /** The decision that counts for each finding now, in the order given: the narrowest that holds. */
  counting(organizationId: string, of: readonly FindingToDecide[]): Promise<readonly (TriageDecisionRecord | undefined)[]>;
  /** Ends decisions that hold; gives those that did. */
  withdraw(organizationId: string, ids: readonly string[]): Promise<readonly TriageDecisionRecord[]>;
  /** Marks as ended what has expired and what was to hold until there is a fix; lists go by both already. Gives the number. */
  endDue(): Promise<number>;
}

/** Results that were made with other advisories than those held now. Workers call it for all organisations. */
export interface RematchRepository {
  /**
   * Which advisories were held when results were made that need another look, and how many contents that are. Not those another
   * process made with advisories imported after `now.advisoriesAt`.
   */
  behind(now: AdvisoryRevision): Promise<readonly { readonly heldRevision?: string; readonly matcherVersion: string; readonly contents: number }[]>;
  /** The next contents of one of those, by id, with the same `advisoriesAt`; `whole` where missing advisories have come, or too little is known of its components. */
  next(
    from: { readonly heldRevision?: string; readonly matcherVersion: string; readonly advisoriesAt?: Date },
    ecosystems: readonly string[],
    after: string,
    limit: number,
  ): Promise<readonly { readonly contentId: string; readonly organizationId: string; readonly isSample: boolean; readonly whole: boolean }[]>;
  /** Those of the contents' components that ask for something that changed. */
  groups(contentIds: readonly string[], lookUps: readonly number[]): Promise<readonly ComponentGroupRecord[]>;
  /** Gives the groups their new findings, notes what happened, and marks all the contents as judged by `now`; in one transaction. Gives the number of events. */
  write(contentIds: readonly string[], lookUps: readonly number[], changes: readonly ComponentGroupChange[], now: AdvisoryRevision): Promise<number>;
  /** Marks a content as seen by `now` though it could not be judged; what was found before stays, with the day it was matched. */
  passOver(organizationId: string, contentId: string, now: AdvisoryRevision): Promise<void>;
  /** Vulnerabilities that some finding is of. */
  vulnerabilities(after: string, limit: number): Promise<readonly string[]>;
  /** Sets what is known of exploitation; gives the number of findings that changed. */
  setExploitation(known: readonly ExploitationInput[]): Promise<number>;
}

/** What is known of the exploitation of a vulnerability; absent values are unknown. */
export interface ExploitationInput {
  readonly vulnerability: string;
  readonly epss?: number;
  readonly epssPercentile?: number;
  readonly exploitedSince?: string;
  readonly exploitedDue?: string;
  readonly ransomware: boolean;
}

/** Advisories that the installation keeps current. They are public and belong to no organisation. */
export interface AdvisorySourceRepository {
  /** Adds sources that are not known yet; gives those. Their first attempt is due at once. */
  want(names: readonly string[]): Promise<readonly string[]>;
  /** By name. */
  list(): Promise<readonly AdvisorySourceRecord[]>;
  /** Those whose next attempt is due, longest wanted first. */
  due(): Promise<readonly AdvisorySourceRecord[]>;
  /** Makes the next attempt due now, of all sources without names; gives those that are known. */
  requestNow(names?: readonly string[]): Promise<readonly string[]>;
  recordProgress(name: string, progress: AdvisoryProgressRecord): Promise<void>;
  /** `checkedAt` is now unless given: a process that only fetches what another has checked gives the row's own. */
  recordSuccess(name: string, outcome: { readonly feeds: readonly AdvisoryFeedRecord[]; readonly nextAttemptAt: Date; readonly checkedAt?: Date }): Promise<void>;
  /** `feeds` are those that are held all the same; what was held before without them. */
  recordFailure(name: string, outcome: { readonly failure: AdvisoryFailureRecord; readonly feeds?: readonly AdvisoryFeedRecord[]; readonly nextAttemptAt: Date }): Promise<void>;
}

/** Work that one process at a time does. */
export interface LeaseRepository {
  /** True when `holder` has it now, for so long, anew or still. Take it again before it runs out. */
  take(name: string, holder: string, durationMs: number): Promise<boolean>;
  release(name: string, holder: string): Promise<void>;
}

/** Facts of layers, shared by the whole installation; same shape as `FactStore` of the sbom package. */
export interface LayerFactRepository {
  read(diffId: string, keys: readonly string[]): Promise<ReadonlyMap<string, Uint8Array>>;
  /** In place of earlier facts under the same keys, which may have been unreadable. */
  write(diffId: string, facts: ReadonlyMap<string, Uint8Array>): Promise<void>;
}
