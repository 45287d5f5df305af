import { Field, InputType } from 'type-graphql';

/** The first account of an installation. */
@InputType({ description: 'The first account of an installation.' })
export class CreateAdministratorInput {
  @Field(() => String, { nullable: true, description: 'The code printed where the server was started; needed only when `Installation.setupCodeRequired`.' })
  declare readonly setupCode?: string | null;

  @Field(() => String, { description: 'Name, 1 to 100 characters.' })
  declare readonly name: string;

  @Field(() => String, { description: 'Email address, used to sign in.' })
  declare readonly email: string;

  @Field(() => String, { description: '12 to 128 characters.' })
  declare readonly password: string;
}

/** Email and password. */
@InputType({ description: 'Email and password.' })
export class SignInInput {
  @Field(() => String, { description: 'Email address.' })
  declare readonly email: string;

  @Field(() => String, { description: 'Password.' })
  declare readonly password: string;
}
