import type { ConnectImage, ConnectionRecord, Page, PageRequest, ScanRecord, TrackedImageRecord } from '../records.js';
import type { SelectionInput } from '../watch-records.js';
import type { PlainSecrets } from './plain-secrets.js';

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
