import { createUnionType, Field, ID, Int, ObjectType, registerEnumType } from 'type-graphql';
import { PageInfo } from '../../graphql/page-info.type.js';
import { ConflictProblem, NotFoundProblem, Problem, ThrottledProblem, ValidationProblem } from '../../graphql/problem.type.js';
import { Bytes, DateTime } from '../../graphql/scalars.js';
import { FindingState } from '../triage/decision.type.js';

/** How a VEX document came. */
export const VexSource = { UPLOADED: 'uploaded', ADDRESS: 'address', ATTACHED: 'attached' } as const;
export type VexSource = (typeof VexSource)[keyof typeof VexSource];
registerEnumType(VexSource, {
  name: 'VexSource',
  description: 'How a VEX document came.',
  valuesConfig: {
    UPLOADED: { description: 'Somebody uploaded it.' },
    ADDRESS: { description: 'It is fetched from an address, again and again.' },
    ATTACHED: { description: 'It is attached to an image in its registry.' },
  },
});

/** In which format a VEX document is written. */
export const VexFormat = { OPENVEX: 'openvex', CSAF: 'csaf', CYCLONEDX: 'cyclonedx' } as const;
export type VexFormat = (typeof VexFormat)[keyof typeof VexFormat];
registerEnumType(VexFormat, {
  name: 'VexFormat',
  description: 'In which format a VEX document is written.',
  valuesConfig: { OPENVEX: { description: 'OpenVEX.' }, CSAF: { description: 'CSAF, profile VEX.' }, CYCLONEDX: { description: 'CycloneDX with analyses.' } },
});

/** Why a statement changes nothing. */
export const VexSilence = { NO_PRODUCT: 'no-product', NOTHING_MATCHES: 'nothing-matches' } as const;
export type VexSilence = (typeof VexSilence)[keyof typeof VexSilence];
registerEnumType(VexSilence, {
  name: 'VexSilence',
  description: 'Why a statement speaks of no finding.',
  valuesConfig: {
    NO_PRODUCT: { description: 'It names no product, and its document is attached to no image.' },
    NOTHING_MATCHES: { description: 'No image has this vulnerability in what it names.' },
  },
});

/** What comes of statements. */
@ObjectType({ description: 'What comes of statements.' })
export class VexEffect {
  @Field(() => Int, { description: 'Findings they decide among documents; decisions of people count before them.' })
  declare readonly findings: number;

  @Field(() => Int, { description: 'Images with such findings.' })
  declare readonly images: number;

  @Field(() => Int, { description: 'Of those findings, the ones they settle: not affected or fixed, and nobody decided otherwise.' })
  declare readonly hidden: number;

  @Field(() => Int, { description: 'Findings they speak of and another statement decides.' })
  declare readonly overruled: number;
}

/** What comes of a document. */
@ObjectType({ description: 'What comes of a document, and of its going.' })
export class VexDocumentEffect extends VexEffect {
  @Field(() => Int, { description: 'Findings that are open again without it.' })
  declare readonly reopens: number;

  @Field(() => Int, { description: 'Statements that speak of no finding.' })
  declare readonly silentStatements: number;
}

/** A failure of fetching, for people. */
@ObjectType({ description: 'Why the last look at an address did not succeed. What it said before counts on.' })
export class VexFailure {
  @Field(() => String, { description: 'Machine-readable kind.' })
  declare readonly code: string;

  @Field(() => String, { description: 'What happened.' })
  declare readonly message: string;

  @Field(() => String, { description: 'What to do about it.' })
  declare readonly remedy: string;
}

/** A version that is no longer in force. */
@ObjectType({ description: 'A version that another one took the place of.' })
export class VexReplacedVersion {
  @Field(() => String, { description: 'As the document said.' })
  declare readonly version: string;

  @Field(() => String, { description: 'When it was written, as it said; may be empty.' })
  declare readonly issued: string;

  @Field(() => String, { description: 'SHA-256 of its text.' })
  declare readonly digest: string;

  @Field(() => Int, { description: 'How many statements it had.' })
  declare readonly statementCount: number;

  @Field(() => DateTime, { description: 'When another one took its place.' })
  declare readonly replacedAt: Date;
}

/** A document with what its author says of vulnerabilities. */
@ObjectType({ description: 'A document with what its author says of vulnerabilities in products.' })
export class VexDocument {
  @Field(() => ID, { description: 'Id on this server.' })
  declare readonly id: string;

  @Field(() => VexSource, { description: 'How it came.' })
  declare readonly source: VexSource;

  @Field(() => String, { description: 'What it is called here.' })
  declare readonly name: string;

  @Field(() => String, { description: 'File, address or place in a registry it was read from.' })
  declare readonly location: string;

