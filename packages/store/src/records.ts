import type { SeverityCounts } from './finding-records.js';
/**
 * What the repositories take and give. Ids are text with a type prefix and 128 random bits (`con_…`), so they can be
 * shown and cannot be guessed. Dates are `Date`s, sizes are bytes in `number`s (below 2^53).
 */

/** Forward page of a list with a stable order. */
export interface Page<T> {
  readonly items: readonly T[];
  /** Give it back as `after` for the next page; absent on the last page. */
  readonly nextCursor?: string;
}

export interface PageRequest {
  /** 1 to 100. */
  readonly first: number;
  readonly after?: string;
}

export interface AccessTokenRecord {
  readonly id: string;
  readonly organizationId: string;
  readonly userId: string;
  readonly name: string;
  readonly scopes: readonly string[];
  readonly createdAt: Date;
  readonly expiresAt: Date;
  readonly lastUsedAt?: Date;
}

/** A verified, not yet connected credential. Sealed secrets are kept apart and go with the draft. */
export interface ConnectionDraftRecord {
  readonly id: string;
  readonly organizationId: string;
  readonly createdBy: string;
  readonly pluginId: string;
  readonly variantId: string;
  readonly credentialKindId?: string;
  readonly name: string;
  readonly description: string;
  readonly settings: Readonly<Record<string, string>>;
  readonly credentialHint: string;
  /** The last verification report, as the plugin gave it. */
  readonly verification?: unknown;
  /** Of the verification that runs, or was broken off; absent when none does. */
  readonly verificationProgress?: unknown;
  /** When the credential ends, where that is known. */
  readonly credentialExpiresAt?: Date;
  readonly createdAt: Date;
  /** Drafts are removed a day after their last change. */
  readonly expiresAt: Date;
}

export interface ConnectionRecord {
  readonly id: string;
  readonly organizationId: string;
  readonly pluginId: string;
  readonly variantId: string;
  readonly credentialKindId?: string;
  /** Unique in the organisation. */
  readonly name: string;
  readonly description: string;
  readonly settings: Readonly<Record<string, string>>;
  readonly credentialHint: string;
  readonly credentialSetAt?: Date;
  /** When the credential ends, where that is known. */
  readonly credentialExpiresAt?: Date;
  readonly verification?: unknown;
  /** Of the verification that runs, or was broken off; absent when none does. */
  readonly verificationProgress?: unknown;
  /** The user connected it although a permission that scanning needs was missing: its images are not scanned by themselves. */
  readonly withoutScanning: boolean;
  /** True for the built-in sample, which is removed with one click. */
  readonly sample: boolean;
  readonly createdAt: Date;
  readonly createdBy: string;
}

export interface ProjectRecord {
  readonly id: string;
  readonly organizationId: string;
  /** Unique in the organisation, compared without case. */
  readonly name: string;
  readonly createdAt: Date;
}

export interface ProjectVersionRecord {
  readonly id: string;
  readonly organizationId: string;
  readonly projectId: string;
  /** Unique in the project. */
  readonly version: string;
  readonly createdAt: Date;
}

/** One image of a new connection. */
export interface ConnectImage {
  readonly name: string;
  readonly repository: string;
  readonly tag?: string;
  readonly pinnedDigest?: string;
  readonly platform?: string;
  readonly projectName: string;
  readonly projectVersion: string;
  /** The selection that found it. */
  readonly ruleId?: string;
  /** What the tag points at now, when that is known. */
  readonly registryDigest?: string;
}

/** An image a user chose: a name in a connection, followed by tag or pinned by digest. */
export interface TrackedImageRecord {
  readonly id: string;
  readonly organizationId: string;
  readonly connectionId: string;
  readonly projectVersionId: string;
  /** Registry host and path: `public.ecr.aws/nginx/nginx`. */
  readonly name: string;
  /** Path inside the registry: `nginx/nginx`. */
  readonly repository: string;
  readonly tag?: string;
  /** Set when the user pinned a digest. */
  readonly pinnedDigest?: string;
  /** `linux/arm64/v8`; absent means the default platform. */
  readonly platform?: string;
  /** The content of the last scan that ended well; what pages show. */
  readonly contentId?: string;
  readonly contentScannedAt?: Date;
  readonly createdAt: Date;
  /** The selection of its connection that found it; absent for one chosen by hand. */
  readonly ruleId?: string;
  /** What the tag pointed at when the registry was last looked at; absent before the first look. */
  readonly registryDigest?: string;
  /** Since when it is not in the registry any more. */
  readonly goneAt?: Date;
  /** Since when no selection wants it any more; it is not scanned again for having moved. */
  readonly releasedAt?: Date;
}

