import { Field, Float, ID, InputType, Int, registerEnumType } from 'type-graphql';
import { DateTime } from '../../graphql/scalars.js';
import { FindingState } from '../triage/decision.type.js';
import { Severity } from './severity.type.js';

/** In which order findings come. */
export const FindingSort = { IMPORTANCE: 'importance', EPSS: 'epss', VULNERABILITY: 'vulnerability', PACKAGE: 'package', FIRST_SEEN: 'firstSeen' } as const;
export type FindingSort = (typeof FindingSort)[keyof typeof FindingSort];
registerEnumType(FindingSort, {
  name: 'FindingSort',
  description: 'In which order findings come.',
  valuesConfig: {
    IMPORTANCE: { description: 'By severity, then those known to be exploited, then by EPSS; worst first.' },
    EPSS: { description: 'Most likely to be exploited first.' },
    VULNERABILITY: { description: 'By the id of the vulnerability.' },
    PACKAGE: { description: 'By the name of the package.' },
    FIRST_SEEN: { description: 'Newest first.' },
  },
});

/** In which order groups of findings come. */
export const FindingGroupSort = { IMPORTANCE: 'importance', EPSS: 'epss', FIRST_SEEN: 'firstSeen', FINDINGS: 'findings', IMAGES: 'images', PROJECTS: 'projects', KEY: 'key' } as const;
export type FindingGroupSort = (typeof FindingGroupSort)[keyof typeof FindingGroupSort];
registerEnumType(FindingGroupSort, {
  name: 'FindingGroupSort',
  description: 'In which order groups of findings come.',
  valuesConfig: {
    IMPORTANCE: { description: 'By the most important finding in each.' },
    EPSS: { description: 'By the finding most likely to be exploited in each.' },
    FIRST_SEEN: { description: 'Those seen last first.' },
    FINDINGS: { description: 'Most findings first.' },
    IMAGES: { description: 'In most images first.' },
    PROJECTS: { description: 'In most projects first.' },
    KEY: { description: 'By `key`.' },
  },
});

/** Which findings; several conditions must all hold. */
@InputType({ description: 'Which findings; several conditions must all hold.' })
export class FindingFilterInput {
  @Field(() => [Severity], { nullable: true, description: 'Of one of these severities.' })
  declare readonly severities?: readonly Severity[] | null;

  @Field(() => Boolean, { nullable: true, description: 'Known to be exploited, or not.' })
  declare readonly exploited?: boolean | null;

  @Field(() => Boolean, { nullable: true, description: 'With a fixed version, or without.' })
  declare readonly fixAvailable?: boolean | null;

  @Field(() => Float, { nullable: true, description: 'EPSS at least this, 0 to 1.' })
  declare readonly minimumEpss?: number | null;

  @Field(() => String, { nullable: true, description: 'Of one vulnerability, by its id in findings.' })
  declare readonly vulnerabilityId?: string | null;

  @Field(() => [String], { nullable: true, description: 'Of one of these vulnerabilities; at most 100.' })
  declare readonly vulnerabilityIds?: readonly string[] | null;

  @Field(() => String, { nullable: true, description: 'Part of the name of the package or of the id of the vulnerability.' })
  declare readonly search?: string | null;

  @Field(() => String, { nullable: true, description: 'In one package, as `packageKey` of a finding.' })
  declare readonly packageKey?: string | null;

  @Field(() => [String], { nullable: true, description: 'In one of these packages; at most 100.' })
  declare readonly packageKeys?: readonly string[] | null;

  @Field(() => String, { nullable: true, description: 'Of one type of package, such as `deb` or `npm`.' })
  declare readonly ecosystem?: string | null;

  @Field(() => Int, { nullable: true, description: 'Brought in by one layer.' })
  declare readonly layerIndex?: number | null;

  @Field(() => ID, { nullable: true, description: 'In one image.' })
  declare readonly imageId?: string | null;

  @Field(() => [ID], { nullable: true, description: 'In one of these images; at most 100.' })
  declare readonly imageIds?: readonly string[] | null;

  @Field(() => String, { nullable: true, description: 'In all tags of one image name, registry host included.' })
  declare readonly imageName?: string | null;

  @Field(() => ID, { nullable: true, description: 'In images of one connection.' })
  declare readonly connectionId?: string | null;

  @Field(() => ID, { nullable: true, description: 'In images of one project.' })
  declare readonly projectId?: string | null;

  @Field(() => ID, { nullable: true, description: 'In images of one version of a project.' })
  declare readonly projectVersionId?: string | null;

  @Field(() => DateTime, { nullable: true, description: 'First seen at or after this moment.' })
  declare readonly firstSeenSince?: Date | null;

  @Field(() => DateTime, { nullable: true, description: 'First seen before this moment.' })
  declare readonly firstSeenBefore?: Date | null;

  @Field(() => String, { nullable: true, description: 'Brought in by one base image, as `baseLayer` of a `BaseFix`.' })
  declare readonly baseLayer?: string | null;

  @Field(() => [FindingState], { nullable: true, description: 'By what was decided about them and holds now, by people or else by VEX documents.' })
  declare readonly states?: readonly FindingState[] | null;

  @Field(() => ID, { nullable: true, description: 'That one VEX document decides among documents, whatever people decided.' })
  declare readonly vexDocumentId?: string | null;

  @Field(() => Boolean, { nullable: true, description: 'Also findings that are hidden by default.' })
  declare readonly includeHidden?: boolean | null;
}
