/** How a document came: a file a person gave, an address that is fetched again and again, or attached to an image in its registry. */
export type VexSource = 'uploaded' | 'address' | 'attached';
export type VexFormat = 'openvex' | 'csaf' | 'cyclonedx';
/** The last two of these leave a finding open. */
export const vexStates = ['not_affected', 'fixed', 'affected', 'under_investigation'] as const;
export type VexStatus = (typeof vexStates)[number];

/** A failure of fetching or reading, in words for people. */
export interface VexFailureRecord {
  readonly code: string;
  readonly message: string;
  readonly remedy: string;
}

/** A version that another one took the place of. */
export interface VexReplacedVersion {
  readonly version: string;
  readonly issued: string;
  readonly digest: string;
  readonly statementCount: number;
  /** RFC 3339. */
  readonly replacedAt: string;
}

/** What an author says of one vulnerability in some products. */
export interface VexStatementInput {
  readonly vulnerability: string;
  readonly aliases: readonly string[];
  readonly status: VexStatus;
  readonly justification?: string;
  readonly impact?: string;
  readonly action?: string;
  readonly notes?: string;
  /** RFC 3339, as written; may be empty. */
  readonly timestamp: string;
  /** As the reader of documents gives them; kept as they are. */
  readonly products: readonly unknown[];
}

/** What a document says itself. */
export interface VexDocumentContent {
  readonly format: VexFormat;
  readonly documentId: string;
  readonly author: string;
  readonly version: string;
  /** RFC 3339, as written; may be empty. */
  readonly issued: string;
  /** SHA-256 of its text, `sha256:…`. */
  readonly digest: string;
  readonly sizeBytes: number;
  /** Digests of images; statements without products speak of them. */
  readonly attachedTo: readonly string[];
  /** What of it could not be read. */
  readonly problems: readonly string[];
  readonly statements: readonly VexStatementInput[];
}

/** What tells a server that an address has nothing new. */
export interface VexValidators {
  readonly entityTag?: string;
  readonly lastModified?: string;
}

/** A document to keep. One of the same source and identity is replaced by it. */
export interface VexDocumentInput extends VexDocumentContent {
  readonly source: 'uploaded' | 'address';
  /** What another version has in common with this one. */
  readonly identity: string;
  readonly name: string;
  /** The file or address it was read from. */
  readonly location: string;
  /** A name for people. */
  readonly addedBy: string;
  readonly validators?: VexValidators;
  /** Of an address. */
  readonly nextCheckAt?: Date;
}

/** A document found attached to an image. */
export interface AttachedVexInput extends VexDocumentContent {
  readonly name: string;
  readonly location: string;
}

/** A document that is kept. */
export interface VexDocumentRecord extends Omit<VexDocumentContent, 'statements'> {
  readonly id: string;
  readonly source: VexSource;
  readonly name: string;
  readonly location: string;
  readonly statementCount: number;
  /** Newest first, at most 20. */
  readonly replaced: readonly VexReplacedVersion[];
  readonly addedBy?: string;
  readonly addedAt: Date;
  readonly changedAt: Date;
  readonly imageId?: string;
  readonly checkedAt?: Date;
  readonly nextCheckAt?: Date;
  readonly entityTag?: string;
  readonly lastModified?: string;
  /** Why the last check did not succeed; what it said before counts on. */
  readonly failure?: VexFailureRecord;
  /** In a row. */
  readonly failures: number;
}

/** What comes of a document, or of one statement. */
export interface VexEffect {
  /** Findings it decides; a person's decision counts before it. */
  readonly findings: number;
  readonly images: number;
  /** Of those, what it takes out of lists: nobody decided otherwise. */
  readonly hidden: number;
  /** Findings it speaks of and another statement decides. */
  readonly overruled: number;
}

/** What comes of a document, and of its going. */
export interface VexDocumentEffect extends VexEffect {
  /** Findings that are open again without it. */
  readonly reopens: number;
  /** Statements that apply to no finding. */
  readonly silentStatements: number;
}

/** A statement that is kept, and what comes of it. */
export interface VexStatementRecord extends VexStatementInput {
  readonly position: number;
  readonly effect: VexEffect;
}

export interface VexVerdictDetail {
  readonly impact?: string;
  readonly action?: string;
  readonly notes?: string;
  /** RFC 3339, as written; may be empty. */
  readonly statedAt: string;
  /** Why it applies, in words. */
  readonly reason: string;
  /** Others that apply, in words. */
  readonly overruled: readonly string[];
}

/** What documents say of a finding, the one that decides. */
export interface VexVerdictRecord extends VexVerdictDetail {
  readonly status: VexStatus;
  readonly justification?: string;
  readonly documentId: string;
  readonly documentName: string;
  readonly source: VexSource;
  readonly author: string;
}

/** A statement that applies to a finding of an image. */
export interface VexVerdictInput {
  readonly position: number;
  readonly vulnerability: string;
  readonly packageKey: string;
  /** 0 decides. */
  readonly rank: number;
  readonly documentId: string;
  readonly statement: number;
  readonly status: VexStatus;
  readonly justification?: string;
  readonly detail: VexVerdictDetail;
}

/** An image whose verdicts are to be made, and with what. */
export interface VexTarget {
  readonly organizationId: string;
  readonly imageId: string;
  readonly contentId: string;
  readonly name: string;
  readonly tag?: string;
  /** Of the content, the pinned one, and what the registry lists for its tag, such as an index. */
  readonly digests: readonly string[];
  readonly matchedAt: Date;
  readonly generation: number;
}

/** An image with all statements that apply to its findings. */
export interface VexAppliedTo {
  readonly target: VexTarget;
  readonly verdicts: readonly VexVerdictInput[];
}

/** A statement that names the vulnerability of a finding. Whether it speaks of the package is for a judge to say. */
export interface VexCandidate {
  readonly imageId: string;
  readonly position: number;
  readonly vulnerability: string;
  readonly packageKey: string;
  readonly componentId: string;
  readonly identifiers: readonly string[];
  readonly documentId: string;
  readonly statement: number;
}

/** A document with those of its statements that were asked for, by position. */
export interface VexStatementsRecord {
  readonly document: VexDocumentRecord;
  readonly statements: ReadonlyMap<number, VexStatementInput>;
}

/** Reads of what is attached to images, due now. */
export interface VexReadingTarget {
  readonly organizationId: string;
  readonly imageId: string;
  readonly contentId: string;
}

export interface VexTrustRecord {
  readonly connectionId: string;
  /** A name for people. */
  readonly trustedBy: string;
  readonly trustedAt: Date;
}

/** Which documents; several conditions must all hold. */
export interface VexDocumentFilter {
  readonly sources?: readonly VexSource[];
  readonly imageId?: string;
}
