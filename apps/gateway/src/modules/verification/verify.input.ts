import { Field, ID, InputType } from 'type-graphql';

/** One value of a form. */
@InputType({ description: 'One value of a form.' })
export class FieldValueInput {
  @Field(() => String, { description: 'Name of the form field.' })
  declare readonly name: string;

  @Field(() => String, { description: 'What was entered.' })
  declare readonly value: string;
}

/** A credential to save as a draft and to try. */
@InputType({ description: 'A credential to save as a draft and to try.' })
export class VerifyCredentialsInput {
  @Field(() => ID, { nullable: true, description: 'An earlier draft of the same user to replace.' })
  declare readonly draftId?: string | null;

  @Field(() => ID, { description: 'Id of the plugin.' })
  declare readonly plugin: string;

  @Field(() => ID, { description: 'Id of its variant.' })
  declare readonly variant: string;

  @Field(() => String, { defaultValue: '', description: 'Name of the connection to be.' })
  declare readonly name: string;

  @Field(() => String, { defaultValue: '', description: 'Description of the connection to be.' })
  declare readonly description: string;

  @Field(() => ID, { description: 'Id of the credential kind.' })
  declare readonly credentialKind: string;

  @Field(() => [FieldValueInput], { description: 'The form. With `draftId`, a secret left out keeps its earlier value.' })
  declare readonly values: readonly FieldValueInput[];

  @Field(() => String, { nullable: true, description: 'A repository to try on, for credentials that may not list.' })
  declare readonly probeRepository?: string | null;
}

/** The form of a credential kind, as far as it is filled. */
@InputType({ description: 'The form of a credential kind, as far as it is filled.' })
export class PrepareCredentialsInput {
  @Field(() => ID, { nullable: true, description: 'An earlier draft of the same user to go on with.' })
  declare readonly draftId?: string | null;

  @Field(() => ID, { description: 'Id of the plugin.' })
  declare readonly plugin: string;

  @Field(() => ID, { description: 'Id of its variant.' })
  declare readonly variant: string;

  @Field(() => ID, { description: 'Id of the credential kind.' })
  declare readonly credentialKind: string;

  @Field(() => [FieldValueInput], { description: 'What is typed so far. Used for the guide, and not kept.' })
  declare readonly values: readonly FieldValueInput[];
}

/** Credentials to put in the place of a connection's present ones. */
@InputType({ description: 'Credentials to put in the place of a connection\'s present ones.' })
export class RotateCredentialsInput {
  @Field(() => ID, { description: 'Id of the connection.' })
  declare readonly connectionId: string;

  @Field(() => [FieldValueInput], { description: 'The form of the connection\'s credential kind. What is left out stays as it is, secrets excepted.' })
  declare readonly values: readonly FieldValueInput[];
}
