import { Field, Int, ObjectType, registerEnumType } from 'type-graphql';
import { DateTime } from '../../graphql/scalars.js';

/** Outcome of a verification. */
export const VerificationStatus = {
  VERIFIED: 'verified',
  LIMITED: 'limited',
  FAILED: 'failed',
} as const;
export type VerificationStatus = (typeof VerificationStatus)[keyof typeof VerificationStatus];
registerEnumType(VerificationStatus, {
  name: 'VerificationStatus',
  description: 'Outcome of a verification.',
  valuesConfig: {
    VERIFIED: { description: 'Everything required is allowed.' },
    LIMITED: { description: 'Scanning works, something else does not.' },
    FAILED: { description: 'Scanning does not work.' },
  },
});

/** Outcome of trying one permission. */
export const CheckOutcome = {
  ALLOWED: 'allowed',
  DENIED_IMPLICIT: 'denied-implicit',
  DENIED_EXPLICIT: 'denied-explicit',
  NOT_PROVEN: 'not-proven',
  THROTTLED: 'throttled',
  UNREACHABLE: 'unreachable',
  NOT_TRIED: 'not-tried',
  UNSAFE: 'unsafe',
} as const;
export type CheckOutcome = (typeof CheckOutcome)[keyof typeof CheckOutcome];
registerEnumType(CheckOutcome, {
  name: 'CheckOutcome',
  description: 'Outcome of trying one permission.',
  valuesConfig: {
    ALLOWED: { description: 'It works.' },
    DENIED_IMPLICIT: { description: 'Nothing allows it.' },
    DENIED_EXPLICIT: { description: 'A statement forbids it.' },
    NOT_PROVEN: { description: 'The probe could not tell.' },
    THROTTLED: { description: 'The registry limits requests.' },
    UNREACHABLE: { description: 'The registry did not answer.' },
    NOT_TRIED: { description: 'An earlier failure made it pointless.' },
    UNSAFE: { description: 'It works, and would work for others as well: it is not used, and cannot be connected.' },
  },
});

/** Which document decided, when the registry names it. */
export const DenialSource = {
  IDENTITY_POLICY: 'identity-policy',
  RESOURCE_POLICY: 'resource-policy',
  PERMISSIONS_BOUNDARY: 'permissions-boundary',
  SERVICE_CONTROL_POLICY: 'service-control-policy',
  RESOURCE_CONTROL_POLICY: 'resource-control-policy',
  SESSION_POLICY: 'session-policy',
  ENDPOINT_POLICY: 'endpoint-policy',
} as const;
export type DenialSource = (typeof DenialSource)[keyof typeof DenialSource];
registerEnumType(DenialSource, {
  name: 'DenialSource',
  description: 'Which document decided, when the registry names it.',
  valuesConfig: {
    IDENTITY_POLICY: { description: 'A policy of the user or role.' },
    RESOURCE_POLICY: { description: 'The policy of the repository.' },
    PERMISSIONS_BOUNDARY: { description: 'The permissions boundary of the user or role.' },
    SERVICE_CONTROL_POLICY: { description: 'A service control policy of the organisation.' },
    RESOURCE_CONTROL_POLICY: { description: 'A resource control policy of the organisation.' },
    SESSION_POLICY: { description: 'The policy of the session.' },
    ENDPOINT_POLICY: { description: 'The policy of the network endpoint.' },
  },
});

/** The trial of one permission. */
@ObjectType({ description: 'The trial of one permission.' })
export class PermissionCheck {
  @Field(() => String, { description: 'Name of the permission.' })
  declare readonly action: string;

  @Field(() => String, { description: 'Completes "Needed to …".' })
  declare readonly purpose: string;

  @Field(() => Boolean, { description: 'Without it nothing can be scanned.' })
  declare readonly required: boolean;

  @Field(() => CheckOutcome, { description: 'What came of it.' })
  declare readonly outcome: CheckOutcome;

  @Field(() => DenialSource, { nullable: true, description: 'Which document decided, when the registry names it.' })
  declare readonly deniedBy?: DenialSource | undefined;