  @Field(() => VexFormat, { description: 'How it is written.' })
  declare readonly format: VexFormat;

  @Field(() => String, { description: 'What its author calls it.' })
  declare readonly documentId: string;

  @Field(() => String, { description: 'Who speaks, as it says itself. Not verified.' })
  declare readonly author: string;

  @Field(() => String, { description: 'Its version, as it says.' })
  declare readonly version: string;

  @Field(() => String, { description: 'When it was last written, as it says; may be empty.' })
  declare readonly issued: string;

  @Field(() => String, { description: 'SHA-256 of its text.' })
  declare readonly digest: string;

  @Field(() => Bytes, { description: 'Size of its text.' })
  declare readonly sizeBytes: number;

  @Field(() => Int, { description: 'How many statements could be read.' })
  declare readonly statementCount: number;

  @Field(() => [String], { description: 'Statements that could not be read, and why; at most 100.' })
  declare readonly problems: readonly string[];

  @Field(() => [VexReplacedVersion], { description: 'Newest first, at most 20.' })
  declare readonly replaced: readonly VexReplacedVersion[];

  @Field(() => String, { nullable: true, description: 'Who added it; null for one that was found attached.' })
  declare readonly addedBy?: string | undefined;

  @Field(() => DateTime, { description: 'When it was added.' })
  declare readonly addedAt: Date;

  @Field(() => DateTime, { description: 'When its present text came.' })
  declare readonly changedAt: Date;

  @Field(() => DateTime, { nullable: true, description: 'When its address was last asked.' })
  declare readonly checkedAt?: Date | undefined;

  @Field(() => DateTime, { nullable: true, description: 'When its address is asked next.' })
  declare readonly nextCheckAt?: Date | undefined;

  @Field(() => VexFailure, { nullable: true, description: 'Why its address gave no document when it was last asked.' })
  declare readonly failure?: VexFailure | undefined;

  /** Not in the schema. */
  declare readonly imageId?: string | undefined;
  declare readonly attachedTo: readonly string[];
}

/** A document in a page. */
@ObjectType({ description: 'A document in a page.' })
export class VexDocumentEdge {
  @Field(() => String, { description: 'Opaque position of this entry.' })
  declare readonly cursor: string;

  @Field(() => VexDocument, { description: 'The entry.' })
  declare readonly node: VexDocument;
}

/** A page of documents. */
@ObjectType({ description: 'A page of documents, those that changed last first.' })
export class VexDocumentConnection {
  @Field(() => [VexDocumentEdge], { description: 'In the order of the list.' })
  declare readonly edges: readonly VexDocumentEdge[];

  @Field(() => PageInfo, { description: 'Where this page ends.' })
  declare readonly pageInfo: PageInfo;
}

/** What a statement says of a vulnerability, in its own words. No type of the schema itself. */
@ObjectType()
abstract class VexSaying {
  @Field(() => FindingState, { description: 'What is said of it.' })
  declare readonly status: FindingState;

  @Field(() => String, { nullable: true, description: 'Why it does no harm, in the word of the format.' })
  declare readonly justification?: string | undefined;

  @Field(() => String, { nullable: true, description: 'Why it does no harm, in the author\'s words.' })
  declare readonly impact?: string | undefined;

  @Field(() => String, { nullable: true, description: 'What to do about it.' })
  declare readonly action?: string | undefined;

  @Field(() => String, { nullable: true, description: 'What else the author says.' })
  declare readonly notes?: string | undefined;

  @Field(() => String, { description: 'When it was said, as written; may be empty.' })
  declare readonly statedAt: string;
}

/** One statement of a document. */
@ObjectType({ description: 'What a document says of one vulnerability.' })
export class VexStatement extends VexSaying {
  @Field(() => Int, { description: 'Place in the document, from 0.' })
  declare readonly position: number;

  @Field(() => String, { description: 'As the document names it.' })
  declare readonly vulnerabilityId: string;

  @Field(() => [String], { description: 'Other names of it that the document gives.' })
  declare readonly aliases: readonly string[];

  @Field(() => [String], { description: 'What it speaks of, each in a line; at most 20.' })
  declare readonly products: readonly string[];

  @Field(() => Int, { description: 'How many products it names.' })
  declare readonly productCount: number;

  @Field(() => VexEffect, { description: 'What comes of it.' })
  declare readonly effect: VexEffect;

  @Field(() => VexSilence, { nullable: true, description: 'Why it speaks of no finding; null when it does.' })
  declare readonly silence?: VexSilence | undefined;
}

/** A statement in a page. */
@ObjectType({ description: 'A statement in a page.' })
export class VexStatementEdge {
  @Field(() => String, { description: 'Opaque position of this entry.' })
  declare readonly cursor: string;

