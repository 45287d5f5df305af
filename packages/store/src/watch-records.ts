import type { ConnectImage, Page, PageRequest, ScanRecord, TrackedImageRecord } from './records.js';

/** Which platforms of an image for several are scanned: the default one, every one, or these (`linux/arm64`). */
export type PlatformChoice = 'default' | 'all' | readonly string[];

/** A rule of a connection: what it wants, how it names it, for which platforms. */
export interface SelectionRecord {
  readonly id: string;
  readonly organizationId: string;
  readonly connectionId: string;
  /** As `@esscm/selection` reads it; parsed by who uses it. */
  readonly rule: unknown;
  readonly naming: { readonly project: string; readonly version: string };
  readonly platforms: PlatformChoice;
  readonly createdAt: Date;
  readonly createdBy: string;
}

export type SelectionInput = Pick<SelectionRecord, 'rule' | 'naming' | 'platforms'> & {
  /** Of a selection of the connection that stays; its images stay with it. */
  readonly id?: string;
};

export interface SelectionRepository {
  /** In order: the first that wants an image takes it. */
  list(organizationId: string, connectionId: string): Promise<readonly SelectionRecord[]>;
  /** In place of all earlier ones, and makes a check due. @throws NotFoundError when the organisation has no such connection */
  replace(organizationId: string, connectionId: string, selections: readonly SelectionInput[], by: string): Promise<readonly SelectionRecord[]>;
  /** Images that a selection found and wants, by its id; one without images is absent. */
  countImages(organizationId: string, connectionId: string): Promise<ReadonlyMap<string, number>>;
}

export type CheckTrigger = 'schedule' | 'user' | 'event';

/** What one look at a registry found. */
export interface CheckRecord {
  readonly trigger: CheckTrigger;
  readonly startedAt: string;
  readonly endedAt: string;
  readonly added: number;
  readonly moved: number;
  readonly gone: number;
  readonly back: number;
  readonly released: number;
  /** Requests to the registry. */
  readonly calls: number;
  readonly repositoriesChecked: number;
  /** Repositories left for the next check because the budget of this one was used up. */
  readonly repositoriesLeft: number;
  /** What stood in the way, worded for users; the rest of the check stands. */
  readonly problem?: { readonly heading: string; readonly message: string; readonly remedy?: string };
}

/** How a connection stays current. */
export interface WatchRecord {
  readonly connectionId: string;
  readonly organizationId: string;
  readonly everyMinutes: number;
  readonly paused: boolean;
  /** When the next look at the whole registry is due. */
  readonly nextCheckAt: Date;
  /** Until then somebody is looking, unless they vanished. */
  readonly leaseUntil?: Date;
  /** The last look at the whole registry, whoever asked for it. */
  readonly lastCheck?: CheckRecord;
  readonly eventSecretSetAt?: Date;
  readonly lastEventAt?: Date;
}

/** An image was pushed to or deleted from a repository, as the registry told it. */
export interface RegistryEventInput {
  /** Of the sender, unique; the same one again is the same event. */
  readonly eventId: string;
  readonly action: 'push' | 'delete';
  readonly repository: string;
  readonly tag?: string;
  readonly digest?: string;
  readonly occurredAt: Date;
}

export interface WatchRepository {
  findMany(organizationId: string, connectionIds: readonly string[]): Promise<readonly WatchRecord[]>;
  /** Resuming makes a check due. */
  change(organizationId: string, connectionId: string, change: { readonly everyMinutes?: number; readonly paused?: boolean }): Promise<WatchRecord | undefined>;
  /** A check is due now, also of a paused connection. */
  requestCheck(organizationId: string, connectionId: string): Promise<WatchRecord | undefined>;
  /** `hash` is SHA-256 of the secret, which is never stored. */
  setEventSecret(organizationId: string, connectionId: string, hash: Uint8Array): Promise<WatchRecord | undefined>;
  /** For the endpoint that events come to, which knows no organisation before. */
  eventSecretOf(connectionId: string): Promise<{ readonly organizationId: string; readonly hash: Uint8Array } | undefined>;
  /** Keeps an event and makes a look at its repository due; false for one that is known already. */
  receiveEvent(organizationId: string, connectionId: string, event: RegistryEventInput): Promise<boolean>;
  countEvents(organizationId: string, connectionId: string, since: Date): Promise<number>;

