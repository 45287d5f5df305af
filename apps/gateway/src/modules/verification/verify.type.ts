import { createUnionType, Field, ID, ObjectType } from 'type-graphql';
import { NotFoundProblem, Problem, RegistryProblem, ThrottledProblem, ValidationProblem } from '../../graphql/problem.type.js';
import { DateTime } from '../../graphql/scalars.js';
import { RegistryConnection, Setting } from '../connections/connection.type.js';
import { CredentialGuide } from '../plugins/credential-form.type.js';
import { Plugin, PluginVariant } from '../plugins/plugin.type.js';
import { VerificationReport } from './verification-report.type.js';

/** A credential that was verified and is not connected yet. Its secrets are sealed. */
@ObjectType({ description: 'A credential that was verified and is not connected yet. Its secrets are sealed.' })
export class ConnectionDraft {
  @Field(() => ID, { description: 'Id of the draft.' })
  declare readonly id: string;

  @Field(() => String, { description: 'Name of the connection to be; may be empty.' })
  declare readonly name: string;

  @Field(() => String, { description: 'Description of the connection to be; may be empty.' })
  declare readonly description: string;

  @Field(() => Plugin, { description: 'The plugin it uses.' })
  declare readonly plugin: Plugin;

  @Field(() => PluginVariant, { description: 'The plugin\'s variant.' })
  declare readonly variant: PluginVariant;

  @Field(() => ID, { nullable: true, description: 'Kind of the credential.' })
  declare readonly credentialKindId?: string | undefined;

  @Field(() => String, { description: 'Tells the credential from others.' })
  declare readonly credentialHint: string;

  @Field(() => [Setting], { description: 'What was entered, secrets excepted.' })
  declare readonly settings: readonly Setting[];

  @Field(() => VerificationReport, { nullable: true, description: 'The last verification; null before the first.' })
  declare readonly verification?: VerificationReport | undefined;

  @Field(() => DateTime, { nullable: true, description: 'When the credential ends, where that is known.' })
  declare readonly credentialExpiresAt?: Date | undefined;

  @Field(() => DateTime, { description: 'When the draft is removed if nothing changes it.' })
  declare readonly expiresAt: Date;
}

/** A draft that was tried. */
@ObjectType({ description: 'A draft that was tried.' })
export class VerifyCredentialsPayload {
  @Field(() => ConnectionDraft, { description: 'The saved draft.' })
  declare readonly draft: ConnectionDraft;

  @Field(() => VerificationReport, { description: 'What it may do.' })
  declare readonly report: VerificationReport;
}

/** Outcome of verifying a credential. */
export const VerifyCredentialsResult = createUnionType({
  name: 'VerifyCredentialsResult',
  description: 'Outcome of verifying a credential.',
  types: () => [VerifyCredentialsPayload, ValidationProblem, ThrottledProblem] as const,
});
export type VerifyCredentialsResult = VerifyCredentialsPayload | ValidationProblem | ThrottledProblem;

/** A connection that was tried again. */
@ObjectType({ description: 'A connection that was tried again.' })
export class VerifyConnectionPayload {
  @Field(() => RegistryConnection, { description: 'The connection.' })
  declare readonly connection: RegistryConnection;

  @Field(() => VerificationReport, { description: 'What it may do.' })
  declare readonly report: VerificationReport;
}

/** Outcome of verifying a connection. */
export const VerifyConnectionResult = createUnionType({
  name: 'VerifyConnectionResult',
  description: 'Outcome of verifying a connection.',
  types: () => [VerifyConnectionPayload, NotFoundProblem, ThrottledProblem] as const,
});
export type VerifyConnectionResult = VerifyConnectionPayload | NotFoundProblem | ThrottledProblem;

/** A draft with what this server made for it, and how to get the credential. */
@ObjectType({ description: 'A draft with what this server made for it, and how to get the credential.' })
export class PreparedCredentials {
  @Field(() => ConnectionDraft, { description: 'The draft; its settings hold the generated values.' })
  declare readonly draft: ConnectionDraft;

  @Field(() => CredentialGuide, { description: 'Made for this draft and what is typed so far.' })
  declare readonly guide: CredentialGuide;
}

/** Outcome of preparing credentials. */
export const PrepareCredentialsResult = createUnionType({
  name: 'PrepareCredentialsResult',
  description: 'Outcome of preparing credentials.',
  types: () => [PreparedCredentials, ValidationProblem, ThrottledProblem, RegistryProblem] as const,
});
export type PrepareCredentialsResult = PreparedCredentials | ValidationProblem | ThrottledProblem | RegistryProblem;

/** A connection whose credentials were replaced. */
@ObjectType({ description: 'A connection whose credentials were replaced.' })
export class RotateCredentialsPayload {
  @Field(() => RegistryConnection, { description: 'The connection.' })
  declare readonly connection: RegistryConnection;

  @Field(() => VerificationReport, { description: 'What the new credentials may do.' })
  declare readonly report: VerificationReport;
}

/** The new credentials do not work, so the present ones stay. */
@ObjectType({ implements: Problem, description: 'The new credentials do not work, so the present ones stay.' })
export class CredentialsRefusedProblem extends Problem {
  @Field(() => VerificationReport, { description: 'What the new credentials may do.' })
  declare readonly report: VerificationReport;
}

/** Outcome of replacing credentials. */
export const RotateCredentialsResult = createUnionType({
  name: 'RotateCredentialsResult',
  description: 'Outcome of replacing credentials.',
  types: () => [RotateCredentialsPayload, CredentialsRefusedProblem, ValidationProblem, NotFoundProblem, ThrottledProblem] as const,
});
export type RotateCredentialsResult = RotateCredentialsPayload | CredentialsRefusedProblem | ValidationProblem | NotFoundProblem | ThrottledProblem;
