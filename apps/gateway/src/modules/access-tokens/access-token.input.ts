import { Field, InputType, Int } from 'type-graphql';
import { AccessScope } from './access-token.type.js';

/** A token to be made. */
@InputType({ description: 'A token to be made.' })
export class CreateAccessTokenInput {
  @Field(() => String, { description: 'Name, 1 to 100 characters.' })
  declare readonly name: string;

  @Field(() => [AccessScope], { description: 'What it may do; at least one, and none the requester does not have.' })
  declare readonly scopes: readonly AccessScope[];

  @Field(() => Int, { defaultValue: 90, description: '1 to 365.' })
  declare readonly expiresInDays: number;
}
