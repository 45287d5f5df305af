import { Field, ID, InputType } from 'type-graphql';
import { ScanState } from './scan.type.js';

/** Which scans; several conditions must all hold. */
@InputType({ description: 'Which scans; several conditions must all hold.' })
export class ScanFilterInput {
  @Field(() => [ScanState], { nullable: true, description: 'In one of these states.' })
  declare readonly states?: readonly ScanState[] | null;

  @Field(() => ID, { nullable: true, description: 'Of one connection.' })
  declare readonly connectionId?: string | null;

  @Field(() => String, { nullable: true, description: 'Part of the image\'s name or tag, `name:tag`, the beginning of a digest, or part of the connection\'s name; up to 200 characters.' })
  declare readonly search?: string | null;

  @Field(() => ID, { nullable: true, description: 'Of one image.' })
  declare readonly imageId?: string | null;
}
