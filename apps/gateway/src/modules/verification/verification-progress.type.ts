import { createUnionType, Field, ID, ObjectType } from 'type-graphql';
import { NotFoundProblem, ThrottledProblem, ValidationProblem } from '../../graphql/problem.type.js';
import { DateTime } from '../../graphql/scalars.js';
import { PermissionCheck, VerificationReport } from './verification-report.type.js';
import { ConnectionDraft } from './verify.type.js';

/** How far a verification is. */
@ObjectType({ description: 'How far a verification is.' })
export class VerificationProgress {
  @Field(() => ID, { description: 'Id of the draft or connection.' })
  declare readonly id: string;

  @Field(() => Boolean, { description: 'False before the first verification and after each.' })
  declare readonly running: boolean;

  @Field(() => Boolean, { description: 'It ended without a report, as when the server was stopped: start it again.' })
  declare readonly brokenOff: boolean;

  @Field(() => DateTime, { nullable: true, description: 'When the one that runs was started.' })
  declare readonly startedAt?: Date | undefined;

  @Field(() => [PermissionCheck], { description: 'The rows that are known, in the order they became so; those of the report once there is one.' })
  declare readonly checks: readonly PermissionCheck[];

  @Field(() => VerificationReport, { nullable: true, description: 'What came of it; null while it runs.' })
  declare readonly report?: VerificationReport | undefined;
}

/** A draft whose verification was started. */
@ObjectType({ description: 'A draft whose verification was started.' })
export class DraftVerificationStarted {
  @Field(() => ConnectionDraft, { description: 'The saved draft.' })
  declare readonly draft: ConnectionDraft;

  @Field(() => VerificationProgress, { description: 'To be followed by `verificationProgress`.' })
  declare readonly progress: VerificationProgress;
}

/** Outcome of starting to verify a credential. */
export const StartCredentialVerificationResult = createUnionType({
  name: 'StartCredentialVerificationResult',
  description: 'Outcome of starting to verify a credential.',
  types: () => [DraftVerificationStarted, ValidationProblem, ThrottledProblem] as const,
});
export type StartCredentialVerificationResult = DraftVerificationStarted | ValidationProblem | ThrottledProblem;

/** A connection whose verification was started. */
@ObjectType({ description: 'A connection whose verification was started.' })
export class ConnectionVerificationStarted {
  @Field(() => VerificationProgress, { description: 'To be followed by `verificationProgress`.' })
  declare readonly progress: VerificationProgress;
}

/** Outcome of starting to verify a connection. */
export const StartConnectionVerificationResult = createUnionType({
  name: 'StartConnectionVerificationResult',
  description: 'Outcome of starting to verify a connection.',
  types: () => [ConnectionVerificationStarted, NotFoundProblem, ThrottledProblem] as const,
});
export type StartConnectionVerificationResult = ConnectionVerificationStarted | NotFoundProblem | ThrottledProblem;