  @Field(() => String, { nullable: true, description: 'Which registry, where a connection covers several.' })
  declare readonly registry?: string | undefined;

  @Field(() => String, { nullable: true, description: 'What it was tried on.' })
  declare readonly triedOn?: string | undefined;

  @Field(() => String, { nullable: true, description: 'The registry\'s own error code.' })
  declare readonly upstreamCode?: string | undefined;

  @Field(() => String, { nullable: true, description: 'The registry\'s own text.' })
  declare readonly upstreamMessage?: string | undefined;

  @Field(() => String, { nullable: true, description: 'The registry\'s id of the request.' })
  declare readonly requestId?: string | undefined;

  @Field(() => Int, { nullable: true, description: 'How long the trial took, in milliseconds.' })
  declare readonly durationMs?: number | undefined;

  @Field(() => String, { nullable: true, description: 'What to do about it.' })
  declare readonly remedy?: string | undefined;
}

/** A mistyped text of the settings, and what was probably meant. */
@ObjectType({ description: 'A mistyped text of the settings, and what was probably meant.' })
export class Correction {
  @Field(() => String, { description: 'As it stands in a setting, or as one entry of a setting that lists several separated by commas.' })
  declare readonly typed: string;

  @Field(() => String, { description: 'What to put in its place.' })
  declare readonly meant: string;
}

/** One cause of failed checks, worded for the user. */
@ObjectType({ description: 'One cause of failed checks, worded for the user.' })
export class VerificationProblem {
  @Field(() => String, { description: 'What the user reads first.' })
  declare readonly heading: string;

  @Field(() => String, { description: 'The exact cause.' })
  declare readonly message: string;

  @Field(() => String, { nullable: true, description: 'What to do, and who can do it.' })
  declare readonly remedy?: string | undefined;

  @Field(() => String, { nullable: true, description: 'Text to copy that mends it.' })
  declare readonly remedySnippet?: string | undefined;

  @Field(() => Correction, { nullable: true, description: 'A mistyped text of the settings that is the cause.' })
  declare readonly correction?: Correction | undefined;

  @Field(() => [String], { description: 'The permissions this explains; empty when it explains all.' })
  declare readonly actions: readonly string[];

  @Field(() => String, { nullable: true, description: 'The registry\'s own error code.' })
  declare readonly upstreamCode?: string | undefined;

  @Field(() => String, { nullable: true, description: 'The registry\'s own text.' })
  declare readonly upstreamMessage?: string | undefined;

  @Field(() => Int, { nullable: true, description: 'HTTP status.' })
  declare readonly upstreamStatus?: number | undefined;

  @Field(() => String, { nullable: true, description: 'The registry\'s id of the request.' })
  declare readonly requestId?: string | undefined;
}

/** What a credential may do, tried permission by permission. */
@ObjectType({ description: 'What a credential may do, tried permission by permission.' })
export class VerificationReport {
  @Field(() => VerificationStatus, { description: 'The verdict.' })
  declare readonly status: VerificationStatus;

  @Field(() => String, { nullable: true, description: 'Who the registry says we are.' })
  declare readonly principal?: string | undefined;

  @Field(() => String, { nullable: true, description: 'Account of the registry.' })
  declare readonly account?: string | undefined;

  @Field(() => String, { nullable: true, description: 'Region of the registry.' })
  declare readonly region?: string | undefined;

  @Field(() => DateTime, { description: 'When it was tried.' })
  declare readonly checkedAt: Date;

  @Field(() => [PermissionCheck], { description: 'One row a permission, in the order of the variant\'s permissions; registry after registry where there are several.' })
  declare readonly checks: readonly PermissionCheck[];

  @Field(() => [VerificationProblem], { description: 'One a cause, worst first.' })
  declare readonly problems: readonly VerificationProblem[];

  @Field(() => String, { nullable: true, description: 'The smallest policy that grants all that is missing, to copy.' })
  declare readonly missingPolicy?: string | undefined;
}
