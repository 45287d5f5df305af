import { Field, InputType, registerEnumType } from 'type-graphql';

/** What versions that were found are listed by. */
export const ComponentMatchSort = { MATCH: 'match', NAME: 'name', VERSION: 'version', IMAGES: 'images', PROJECTS: 'projects', FINDINGS: 'findings' } as const;
export type ComponentMatchSort = (typeof ComponentMatchSort)[keyof typeof ComponentMatchSort];
registerEnumType(ComponentMatchSort, {
  name: 'ComponentMatchSort',
  description: 'What versions that were found are listed by. Among equals the best match is first.',
  valuesConfig: {
    MATCH: { description: 'The whole name first, then names that begin with it; in each the worst findings first, and of a package the newest version.' },
    NAME: { description: 'By name.' },
    VERSION: { description: 'By ecosystem, and in it by version in its own order.' },
    IMAGES: { description: 'Those in the fewest images first.' },
    PROJECTS: { description: 'Those in the fewest projects first.' },
    FINDINGS: { description: 'Those with the worst finding first.' },
  },
});

/** Which components to look for. */
@InputType({ description: 'Which components to look for.' })
export class ComponentSearchInput {
  @Field(() => String, { description: 'Part of a name, or a package URL with or without version; 1 to 300 characters.' })
  declare readonly text: string;

  @Field(() => String, { nullable: true, description: "Bounds such as `< 2.17.1` or `>= 2.0, < 2.17.1`, in the order of each component's ecosystem." })
  declare readonly versionRange?: string | null;

  @Field(() => String, { nullable: true, description: 'Of one ecosystem, such as `maven`.' })
  declare readonly ecosystem?: string | null;

  @Field(() => Boolean, { nullable: true, description: 'Only versions with findings. What was not judged has none that are known, and is left out.' })
  declare readonly vulnerable?: boolean | null;
}
