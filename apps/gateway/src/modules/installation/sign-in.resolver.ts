import { Arg, Authorized, Ctx, Mutation, Resolver } from 'type-graphql';
import type { Authenticator } from '../../authentication/authenticator.js';
import { instance } from '../../graphql/instance.js';
import { Problem } from '../../graphql/problem.type.js';
import type { RequestContext } from '../../request-context.js';
import { CreateAdministratorInput, SignInInput } from './sign-in.input.js';
import type { SignInService } from './sign-in.service.js';
import { SignInPayload, SignInResult } from './sign-in.type.js';
import { viewerOf } from './viewer.js';

/** Signing in and out. The session is a cookie; the payload holds no token. */
@Resolver()
export class SignInResolver {
  readonly #service: SignInService;
  readonly #authenticator: Authenticator;

  constructor(service: SignInService, authenticator: Authenticator) {
    this.#service = service;
    this.#authenticator = authenticator;
  }

  @Mutation(() => SignInResult, { description: 'Creates the first account, which can do everything, and signs in. Refused once an account exists.' })
  async createAdministrator(
    @Arg('input', () => CreateAdministratorInput, { description: 'The account.' }) input: CreateAdministratorInput,
    @Ctx() context: RequestContext,
  ): Promise<SignInResult> {
    return this.#answer(context, await this.#service.createAdministrator(context, input));
  }

  @Mutation(() => SignInResult, { description: 'Signs in with email and password; the answer sets the session cookie.' })
  async signIn(
    @Arg('input', () => SignInInput, { description: 'Email and password.' }) input: SignInInput,
    @Ctx() context: RequestContext,
  ): Promise<SignInResult> {
    return this.#answer(context, await this.#service.signIn(context, input));
  }

  @Authorized()
  @Mutation(() => Boolean, { description: 'Ends the session and removes its cookie.' })
  async signOut(@Ctx() context: RequestContext): Promise<boolean> {
    context.setCookies(await this.#service.signOut(context));
    return true;
  }

  async #answer(context: RequestContext, outcome: Awaited<ReturnType<SignInService['signIn']>>): Promise<SignInResult> {
    if (outcome instanceof Problem) return outcome;
    context.setCookies(outcome.cookies);
    return instance(SignInPayload, { viewer: viewerOf(await this.#authenticator.requesterOf(outcome.account)) });
  }
}
