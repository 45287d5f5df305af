import { Field, ID, ObjectType } from 'type-graphql';
import { CredentialGuide, CredentialKind } from './credential-form.type.js';

/** What a variant of a plugin can do. */
@ObjectType({ description: 'What a variant of a plugin can do.' })
export class RegistryCapabilities {
  @Field(() => Boolean, { description: 'Works without a credential.' })
  declare readonly anonymous: boolean;

  @Field(() => Boolean, { description: 'Repositories can be listed.' })
  declare readonly listRepositories: boolean;

  @Field(() => Boolean, { description: 'Images of a repository can be listed.' })
  declare readonly listTags: boolean;

  @Field(() => Boolean, { description: 'Tags can be listed by name where images cannot.' })
  declare readonly tagNames: boolean;

  @Field(() => Boolean, { description: 'Lists have sizes and push times.' })
  declare readonly imageMetadata: boolean;

  @Field(() => Boolean, { description: 'Documents attached to an image can be read.' })
  declare readonly referrers: boolean;

  @Field(() => Boolean, { description: 'The registry can tell about new images.' })
  declare readonly pushEvents: boolean;
}

/** A permission a connection needs or uses. */
@ObjectType({ description: 'A permission a connection needs or uses.' })
export class PermissionDescription {
  @Field(() => String, { description: 'Name of the permission, such as `ecr:BatchGetImage`.' })
  declare readonly action: string;

  @Field(() => String, { description: 'Completes "Needed to …".' })
  declare readonly purpose: string;

  @Field(() => Boolean, { description: 'Without it nothing can be scanned.' })
  declare readonly required: boolean;
}

/** A page to read. */
@ObjectType({ description: 'A page to read.' })
export class DocumentationLink {
  @Field(() => String, { description: 'Title of the page.' })
  declare readonly title: string;

  @Field(() => String, { description: 'Address of the page.' })
  declare readonly url: string;
}

/** One way to connect a plugin. */
@ObjectType({ description: 'One way to connect a plugin.' })
export class PluginVariant {
  @Field(() => ID, { description: 'Unique in the plugin, such as `private`.' })
  declare readonly id: string;

  @Field(() => String, { description: 'Name of the variant.' })
  declare readonly name: string;

  @Field(() => String, { description: 'One sentence.' })
  declare readonly summary: string;

  @Field(() => RegistryCapabilities, { description: 'What the variant can do.' })
  declare readonly capabilities: RegistryCapabilities;

  @Field(() => [CredentialKind], { description: 'Credentials it accepts; empty for an anonymous variant.' })
  declare readonly credentialKinds: readonly CredentialKind[];

  @Field(() => String, { description: 'Example of an image reference.' })
  declare readonly referencePlaceholder: string;

  @Field(() => [PermissionDescription], { description: 'Everything a verification reports on, in the order it is shown.' })
  declare readonly permissions: readonly PermissionDescription[];

  @Field(() => CredentialGuide, { nullable: true, description: 'How the registry is made to send its events; `createEventSecret` gives the snippet filled in.' })
  declare readonly eventGuide?: CredentialGuide | undefined;
}

/** A kind of registry that can be connected, described so that a card and a connect form can be drawn from it. */
@ObjectType({ description: 'A kind of registry that can be connected, described so that a card and a connect form can be drawn from it.' })
export class Plugin {
  @Field(() => ID, { description: 'Stable id, such as `ecr`.' })
  declare readonly id: string;

  @Field(() => String, { description: 'Name as people say it.' })
  declare readonly name: string;

  @Field(() => String, { description: 'One sentence.' })
  declare readonly summary: string;

  @Field(() => String, { description: 'A complete SVG of 24 × 24 that uses the current colour.' })
  declare readonly icon: string;

  @Field(() => [PluginVariant], { description: 'Ways to connect, such as public and private.' })
  declare readonly variants: readonly PluginVariant[];

  @Field(() => [DocumentationLink], { description: 'Where to read more.' })
  declare readonly documentation: readonly DocumentationLink[];
}
