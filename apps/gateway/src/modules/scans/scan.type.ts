import { createUnionType, Field, ID, Int, ObjectType, registerEnumType } from 'type-graphql';
import { PageInfo } from '../../graphql/page-info.type.js';
import { ConflictProblem, NotFoundProblem } from '../../graphql/problem.type.js';
import { Bytes, DateTime } from '../../graphql/scalars.js';

/** State of a scan. */
export const ScanState = {
  QUEUED: 'queued',
  RUNNING: 'running',
  SUCCEEDED: 'succeeded',
  PARTIAL: 'partial',
  FAILED: 'failed',
  CANCELLED: 'cancelled',
} as const;
export type ScanState = (typeof ScanState)[keyof typeof ScanState];
registerEnumType(ScanState, {
  name: 'ScanState',
  description: 'State of a scan.',
  valuesConfig: {
    QUEUED: { description: 'Waiting.' },
    RUNNING: { description: 'Running now.' },
    SUCCEEDED: { description: 'Ended with a complete result.' },
    PARTIAL: { description: 'Ended with a result that is known to be incomplete.' },
    FAILED: { description: 'Ended without a result.' },
    CANCELLED: { description: 'Stopped by a user.' },
  },
});

/** Stage of a scan, in order. */
export const ScanStage = {
  RESOLVE: 'resolve',
  PULL: 'pull',
  CATALOGUE: 'catalogue',
  MATCH: 'match',
  STORE: 'store',
} as const;
export type ScanStage = (typeof ScanStage)[keyof typeof ScanStage];
registerEnumType(ScanStage, {
  name: 'ScanStage',
  description: 'Stage of a scan, in order.',
  valuesConfig: {
    RESOLVE: { description: 'The reference becomes a digest.' },
    PULL: { description: 'Layers are read.' },
    CATALOGUE: { description: 'Packages are found.' },
    MATCH: { description: 'Packages are held against advisories.' },
    STORE: { description: 'The result is kept.' },
  },
});

/** Why a scan was started. */
export const ScanTrigger = {
  CONNECT: 'connect',
  USER: 'user',
  RETRY: 'retry',
  REGISTRY: 'registry',
} as const;
export type ScanTrigger = (typeof ScanTrigger)[keyof typeof ScanTrigger];
registerEnumType(ScanTrigger, {
  name: 'ScanTrigger',
  description: 'Why a scan was started.',
  valuesConfig: {
    CONNECT: { description: 'The image was connected.' },
    USER: { description: 'A user asked for it.' },
    RETRY: { description: 'A user asked again after a failure.' },
    REGISTRY: { description: 'The registry has a new image, or the tag moved.' },
  },
});

/** When a stage began and ended. */
@ObjectType({ description: 'When a stage began and ended.' })
export class ScanStageTiming {
  @Field(() => ScanStage, { description: 'The stage.' })
  declare readonly stage: ScanStage;

  @Field(() => DateTime, { description: 'When it began.' })
  declare readonly startedAt: Date;

  @Field(() => DateTime, { nullable: true, description: 'When it ended.' })
  declare readonly endedAt?: Date | undefined;
}

/** How far a scan is. */
@ObjectType({ description: 'How far a scan is.' })
export class ScanProgress {
  @Field(() => Int, { description: 'Layers read.' })
  declare readonly layersDone: number;

  @Field(() => Int, { description: 'All layers; 0 before they are known.' })
  declare readonly layersTotal: number;

  @Field(() => Int, { description: 'Layers whose contents were known already and are not pulled.' })
  declare readonly layersCached: number;

  @Field(() => Bytes, { description: 'Compressed bytes read.' })
  declare readonly bytesDone: number;

  @Field(() => Bytes, { description: 'Compressed bytes to read.' })
  declare readonly bytesTotal: number;

  @Field(() => [ScanStageTiming], { description: 'When each stage began and ended.' })
  declare readonly stages: readonly ScanStageTiming[];
}

/** Why a scan failed, worded for the user. */
@ObjectType({ description: 'Why a scan failed, worded for the user.' })
export class ScanFailure {
  @Field(() => String, { description: 'Class of the failure, such as `access-denied`.' })
  declare readonly code: string;

  @Field(() => String, { description: 'What the user reads first.' })
  declare readonly heading: string;

  @Field(() => String, { description: 'The exact cause.' })
  declare readonly message: string;

  @Field(() => String, { nullable: true, description: 'What to do, and who can do it.' })
  declare readonly remedy?: string | undefined;

  @Field(() => String, { nullable: true, description: 'Text to copy that mends it.' })
  declare readonly remedySnippet?: string | undefined;

  @Field(() => String, { nullable: true, description: 'The registry\'s own error code.' })
  declare readonly upstreamCode?: string | undefined;

  @Field(() => String, { nullable: true, description: 'The registry\'s own text.' })
  declare readonly upstreamMessage?: string | undefined;

  @Field(() => String, { nullable: true, description: 'The registry\'s id of the request.' })
  declare readonly requestId?: string | undefined;

