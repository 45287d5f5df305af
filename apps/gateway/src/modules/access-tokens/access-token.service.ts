import type { AccessTokenRecord, Store } from '@esscm/store';
import { z } from 'zod';
import { createAccessTokenText, hashAccessToken } from '../../authentication/access-token-text.js';
import { validationProblem } from '../../graphql/problems.js';
import type { ValidationProblem } from '../../graphql/problem.type.js';
import { issuesOf } from '../../graphql/validation.js';
import { type RequestContext, requireRequester } from '../../request-context.js';
import type { CreateAccessTokenInput } from './access-token.input.js';
import { AccessScope } from './access-token.type.js';

interface AccessTokenServiceOptions {
  readonly store: Pick<Store, 'accessTokens'>;
  readonly now: () => Date;
}

const dayMs = 24 * 3600 * 1000;
const maximumTokens = 100;

const inputSchema = z.object({
  name: z.string().trim().min(1, 'Enter a name.').max(100, 'A name has at most 100 characters.'),
  scopes: z.array(z.enum(AccessScope)).min(1, 'Choose at least one scope.').max(10, 'Name each scope once.'),
  expiresInDays: z.int().min(1, 'A token lasts at least 1 day.').max(365, 'A token lasts at most 365 days.'),
});

/** Tokens of the requester. */
export class AccessTokenService {
  readonly #options: AccessTokenServiceOptions;

  constructor(options: AccessTokenServiceOptions) {
    this.#options = options;
  }

  list(context: RequestContext): Promise<readonly AccessTokenRecord[]> {
    const { organization, userId } = requireRequester(context);
    return this.#options.store.accessTokens.list(organization.id, userId);
  }

  /** The secret is in the answer and nowhere else: only its hash is kept. */
  async create(
    context: RequestContext,
    input: CreateAccessTokenInput,
  ): Promise<{ readonly token: AccessTokenRecord; readonly secret: string } | ValidationProblem> {
    const { organization, userId } = requireRequester(context);
    const { store, now } = this.#options;
    const parsed = inputSchema.safeParse(input);
    if (!parsed.success) return validationProblem(context, issuesOf(parsed.error));
    if ((await this.list(context)).length >= maximumTokens) {
      return validationProblem(context, [{ field: '', message: `There are ${maximumTokens} tokens already. Revoke one first.` }]);
    }
    const secret = createAccessTokenText();
    const hash = hashAccessToken(secret);
    if (hash === undefined) throw new Error('A new access token does not have the form of one.');
    const { name, scopes, expiresInDays } = parsed.data;
    const token = await store.accessTokens.create({
      organizationId: organization.id,
      userId,
      name,
      scopes: [...new Set(scopes)],
      expiresAt: new Date(now().getTime() + expiresInDays * dayMs),
      hash,
    });
    return { token, secret };
  }

  revoke(context: RequestContext, id: string): Promise<boolean> {
    const { organization, userId } = requireRequester(context);
    return this.#options.store.accessTokens.revoke(organization.id, userId, id);
  }
}
