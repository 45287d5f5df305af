import { z } from 'zod';
import type { AttemptLimiter } from '../../authentication/attempt-limiter.js';
import { type Accounts, passwordLength, type SignedIn } from '../../authentication/accounts.js';
import { isSetupCode } from '../../authentication/setup-code.js';
import { throttledProblem, validationProblem } from '../../graphql/problems.js';
import type { ThrottledProblem, ValidationProblem } from '../../graphql/problem.type.js';
import { issuesOf } from '../../graphql/validation.js';
import type { RequestContext } from '../../request-context.js';
import type { CreateAdministratorInput, SignInInput } from './sign-in.input.js';

interface SignInServiceOptions {
  readonly accounts: Accounts;
  /** Wrong attempts by email and address, setup codes included. */
  readonly attempts: AttemptLimiter;
  /** Asked for when the first account is created; absent on a server that only this machine reaches. */
  readonly setupCode?: string;
}

const administratorSchema = z.object({
  name: z.string().trim().min(1, 'Enter a name.').max(100, 'A name has at most 100 characters.'),
  email: z.email('Enter an email address.').max(254, 'An email address has at most 254 characters.'),
  password: z
    .string()
    .min(passwordLength.minimum, `A password has at least ${passwordLength.minimum} characters. A sentence works well.`)
    .max(passwordLength.maximum, `A password has at most ${passwordLength.maximum} characters.`),
});

/** The ways in by password. */
export class SignInService {
  readonly #options: SignInServiceOptions;

  constructor(options: SignInServiceOptions) {
    this.#options = options;
  }

  get setupCodeRequired(): boolean {
    return this.#options.setupCode !== undefined;
  }

  administratorExists(): Promise<boolean> {
    return this.#options.accounts.anyExist();
  }

  async createAdministrator(
    context: RequestContext,
    input: CreateAdministratorInput,
  ): Promise<SignedIn | ValidationProblem | ThrottledProblem> {
    const { accounts, attempts, setupCode } = this.#options;
    const taken = () => validationProblem(context, [{ field: '', message: 'This installation has its administrator. Sign in instead.' }]);
    if (await accounts.anyExist()) return taken();
    if (setupCode !== undefined) {
      const key = `setup:${context.remoteAddress}`;
      const retryAfterMs = attempts.retryAfterMs(key);
      if (retryAfterMs > 0) return throttledProblem(context, retryAfterMs);
      if (!isSetupCode(setupCode, input.setupCode ?? '')) {
        attempts.record(key);
        return validationProblem(context, [{ field: 'setupCode', message: 'This is not the code printed where the server was started.' }]);
      }
    }
    const person = administratorSchema.safeParse(input);
    if (!person.success) return validationProblem(context, issuesOf(person.error));
    return (await accounts.createFirst(person.data)) ?? taken();
  }

  async signIn(context: RequestContext, input: SignInInput): Promise<SignedIn | ValidationProblem | ThrottledProblem> {
    const { accounts, attempts } = this.#options;
    const email = input.email.trim().toLowerCase();
    const key = `sign-in:${context.remoteAddress}:${email.slice(0, 254)}`;
    const retryAfterMs = attempts.retryAfterMs(key);
    if (retryAfterMs > 0) return throttledProblem(context, retryAfterMs);
    // Counted before the slow comparison: attempts made at the same time must not slip through together.
    attempts.record(key);
    const tooLong = email.length > 254 || input.password.length > passwordLength.maximum;
    const signedIn = tooLong ? undefined : await accounts.signIn(email, input.password);
    if (signedIn === undefined) return validationProblem(context, [{ field: '', message: 'Email or password is not right.' }]);
    attempts.forget(key);
    return signedIn;
  }

  signOut(context: RequestContext): Promise<readonly string[]> {
    return this.#options.accounts.signOut(context.headers);
  }
}
