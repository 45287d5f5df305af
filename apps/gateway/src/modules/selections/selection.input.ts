import { Field, ID, InputType, Int, registerEnumType } from 'type-graphql';

/** How a pattern is written. */
export const PatternKind = { GLOB: 'glob', REGEX: 'regex' } as const;
export type PatternKind = (typeof PatternKind)[keyof typeof PatternKind];
registerEnumType(PatternKind, {
  name: 'PatternKind',
  description: 'How a pattern is written. Either kind has to match the whole text.',
  valuesConfig: {
    GLOB: { description: '`*` any characters but a slash, `**` any characters, `?` one character, `{a,b}` one of several.' },
    REGEX: { description: 'A regular expression of RE2\'s syntax: no backreferences and no look-around.' },
  },
});

/** What the latest of a repository are chosen by. */
export const LatestBy = { PUSH: 'push', VERSION: 'version' } as const;
export type LatestBy = (typeof LatestBy)[keyof typeof LatestBy];
registerEnumType(LatestBy, {
  name: 'LatestBy',
  description: 'What the latest of a repository are chosen by.',
  valuesConfig: { PUSH: { description: 'Time of push.' }, VERSION: { description: 'The version that the tag names; other tags come after all that name one.' } },
});

/** A pattern for a name. */
@InputType({ description: 'A pattern for a name.' })
export class TextPatternInput {
  @Field(() => PatternKind, { defaultValue: PatternKind.GLOB, description: 'How it is written.' })
  declare readonly kind: PatternKind;

  @Field(() => String, { description: '1 to 500 characters.' })
  declare readonly text: string;
}

/** The latest of each repository. */
@InputType({ description: 'The latest of each repository.' })
export class LatestInput {
  @Field(() => Int, { description: '1 to 1000.' })
  declare readonly count: number;

  @Field(() => LatestBy, { description: 'What they are chosen by.' })
  declare readonly by: LatestBy;
}

/** Which images are wanted; every condition has to hold. */
@InputType({ description: 'Which images are wanted, now and later; every condition that is given has to hold. Images without a tag are chosen by hand only.' })
export class SelectionRuleInput {
  @Field(() => TextPatternInput, { description: 'For the path of the repository.' })
  declare readonly repository: TextPatternInput;

  @Field(() => TextPatternInput, { nullable: true, description: 'For a tag.' })
  declare readonly tag?: TextPatternInput | null;

  @Field(() => TextPatternInput, { nullable: true, description: 'Tags that are left out.' })
  declare readonly excludeTag?: TextPatternInput | null;

  @Field(() => String, { nullable: true, description: 'Range of Semantic Versioning such as `^2.4` or `>=1 <3`; tags that name no version are left out.' })
  declare readonly versionRange?: string | null;

  @Field(() => LatestInput, { nullable: true, description: 'Only the latest of each repository.' })
  declare readonly latest?: LatestInput | null;

  @Field(() => Int, { nullable: true, description: 'Pushed within so many days.' })
  declare readonly newerThanDays?: number | null;

  @Field(() => Int, { nullable: true, description: 'Last pulled within so many days, where the registry records it.' })
  declare readonly pulledWithinDays?: number | null;
}

/** Names from templates. */
@InputType({
  description: 'Names from templates: `{repository}`, `{name}` (its last part), `{tag}`, `{digest}`, `{digest:12}` (so many digits) and `{pushed}` (the day).',
})
export class NamingInput {
  @Field(() => String, { defaultValue: '{repository}', description: 'Name of the project.' })
  declare readonly project: string;

  @Field(() => String, { defaultValue: '{tag}', description: 'Version of the project.' })
  declare readonly version: string;
}

/** Platforms of images that are for several. */
@InputType({ description: 'Platforms of images that are for several; without either field the default one, linux/amd64.' })
export class PlatformChoiceInput {
  @Field(() => Boolean, { defaultValue: false, description: 'Every platform the image has.' })
  declare readonly all: boolean;

  @Field(() => [String], { nullable: true, description: 'Those of these that the image has, such as `linux/arm64`.' })
  declare readonly list?: readonly string[] | null;
}

/** A rule of a connection. */
@InputType({ description: 'A rule of a connection: what it wants, how it names it, for which platforms.' })
export class SelectionInput {
  @Field(() => ID, { nullable: true, description: 'Of the rule that this one takes the place of; its images stay with it.' })
  declare readonly id?: string | null;

  @Field(() => SelectionRuleInput, { description: 'What it wants.' })
  declare readonly rule: SelectionRuleInput;

  @Field(() => NamingInput, { defaultValue: { project: '{repository}', version: '{tag}' }, description: 'How it names what it finds.' })
  declare readonly naming: NamingInput;

  @Field(() => PlatformChoiceInput, { defaultValue: {}, description: 'For which platforms.' })
  declare readonly platforms: PlatformChoiceInput;
}