  @Field(() => Boolean, { description: 'Whether trying again may help with nothing changed.' })
  declare readonly retryable: boolean;
}

/** Something a scan met on the way. */
@ObjectType({ description: 'Something a scan met on the way.' })
export class ScanDiagnostic {
  @Field(() => String, { description: 'Stable and machine-readable.' })
  declare readonly code: string;

  @Field(() => String, { description: '`incomplete`: components may be missing because of this. `notice`: nothing is missing.' })
  declare readonly severity: string;

  @Field(() => String, { description: 'What was met.' })
  declare readonly message: string;

  @Field(() => String, { nullable: true, description: 'The file it was met in.' })
  declare readonly path?: string | undefined;
}

/** Findings of an image at the end of a scan. */
@ObjectType({ description: 'Findings of an image at the end of a scan, hidden ones left out. Advisories may say more since.' })
export class ScanFindings {
  @Field(() => Int, { nullable: true, description: 'How many; null where there were no advisories to judge it by. Never read null as none.' })
  declare readonly count?: number | undefined;

  @Field(() => Boolean, { description: 'A part was not judged, or the advisories tell only of what is fixed: there may be more.' })
  declare readonly atLeast: boolean;

  @Field(() => Int, { nullable: true, description: 'Those that the image did not have when the scan began; null where that is not known, as before its first judged result.' })
  declare readonly newCount?: number | undefined;
}

/** One reading of an image. */
@ObjectType({ description: 'One reading of an image.' })
export class Scan {
  @Field(() => ID, { description: 'Id of the scan.' })
  declare readonly id: string;

  @Field(() => ScanState, { description: 'State now.' })
  declare readonly state: ScanState;

  @Field(() => ScanStage, { nullable: true, description: 'The stage running now, or the one it ended in.' })
  declare readonly stage?: ScanStage | undefined;

  @Field(() => Int, { description: 'Grows with each change, so that old news can be told from new.' })
  declare readonly sequence: number;

  @Field(() => Int, { description: 'How often it was begun.' })
  declare readonly attempt: number;

  @Field(() => ScanTrigger, { description: 'Why it was started.' })
  declare readonly trigger: ScanTrigger;

  @Field(() => ScanProgress, { description: 'How far it is.' })
  declare readonly progress: ScanProgress;

  @Field(() => ScanFailure, { nullable: true, description: 'Why it failed, or why the last attempt did.' })
  declare readonly failure?: ScanFailure | undefined;

  @Field(() => [ScanDiagnostic], { description: 'What could not be read, named.' })
  declare readonly diagnostics: readonly ScanDiagnostic[];

  @Field(() => String, { nullable: true, description: 'Digest of the resolved manifest.' })
  declare readonly digest?: string | undefined;

  @Field(() => Int, { nullable: true, description: 'Components found; null before the end.' })
  declare readonly componentCount?: number | undefined;

  @Field(() => ScanFindings, { nullable: true, description: 'What the image had at its end; null before, and where the result was not matched.' })
  declare readonly findings?: ScanFindings | undefined;

  @Field(() => DateTime, { description: 'When it was asked for.' })
  declare readonly createdAt: Date;

  @Field(() => DateTime, { nullable: true, description: 'When it began.' })
  declare readonly startedAt?: Date | undefined;

  @Field(() => DateTime, { nullable: true, description: 'When it ended.' })
  declare readonly endedAt?: Date | undefined;

  @Field(() => String, { nullable: true, description: 'Name of the user who cancelled it, as it was then.' })
  declare readonly cancelledBy?: string | undefined;

  /** Not in the schema. */
  declare readonly imageId: string;
}

/** A scan in a page. */
@ObjectType({ description: 'A scan in a page.' })
export class ScanEdge {
  @Field(() => String, { description: 'Opaque position of this entry.' })
  declare readonly cursor: string;

  @Field(() => Scan, { description: 'The entry.' })
  declare readonly node: Scan;
}

/** A page of scans: those that run, those that wait, those that have ended, each with the last begun first. */
@ObjectType({ description: 'A page of scans: those that run, those that wait, those that have ended, each with the last begun first.' })
export class ScanConnection {
  @Field(() => [ScanEdge], { description: 'In the order of the list.' })
  declare readonly edges: readonly ScanEdge[];

  @Field(() => PageInfo, { description: 'Where this page ends.' })
  declare readonly pageInfo: PageInfo;
}

/** A scan after the change. */
@ObjectType({ description: 'A scan after the change.' })
export class ScanPayload {
  @Field(() => Scan, { description: 'The scan.' })
  declare readonly scan: Scan;
}

/** Outcome of changing a scan. */
export const ScanResult = createUnionType({
  name: 'ScanResult',
  description: 'Outcome of changing a scan.',
  types: () => [ScanPayload, NotFoundProblem, ConflictProblem] as const,
});
export type ScanResult = ScanPayload | NotFoundProblem | ConflictProblem;
