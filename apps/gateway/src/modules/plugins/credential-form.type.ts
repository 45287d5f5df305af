import { Field, ID, Int, ObjectType, registerEnumType } from 'type-graphql';

/** How a form field is entered. */
export const FormFieldType = {
  TEXT: 'text',
  SECRET: 'secret',
  CHOICE: 'choice',
  GENERATED: 'generated',
} as const;
export type FormFieldType = (typeof FormFieldType)[keyof typeof FormFieldType];
registerEnumType(FormFieldType, {
  name: 'FormFieldType',
  description: 'How a form field is entered.',
  valuesConfig: {
    TEXT: { description: 'A line of text.' },
    SECRET: { description: 'A line of text that is sealed before it is stored and never given out again.' },
    CHOICE: { description: 'One of a list.' },
    GENERATED: { description: 'Made by the server for this connection, and shown to be copied. `prepareCredentials` gives it; what is sent for it is not taken.' },
  },
});

/** One entry of a choice. */
@ObjectType({ description: 'One entry of a choice.' })
export class FormChoice {
  @Field(() => String, { description: 'What to send.' })
  declare readonly value: string;

  @Field(() => String, { description: 'What to show.' })
  declare readonly label: string;
}

/** A field is shown only while another field's value starts with a text. */
@ObjectType({ description: 'A field is shown only while another field\'s value starts with a text.' })
export class FormFieldCondition {
  @Field(() => String, { description: 'Name of the other field.' })
  declare readonly field: string;

  @Field(() => String, { description: 'Start of its value.' })
  declare readonly startsWith: string;
}

/** One field of a credential form. */
@ObjectType({ description: 'One field of a credential form.' })
export class FormField {
  @Field(() => String, { description: 'Name to send the value under.' })
  declare readonly name: string;

  @Field(() => String, { description: 'Label of the field.' })
  declare readonly label: string;

  @Field(() => FormFieldType, { description: 'How it is entered.' })
  declare readonly type: FormFieldType;

  @Field(() => Boolean, { description: 'Whether it must have a value.' })
  declare readonly required: boolean;

  @Field(() => String, { nullable: true, description: 'Text under the label.' })
  declare readonly description?: string | undefined;

  @Field(() => String, { nullable: true, description: 'Text shown while empty.' })
  declare readonly placeholder?: string | undefined;

  @Field(() => [FormChoice], { nullable: true, description: 'The list of a choice.' })
  declare readonly choices?: readonly FormChoice[] | undefined;

  @Field(() => Boolean, { description: 'Whether a choice accepts text outside its list.' })
  declare readonly allowOther: boolean;

  @Field(() => FormFieldCondition, { nullable: true, description: 'When the field is shown; null means always.' })
  declare readonly shownWhen?: FormFieldCondition | undefined;

  @Field(() => Boolean, { description: 'Whether it says where the registry is, which new credentials of a connection do not change.' })
  declare readonly place: boolean;
}

/** How to get a credential. */
@ObjectType({ description: 'How to get a credential.' })
export class CredentialGuide {
  @Field(() => String, { description: 'What the guide leads to.' })
  declare readonly title: string;

  @Field(() => [String], { description: 'In order.' })
  declare readonly steps: readonly string[];

  @Field(() => String, { nullable: true, description: 'What the text to copy is.' })
  declare readonly snippetTitle?: string | undefined;

  @Field(() => String, { nullable: true, description: 'Text to copy, such as a policy.' })
  declare readonly snippet?: string | undefined;
}

/** A kind of credential, with the form that asks for it. */
@ObjectType({ description: 'A kind of credential, with the form that asks for it.' })
export class CredentialKind {
  @Field(() => ID, { description: 'Unique in the variant.' })
  declare readonly id: string;

  @Field(() => String, { description: 'Name of the kind, such as `Access keys`.' })
  declare readonly name: string;

  @Field(() => String, { description: 'One sentence.' })
  declare readonly summary: string;

  @Field(() => [FormField], { description: 'The form, in order, without what the operator does not allow.' })
  declare readonly fields: readonly FormField[];

  @Field(() => Boolean, { description: 'False where the operator of this server does not allow credentials of this kind.' })
  declare readonly available: boolean;

  @Field(() => Int, { nullable: true, description: 'Days after which such a credential should be replaced; null when it ends by itself.' })
  declare readonly rotateAfterDays?: number | undefined;

  @Field(() => CredentialGuide, { nullable: true, description: 'How to get such a credential.' })
  declare readonly guide?: CredentialGuide | undefined;
}
