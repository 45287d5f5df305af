import { Field, ID, Int, InterfaceType, ObjectType, registerEnumType } from 'type-graphql';

/** A foreseeable refusal of a request, answered as data. Select `... on Problem` so that later kinds are handled too. */
@InterfaceType({ description: 'A foreseeable refusal of a request, answered as data. Select `... on Problem` so that later kinds are handled too.' })
export abstract class Problem {
  @Field(() => ProblemCode, { description: 'Stable and machine-readable; branch on this, never on the message.' })
  declare readonly code: ProblemCode;

  @Field(() => String, { description: 'What happened, in one or two sentences for the user.' })
  declare readonly message: string;

  @Field(() => Boolean, { description: 'Whether the same request may succeed later with nothing changed.' })
  declare readonly retryable: boolean;

  @Field(() => ID, { description: 'Of this request; the same id is in the server\'s log and in the response header x-correlation-id.' })
  declare readonly correlationId: string;
}

/** What kind of refusal a problem is. */
export const ProblemCode = {
  INVALID_INPUT: 'INVALID_INPUT',
  UNAUTHENTICATED: 'UNAUTHENTICATED',
  FORBIDDEN: 'FORBIDDEN',
  NOT_FOUND: 'NOT_FOUND',
  CONFLICT: 'CONFLICT',
  THROTTLED: 'THROTTLED',
  UPSTREAM_DENIED: 'UPSTREAM_DENIED',
  UPSTREAM_UNAVAILABLE: 'UPSTREAM_UNAVAILABLE',
  UNSUPPORTED: 'UNSUPPORTED',
  LIMIT_EXCEEDED: 'LIMIT_EXCEEDED',
  EXPIRED_CREDENTIALS: 'EXPIRED_CREDENTIALS',
} as const;
export type ProblemCode = (typeof ProblemCode)[keyof typeof ProblemCode];
registerEnumType(ProblemCode, {
  name: 'ProblemCode',
  description: 'What kind of refusal a problem is.',
  valuesConfig: {
    INVALID_INPUT: { description: 'A value cannot be accepted.' },
    UNAUTHENTICATED: { description: 'Nobody is signed in.' },
    FORBIDDEN: { description: 'The session or token may not do this.' },
    NOT_FOUND: { description: 'There is no such thing in this organisation.' },
    CONFLICT: { description: 'The present state does not allow it.' },
    THROTTLED: { description: 'Too many requests; try again later.' },
    UPSTREAM_DENIED: { description: 'The registry refused.' },
    UPSTREAM_UNAVAILABLE: { description: 'The registry could not be reached or did not answer properly.' },
    UNSUPPORTED: { description: 'The registry or the image does not support it.' },
    LIMIT_EXCEEDED: { description: 'Larger than the configured limits.' },
    EXPIRED_CREDENTIALS: { description: 'The stored credential has ended.' },
  },
});

/** What is wrong with one value of the input. */
@ObjectType({ description: 'What is wrong with one value of the input.' })
export class FieldIssue {
  @Field(() => String, { description: 'Path of the input field, such as `name` or `images.0.reference`; empty for the input as a whole.' })
  declare readonly field: string;

  @Field(() => String, { description: 'What is wrong with it; never repeats a secret.' })
  declare readonly message: string;
}

/** Values that cannot be accepted, field by field. */
@ObjectType({ implements: Problem, description: 'Values that cannot be accepted, field by field.' })
export class ValidationProblem extends Problem {
  @Field(() => [FieldIssue], { description: 'At least one.' })
  declare readonly issues: readonly FieldIssue[];
}

/** There is no such thing in this organisation. */
@ObjectType({ implements: Problem, description: 'There is no such thing in this organisation.' })
export class NotFoundProblem extends Problem {

}

/** The present state does not allow it. */
@ObjectType({ implements: Problem, description: 'The present state does not allow it.' })
export class ConflictProblem extends Problem {

}

/** Too many attempts. */
@ObjectType({ implements: Problem, description: 'Too many attempts.' })
export class ThrottledProblem extends Problem {
  @Field(() => Int, { description: 'Milliseconds until the next attempt is accepted.' })
  declare readonly retryAfterMs: number;
}

/** What a registry answered, without secrets. */
@ObjectType({ description: 'What a registry answered, without secrets.' })
export class UpstreamAnswer {
  @Field(() => String, { nullable: true, description: 'The call made, such as `ecr:BatchGetImage`.' })
  declare readonly call?: string | undefined;

  @Field(() => Int, { nullable: true, description: 'HTTP status.' })
  declare readonly status?: number | undefined;

  @Field(() => String, { nullable: true, description: 'The registry\'s own error code.' })
  declare readonly code?: string | undefined;

  @Field(() => String, { nullable: true, description: 'The registry\'s own text.' })
  declare readonly message?: string | undefined;

  @Field(() => String, { nullable: true, description: 'The registry\'s id of the request, for its support.' })
  declare readonly requestId?: string | undefined;

  @Field(() => String, { nullable: true, description: 'The host that answered, or did not.' })
  declare readonly host?: string | undefined;
}

/** A registry refused or could not be reached; worded for the user. */
@ObjectType({ implements: Problem, description: 'A registry refused or could not be reached; worded for the user.' })
export class RegistryProblem extends Problem {
  @Field(() => String, { description: 'What the user reads first, such as `Access denied`.' })
  declare readonly heading: string;

  @Field(() => String, { nullable: true, description: 'What to do, and who can do it.' })
  declare readonly remedy?: string | undefined;

  @Field(() => String, { nullable: true, description: 'Text to copy that mends it, such as a policy statement.' })
  declare readonly remedySnippet?: string | undefined;

  @Field(() => Int, { nullable: true, description: 'Milliseconds after which the registry wants to be asked again, where it limits requests.' })
  declare readonly retryAfterMs?: number | undefined;

  @Field(() => UpstreamAnswer, { nullable: true, description: 'What the registry itself said.' })
  declare readonly upstream?: UpstreamAnswer | undefined;
}
