import type { ConnectImage, ScanRecord, TrackedImageRecord } from './records.js';

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
