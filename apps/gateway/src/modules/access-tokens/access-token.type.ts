import { createUnionType, Field, ID, ObjectType, registerEnumType } from 'type-graphql';
import { NotFoundProblem, ValidationProblem } from '../../graphql/problem.type.js';
import { DateTime } from '../../graphql/scalars.js';

/** What an access token may do. */
export const AccessScope = {
  READ: 'READ',
  SCAN: 'SCAN',
  TRIAGE: 'TRIAGE',
  CONNECT: 'CONNECT',
  ADMIN: 'ADMIN',
} as const;
export type AccessScope = (typeof AccessScope)[keyof typeof AccessScope];
registerEnumType(AccessScope, {
  name: 'AccessScope',
  description: 'What an access token may do.',
  valuesConfig: {
    READ: { description: 'Read everything of the organisation.' },
    SCAN: { description: 'Start, retry and cancel scans.' },
    TRIAGE: { description: 'Decide about findings.' },
    CONNECT: { description: 'Verify credentials, browse registries, connect and disconnect.' },
    ADMIN: { description: 'Everything, access tokens included.' },
  },
});

/** A named token for the API, sent as `Authorization: Bearer`. */
@ObjectType({ description: 'A named token for the API, sent as `Authorization: Bearer`.' })
export class AccessToken {
  @Field(() => ID, { description: 'Id of the token; not the secret.' })
  declare readonly id: string;

  @Field(() => String, { description: 'Name given to it.' })
  declare readonly name: string;

  @Field(() => [AccessScope], { description: 'What it may do.' })
  declare readonly scopes: readonly AccessScope[];

  @Field(() => DateTime, { description: 'When it was created.' })
  declare readonly createdAt: Date;

  @Field(() => DateTime, { description: 'When it ends.' })
  declare readonly expiresAt: Date;

  @Field(() => DateTime, { nullable: true, description: 'When it was last used, to within a minute.' })
  declare readonly lastUsedAt?: Date | undefined;
}

/** A new token. */
@ObjectType({ description: 'A new token.' })
export class CreateAccessTokenPayload {
  @Field(() => AccessToken, { description: 'The token as it is listed from now on.' })
  declare readonly accessToken: AccessToken;

  @Field(() => String, { description: 'The text to send. Shown this once.' })
  declare readonly secret: string;
}

/** Outcome of creating a token. */
export const CreateAccessTokenResult = createUnionType({
  name: 'CreateAccessTokenResult',
  description: 'Outcome of creating a token.',
  types: () => [CreateAccessTokenPayload, ValidationProblem] as const,
});
export type CreateAccessTokenResult = CreateAccessTokenPayload | ValidationProblem;

/** A token that ended now. */
@ObjectType({ description: 'A token that ended now.' })
export class RevokeAccessTokenPayload {
  @Field(() => ID, { description: 'Id of the token.' })
  declare readonly id: string;
}

/** Outcome of revoking a token. */
export const RevokeAccessTokenResult = createUnionType({
  name: 'RevokeAccessTokenResult',
  description: 'Outcome of revoking a token.',
  types: () => [RevokeAccessTokenPayload, NotFoundProblem] as const,
});
export type RevokeAccessTokenResult = RevokeAccessTokenPayload | NotFoundProblem;
