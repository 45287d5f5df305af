import type { Page, PageRequest } from '../records.js';
import type {
  AttachedVexInput,
  VexCandidate,
  VexDocumentContent,
  VexDocumentEffect,
  VexDocumentFilter,
  VexDocumentInput,
  VexDocumentRecord,
  VexFailureRecord,
  VexReadingTarget,
  VexStatementRecord,
  VexStatementsRecord,
  VexAppliedTo,
  VexTarget,
  VexTrustRecord,
  VexValidators,
  VexVerdictRecord,
} from '../vex-records.js';

/** VEX documents, their statements, and what these come to for findings. */
export interface VexRepository {
  /** Keeps a document, in place of the version before, in one transaction. Unchanged text changes nothing. */
  put(organizationId: string, input: VexDocumentInput): Promise<{ readonly document: VexDocumentRecord; readonly outcome: 'added' | 'replaced' | 'unchanged' }>;
  find(organizationId: string, id: string): Promise<VexDocumentRecord | undefined>;
  findMany(organizationId: string, ids: readonly string[]): Promise<readonly VexDocumentRecord[]>;
  /** Newest change first. */
  list(organizationId: string, filter: VexDocumentFilter, page: PageRequest): Promise<Page<VexDocumentRecord>>;
  /** In the order of the document. `silent`: only those that apply to no finding. */
  statements(organizationId: string, id: string, filter: { readonly silent?: boolean }, page: PageRequest): Promise<Page<VexStatementRecord>>;
  /** By id of the document; all that were asked for and are there. */
  effects(organizationId: string, ids: readonly string[]): Promise<ReadonlyMap<string, VexDocumentEffect>>;
  /** False when there is none. What it decided falls to the next statement, or is open again, at once; the history says so. */
  delete(organizationId: string, id: string): Promise<boolean>;
  /** What decides each finding among documents; aligned with what was asked. */
  verdictsOf(organizationId: string, of: readonly { readonly imageId: string; readonly contentId: string; readonly position: number; readonly vulnerability: string }[]): Promise<readonly (VexVerdictRecord | undefined)[]>;
  /** Findings that documents hide, by image; an image without any is absent. */
  hiddenOf(organizationId: string, imageIds: readonly string[]): Promise<ReadonlyMap<string, number>>;
  /** Images whose verdicts are not those of the present documents yet. */
  countBehind(organizationId: string): Promise<number>;
  trusts(organizationId: string): Promise<readonly VexTrustRecord[]>;
  /** Whether what is attached to images of the connection counts. False when there is no such connection. */
  setTrust(organizationId: string, connectionId: string, trustedBy: string | undefined): Promise<boolean>;

  /** Addresses to look at now, of all organisations, those that waited longest first. */
  dueAddresses(limit: number): Promise<readonly (VexDocumentRecord & { readonly organizationId: string })[]>;
  /** What came of looking at an address, where the text is the same or could not be had. */
  recordCheck(id: string, outcome: { readonly nextCheckAt: Date; readonly failure?: VexFailureRecord; readonly validators?: VexValidators }): Promise<void>;
  /** A new version from the address of a document; undefined when the document is gone. */
  replaceFromAddress(organizationId: string, id: string, content: VexDocumentContent, check: { readonly nextCheckAt: Date; readonly validators: VexValidators }): Promise<'replaced' | 'unchanged' | undefined>;
  /** Images of trusted connections whose attachments were never read, or not since `nextReadAt`. */
  dueReadings(limit: number, of?: { readonly imageId: string }): Promise<readonly VexReadingTarget[]>;
  /** All that is attached to an image now, in place of what was; or that it could not be read, which changes nothing else. */
  recordReading(target: VexReadingTarget, result: { readonly documents: readonly AttachedVexInput[] } | { readonly failure: VexFailureRecord }, nextReadAt: Date): Promise<void>;
  /** Images whose verdicts are to be made, of all organisations. */
  behind(limit: number, of?: { readonly imageId: string }): Promise<readonly VexTarget[]>;
  candidates(targets: readonly VexTarget[]): Promise<readonly VexCandidate[]>;
  readStatements(of: readonly { readonly documentId: string; readonly statement: number }[]): Promise<readonly VexStatementsRecord[]>;
  /** Puts verdicts of images, each named once, in place of those before and notes in the history what changed: in one transaction, and in few statements however many images there are. */
  apply(applied: readonly VexAppliedTo[]): Promise<void>;
}
