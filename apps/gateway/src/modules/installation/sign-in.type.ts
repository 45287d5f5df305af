import { createUnionType, Field, ObjectType } from 'type-graphql';
import { ThrottledProblem, ValidationProblem } from '../../graphql/problem.type.js';
import { Viewer } from './installation.type.js';

/** Signed in; the session is in a cookie of the response. */
@ObjectType({ description: 'Signed in; the session is in a cookie of the response.' })
export class SignInPayload {
  @Field(() => Viewer, { description: 'Who is signed in now.' })
  declare readonly viewer: Viewer;
}

/** Outcome of signing in. */
export const SignInResult = createUnionType({
  name: 'SignInResult',
  description: 'Outcome of signing in.',
  types: () => [SignInPayload, ValidationProblem, ThrottledProblem] as const,
});
export type SignInResult = SignInPayload | ValidationProblem | ThrottledProblem;
