import { Field, ID, ObjectType } from 'type-graphql';
import { PageInfo } from '../../graphql/page-info.type.js';
import { DateTime } from '../../graphql/scalars.js';
import { CredentialKind } from '../plugins/credential-form.type.js';
import { Plugin, PluginVariant } from '../plugins/plugin.type.js';
import { VerificationReport } from '../verification/verification-report.type.js';

/** One entered value that is not a secret. */
@ObjectType({ description: 'One entered value that is not a secret.' })
export class Setting {
  @Field(() => String, { description: 'Name of the form field.' })
  declare readonly name: string;

  @Field(() => String, { description: 'Label of the form field.' })
  declare readonly label: string;

  @Field(() => String, { description: 'What was entered, normalised.' })
  declare readonly value: string;
}

/** A registry this organisation is connected to. */
@ObjectType({ description: 'A registry this organisation is connected to.' })
export class RegistryConnection {
  @Field(() => ID, { description: 'Id of the connection.' })
  declare readonly id: string;

  @Field(() => String, { description: 'Unique in the organisation.' })
  declare readonly name: string;

  @Field(() => String, { description: 'Free text; may be empty.' })
  declare readonly description: string;

  @Field(() => Plugin, { description: 'The plugin it uses.' })
  declare readonly plugin: Plugin;

  @Field(() => PluginVariant, { description: 'The plugin\'s variant.' })
  declare readonly variant: PluginVariant;

  @Field(() => Boolean, { description: 'True for the built-in sample registry.' })
  declare readonly sample: boolean;

  @Field(() => [Setting], { description: 'What was entered, secrets excepted.' })
  declare readonly settings: readonly Setting[];

  @Field(() => String, { description: 'Tells the credential from others, such as `AKIA…3K in eu-central-1`; empty when anonymous.' })
  declare readonly credentialHint: string;

  @Field(() => CredentialKind, { nullable: true, description: 'Kind of the credential; null when anonymous.' })
  declare readonly credentialKind?: CredentialKind | undefined;

  @Field(() => DateTime, { nullable: true, description: 'When the credential was entered.' })
  declare readonly credentialSetAt?: Date | undefined;

  @Field(() => DateTime, { nullable: true, description: 'When the credential ends, where that is known.' })
  declare readonly credentialExpiresAt?: Date | undefined;

  @Field(() => Boolean, { description: 'It was connected although scanning did not work, and its images are not scanned by themselves until a verification succeeds.' })
  declare readonly withoutScanning: boolean;

  @Field(() => VerificationReport, { nullable: true, description: 'The last verification; null before the first.' })
  declare readonly verification?: VerificationReport | undefined;

  @Field(() => DateTime, { description: 'When it was connected.' })
  declare readonly createdAt: Date;
}

/** A connection in a page. */
@ObjectType({ description: 'A connection in a page.' })
export class ConnectionEdge {
  @Field(() => String, { description: 'Opaque position of this entry.' })
  declare readonly cursor: string;

  @Field(() => RegistryConnection, { description: 'The entry.' })
  declare readonly node: RegistryConnection;
}

/** A page of connections, newest first. */
@ObjectType({ description: 'A page of connections, newest first.' })
export class ConnectionConnection {
  @Field(() => [ConnectionEdge], { description: 'In the order of the list.' })
  declare readonly edges: readonly ConnectionEdge[];

  @Field(() => PageInfo, { description: 'Where this page ends.' })
  declare readonly pageInfo: PageInfo;
}