export type ScanState = 'queued' | 'running' | 'succeeded' | 'partial' | 'failed' | 'cancelled';
export type ScanStage = 'resolve' | 'pull' | 'catalogue' | 'match' | 'store';

/** `warning`: something was not read or not judged. `error`: the scan, or this attempt of it, ended. */
export type ScanLogLevel = 'info' | 'warning' | 'error';

/** A line that a scan writes about itself. */
export interface ScanLogLine {
  readonly at: Date;
  readonly attempt: number;
  readonly level: ScanLogLevel;
  readonly stage?: ScanStage;
  /** One line, without a secret. */
  readonly text: string;
}

/** A line as it is kept. */
export interface ScanLogRecord extends ScanLogLine {
  /** From 1. The first that is kept has a higher one when earlier lines were dropped. */
  readonly position: number;
}

export interface ScanRecord {
  readonly id: string;
  readonly organizationId: string;
  readonly trackedImageId: string;
  readonly connectionId: string;
  readonly state: ScanState;
  /** The stage running now, or the one it ended in. */
  readonly stage?: ScanStage;
  readonly progress: ScanProgressRecord;
  /** Grows with each change, so that a reader can tell old news from new. */
  readonly sequence: number;
  readonly attempt: number;
  readonly failure?: ScanFailureRecord;
  readonly diagnostics: readonly ScanDiagnosticRecord[];
  /** Why the scan was started. */
  readonly trigger: 'connect' | 'user' | 'retry' | 'registry';
  readonly requestedBy: string;
  /** Who stopped it; unset when the queue alone gave it up. */
  readonly cancelledBy?: string;
  /** As the user was called then. */
  readonly cancelledByName?: string;
  readonly contentId?: string;
  /** Of the resolved manifest. */
  readonly digest?: string;
  readonly componentCount?: number;
  /** At its end; absent where the result was not matched. */
  readonly findings?: ScanFindingsRecord;
  readonly createdAt: Date;
  readonly startedAt?: Date;
  readonly endedAt?: Date;
}

/** Findings of an image at the end of a scan, hidden ones left out. Never changed afterwards, whatever advisories say later. */
export interface ScanFindingsRecord {
  /** Absent where there were no advisories to judge it by. */
  readonly count?: number;
  /** A part was not judged, or the advisories tell only of what is fixed: there may be more. */
  readonly atLeast: boolean;
  /** Those that the image did not have when the scan began; absent where that is not known, as before its first judged result. */
  readonly newCount?: number;
}

/** A time in which no scan was begun. */
export interface ScanPauseRecord {
  readonly id: string;
  readonly organizationId: string;
  readonly pausedBy: string;
  /** As the user was called then. */
  readonly pausedByName: string;
  readonly pausedAt: Date;
  readonly resumedBy?: string;
  readonly resumedByName?: string;
  readonly resumedAt?: Date;
}

export interface ScanProgressRecord {
  readonly layersDone: number;
  readonly layersTotal: number;
  /** Compressed bytes; layers whose facts are cached count as nothing to pull. */
  readonly bytesDone: number;
  readonly bytesTotal: number;
  readonly layersCached: number;
  /** Per stage, when it began and ended (ISO 8601). */
  readonly stages: readonly { readonly stage: ScanStage; readonly startedAt: string; readonly endedAt?: string }[];
}

export interface ScanFailureRecord {
  /** Class, such as `access-denied`, `not-found`, `corrupt-layer`. */
  readonly code: string;
  readonly heading: string;
  readonly message: string;
  readonly remedy?: string;
  readonly remedySnippet?: string;
  readonly upstreamCode?: string;
  readonly upstreamMessage?: string;
  readonly requestId?: string;
  readonly retryable: boolean;
}

