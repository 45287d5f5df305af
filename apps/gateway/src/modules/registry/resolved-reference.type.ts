import { createUnionType, Field, ObjectType } from 'type-graphql';
import { RegistryProblem, ValidationProblem } from '../../graphql/problem.type.js';
import { Bytes } from '../../graphql/scalars.js';

/** The image of one platform. */
@ObjectType({ description: 'The image of one platform.' })
export class ResolvedPlatform {
  @Field(() => String, { description: 'Such as `linux/arm64/v8`.' })
  declare readonly platform: string;

  @Field(() => String, { description: 'Digest of its manifest.' })
  declare readonly digest: string;

  @Field(() => Bytes, { nullable: true, description: 'Compressed size of all layers; null where the registry counts each question and this one was spared.' })
  declare readonly sizeBytes?: number | undefined;
}

/** A reference as typed, and what is behind it now. */
@ObjectType({ description: 'A reference as typed, and what is behind it now.' })
export class ResolvedReference {
  @Field(() => String, { description: 'The reference, normalised, to copy.' })
  declare readonly text: string;

  @Field(() => String, { description: 'Registry host and path.' })
  declare readonly name: string;

  @Field(() => String, { description: 'Path inside the registry.' })
  declare readonly repository: string;

  @Field(() => String, { nullable: true, description: 'Tag of the reference.' })
  declare readonly tag?: string | undefined;

  @Field(() => String, { description: 'Digest the registry answers with now.' })
  declare readonly digest: string;

  @Field(() => [String], { description: 'What was assumed or changed.' })
  declare readonly notes: readonly string[];

  @Field(() => [ResolvedPlatform], { description: 'One an image behind the reference.' })
  declare readonly platforms: readonly ResolvedPlatform[];
}

/** Outcome of resolving a reference. */
export const ResolveReferenceResult = createUnionType({
  name: 'ResolveReferenceResult',
  description: 'Outcome of resolving a reference.',
  types: () => [ResolvedReference, ValidationProblem, RegistryProblem] as const,
});
export type ResolveReferenceResult = ResolvedReference | ValidationProblem | RegistryProblem;