  @Field(() => VexStatement, { description: 'The entry.' })
  declare readonly node: VexStatement;
}

/** A page of statements. */
@ObjectType({ description: 'A page of statements, in the order of the document.' })
export class VexStatementConnection {
  @Field(() => [VexStatementEdge], { description: 'In the order of the list.' })
  declare readonly edges: readonly VexStatementEdge[];

  @Field(() => PageInfo, { description: 'Where this page ends.' })
  declare readonly pageInfo: PageInfo;
}

/** Whether documents have been applied. */
@ObjectType({ description: 'How far documents have been applied to stored images.' })
export class VexProgress {
  @Field(() => Int, { description: 'Images that are still to be looked at; numbers of effects change until it is 0.' })
  declare readonly imagesBehind: number;
}

/** What documents say of a finding. */
@ObjectType({ description: 'What VEX documents say of a finding: the statement that decides among them.' })
export class VexVerdict extends VexSaying {
  @Field(() => String, { description: 'Why the statement applies, in words.' })
  declare readonly reason: string;

  @Field(() => [String], { description: 'Other statements that apply and count less, in words; at most 10.' })
  declare readonly overruled: readonly string[];

  @Field(() => ID, { description: 'Id of the document.' })
  declare readonly documentId: string;

  @Field(() => String, { description: 'Name of the document.' })
  declare readonly documentName: string;

  @Field(() => VexSource, { description: 'How the document came.' })
  declare readonly source: VexSource;

  @Field(() => String, { description: 'Who speaks, as the document says itself.' })
  declare readonly author: string;
}

/** Whether attached documents count. */
@ObjectType({ description: 'Whether VEX documents attached to the images of a connection count.' })
export class AttachedVexTrust {
  @Field(() => ID, { description: 'Id of the connection.' })
  declare readonly connectionId: string;

  @Field(() => String, { description: 'Name of the connection.' })
  declare readonly connectionName: string;

  @Field(() => Boolean, { description: 'False until somebody trusts whoever may push to its registry.' })
  declare readonly trusted: boolean;

  @Field(() => String, { nullable: true, description: 'Who trusted it.' })
  declare readonly trustedBy?: string | undefined;

  @Field(() => DateTime, { nullable: true, description: 'Since when.' })
  declare readonly trustedAt?: Date | undefined;
}

/** A text or address that gives no VEX document. */
@ObjectType({ implements: Problem, description: 'A file or address that gives no VEX document.' })
export class VexDocumentProblem extends Problem {
  @Field(() => String, { description: 'What to do about it.' })
  declare readonly remedy: string;

  @Field(() => String, { description: 'What went wrong, more closely: `vex-malformed`, `vex-too-large`, or why an address could not be fetched, such as `not-found` or `blocked`.' })
  declare readonly reason: string;
}

/** A document that is kept. */
@ObjectType({ description: 'A document that is kept.' })
export class VexDocumentPayload {
  @Field(() => VexDocument, { description: 'As it is now.' })
  declare readonly document: VexDocument;

  @Field(() => String, { description: '`added`, `replaced` for another version of a known one, or `unchanged`.' })
  declare readonly outcome: string;
}

/** Outcome of adding or fetching a document. */
export const VexDocumentResult = createUnionType({
  name: 'VexDocumentResult',
  description: 'Outcome of adding or fetching a document.',
  types: () => [VexDocumentPayload, VexDocumentProblem, ValidationProblem, NotFoundProblem, ConflictProblem, ThrottledProblem] as const,
});
export type VexDocumentResult = VexDocumentPayload | VexDocumentProblem | ValidationProblem | NotFoundProblem | ConflictProblem | ThrottledProblem;

/** A document that is gone. */
@ObjectType({ description: 'A document that is gone.' })
export class RemoveVexDocumentPayload {
  @Field(() => ID, { description: 'Id it had.' })
  declare readonly id: string;
}

/** Outcome of removing a document. */
export const RemoveVexDocumentResult = createUnionType({
  name: 'RemoveVexDocumentResult',
  description: 'Outcome of removing a document.',
  types: () => [RemoveVexDocumentPayload, NotFoundProblem, ConflictProblem] as const,
});
export type RemoveVexDocumentResult = RemoveVexDocumentPayload | NotFoundProblem | ConflictProblem;

/** Outcome of trusting a connection. */
export const AttachedVexTrustResult = createUnionType({
  name: 'AttachedVexTrustResult',
  description: 'Outcome of trusting, or no longer trusting, what is attached to the images of a connection.',
  types: () => [AttachedVexTrust, NotFoundProblem] as const,
});
export type AttachedVexTrustResult = AttachedVexTrust | NotFoundProblem;