  /** Makes rows for connections of earlier releases. */
  ensureAll(): Promise<void>;
  /** When the next claim can succeed; undefined when nothing is planned. */
  nextDueAt(): Promise<Date | undefined>;
  /** Takes a due connection for `leaseMs`; nobody else gets it meanwhile. `holder` names who has it. */
  claim(holder: string, leaseMs: number): Promise<ClaimedWatch | undefined>;
  /** False when the lease was lost: whoever runs the check has to stop. */
  renew(connectionId: string, holder: string, leaseMs: number): Promise<boolean>;
  /** Ends a check that was claimed. A lost lease changes nothing. */
  finish(connectionId: string, holder: string, outcome: CheckOutcome): Promise<void>;
  /** Gives a claimed check back as it was, to be claimed by another process. */
  release(connectionId: string, holder: string): Promise<void>;
  deleteEventsBefore(moment: Date): Promise<number>;
}

export interface ClaimedWatch {
  readonly connectionId: string;
  readonly organizationId: string;
  readonly everyMinutes: number;
  readonly trigger: CheckTrigger;
  /** Repositories that unhandled events name. */
  readonly eventRepositories: readonly string[];
  /** Events received until then are handled by this check. */
  readonly claimedAt: Date;
  /** Where the last check ended for lack of budget. */
  readonly cursor?: string;
}

export interface CheckOutcome {
  readonly claimed: ClaimedWatch;
  readonly check: CheckRecord;
  /** Ignored for a check by events, which leaves the plan as it was. */
  readonly nextCheckAt: Date;
  readonly cursor?: string;
  /** Repositories of the claimed events that could not be looked at; the events of all others are handled. */
  readonly eventsLeft: readonly string[];
}

/** What has to be written after a look at one repository; see `RepositoryChanges` of `@esscm/selection`. */
export interface ImageChanges {
  readonly add: readonly ConnectImage[];
  readonly seen: readonly { readonly id: string; readonly digest: string }[];
  readonly moved: readonly { readonly id: string; readonly digest: string }[];
  readonly gone: readonly string[];
  readonly back: readonly string[];
  readonly released: readonly string[];
  readonly taken: readonly { readonly id: string; readonly ruleId: string }[];
}

/** What was added or is to be scanned again. Rows first, jobs after, as with connecting. */
export interface AddedImages {
  readonly images: readonly TrackedImageRecord[];
  readonly scans: readonly ScanRecord[];
}

/** The part of the tracked images' repository that follows a registry. */
export interface ImageFollowing {
  /** Repositories of which tracked images exist: `name` is the registry host and path, `repository` the path. */
  repositoriesOf(organizationId: string, connectionId: string): Promise<readonly { readonly name: string; readonly repository: string }[]>;
  /** By the repository's name, which is its registry host and path. */
  inRepository(organizationId: string, connectionId: string, name: string, page: PageRequest): Promise<Page<TrackedImageRecord>>;
  /** In one transaction; without scans for a connection that scans nothing by itself. A moved image whose scan is running keeps its old digest, so that the next look finds it moved again. */
  applyChanges(organizationId: string, connectionId: string, changes: ImageChanges): Promise<AddedImages>;
  /** Images chosen by hand; one that is tracked already is scanned again instead. @throws NotFoundError when there is no such connection */
  add(organizationId: string, connectionId: string, images: readonly ConnectImage[], by: string): Promise<AddedImages>;
  /** Moves an image to a project and version, which are made when there are none. */
  assign(organizationId: string, id: string, names: { readonly projectName: string; readonly projectVersion: string }): Promise<TrackedImageRecord | undefined>;
}
