import { createUnionType, Field, InputType, Int, ObjectType } from 'type-graphql';
import { NotFoundProblem, RegistryProblem, ValidationProblem } from '../../graphql/problem.type.js';
import { Bytes } from '../../graphql/scalars.js';

/** An image of a registry, by its digest. */
@InputType({ description: 'An image of a registry, by its digest.' })
export class RegistryImageInput {
  @Field(() => String, { description: 'Path inside the registry.' })
  declare readonly repository: string;

  @Field(() => String, { description: 'Of an image or an index.' })
  declare readonly digest: string;
}

/** What images have in layers together; of an index those for its default platform. */
@ObjectType({ description: 'What images have in layers together; of an index those for its default platform.' })
export class SelectedLayers {
  @Field(() => Int, { description: 'Different layers.' })
  declare readonly layerCount: number;

  @Field(() => Int, { description: 'Those that more than one of the images has.' })
  declare readonly sharedLayerCount: number;

  @Field(() => Bytes, { description: 'Compressed size of the different layers: what scanning all of them downloads at most.' })
  declare readonly sizeBytes: number;

  @Field(() => Int, { description: 'Images whose manifest could not be read, and that are not in the numbers.' })
  declare readonly unreadCount: number;

  @Field(() => RegistryProblem, { nullable: true, description: 'Why the first of them could not be read.' })
  declare readonly problem?: RegistryProblem | undefined;
}

/** Outcome of adding up the layers of images. */
export const SelectedLayersResult = createUnionType({
  name: 'SelectedLayersResult',
  description: 'Outcome of adding up the layers of images.',
  types: () => [SelectedLayers, RegistryProblem, NotFoundProblem, ValidationProblem] as const,
});
export type SelectedLayersResult = SelectedLayers | RegistryProblem | NotFoundProblem | ValidationProblem;
