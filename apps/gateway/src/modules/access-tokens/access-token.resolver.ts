import type { AccessTokenRecord } from '@esscm/store';
import { Arg, Authorized, Ctx, ID, Mutation, Query, Resolver } from 'type-graphql';
import { instance } from '../../graphql/instance.js';
import { notFoundProblem } from '../../graphql/problems.js';
import { Problem } from '../../graphql/problem.type.js';
import type { RequestContext } from '../../request-context.js';
import { CreateAccessTokenInput } from './access-token.input.js';
import type { AccessTokenService } from './access-token.service.js';
import {
  AccessScope,
  AccessToken,
  CreateAccessTokenPayload,
  CreateAccessTokenResult,
  RevokeAccessTokenPayload,
  RevokeAccessTokenResult,
} from './access-token.type.js';

/** Access tokens of whoever asks. */
@Resolver()
export class AccessTokenResolver {
  readonly #service: AccessTokenService;

  constructor(service: AccessTokenService) {
    this.#service = service;
  }

  @Authorized('ADMIN')
  @Query(() => [AccessToken], { description: 'Access tokens of the requester that have not ended.' })
  async accessTokens(@Ctx() context: RequestContext): Promise<readonly AccessToken[]> {
    return (await this.#service.list(context)).map(tokenView);
  }

  @Authorized('ADMIN')
  @Mutation(() => CreateAccessTokenResult, { description: 'Makes an access token. Its secret is in the answer and is never shown again.' })
  async createAccessToken(
    @Arg('input', () => CreateAccessTokenInput, { description: 'The token.' }) input: CreateAccessTokenInput,
    @Ctx() context: RequestContext,
  ): Promise<CreateAccessTokenResult> {
    const outcome = await this.#service.create(context, input);
    if (outcome instanceof Problem) return outcome;
    return instance(CreateAccessTokenPayload, { accessToken: tokenView(outcome.token), secret: outcome.secret });
  }

  @Authorized('ADMIN')
  @Mutation(() => RevokeAccessTokenResult, { description: 'Ends an access token now.' })
  async revokeAccessToken(
    @Arg('id', () => ID, { description: 'Id of the token.' }) id: string,
    @Ctx() context: RequestContext,
  ): Promise<RevokeAccessTokenResult> {
    const revoked = await this.#service.revoke(context, id);
    return revoked ? instance(RevokeAccessTokenPayload, { id }) : notFoundProblem(context, 'access token');
  }
}

function tokenView({ id, name, scopes, createdAt, expiresAt, lastUsedAt }: AccessTokenRecord): AccessToken {
  const known = Object.values(AccessScope).filter((scope) => scopes.includes(scope));
  return { id, name, scopes: known, createdAt, expiresAt, lastUsedAt };
}
