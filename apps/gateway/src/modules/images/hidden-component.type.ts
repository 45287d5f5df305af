import { Field, Int, ObjectType } from 'type-graphql';

/** A component that a lower layer brought and a higher one deleted or replaced. It still lies in the image for whoever unpacks it. */
@ObjectType({ description: 'A component that a lower layer brought and a higher one deleted or replaced. It still lies in the image for whoever unpacks it.' })
export class HiddenComponent {
  @Field(() => String, { description: 'Name of the package.' })
  declare readonly name: string;

  @Field(() => String, { description: 'Version of the package.' })
  declare readonly version: string;

  @Field(() => String, { description: 'Such as `deb`, `apk`, `npm` or `pypi`.' })
  declare readonly ecosystem: string;

  @Field(() => String, { description: 'The package URL.' })
  declare readonly packageUrl: string;

  @Field(() => String, { description: 'Where it was, absolute.' })
  declare readonly path: string;

  @Field(() => Int, { description: 'Position of the layer that brought it, 0 for the base.' })
  declare readonly layerIndex: number;
}

/** What a layer hides of those below it. */
@ObjectType({ description: 'What a layer hides of those below it.' })
export class HiddenByLayer {
  @Field(() => Int, { description: 'Position of the layer, 0 for the base.' })
  declare readonly layerIndex: number;

  @Field(() => Int, { description: 'How many it hides.' })
  declare readonly componentCount: number;

  @Field(() => [HiddenComponent], { description: 'By name, at most 100.' })
  declare readonly components: readonly HiddenComponent[];
}
