import { Field, ID, InputType } from 'type-graphql';
import { VexSource } from './vex-document.type.js';

/** An address that VEX documents are fetched from. */
@InputType({ description: 'An address that a VEX document is fetched from, now and every day.' })
export class AddVexAddressInput {
  @Field(() => String, { description: 'Begins with https://; without a user name or password.' })
  declare readonly address: string;

  @Field(() => String, { nullable: true, description: 'What to call it, at most 200 characters; the last part of the address without it.' })
  declare readonly name?: string | null;
}

/** Which documents; several conditions must all hold. */
@InputType({ description: 'Which documents; several conditions must all hold.' })
export class VexDocumentFilterInput {
  @Field(() => [VexSource], { nullable: true, description: 'That came in one of these ways.' })
  declare readonly sources?: readonly VexSource[] | null;

  @Field(() => ID, { nullable: true, description: 'That are attached to one image.' })
  declare readonly imageId?: string | null;
}
