import { Field, ID, InputType } from 'type-graphql';
import { SelectionInput } from '../selections/selection.input.js';

/** One image to scan. */
@InputType({ description: 'One image to scan.' })
export class ConnectImageInput {
  @Field(() => String, { description: 'As typed, or as the browser gave it (uri with tag or digest).' })
  declare readonly reference: string;

  @Field(() => String, { nullable: true, description: 'Such as `linux/arm64`; absent means the default, linux/amd64.' })
  declare readonly platform?: string | null;

  @Field(() => String, { description: 'Project it belongs to, 1 to 100 characters; made when there is none of this name.' })
  declare readonly projectName: string;

  @Field(() => String, { description: 'Version of the project, 1 to 100 characters; made when there is none.' })
  declare readonly projectVersion: string;
}

/** A registry to connect, with the images to scan. */
@InputType({ description: 'A registry to connect, with the images to scan.' })
export class ConnectInput {
  @Field(() => ID, { description: 'Chosen by the client; a replay within 24 hours gives the first result again.' })
  declare readonly clientMutationId: string;

  @Field(() => ID, { description: 'Id of the plugin.' })
  declare readonly plugin: string;

  @Field(() => ID, { description: 'Id of its variant.' })
  declare readonly variant: string;

  @Field(() => String, { description: '3 to 60 characters, unique in the organisation.' })
  declare readonly name: string;

  @Field(() => String, { defaultValue: '', description: 'Free text, at most 500 characters.' })
  declare readonly description: string;

  @Field(() => ID, { nullable: true, description: 'Of the verified credential; absent for an anonymous variant.' })
  declare readonly draftId?: string | null;

  @Field(() => Boolean, { defaultValue: false, description: 'Connects credentials with which scanning does not work. This is kept with the connection, and no scan is queued until a verification succeeds.' })
  declare readonly withoutScanning: boolean;

  @Field(() => [ConnectImageInput], { defaultValue: [], description: 'At most 500; none only when there are rules, or without scanning.' })
  declare readonly images: readonly ConnectImageInput[];

  @Field(() => [SelectionInput], { defaultValue: [], description: 'Rules that find further images, now and later; at most 20, for registries that list their images.' })
  declare readonly selections: readonly SelectionInput[];
}