export interface ScanDiagnosticRecord {
  readonly code: string;
  readonly severity: 'incomplete' | 'notice';
  readonly message: string;
  readonly path?: string;
}

/** One platform image by digest, stored once however many names point at it. */
export interface ContentRecord {
  readonly id: string;
  readonly organizationId: string;
  readonly digest: string;
  readonly mediaType: string;
  /** `linux/amd64` */
  readonly platform: string;
  readonly created?: string;
  /** Compressed bytes of all layers. */
  readonly sizeBytes: number;
  readonly distributionName?: string;
  /** What it was built on, where its labels name it. */
  readonly baseName?: string;
  /** How many of its layers are the base's, from the first; and the uncompressed digest of the topmost of them. */
  readonly baseLayerCount?: number;
  readonly baseDiffId?: string;
  readonly componentCount: number;
  readonly partial: boolean;
  readonly catalogueVersion: string;
  readonly cataloguedAt: Date;
}

export interface ContentLayerRecord {
  readonly index: number;
  readonly digest: string;
  readonly diffId: string;
  readonly mediaType: string;
  readonly sizeBytes: number;
  readonly createdBy?: string;
  readonly componentCount: number;
}

export interface ComponentRecord {
  readonly id: string;
  readonly contentId: string;
  readonly ecosystem: string;
  readonly name: string;
  readonly version: string;
  readonly packageUrl: string;
  readonly licences: readonly { readonly declared: string; readonly spdxExpression?: string }[];
  readonly locations: readonly { readonly path: string; readonly layerDiffId: string; readonly layerIndex: number }[];
  readonly description?: string;
  readonly supplier?: string;
  readonly sourceName?: string;
  readonly sourceVersion?: string;
  /** Catalogue id of the owning component. */
  readonly ownedBy?: string;
}

/** A component in a list of its content. */
export interface ListedComponentRecord extends ComponentRecord {
  /** Findings that are not hidden; absent where the content was not matched yet. */
  readonly findingCounts?: SeverityCounts;
}

/** Findings that a layer of a content brings in. */
export interface LayerFindingsRecord {
  readonly layerIndex: number;
  readonly counts: SeverityCounts;
  /** Components with these findings. */
  readonly componentCount: number;
}

/** How many components of a content have a licence. */
export interface LicenceCountRecord {
  /** SPDX expression, or as declared; absent for components that declare none. */
  readonly licence?: string;
  readonly count: number;
  /** Up to five names. */
  readonly examples: readonly string[];
}

/** One version of a package in the present results of an organisation's images. */
export interface PackageVersionRecord {
  readonly packageKey: string;
  readonly ecosystem: string;
  readonly name: string;
  readonly version: string;
}

/** Where one version of a package is, in the present results. */
export interface PackageVersionSpreadRecord {
  readonly packageKey: string;
  readonly ecosystem: string;
  readonly version: string;
  readonly imageCount: number;
  readonly projectCount: number;
  /** Images among them that were held against advisories. */
  readonly judgedImageCount: number;
}

/** Vulnerabilities of one version of a package in what images show, each once: by its worst severity where images differ. */
export interface PackageVersionFindingsRecord {
  readonly packageKey: string;
  readonly version: string;
  readonly counts: SeverityCounts;
  readonly exploitedCount: number;
  /** Of the most important one, lowest first. */
  readonly priority: number;
}

/** A copy of a package in an image. */
export interface PackagePlaceRecord {
  readonly image: TrackedImageRecord;
  /** Catalogue id in the image's content. */
  readonly componentId: string;
  readonly locations: ComponentRecord['locations'];
  /** Findings of this copy; absent where the image was not held against advisories. */
  readonly findings?: { readonly counts: SeverityCounts; readonly exploitedCount: number };
}

/** A list's filter, order and grouping under a name. */
export interface SavedViewRecord {
  readonly id: string;
  readonly organizationId: string;
  /** Unique in the organisation and page, compared without case. */
  readonly name: string;
  /** The page it is a view of, such as `findings`. */
  readonly page: string;
  /** The query of the page's address, without the question mark. */
  readonly query: string;
  readonly createdBy: string;
  readonly createdAt: Date;
}
