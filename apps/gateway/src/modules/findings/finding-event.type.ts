import { Field, ID, ObjectType, registerEnumType } from 'type-graphql';
import { PageInfo } from '../../graphql/page-info.type.js';
import { DateTime } from '../../graphql/scalars.js';
import { Severity } from './severity.type.js';

/** What happened to a finding. */
export const FindingEventKind = { NEW: 'new', CHANGED: 'changed', RESOLVED: 'resolved' } as const;
export type FindingEventKind = (typeof FindingEventKind)[keyof typeof FindingEventKind];
registerEnumType(FindingEventKind, {
  name: 'FindingEventKind',
  description: 'What happened to a finding.',
  valuesConfig: { NEW: { description: 'It was not there before.' }, CHANGED: { description: 'Its severity, its fix or what VEX documents say of it is another.' }, RESOLVED: { description: 'It is there no longer.' } },
});

/** Why it happened. */
export const FindingEventCause = { SCAN: 'scan', ADVISORIES: 'advisories', VEX: 'vex' } as const;
export type FindingEventCause = (typeof FindingEventCause)[keyof typeof FindingEventCause];
registerEnumType(FindingEventCause, {
  name: 'FindingEventCause',
  description: 'Why it happened.',
  valuesConfig: { SCAN: { description: 'The image holds something else.' }, ADVISORIES: { description: 'Advisories say something else of the same content.' }, VEX: { description: 'A VEX document speaks of it, or does so no longer.' } },
});

/** A value before and after. */
@ObjectType({ description: 'A value before and after.' })
export class ChangedValue {
  @Field(() => String, { description: '`severity`, `fixVersion`, `fixState`, `vex` for what a VEX document says, in words, or `reason` for why it was resolved, in words, after.' })
  declare readonly name: string;

  @Field(() => String, { nullable: true, description: 'Before; null for none.' })
  declare readonly before?: string | null;

  @Field(() => String, { nullable: true, description: 'After; null for none.' })
  declare readonly after?: string | null;
}

/** Something that happened to a finding after its image was first matched. */
@ObjectType({ description: 'Something that happened to a finding after its image was first matched.' })
export class FindingEvent {
  @Field(() => ID, { description: 'Id of the event.' })
  declare readonly id: string;

  @Field(() => FindingEventKind, { description: 'What happened.' })
  declare readonly kind: FindingEventKind;

  @Field(() => FindingEventCause, { description: 'Why.' })
  declare readonly cause: FindingEventCause;

  @Field(() => DateTime, { description: 'When.' })
  declare readonly at: Date;

  @Field(() => String, { nullable: true, description: 'Of the advisories, where those were the cause.' })
  declare readonly advisoryRevision?: string | undefined;

  @Field(() => String, { description: 'As findings name it.' })
  declare readonly vulnerabilityId: string;

  @Field(() => String, { description: 'Package URL without version.' })
  declare readonly packageKey: string;

  @Field(() => String, { description: 'Name of the package.' })
  declare readonly packageName: string;

  @Field(() => String, { description: 'Installed version.' })
  declare readonly packageVersion: string;

  @Field(() => Severity, { description: 'Now, or last.' })
  declare readonly severity: Severity;

  @Field(() => String, { nullable: true, description: 'Fixed version, now or last.' })
  declare readonly fixVersion?: string | undefined;

  @Field(() => [ChangedValue], { description: 'What is another, for those that changed.' })
  declare readonly changes: readonly ChangedValue[];

  /** Not in the schema. */
  declare readonly imageId: string;
}

/** An event in a page. */
@ObjectType({ description: 'An event in a page.' })
export class FindingEventEdge {
  @Field(() => String, { description: 'Opaque position of this entry.' })
  declare readonly cursor: string;

  @Field(() => FindingEvent, { description: 'The entry.' })
  declare readonly node: FindingEvent;
}

/** A page of events, newest first. */
@ObjectType({ description: 'A page of events, newest first.' })
export class FindingEventConnection {
  @Field(() => [FindingEventEdge], { description: 'In the order of the list.' })
  declare readonly edges: readonly FindingEventEdge[];

  @Field(() => PageInfo, { description: 'Where this page ends.' })
  declare readonly pageInfo: PageInfo;
}
