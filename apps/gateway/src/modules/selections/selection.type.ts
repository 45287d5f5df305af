import { createUnionType, Field, ID, Int, ObjectType } from 'type-graphql';
import { PageInfo } from '../../graphql/page-info.type.js';
import { NotFoundProblem, RegistryProblem, ValidationProblem } from '../../graphql/problem.type.js';
import { Bytes, DateTime } from '../../graphql/scalars.js';
import { LatestBy, PatternKind } from './selection.input.js';

/** A pattern for a name. */
@ObjectType({ description: 'A pattern for a name.' })
export class TextPattern {
  @Field(() => PatternKind, { description: 'How it is written.' })
  declare readonly kind: PatternKind;

  @Field(() => String, { description: 'The pattern.' })
  declare readonly text: string;
}

/** The latest of each repository. */
@ObjectType({ description: 'The latest of each repository.' })
export class Latest {
  @Field(() => Int, { description: 'How many.' })
  declare readonly count: number;

  @Field(() => LatestBy, { description: 'What they are chosen by.' })
  declare readonly by: LatestBy;
}

/** Which images are wanted. */
@ObjectType({ description: 'Which images are wanted; every condition that is not null has to hold.' })
export class SelectionRule {
  @Field(() => TextPattern, { description: 'For the path of the repository.' })
  declare readonly repository: TextPattern;

  @Field(() => TextPattern, { nullable: true, description: 'For a tag.' })
  declare readonly tag?: TextPattern | undefined;

  @Field(() => TextPattern, { nullable: true, description: 'Tags that are left out.' })
  declare readonly excludeTag?: TextPattern | undefined;

  @Field(() => String, { nullable: true, description: 'Range of Semantic Versioning.' })
  declare readonly versionRange?: string | undefined;

  @Field(() => Latest, { nullable: true, description: 'Only the latest of each repository.' })
  declare readonly latest?: Latest | undefined;

  @Field(() => Int, { nullable: true, description: 'Pushed within so many days.' })
  declare readonly newerThanDays?: number | undefined;

  @Field(() => Int, { nullable: true, description: 'Last pulled within so many days.' })
  declare readonly pulledWithinDays?: number | undefined;
}

/** Names from templates. */
@ObjectType({ description: 'Names from templates.' })
export class Naming {
  @Field(() => String, { description: 'Name of the project.' })
  declare readonly project: string;

  @Field(() => String, { description: 'Version of the project.' })
  declare readonly version: string;
}

/** Platforms of images that are for several. */
@ObjectType({ description: 'Platforms of images that are for several; neither of both is the default one, linux/amd64.' })
export class PlatformChoice {
  @Field(() => Boolean, { description: 'Every platform the image has.' })
  declare readonly all: boolean;

  @Field(() => [String], { nullable: true, description: 'Those of these that the image has.' })
  declare readonly list?: readonly string[] | undefined;
}

/** A rule of a connection. */
@ObjectType({ description: 'A rule of a connection.' })
export class Selection {
  @Field(() => ID, { description: 'Id of the rule.' })
  declare readonly id: string;

  @Field(() => String, { description: 'The rule in one line.' })
  declare readonly summary: string;

  @Field(() => SelectionRule, { nullable: true, description: 'What it wants; null when it was stored by another release and cannot be read.' })
  declare readonly rule?: SelectionRule | undefined;

  @Field(() => Naming, { description: 'How it names what it finds.' })
  declare readonly naming: Naming;

  @Field(() => PlatformChoice, { description: 'For which platforms.' })
  declare readonly platforms: PlatformChoice;

  @Field(() => Int, { description: 'Images it has found and wants.' })
  declare readonly imageCount: number;

  @Field(() => DateTime, { description: 'When it was made.' })
  declare readonly createdAt: Date;
}

/** An image that rules match. */
@ObjectType({ description: 'An image that rules match.' })
export class MatchedImage {
  @Field(() => String, { description: 'Its address with the tag that is followed.' })
  declare readonly reference: string;

  @Field(() => String, { description: 'Path inside the registry.' })
  declare readonly repository: string;

  @Field(() => String, { description: 'The tag that is followed.' })
  declare readonly tag: string;

  @Field(() => String, { description: 'What the tag points at.' })
  declare readonly digest: string;

  @Field(() => Bytes, { nullable: true, description: 'Compressed size, where the registry says it.' })
  declare readonly sizeBytes?: number | undefined;

  @Field(() => DateTime, { nullable: true, description: 'When it was pushed, where the registry says it.' })
  declare readonly pushedAt?: Date | undefined;

  @Field(() => Int, { description: 'Which of the rules wants it, counted from 0.' })
  declare readonly selection: number;

  @Field(() => String, { description: 'Project, by the rule\'s template.' })
  declare readonly projectName: string;

  @Field(() => String, { description: 'Version, by the rule\'s template.' })
  declare readonly projectVersion: string;
}

/** A matched image in a page. */
@ObjectType({ description: 'A matched image in a page.' })
export class MatchedImageEdge {
  @Field(() => String, { description: 'Opaque position of this entry.' })
  declare readonly cursor: string;

  @Field(() => MatchedImage, { description: 'The entry.' })
  declare readonly node: MatchedImage;
}

/** What rules match at this moment. */
@ObjectType({ description: 'What rules match at this moment, counted while the registry is read. Ask again until `complete`.' })
export class SelectionPreview {
  @Field(() => Boolean, { description: 'Whether everything was counted.' })
  declare readonly complete: boolean;

  @Field(() => Int, { description: 'Images that match so far.' })
  declare readonly imageCount: number;

  @Field(() => Bytes, { nullable: true, description: 'Their size together so far, each digest counted once; null when the registry does not say it.' })
  declare readonly sizeBytes?: number | undefined;

  @Field(() => Int, { description: 'Repositories that a rule looks at, so far.' })
  declare readonly repositoryCount: number;

  @Field(() => Int, { description: 'Of these, repositories that were read.' })
  declare readonly repositoriesRead: number;

  @Field(() => [MatchedImageEdge], { description: 'By repository, then tag; of more than 10,000 the first found.' })
  declare readonly edges: readonly MatchedImageEdge[];

  @Field(() => PageInfo, { description: 'Where this page ends.' })
  declare readonly pageInfo: PageInfo;

  @Field(() => RegistryProblem, { nullable: true, description: 'What could not be read; the counts are then too low.' })
  declare readonly problem?: RegistryProblem | undefined;
}

/** Outcome of previewing rules. */
export const SelectionPreviewResult = createUnionType({
  name: 'SelectionPreviewResult',
  description: 'Outcome of previewing rules.',
  types: () => [SelectionPreview, RegistryProblem, NotFoundProblem, ValidationProblem] as const,
});
export type SelectionPreviewResult = SelectionPreview | RegistryProblem | NotFoundProblem | ValidationProblem;

/** The rules of a connection. */
@ObjectType({ description: 'The rules of a connection, stored.' })
export class SelectionsPayload {
  @Field(() => ID, { description: 'The connection.' })
  declare readonly connectionId: string;

  @Field(() => [Selection], { description: 'In order: the first that wants an image takes it.' })
  declare readonly selections: readonly Selection[];
}

/** Outcome of storing rules. */
export const SelectionsResult = createUnionType({
  name: 'SelectionsResult',
  description: 'Outcome of storing rules.',
  types: () => [SelectionsPayload, NotFoundProblem, ValidationProblem] as const,
});
export type SelectionsResult = SelectionsPayload | NotFoundProblem | ValidationProblem;
